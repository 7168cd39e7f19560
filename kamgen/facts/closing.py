"""What came of a year: what of a plan ended in it, and how promises were kept. Counted by account, never by person.

Source: promises are looked at when the year is over, and what was given up is told with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamgen.facts.changes.actions import Step
from kamgen.facts.ledger import ledger
from kamgen.facts.promises import record
from kamgen.model.account import Action, Decision, Goal, PastPeriod, Plan, Promise
from kamgen.model.portfolio import Account, Portfolio

Keys = tuple[str, ...]
_NOTE = re.compile(r"\d{4}-\d{2}-\d{2}-what-came-of-(\d{4})", re.ASCII)


def year_told(note_id: str) -> int | None:
    """The year of which a note says what came of it, where `kamgen close-year` has written it: no news of its own."""
    found = _NOTE.fullmatch(note_id)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Served:
    """In how many months of the year a promise was judged, and in how many of them it was kept."""

    promise: Promise
    kept: int
    judged: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What ended in a year, by key path; with it what was kept.

    `goals`, `actions`, `periods` and `decisions` are what a closing of the year moves out of the plan. Of all actions
    and stages that ended, `on_time` were done by the day first promised, `late` later, and `dropped` given up.
    """

    year: int
    goals: dict[Keys, Goal]
    actions: dict[Keys, Action]
    periods: dict[Keys, PastPeriod]
    decisions: dict[Keys, Decision]
    on_time: int
    late: int
    dropped: int
    promises: tuple[Served, ...]

    @property
    def paths(self) -> list[Keys]:
        """The key path of everything that ended as a whole, in the order of the plan's keys."""
        return [*self.periods, *self.goals, *self.actions, *self.decisions]


def year_end(portfolio: Portfolio, account: Account, year: int) -> YearEnd:
    """What of an account's plan ended in a year."""
    plan = account.plan or Plan()
    fates = list(_fates(portfolio, account, plan, year))
    return YearEnd(
        year,
        {
            ("plan", "intentions", name): goal
            for name, goal in plan.intentions.items()
            if _in(year, goal.reached or goal.dropped)
        },
        {("plan", "implementation", one.id): one for one in plan.implementation if _in(year, one.done or one.dropped)},
        {("plan", "past_periods", one.id): one for one in plan.past_periods if one.reached and _in(year, one.ends)},
        {("plan", "decisions", one.id): one for one in plan.decisions if _in(year, one.decided_on)},
        fates.count("on time"),
        fates.count("late"),
        fates.count("dropped"),
        tuple(_served(account, year, portfolio.as_of)),
    )


def _in(year: int, day: date | None) -> bool:
    return day is not None and day.year == year


def _fates(portfolio: Portfolio, account: Account, plan: Plan, year: int) -> Iterator[str]:
    """What became of each action and stage that ended in the year; the day first promised is known from git."""
    first = {(one.goal if one.stage else "", one.id): one.dates[0].due for one in ledger(portfolio, account)}
    for goal, step in _steps(plan):
        due = first.get((goal, step.id), step.due)
        if _in(year, step.done):
            yield "on time" if due is None or step.done is None or step.done <= due else "late"
        elif step.done is None and _in(year, step.dropped):
            yield "dropped"


def _steps(plan: Plan) -> Iterator[tuple[str, Step]]:
    yield from (("", action) for action in plan.implementation)
    yield from ((name, stage) for name, goal in plan.intentions.items() for stage in goal.stages)


def _served(account: Account, year: int, as_of: date) -> Iterator[Served]:
    for promise in account.record.promises:
        judged = [one for one in record(promise, as_of).months if one.month[:4] == str(year) and one.kept is not None]
        if judged:
            yield Served(promise, sum(one.kept is True for one in judged), len(judged))


def newest_reading(goal: Goal, year: int) -> Decimal | str | None:
    """What a goal's measure showed at the end of the year; None where nobody read it."""
    days = [day for day in goal.readings if day.year <= year]
    return goal.readings[max(days)] if days else None
