"""The course of a year: how each account stood at the end of each month, as far as git knows.

The days are the last twelve month ends before today, and today. Each account is taken as it was written on that day,
and everything else as it is now: the rules and settings, the team, criteria and indicators, and the exports with what
they say up to that day. So neither a change of the rules nor a late or corrected export ever looks like a change in the
account. (Rows of exports are kept by the day they speak of, not by the day they were drawn; budgets are made ahead and
left whole.) What is judged is in `rules.course`.

Where git does not know an account, because it had not come yet or the clone begins later, or where a part of it could
not be read on that day, its state is unknown: a gap, and never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from kamgen.facts.partnership import assess
from kamgen.facts.past import state_on
from kamgen.facts.relationships import ShapeWord, account_shape
from kamgen.facts.sales import YEAR, month_of
from kamgen.finding import Place
from kamgen.model.portfolio import Account, Exports, Portfolio
from kamgen.read.history import known_on

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Point:
    """How an account stood on a day.

    `families` are its errors and warnings by family of rules, without what only informs; `indicators` how many signs of
    partnership were evidenced; `shape` from 0 (bow-tie) towards 1 (diamond), None without any tie, and `word` names it.
    """

    families: Mapping[int, int]
    indicators: int
    shape: Decimal | None
    word: ShapeWord

    @property
    def findings(self) -> int:
        """All its errors and warnings."""
        return sum(self.families.values())


@dataclass(frozen=True, slots=True)
class Course:
    """How an account stood on each of `days`, the last of them today; None where that is unknown."""

    days: tuple[date, ...]
    points: tuple[Point | None, ...]

    @property
    def now(self) -> Point | None:
        """How it stands today; None where a part of it cannot be read."""
        return self.points[-1]

    @property
    def known(self) -> tuple[tuple[date, Point], ...]:
        """The days before today on which its state is known, oldest first."""
        pairs = zip(self.days[:-1], self.points[:-1], strict=True)
        return tuple((day, point) for day, point in pairs if point)

    @property
    def families(self) -> tuple[int, ...]:
        """The families of rules that found anything at any time."""
        return tuple(sorted({family for point in self.points if point for family in point.families}))

    @property
    def better_by(self) -> int:
        """How many errors and warnings fewer there are today than on the first known day; more where below 0."""
        return self.known[0][1].findings - self.now.findings if self.known and self.now else 0


def month_ends(as_of: date) -> tuple[date, ...]:
    """The last twelve month ends before a day, oldest first; those before the calendar begins are left out."""
    ends: list[date] = []
    day = as_of
    while len(ends) < YEAR and (day.year, day.month) > (1, 1):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return tuple(reversed(ends))


def as_it_stood(portfolio: Portfolio, day: date) -> Portfolio:
    """The portfolio as of an earlier day: the accounts as they were written then, all else as it is now.

    Accounts whose state then is not known, in whole or in part, are not in it.
    """
    states = ((slug, state_on(portfolio.history.states(slug), day)) for slug in portfolio.accounts)
    then = ((slug, state.account) for slug, state in states if state)
    accounts = {slug: account for slug, account in then if account and not account.unread}
    return replace(
        portfolio,
        as_of=day,
        accounts=accounts,
        exports=_exports_up_to(portfolio.exports, day),
        distrusted=frozenset(),
        place=_nowhere,
        history=known_on(portfolio.history, day, accounts),
    )


def _nowhere(account: str, subject: str, at_key: bool = False) -> Place:
    """Lines of an older text help nobody."""
    return Place("")


def _exports_up_to(exports: Exports, day: date) -> Exports:
    month = month_of(day)
    return Exports(
        sales=_up_to(exports.sales, lambda row: row.month <= month),
        budget=exports.budget,
        deliveries=_up_to(exports.deliveries, lambda row: row.month <= month),
        activities=_up_to(exports.activities, lambda row: row.on <= day),
    )


def _up_to(
    rows: Mapping[str, tuple[_Row, ...]] | None, there: Callable[[_Row], bool]
) -> Mapping[str, tuple[_Row, ...]] | None:
    """The rows that were there already; an export that is absent stays so."""
    if rows is None:
        return None
    return {slug: tuple(row for row in found if there(row)) for slug, found in rows.items()}


def point(portfolio: Portfolio, account: Account, families: Mapping[int, int]) -> Point:
    """How an account stands in a portfolio; `families` are its errors and warnings."""
    shape = account_shape(portfolio, account)
    return Point(families, len(assess(portfolio, account).evidenced), shape.index, shape.word)


def moved_furthest(courses: Mapping[str, Course], accounts: Iterable[Account], most: int) -> tuple[list[Account], ...]:
    """The accounts that improved and those that worsened most over the year, at most so many of each.

    By how many errors and warnings fewer or more they have today than on the first day that is known; then by name.
    """
    by_name = sorted(accounts, key=lambda account: account.name.casefold())
    moves = [(courses[account.slug].better_by, account) for account in by_name if account.slug in courses]
    better = sorted((one for one in moves if one[0] > 0), key=lambda one: -one[0])
    worse = sorted((one for one in moves if one[0] < 0), key=lambda one: one[0])
    return tuple([account for _, account in found[:most]] for found in (better, worse))
