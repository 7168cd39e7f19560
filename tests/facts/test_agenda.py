"""The agenda: what is due, what comes, what was never held, whom it concerns, and how soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts.agenda import Event, Task, by_gate, events, first, unheld
from kamgen.model.account import AccountFile, Action
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
DATE = {"id": "end", "what": "Contract ends", "on": "2026-12-31", "act_before": "2026-09-30"}


def account(slug: str = "example", **more: Any) -> Account:
    record = AccountFile.model_validate({"name": slug.title(), "stage": "key", **more})
    return Account(slug, "key", record)


def portfolio(*accounts: Account) -> Portfolio:
    return Portfolio(TODAY, default_settings(), {one.slug: one for one in accounts})


def told(one: Account, whole: Account | None = None) -> list[tuple[str, str, bool]]:
    """Kind, day and whether something is due."""
    shown = portfolio(one)
    found = events(shown, one, portfolio(whole) if whole else None)
    return [(event.kind, event.on.isoformat(), event.due) for event in found]


def test_a_contract_has_a_day_to_act_and_a_day() -> None:
    assert told(account(dates=[DATE])) == [("date", "2026-09-30", True), ("date", "2026-12-31", False)]


@pytest.mark.parametrize(
    ("on", "act", "expected"),
    [
        ("2026-05-06", "2026-05-06", [("date", "2026-05-06", False), ("date", "2026-05-06", True)]),
        ("2026-05-07", "2026-05-05", [("date", "2026-05-05", True), ("date", "2026-05-07", False)]),
        ("2026-05-05", "2026-05-04", []),
        ("2026-05-05", None, []),
        ("2026-05-05", "2026-05-09", [("date", "2026-05-09", True)]),
    ],
)
def test_around_today(on: str, act: str | None, expected: list[tuple[str, str, bool]]) -> None:
    one = account(dates=[DATE | {"on": on, "act_before": act}] if act else [{"id": "x", "what": "x", "on": on}])
    assert told(one) == expected


def test_a_last_day_to_act_is_quiet_once_something_is_planned_in_private_too() -> None:
    late = DATE | {"act_before": "2026-05-01"}
    answer = {"id": "a", "what": "Talk", "about": ["end"], "private": True}
    shown = account(dates=[late])
    assert told(shown)[0] == ("date", "2026-05-01", True)
    assert told(shown, account(dates=[late], plan={"implementation": [answer]})) == [("date", "2026-12-31", False)]


def test_an_event_keeps_its_identity_when_its_day_moves() -> None:
    before, after = (
        events(portfolio(one), one) for one in (account(dates=[DATE]), account(dates=[DATE | {"on": "2027-01-31"}]))
    )
    assert [one.identity for one in before] == [one.identity for one in after]
    assert len({one.identity for one in before}) == 2


def test_whom_an_event_concerns() -> None:
    one = account(manager="anna", sponsor="bert", contacts={"theirs": {"name": "Theirs"}})
    event = Event(TODAY, "", "planned", one, who=("carla", "anna", "theirs"))
    assert event.ours == ("anna", "bert", "carla")
    assert Event(TODAY, "", "date", account()).ours == ()


def test_an_action_is_on_the_list_of_who_does_it_else_of_who_asks() -> None:
    one = account(manager="anna", contacts={"theirs": {"name": "Theirs"}})

    def task(*who: str) -> Task:
        return Task(one, Action.model_validate({"what": "x", "id": "x", "who": who}), False)

    assert task("bert", "theirs").ours == ("bert",)
    assert task("theirs").ours == ("anna",)
    assert task("somebody").ours == ("anna",)
    assert task().ours == ("anna",)


def test_gates() -> None:
    days = {-1: "overdue", 0: "30", 30: "30", 31: "60", 60: "60", 61: "90", 90: "90", 91: "later"}
    found = [Event(TODAY + timedelta(days=days), "", "date", account()) for days in days]
    gates = by_gate(found, TODAY)
    assert {(one.on - TODAY).days: gate for gate, members in gates.items() for one in members} == days
    assert list(gates) == ["overdue", "30", "60", "90", "later"]
    assert by_gate([], TODAY) == {}


def test_the_first_and_how_many_more() -> None:
    assert first([1, 2, 3], 2) == ([1, 2], 1)
    assert first([1, 2], 2) == ([1, 2], 0)


def kinds(one: Account, whole: Account | None = None, **rhythm: timedelta) -> list[str]:
    settings = default_settings()
    settings = settings.model_copy(update={"rhythm": settings.rhythm.model_copy(update=rhythm)})
    judged = replace(portfolio(whole or one), settings=settings)
    return [found.kind for found in unheld(portfolio(one), judged)]


PEOPLE = {"eva": {"name": "Eva", "level": "instigator"}}


def test_what_was_never_held() -> None:
    one = account(plan={}, sponsor="bert", contacts=PEOPLE)
    assert kinds(one) == ["review", "audit", "senior-review"]
    assert kinds(account()) == ["audit"]
    assert kinds(one, audit=NEVER) == ["review"]
    assert kinds(one, review=NEVER) == ["audit", "senior-review"]
    assert kinds(replace(account(plan={}), stage="customer")) == ["review"]


def test_what_is_booked_or_private_is_not_asked_for() -> None:
    booked = {"id": "a", "what": "audit", "on": "2026-06-01", "private": True}
    assert kinds(account(), account(planned=[booked])) == []
    hidden = {"eva": PEOPLE["eva"] | {"private": True}}
    assert kinds(account(sponsor="bert"), account(sponsor="bert", contacts=hidden)) == ["audit"]
