"""Threads: from what we know to what is done, and where the thread is torn.

The method's three questions hang together: an opportunity or threat (Intelligence) is answered by a goal (Intentions),
the goal is shown by a measure and reached by stages, and actions (Implementation) carry it there. A thread is one open
goal with everything that hangs on it. It can be torn in both directions: what nobody answers, measures or works on, and
what is worked on though nothing asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from kamgen.facts.placeholders import placeholders
from kamgen.facts.plans import open_actions, open_goals
from kamgen.facts.swot import CLAIMS, QUADRANTS, Quadrant
from kamgen.model.account import Action, Goal, Intelligence, Plan, SwotItem
from kamgen.model.portfolio import Portfolio

# In the order of the thread: what leads to the goal, what shows it, what leads on from it.
TornEnd = Literal["situation", "measure", "stages", "actions"]
_Serving = TypeVar("_Serving", SwotItem, Action)


@dataclass(frozen=True, slots=True)
class Thread:
    """One open goal: the SWOT items that name it, and all actions that serve it, done and dropped ones too.

    `goal` carries the measure and the stages. `items` come from every quadrant, in the order of the file.
    """

    id: str
    goal: Goal
    items: tuple[SwotItem, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """What is still to be done for the goal."""
        return tuple(action for action in self.actions if action.open)

    @property
    def torn(self) -> tuple[TornEnd, ...]:
        """Where the thread ends too soon.

        Nothing of the situation asks for the goal; it has no measure; it has no stages; no open action serves it.
        """
        ends: tuple[tuple[TornEnd, bool], ...] = (
            ("situation", bool(self.items)),
            ("measure", bool(self.goal.measure)),
            ("stages", bool(self.goal.stages)),
            ("actions", bool(self.open_actions)),
        )
        return tuple(end for end, held in ends if not held)


@dataclass(frozen=True, slots=True)
class Threads:
    """A plan's threads, and what hangs on none.

    `unanswered`: claims (opportunities and threats) with their quadrant that no goal answers today and that are not
    parked with a reason; `facts.swot` says which of them have waited too long. `loose`: open actions that serve no open
    goal: none is named, or one that is unknown, reached or dropped.
    """

    threads: tuple[Thread, ...] = ()
    unanswered: tuple[tuple[Quadrant, SwotItem], ...] = ()
    loose: tuple[Action, ...] = ()


def threads(plan: Plan) -> Threads:
    """All threads of a plan, in the order of its goals, and its loose ends."""
    goals = open_goals(plan)
    items = _by_goal(item for _, item in swot_items(plan.intelligence))
    actions = _by_goal(plan.implementation)
    return Threads(
        tuple(
            Thread(goal_id, goal, tuple(items.get(goal_id, ())), tuple(actions.get(goal_id, ())))
            for goal_id, goal in goals.items()
        ),
        tuple(unanswered(plan)),
        tuple(action for action in open_actions(plan) if action.goal not in goals),
    )


def swot_items(
    known: Intelligence | None, quadrants: Iterable[Quadrant] = QUADRANTS
) -> Iterator[tuple[Quadrant, SwotItem]]:
    """The items of a SWOT with their quadrant, in the order strengths, weaknesses, opportunities, threats."""
    for quadrant in quadrants if known else ():
        for item in getattr(known, quadrant):
            yield quadrant, item


def unanswered(plan: Plan) -> Iterator[tuple[Quadrant, SwotItem]]:
    """Opportunities and threats that no goal answers today and that are not parked with a reason, however new."""
    for quadrant, item in swot_items(plan.intelligence, CLAIMS):
        if not is_answered(plan, item) and not is_parked(item):
            yield quadrant, item


def is_answered(plan: Plan, item: SwotItem) -> bool:
    """Whether a goal of the plan answers a SWOT item; a reached goal has, a dropped one does not."""
    goal = plan.intentions.get(item.goal) if item.goal else None
    return goal is not None and goal.dropped is None


def is_parked(item: SwotItem) -> bool:
    """Whether it was decided, with a reason, to leave a SWOT item for now."""
    return item.parked is not None and bool(item.because)


def worded_goals(portfolio: Portfolio, plan: Plan) -> Iterator[tuple[str, Goal]]:
    """Open goals whose text has been written; of a placeholder there is nothing else to say yet (KAM105)."""
    unfilled = placeholders(portfolio.settings.words.placeholder)
    for goal_id, goal in plan.intentions.items():
        if goal.open and not unfilled.in_value(goal.goal):
            yield goal_id, goal


def _by_goal(entries: Iterable[_Serving]) -> dict[str, list[_Serving]]:
    found: dict[str, list[_Serving]] = {}
    for entry in entries:
        if entry.goal:
            found.setdefault(entry.goal, []).append(entry)
    return found
