"""The next 90 days, cut at the reviews to come: what is late, what belongs to which gate, what has no day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts.agenda import Event
from kamgen.facts.gates import Days, gate_days, gates
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
THREE = Days((date(2026, 6, 5), date(2026, 7, 5), date(2026, 8, 4)), 30, False)


def account(**plan: Any) -> Account:
    record = AccountFile.model_validate(
        {"name": "Example", "stage": "key", "contacts": {"roland": {"name": "Roland"}}, "plan": plan}
    )
    return Account("example", "key", record)


def days(**plan: Any) -> Days:
    one = account(**plan)
    return gate_days(Portfolio(TODAY, default_settings(), {one.slug: one}), one)


def test_gates_are_the_reviews_to_come() -> None:
    found = days(reviewed="2026-04-20")
    assert found.days == (date(2026, 5, 20), date(2026, 6, 19), date(2026, 7, 19))
    assert found.by_review
    assert found.step == 30


def test_a_review_that_is_due_today_still_makes_a_gate() -> None:
    assert days(reviewed="2026-04-06").days[0] == TODAY


@pytest.mark.parametrize("plan", [{}, {"reviewed": "2026-04-05"}])
def test_without_a_review_on_its_way_gates_are_counted_from_today(plan: dict[str, str]) -> None:
    assert days(**plan) == THREE


@pytest.mark.parametrize(
    ("review", "period", "first", "count"),
    [
        (timedelta(days=14), timedelta(days=90), date(2026, 5, 20), 6),
        (timedelta(days=45), timedelta(days=90), date(2026, 6, 20), 2),
        (timedelta(days=120), timedelta(days=90), date(2026, 9, 3), 1),
        (timedelta.max, timedelta(days=90), date(2026, 6, 5), 3),
        (timedelta(days=30), timedelta.max, date(2026, 6, 5), 3),
        (timedelta.max, timedelta.max, date(2026, 6, 5), 3),
    ],
)
def test_the_rhythm_sets_the_distance(review: timedelta, period: timedelta, first: date, count: int) -> None:
    settings = default_settings()
    rhythm = settings.rhythm.model_copy(update={"review": review, "period": period})
    one = account()
    found = gate_days(Portfolio(TODAY, settings.model_copy(update={"rhythm": rhythm}), {one.slug: one}), one)
    assert (found.days[0], len(found.days)) == (first, count)


def test_an_empty_plan_has_its_gates_and_nothing_else() -> None:
    found = gates(account(), (), THREE, TODAY)
    assert [gate.kind for gate in found] == ["gate", "gate", "gate"]
    assert all(gate.empty for gate in found)
    assert [gate.number for gate in found] == [1, 2, 3]


def test_work_stands_at_its_gate_ours_and_theirs_apart() -> None:
    work = [
        {"what": "Late", "who": "ann", "due": "2026-05-05"},
        {"what": "Today", "who": "ann", "due": "2026-05-06"},
        {"what": "Last day", "who": "roland", "due": "2026-06-05"},
        {"what": "Next", "who": ["roland", "ann"], "due": "2026-06-06"},
        {"what": "Far", "who": "ann", "due": "2026-08-05"},
        {"what": "Some day", "who": "ann"},
        {"what": "Done", "who": "ann", "due": "2026-05-01", "done": "2026-05-01"},
    ]
    found = {gate.kind + str(gate.number): gate for gate in gates(account(implementation=work), (), THREE, TODAY)}
    told = {
        name: ([task.action.what for task in gate.ours], [task.action.what for task in gate.theirs])
        for name, gate in found.items()
    }
    assert told == {
        "overdue0": (["Late"], []),
        "gate1": (["Today"], ["Last day"]),
        "gate2": (["Next"], []),
        "gate3": ([], []),
        "later0": (["Far"], []),
        "undated0": (["Some day"], []),
    }


def test_stages_goals_and_dates_fall_into_the_same_time() -> None:
    goals = {
        "shelves": {
            "goal": "Full shelves",
            "owner": "ann",
            "due": "2026-07-01",
            "stages": [
                {"what": "Baseline", "due": "2026-05-01"},
                {"what": "Forecast", "due": "2026-05-30"},
                {"what": "Old", "due": "2026-05-30", "done": "2026-04-01"},
                {"what": "Undated"},
            ],
        },
        "old": {"goal": "Reached", "due": "2026-06-01", "reached": "2026-04-01"},
    }
    one = account(intentions=goals)
    events = [
        Event(date(2026, 5, 30), "Audit due", "audit", one, due=True),
        Event(date(2026, 5, 29), "The 90 days end", "period", one),
    ]
    found = gates(one, events, THREE, TODAY)
    assert [(gate.kind, [(mark.what, mark.goal) for mark in gate.marks]) for gate in found] == [
        ("overdue", [("Baseline", "shelves")]),
        ("gate", [("Audit due", ""), ("Forecast", "shelves")]),
        ("gate", [("Full shelves", "shelves")]),
        ("gate", []),
    ]
