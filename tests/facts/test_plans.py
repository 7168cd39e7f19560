"""What a plan has, what is open in it, and whom and what it names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts import plans
from kamgen.model.account import AccountFile, Action, KeyDate, Plan
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, Playbook, Portfolio
from kamgen.model.values import NEVER
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def account(plan: dict[str, Any] | None = None, prose: dict[str, str] | None = None, **more: Any) -> Account:
    plan_given = {} if plan is None else {"plan": plan}
    record = AccountFile.model_validate({"name": "Example", "stage": "key", **plan_given, **more})
    return Account("example", "key", record, sections=prose or {})


def portfolio(one: Account, *distrusted: str, **more: Any) -> Portfolio:
    doubts = frozenset(("example", name) for name in distrusted)
    return Portfolio(TODAY, default_settings(), {one.slug: one}, distrusted=doubts, **more)


def action(what: str, *who: str, **more: Any) -> Action:
    return Action.model_validate({"what": what, "who": list(who), **more})


@pytest.mark.parametrize(
    ("plan", "prose", "expected"),
    [
        (None, {}, False),
        ({}, {}, False),
        ({}, {"intentions": "They ask us first."}, True),
        ({"reviewed": "2026-04-20"}, {}, True),
    ],
)
def test_a_plan_in_which_nothing_stands_is_none(
    plan: dict[str, Any] | None, prose: dict[str, str], expected: bool
) -> None:
    one = account(plan, prose)
    assert plans.has_plan(one) is expected
    assert bool(list(plans.planned(portfolio(one)))) is expected


@pytest.mark.parametrize(
    ("section", "plan", "prose", "expected"),
    [
        ("intelligence", {}, {}, False),
        ("intelligence", {"intelligence": {}}, {}, False),
        ("intelligence", {"intelligence": {"business": "", "strengths": []}}, {}, False),
        ("intelligence", {"intelligence": {"strengths": ["Weekly visits"]}}, {}, True),
        ("intelligence", {}, {"intelligence": "They buy by the pallet."}, True),
        ("intentions", {"intentions": {}}, {"intelligence": "They buy by the pallet."}, False),
        ("intentions", {"intentions": {"first": {"goal": "They ask us first"}}}, {}, True),
        ("implementation", {"implementation": []}, {"implementation": ""}, False),
        ("implementation", {"implementation": ["Visit Graz"]}, {}, True),
    ],
)
def test_sections(section: str, plan: dict[str, Any], prose: dict[str, str], expected: bool) -> None:
    assert plans.has_section(account(plan, prose), section) is expected


def test_without_a_plan_there_is_no_section() -> None:
    assert not plans.has_section(account(), "intelligence")
    assert not list(plans.without_section(portfolio(account()), "intelligence"))


@pytest.mark.parametrize(
    ("doubt", "expected"),
    [
        ("plan.implementation", False),
        ("plan.implementation.visit-graz.due", False),
        ("plan", False),
        ("plan.implementations", True),
        ("plan.intentions", True),
    ],
)
def test_what_was_refused_at_above_or_below_is_not_understood(doubt: str, expected: bool) -> None:
    one = account({"reviewed": "2026-04-20"})
    assert plans.understood(portfolio(one, doubt), one, "plan", "implementation") is expected


def test_open_actions_and_goals_are_neither_finished_nor_given_up() -> None:
    plan = Plan.model_validate(
        {
            "intentions": {
                "a": {"goal": "A"},
                "b": {"goal": "B", "reached": "2026-04-01"},
                "c": {"goal": "C", "dropped": "2026-04-01"},
            },
            "implementation": [
                "A",
                {"what": "B", "done": "2026-04-01"},
                {"what": "C", "dropped": "2026-04-01"},
                {"what": "TODO"},
            ],
        }
    )
    assert [one.what for one in plans.open_actions(plan)] == ["A", "TODO"]
    assert list(plans.open_goals(plan)) == ["a"]
    assert [one.what for one in plan.implementation if plans.is_worded(portfolio(account()), one)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"what": "A", "who": "rolf"}, True),
        ({"what": "A", "who": ["anna", "rolf"]}, True),
        ({"what": "A", "who": "rolf", "done": "2026-02-05"}, True),
        ({"what": "A", "who": "rolf", "done": "2026-02-04"}, False),
        ({"what": "A", "who": "rolf", "dropped": "2026-05-01"}, False),
        ({"what": "A", "who": "anna"}, False),
        ({"what": "A"}, False),
    ],
)
def test_the_customer_does_something_now_or_did_within_ninety_days(entry: dict[str, Any], expected: bool) -> None:
    one = account({"implementation": [entry]}, contacts={"rolf": {"name": "Rolf"}})
    assert one.plan
    assert plans.customer_does_something(portfolio(one), one, one.plan) is expected


def test_a_period_without_end_reaches_back_to_the_beginning() -> None:
    one = account(
        {"implementation": [{"what": "A", "who": "rolf", "done": "2001-01-01"}]}, contacts={"rolf": {"name": "R"}}
    )
    whole = portfolio(one)
    rhythm = whole.settings.rhythm.model_copy(update={"period": NEVER})
    settings = whole.settings.model_copy(update={"rhythm": rhythm})
    assert one.plan
    assert plans.customer_does_something(Portfolio(TODAY, settings, {}), one, one.plan)


def test_who_left_has_a_last_day_that_lies_behind_us() -> None:
    team = {"anna": Person(name="Anna", leaves=TODAY), "bert": Person(name="Bert", leaves=TODAY - timedelta(1))}
    one = account(contacts={"rolf": {"name": "Rolf", "leaves": "2026-05-05"}, "rosa": {"name": "Rosa"}})
    whole = portfolio(one, playbook=Playbook(team=team))
    left = {person: plans.left_on(whole, one, person) for person in ("anna", "bert", "rolf", "rosa", "nobody")}
    yesterday = date(2026, 5, 5)
    assert left == {"anna": None, "bert": yesterday, "rolf": yesterday, "rosa": None, "nobody": None}
    assert plans.owners(whole, one, ("bert", "rolf", "zoe")) == "Bert, Rolf, zoe"
    assert plans.owners(whole, one, ()) == "nobody"


@pytest.mark.parametrize(
    ("whos", "expected"),
    [
        ([], None),
        ([("anna",)], "anna"),
        ([("anna",), ("anna", "anna")], "anna"),
        ([("anna",), ("bert",)], None),
        ([("anna", "bert"), ("bert", "anna")], None),
        ([("anna",), ()], None),
        ([(), ()], None),
    ],
)
def test_the_only_owner(whos: list[tuple[str, ...]], expected: str | None) -> None:
    assert plans.only_owner([action("A", *who) for who in whos]) == expected


def test_the_first_due_is_unknown_while_one_has_none() -> None:
    early, late = action("A", due="2026-06-01"), action("B", due="2026-07-01")
    assert plans.first_due([late, early]) == date(2026, 6, 1)
    assert plans.first_due([late, action("C")]) is None
    assert plans.first_due([]) is None


@pytest.mark.parametrize(
    ("on", "act_before", "ahead"),
    [
        ("2026-05-06", None, True),
        ("2026-05-05", None, False),
        ("2026-11-02", None, True),
        ("2026-11-03", None, False),
        ("2027-06-30", "2026-11-02", True),
        ("2027-06-30", "2026-11-03", False),
        ("2027-06-30", "2026-01-31", True),
        ("2026-05-05", "2026-01-31", False),
    ],
)
def test_dates_ahead_within_180_days(on: str, act_before: str | None, ahead: bool) -> None:
    entry = {"what": "Contract ends", "on": on, **({"act_before": act_before} if act_before else {})}
    one = account(dates=[entry])
    found = list(plans.dates_ahead(portfolio(one), one, timedelta(180)))
    assert bool(found) is ahead
    assert not list(plans.dates_ahead(portfolio(account()), account(), NEVER))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"implementation": ["Talk before the CONTRACT  ends."]}, True),
        ({"implementation": ["Ask the subcontractor, who knows how the contract  endings go"]}, False),
        ({"implementation": [{"what": "Talk", "about": "the-end"}]}, True),
        ({"implementation": [{"what": "Talk", "about": "the-end", "done": "2026-04-01"}]}, False),
        ({"intentions": {"a": {"goal": "They ask us before the contract ends"}}}, True),
        ({"intentions": {"a": {"goal": "They ask us", "about": "the-end"}}}, True),
        ({"intentions": {"a": {"goal": "They ask us", "about": "the-end", "dropped": "2026-04-01"}}}, False),
        ({"intentions": {"a": {"goal": "A", "stages": ["Offer out before contract ends"]}}}, True),
        ({"intentions": {"a": {"goal": "A", "stages": [{"what": "Contract ends", "done": "2026-01-01"}]}}}, False),
        ({}, False),
    ],
)
def test_a_date_is_named_by_what_is_open(plan: dict[str, Any], expected: bool) -> None:
    key_date = KeyDate.model_validate({"id": "the-end", "what": "Contract ends", "on": "2026-12-31"})
    assert plans.names_date(Plan.model_validate(plan), key_date) is expected
