"""What lies with each of our people: due, added by colleagues, waiting, roles; private things counted or left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kamgen.facts.people import Due, Work, last_friday, works
from kamgen.facts.publication import published, secrets
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, HeldAudit, Note, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)  # a Wednesday
TEAM = {name: Person.model_validate({"name": name.title()}) for name in ("anna", "bert", "cora", "dora")}


def account(slug: str, stage: str = "key", notes: tuple[Note, ...] = (), **more: Any) -> Account:
    """An account in memory."""
    record = AccountFile.model_validate({"name": slug.title(), "stage": stage, **more})
    return Account(slug, record.stage, record, notes=notes)


def note(day: str, who: str = "", **more: Any) -> Note:
    """A note in memory."""
    head = NoteHead.model_validate({"kind": "call", "who": who.split(), **more})
    return Note(day, date.fromisoformat(day), "f", head, "", "")


def work_of(person: str, *accounts: Account) -> Work:
    """What lies with somebody, as it may be shown."""
    whole = Portfolio(TODAY, default_settings(), {one.slug: one for one in accounts}, Playbook(team=TEAM))
    return works(whole, published(whole, secrets(whole)))[person]


def whats(found: list[Due]) -> list[str]:
    """The words of what is due."""
    return [due.task.action.what if due.task else due.event.what if due.event else "" for due in found]


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        ("2026-05-06", "2026-05-01"),  # Wednesday
        ("2026-05-04", "2026-05-01"),  # Monday
        ("2026-05-03", "2026-05-01"),  # Sunday
        ("2026-05-02", "2026-05-01"),  # Saturday
        ("2026-05-01", "2026-04-24"),  # on a Friday: a week ago
    ],
)
def test_the_last_friday(today: str, friday: str) -> None:
    assert last_friday(date.fromisoformat(today)) == date.fromisoformat(friday)


def test_nobody_has_anything_without_accounts_or_team() -> None:
    empty = Work()
    assert work_of("anna") == empty
    alone = Portfolio(TODAY, default_settings(), {"a": account("a", manager="anna")}, Playbook())
    assert works(alone, alone) == {}


def test_due_is_parted_into_overdue_this_week_and_later() -> None:
    actions = [
        {"what": what, "who": "anna", "due": due}
        for what, due in (
            ("late", "2026-05-05"),
            ("today", "2026-05-06"),
            ("sunday", "2026-05-10"),
            ("monday", "2026-05-11"),
        )
    ]
    plan = {"reviewed": "2026-04-01", "implementation": [*actions, {"what": "some day", "who": "anna"}]}
    found = work_of("anna", account("a", manager="anna", plan=plan))
    assert whats(found.overdue(TODAY)) == ["Review of the plan due", "late"]
    assert whats(found.this_week(TODAY)) == ["today", "sunday"]
    assert [task.action.what for task in found.later(TODAY)] == ["monday", "some day"]
    assert found.coming(TODAY) == []


def test_what_a_colleague_is_to_do_is_waited_for_by_the_manager_oldest_first() -> None:
    def plan(due: str) -> dict[str, Any]:
        ours = {"what": due, "who": "bert", "due": due}
        return {"implementation": [ours, {"what": f"t{due}", "who": "them", "due": due}]}

    contacts = {"them": {"name": "Them"}}
    found = work_of(
        "anna",
        account("a", manager="anna", contacts=contacts, plan=plan("2026-06-01")),
        account("b", manager="anna", contacts=contacts, plan=plan("2026-05-01")),
        account("c", manager="cora", contacts=contacts, plan=plan("2026-04-01")),
    )
    assert [task.action.what for task in found.colleagues] == ["2026-05-01", "2026-06-01"]
    assert [task.action.what for task in found.theirs] == ["t2026-05-01", "t2026-06-01"]


def test_decisions_lie_with_whoever_is_asked_and_the_manager_waits() -> None:
    plan = {"decisions": [{"ask": "Samples", "of": "cora"}, {"ask": "Own", "of": ["anna", "cora"]}, {"ask": "Nobody"}]}
    one = account("a", manager="anna", plan=plan)
    assert [asked.ask for asked in work_of("cora", one).decisions] == ["Samples", "Own"]
    assert [asked.ask for asked in work_of("anna", one).decisions] == ["Own"]
    assert [asked.ask for asked in work_of("anna", one).pending] == ["Samples", "Nobody"]
    assert work_of("anna", account("b", plan=plan)).pending == []


def test_what_colleagues_added_since_friday() -> None:
    notes = (
        note("2026-04-30", "bert"),
        note("2026-05-01", "bert"),
        note("2026-05-04", "anna bert"),
        note("2026-05-05"),
        note("2026-05-06", "bert"),
        note("2026-05-07", "bert"),
        note("2026-05-03", "bert", private="true"),
    )
    roles = {"manager": "anna", "sponsor": "cora"}
    one = account("a", notes=notes, **roles)
    assert [news.note.id for news in work_of("anna", one).news] == ["2026-05-06", "2026-05-05", "2026-05-01"]
    assert [news.note.id for news in work_of("cora", one).news] == [
        *("2026-05-06", "2026-05-05", "2026-05-04", "2026-05-01")
    ]
    assert work_of("dora", one).news == []
    assert [news.note.id for news in work_of("bert", account("b", notes=notes, team="bert")).news] == ["2026-05-05"]


def test_days_of_the_manager_of_who_is_named_and_of_the_sponsor() -> None:
    planned = [{"what": "visit", "on": "2026-05-20", "who": "dora"}]
    one = account("a", manager="anna", sponsor="cora", planned=planned, plan={"reviewed": "2026-04-20"})
    assert [event.what for event in work_of("anna", one).events] == ["Review of the plan due", "Visit planned"]
    assert [event.what for event in work_of("dora", one).events] == ["Visit planned"]
    assert work_of("cora", one).events == []
    held = HeldAudit("2025-06-01", date(2025, 6, 1), "f", Audit())
    assert [event.kind for event in work_of("cora", replace(one, audits=(held,))).events] == ["audit"]


def test_roles_those_managed_first_then_by_stage_and_name() -> None:
    found = work_of(
        "anna",
        account("zebra", "customer", manager="anna", buddy="anna"),
        account("beta", "key", sponsor="anna"),
        account("alpha", "key", manager="anna", team="anna"),
    )
    assert [(one.slug, roles) for one, roles in found.roles()] == [
        ("alpha", ["manager", "team"]),
        ("zebra", ["manager", "buddy"]),
        ("beta", ["sponsor"]),
    ]


def test_private_contacts_are_counted_and_not_named() -> None:
    contacts = {
        "open": {"name": "Open", "level": "implementer", "covered_by": "anna"},
        "hidden": {"name": "Hidden", "level": "implementer", "covered_by": "anna", "private": "true"},
    }
    found = work_of("anna", account("a", contacts=contacts))
    assert found.relationships == 2
    assert [one.person for one in found.cold] == ["open"]
    assert [one.person for one in found.recheck] == ["open"]


def test_private_actions_are_left_out() -> None:
    plan = {"implementation": [{"what": "x", "who": "anna", "private": "true", "due": "2026-05-01"}]}
    assert work_of("anna", account("a", plan=plan)).overdue(TODAY) == []


def test_an_account_without_manager_waits_for_nobody() -> None:
    one = account("a", plan={"implementation": [{"what": "x", "who": "bert"}]})
    assert work_of("bert", one).tasks
    assert all(not work_of(person, replace(one)).waiting for person in TEAM)
