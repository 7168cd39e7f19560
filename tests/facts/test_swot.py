"""The situation: which lists and texts are missing, claims with their age and answer, and what speaks of a topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts import swot
from kamgen.facts.swot import Claim
from kamgen.facts.topics import mentions, noticed
from kamgen.model.account import AccountFile, Intelligence, NoteHead
from kamgen.model.portfolio import Account, History, Note, Portfolio
from kamgen.model.values import NEVER
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
MONTH = timedelta(days=30)


def account(plan: dict[str, Any] | None, prose: str = "", notes: tuple[Note, ...] = ()) -> Account:
    record = AccountFile.model_validate({"name": "Example", "stage": "key", **({"plan": plan} if plan else {})})
    return Account("a", "key", record, sections={"intelligence": prose} if prose else {}, notes=notes)


def portfolio(one: Account, *distrusted: str) -> Portfolio:
    doubts = frozenset(("a", name) for name in distrusted)
    return Portfolio(TODAY, default_settings(), {"a": one}, distrusted=doubts)


def claims(threat: dict[str, Any] | str, *distrusted: str, **goals: dict[str, Any]) -> list[Claim]:
    intentions = {name: {"goal": "They ask us first", **goal} for name, goal in goals.items()}
    plan = {"intelligence": {"threats": [threat]}, "intentions": intentions}
    return list(swot.claims(portfolio(account(plan), *distrusted)))


def missing(known: dict[str, Any], prose: str = "", *distrusted: str) -> tuple[list[str], list[str]]:
    """The lists and the texts that are missing."""
    one = account({"intelligence": known}, prose)
    found = portfolio(one, *distrusted)
    situations = {held.slug: written for held, written in swot.situations(found)}
    written = situations.get("a", Intelligence())
    return (
        [*swot.missing_quadrants(found, one, written)],
        swot.missing_texts(found, one, written, "business", "aims"),
    )


def test_what_is_missing() -> None:
    assert missing({"business": "Hotels"}) == (list(swot.QUADRANTS), ["aims"])
    assert missing({"strengths": ["We know them"], "threats": [], "aims": " "}) == (
        ["weaknesses", "opportunities", "threats"],
        ["business", "aims"],
    )
    assert missing({"strengths": ["A"]}, "", "plan.intelligence.threats", "plan.intelligence.aims") == (
        ["weaknesses", "opportunities"],
        ["business"],
    )
    assert missing({"strengths": ["A"]}, "", "plan.intelligence") == ([], [])


def test_prose_answers_in_its_own_words() -> None:
    assert missing({}, "They buy by the pallet.") == ([], [])
    assert missing({"strengths": ["A"]}, "**Weaknesses**: slow. An OPPORTUNITY: Styria.") == (["threats"], [])


def test_situations_are_those_of_plans_that_say_something() -> None:
    without: list[dict[str, Any] | None] = [None, {"reviewed": "2026-04-20"}, {"intelligence": {}}]
    for plan in without:
        assert not list(swot.situations(portfolio(account(plan))))
    ((_, known),) = swot.situations(portfolio(account({"reviewed": "2026-04-20"}, "They buy by the pallet.")))
    assert known == Intelligence()


def test_claims_are_opportunities_and_threats_that_are_worded() -> None:
    plan: dict[str, Any] = {
        "intelligence": {
            "strengths": ["Liked"],
            "weaknesses": ["Slow"],
            "opportunities": ["Two depots", "TODO"],
            "threats": [{"what": "A rival", "private": "true"}],
        }
    }
    found = list(swot.claims(portfolio(account(plan))))
    assert [(claim.kind, claim.subject) for claim in found] == [
        ("opportunity", "plan.intelligence.opportunities.two-depots"),
        ("threat", "plan.intelligence.threats.a-rival"),
    ]
    assert not claims("A rival", "plan.intelligence.threats.a-rival.on")
    assert not claims("A rival", "plan.intelligence")
    assert len(claims("A rival", "plan.intelligence.threats.another.on")) == 1


@pytest.mark.parametrize(
    ("item", "looked_at"),
    [
        ({}, None),
        ({"parked": "2026-01-10", "because": "Small"}, None),
        ({"on": "2026-02-10"}, date(2026, 2, 10)),
        ({"on": "2026-02-10", "parked": "2026-01-10"}, date(2026, 2, 10)),
        ({"on": "2026-02-10", "parked": "2026-04-20"}, date(2026, 4, 20)),
    ],
)
def test_when_a_claim_was_last_looked_at(item: dict[str, str], looked_at: date | None) -> None:
    assert claims({"what": "A rival", **item})[0].looked_at == looked_at


@pytest.mark.parametrize(
    ("item", "looked_at"),
    [
        ({}, date(2026, 3, 1)),
        ({"parked": "2026-01-10", "because": "Small"}, date(2026, 3, 1)),
        ({"parked": "2026-04-20", "because": "Small"}, date(2026, 4, 20)),
        ({"on": "2026-02-10"}, date(2026, 2, 10)),
    ],
)
def test_a_claim_without_a_day_is_as_old_as_the_last_change_of_its_file(item: dict[str, str], looked_at: date) -> None:
    plan: dict[str, Any] = {"intelligence": {"threats": [{"what": "A rival", **item}]}}
    known = portfolio(account(plan))
    written = History("", changed=lambda slug, path: date(2026, 3, 1))
    (claim,) = swot.claims(replace(known, history=written))
    assert claim.looked_at == looked_at


@pytest.mark.parametrize(
    ("item", "goal", "expected"),
    [
        ({"on": "2026-04-05"}, {}, "alone"),
        ({"on": "2026-04-06"}, {}, None),  # the 30th day is within
        ({}, {}, None),
        ({"on": "2026-04-05", "goal": "other"}, {}, None),
        ({"on": "2026-04-05", "goal": "nowhere"}, {}, None),
        ({"on": "2026-04-05", "goal": "other"}, {"reached": "2026-04-10"}, None),
        ({"on": "2025-04-05", "goal": "other"}, {"dropped": "2026-04-05"}, "its goal was given up"),
        ({"on": "2025-04-05", "goal": "other"}, {"dropped": "2026-04-06"}, None),
        ({"on": "2025-04-05", "parked": "2025-05-01", "because": "Small"}, {}, None),
        ({"on": "2025-04-05", "parked": "2025-05-01"}, {}, "parked without a reason"),
        ({"on": "2025-04-05", "because": "Small"}, {}, "alone"),
    ],
)
def test_who_answers_a_claim(item: dict[str, str], goal: dict[str, str], expected: str | None) -> None:
    (claim,) = claims({"what": "A rival", **item}, other=goal)
    assert swot.unanswered(claim, TODAY, MONTH) == expected


def test_no_claim_is_alone_where_there_are_no_goals_or_no_reviews() -> None:
    (claim,) = claims({"what": "A rival", "on": "2020-01-01"})
    assert swot.unanswered(claim, TODAY, MONTH) is None
    (claim,) = claims({"what": "A rival", "on": "2020-01-01"}, other={})
    assert swot.unanswered(claim, TODAY, NEVER) is None


def issue(on: date, **head: Any) -> Note:
    given = NoteHead.model_validate({"kind": "issue", "about": ["sales"], **head})
    return Note(f"{on}-why", on, "", given, "", "")


def test_what_speaks_of_a_topic() -> None:
    about = {"about": ["sales"]}
    plan = {
        "intelligence": {
            "threats": [{"what": "A rival", "on": "2026-01-01", **about}, {"what": "Rain", "about": ["deliveries"]}],
            "weaknesses": [{"what": "Slow", **about}],
            "opportunities": [{"what": "Cheese", "on": "2026-01-02", **about}],
        },
        "intentions": {
            "open": {"goal": "A", "since": "2026-01-03", **about},
            "reached": {"goal": "B", "since": "2026-01-04", "reached": "2026-02-01", **about},
        },
        "implementation": [{"what": "Ask", **about}, {"what": "Asked", "done": "2026-01-05", **about}],
    }
    notes = (
        issue(date(2026, 1, 6)),
        issue(date(2026, 1, 7), resolved="2026-01-09"),
        issue(date(2026, 1, 8), kind="visit"),
        issue(date(2026, 1, 9), about=["deliveries"]),
    )
    found = list(mentions(account(plan, notes=notes), "sales"))
    assert found == [date(2026, 1, 1), None, date(2026, 1, 3), None, date(2026, 1, 6)]
    assert list(mentions(account(None), "sales")) == []


@pytest.mark.parametrize(("since", "expected"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False), (None, True)])
def test_what_is_older_than_a_dip_has_not_noticed_it(since: date | None, expected: bool) -> None:
    one = account({"intelligence": {"threats": [{"what": "A rival", "on": "2026-01-01", "about": ["sales"]}]}})
    assert noticed(portfolio(one), one, "sales", since) == expected
    assert not noticed(portfolio(one), one, "deliveries")


@pytest.mark.parametrize("name", ["plan", "plan.intentions.back.since", "notes.2026-01-01-why", "notes"])
def test_what_could_not_be_read_may_speak_of_it(name: str) -> None:
    one = account({"reviewed": "2026-04-20"})
    assert noticed(portfolio(one, name), one, "sales")
    assert not noticed(portfolio(one, "contacts.roland-mendel.leaves", "plan.reviewed"), one, "sales")
