"""Gates: what is due in the next 90 days, cut at the reviews that are to come.

A plan looks 90 days ahead and is reviewed every 30, so each review is a gate: what was to be done by then is looked at
there. **Gates** lie every `rhythm.review` days after the last review, as many as `rhythm.period` holds (at most six).
Where that review is overdue, was never held or comes round `never`, they are counted from today, every 30 days where
nothing else is known. A task belongs to the first gate on or after its day; what is overdue, lies beyond the last gate
or has no day is told apart. Source: plan the next 90 days, review every 30.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from kamgen.facts.agenda import Event, Task, tasks
from kamgen.facts.plans import open_goals
from kamgen.facts.reviews import plan_review
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER

_MONTHLY = timedelta(days=30)
_MOST = 6

Kind = Literal["overdue", "gate", "later", "undated"]
Thing = TypeVar("Thing", Task, "Mark")


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is no action and falls into the same time: a stage of a goal, a goal, or an event of the account.

    `goal` is the id of the goal that a stage or the day itself belongs to, "" for an event.
    """

    on: date
    what: str
    goal: str = ""
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """The time up to a gate: `number` counts from 1, `on` is its last day; 0 and None for the other kinds."""

    kind: Kind
    number: int = 0
    on: date | None = None
    ours: tuple[Task, ...] = ()
    theirs: tuple[Task, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def dates(self) -> tuple[Mark, ...]:
        """The events among the marks; stages and goals stand with the goals."""
        return tuple(mark for mark in self.marks if mark.event)

    @property
    def empty(self) -> bool:
        """Whether nothing falls in it."""
        return not (self.ours or self.theirs or self.marks)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the gates, the next one first; there is always one.

    `step` is the days between two of them, `by_review` whether they are the reviews to come or are counted from today.
    """

    days: tuple[date, ...]
    step: int
    by_review: bool


def gate_days(portfolio: Portfolio, account: Account) -> Days:
    """Where the gates of an account lie."""
    rhythm = portfolio.settings.rhythm
    step = rhythm.review if timedelta(0) < rhythm.review < NEVER else _MONTHLY
    period = rhythm.period if rhythm.period < NEVER else 3 * step
    last = plan_review(portfolio, account).last
    begin = last if last and portfolio.as_of <= last + step else portfolio.as_of
    count = min(_MOST, max(1, -(-period // step)))
    return Days(tuple(begin + number * step for number in range(1, count + 1)), step.days, begin == last)


def gates(account: Account, events: Iterable[Event], days: Days, as_of: date) -> list[Gate]:
    """An account's open work: what is overdue, each gate in its order, what comes later, what has no day.

    `events` are the account's (`agenda.events`). Of the gates all are there, empty ones too; of the others only those
    in which something stands.
    """
    parted = _Parted(
        _in_slots(((task.action.due, task) for task in tasks([account])), days.days, as_of),
        _in_slots(((mark.on, mark) for mark in _marks(account, events)), days.days, as_of),
    )
    found = [
        parted.gate("overdue", "overdue"),
        *(parted.gate(day, "gate", number, day) for number, day in enumerate(days.days, 1)),
        parted.gate("later", "later"),
        parted.gate("undated", "undated"),
    ]
    return [gate for gate in found if gate.kind == "gate" or not gate.empty]


@dataclass(frozen=True, slots=True)
class _Parted:
    """Tasks and marks by the kind of time or the gate that they belong to."""

    tasks: Mapping[Kind | date, list[Task]]
    marks: Mapping[Kind | date, list[Mark]]

    def gate(self, slot: Kind | date, kind: Kind, number: int = 0, on: date | None = None) -> Gate:
        here = self.tasks.get(slot, [])
        ours = tuple(task for task in here if not task.theirs)
        theirs = tuple(task for task in here if task.theirs)
        return Gate(kind, number, on, ours, theirs, tuple(self.marks.get(slot, [])))


def _in_slots(
    dated: Iterable[tuple[date | None, Thing]], days: tuple[date, ...], as_of: date
) -> dict[Kind | date, list[Thing]]:
    found: dict[Kind | date, list[Thing]] = {}
    for day, thing in dated:
        found.setdefault(_slot(day, days, as_of), []).append(thing)
    return found


def _slot(day: date | None, days: tuple[date, ...], as_of: date) -> Kind | date:
    if day is None:
        return "undated"
    if day < as_of:
        return "overdue"
    return next((gate for gate in days if day <= gate), "later")


def _marks(account: Account, events: Iterable[Event]) -> list[Mark]:
    # The end of the 90 days stands above them all, with the point to reach.
    coming = [Mark(event.on, event.what, "", event) for event in events if event.kind != "period"]
    return sorted([*_stages(account), *coming], key=lambda mark: (mark.on, mark.what))


def _stages(account: Account) -> Iterator[Mark]:
    for name, goal in open_goals(account.plan).items() if account.plan else ():
        for stage in goal.stages:
            if stage.open and stage.due:
                yield Mark(stage.due, stage.what, name)
        if goal.due:
            yield Mark(goal.due, goal.goal, name)
