"""Threads from the situation over goals to actions, and where they are torn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kamgen.facts import threads
from kamgen.facts.swot import QUADRANTS
from kamgen.model.account import AccountFile, Plan
from kamgen.model.portfolio import Account, Portfolio
from kamgen.read.playbook import default_settings


def plan(**given: Any) -> Plan:
    return Plan.model_validate(given)


def item(what: str, **more: Any) -> dict[str, Any]:
    return {"what": what, **more}


def test_an_empty_plan_has_no_threads() -> None:
    assert threads.threads(Plan()) == threads.Threads()
    assert threads.threads(plan(intelligence={})) == threads.Threads()
    assert list(threads.swot_items(None)) == []


def test_a_whole_thread() -> None:
    found = threads.threads(
        plan(
            intelligence={
                "strengths": [item("They like the visits", goal="shelves")],
                "threats": [item("A rival offers Linz deliveries", goal="shelves")],
            },
            intentions={"shelves": {"goal": "No gaps", "measure": "gaps", "stages": ["Baseline agreed"]}},
            implementation=[
                {"what": "Count the gaps", "goal": "shelves", "done": "2026-04-01"},
                {"what": "Agree the stock count", "goal": "shelves"},
            ],
        )
    )
    (thread,) = found.threads
    assert thread.id == "shelves"
    assert [one.id for one in thread.items] == ["they-like-the-visits", "a-rival-offers-linz-deliveries"]
    assert [one.id for one in thread.actions] == ["count-the-gaps", "agree-the-stock-count"]
    assert [one.id for one in thread.open_actions] == ["agree-the-stock-count"]
    assert thread.torn == ()
    assert (found.unanswered, found.loose) == ((), ())


@pytest.mark.parametrize(
    ("goal", "intelligence", "actions", "torn"),
    [
        ({}, {}, [], ("situation", "measure", "stages", "actions")),
        ({"measure": "gaps"}, {"threats": [item("A rival", goal="shelves")]}, [], ("stages", "actions")),
        (
            {"measure": "gaps", "stages": ["Baseline"]},
            {"threats": [item("A rival", goal="cheese")]},
            [{"what": "Count", "goal": "shelves", "dropped": "2026-04-01"}],
            ("situation", "actions"),
        ),
    ],
)
def test_where_a_thread_is_torn(
    goal: dict[str, Any], intelligence: dict[str, Any], actions: list[dict[str, Any]], torn: tuple[str, ...]
) -> None:
    made = plan(intelligence=intelligence, intentions={"shelves": {"goal": "No gaps", **goal}}, implementation=actions)
    assert threads.threads(made).threads[0].torn == torn


def test_only_open_goals_make_threads() -> None:
    found = threads.threads(
        plan(
            intentions={
                "reached": {"goal": "One call", "reached": "2026-04-01"},
                "open": {"goal": "No gaps"},
                "dropped": {"goal": "No paper", "dropped": "2026-04-01"},
            }
        )
    )
    assert [thread.id for thread in found.threads] == ["open"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"goal": "open"}, False),
        ({"goal": "reached"}, False),
        ({"goal": "dropped"}, True),
        ({"goal": "unknown"}, True),
        ({"parked": "2026-04-01", "because": "Too much at once"}, False),
        ({"parked": "2026-04-01"}, True),
        ({"because": "Too much at once"}, True),
        ({"goal": "dropped", "parked": "2026-04-01", "because": "Not now"}, False),
    ],
)
def test_what_nobody_answers(more: dict[str, str], expected: bool) -> None:
    made = plan(
        intelligence={"opportunities": [item("Two new depots", **more)]},
        intentions={
            "open": {"goal": "No gaps"},
            "reached": {"goal": "One call", "reached": "2026-04-01"},
            "dropped": {"goal": "No paper", "dropped": "2026-04-01"},
        },
    )
    assert bool(list(threads.unanswered(made))) is expected


def test_strengths_and_weaknesses_need_no_answer() -> None:
    swot = {name: [f"Something about {name}"] for name in QUADRANTS}
    found = threads.threads(plan(intelligence=swot)).unanswered
    assert [quadrant for quadrant, _ in found] == ["opportunities", "threats"]


def test_loose_actions_serve_no_open_goal() -> None:
    found = threads.threads(
        plan(
            intentions={"open": {"goal": "No gaps"}, "reached": {"goal": "One call", "reached": "2026-04-01"}},
            implementation=[
                {"what": "Serves", "goal": "open"},
                {"what": "Too late", "goal": "reached"},
                {"what": "Unknown", "goal": "nowhere"},
                {"what": "None"},
                {"what": "Done", "done": "2026-04-01"},
            ],
        )
    )
    assert [action.what for action in found.loose] == ["Too late", "Unknown", "None"]


def test_placeholders_and_closed_goals_are_not_worded_goals() -> None:
    made = plan(
        intentions={
            "shelves": {"goal": "No gaps"},
            "todo": {"goal": "TODO"},
            "reached": {"goal": "One call", "reached": "2026-04-01"},
        }
    )
    record = AccountFile.model_validate({"name": "Example", "stage": "key"})
    portfolio = Portfolio(date(2026, 5, 6), default_settings(), {"example": Account("example", "key", record)})
    assert [goal_id for goal_id, _ in threads.worded_goals(portfolio, made)] == ["shelves"]
