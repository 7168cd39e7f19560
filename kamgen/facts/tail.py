"""The long tail account by account: what was bought, when last, how often, and how it moves; and what was lost.

**Move** of an account, in this order: `rises` (see `trends.rising`); `quiet`: it cools and has gone quiet
(`trends.quarter_dip`); `falls`: the last six full months sold less than 85 % of the same months a year before
(`trends.half_year_dip`); `new`: nothing was sold in those; `unknown`: the export does not reach back so far; else
`steady`. Months are bought in when more than nothing was sold in them, and the **usual gap** is the median distance
between such months.

**Out of stage** are accounts whose stage and sales disagree: key accounts and customers that bought nothing in the last
twelve full months, and prospects and suspects that did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kamgen.facts.agenda import Event, tasks
from kamgen.facts.pipeline import InTail
from kamgen.facts.programme import BUYING
from kamgen.facts.sales import YearOfSales, newest_full_month
from kamgen.facts.trends import LostFamily, Trend, first_month, half_year_dip, lost_families, quarter_dip
from kamgen.model.portfolio import Account, Portfolio

Move = Literal["rises", "quiet", "falls", "new", "unknown", "steady"]
_FAMILIES = 3
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Moving:
    """One account of the tail: its figures, and how it moves.

    `families` are the three it bought most of in the year, by id; `sold` its sales in some full months in a row, the
    oldest first; `last` the newest month bought in, None where nothing ever was.
    """

    figures: InTail
    move: Move
    families: tuple[str, ...]
    sold: tuple[Decimal, ...]
    last: str | None
    usual_gap: Decimal | None
    quiet_months: int | None

    @property
    def account(self) -> str:
        """The account's slug."""
        return self.figures.account


@dataclass(frozen=True, slots=True)
class Rest:
    """What a shortened list leaves out: how many accounts, and what they sold together."""

    accounts: int
    sales: Decimal


@dataclass(frozen=True, slots=True)
class Lost:
    """A product family that an account no longer buys."""

    account: str
    family: LostFamily


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next with an account: an open action or a booked meeting, with who of whom does it."""

    on: date | None
    what: str
    who: tuple[str, ...]
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A prospect or suspect, and what comes next with it; None where nothing is planned."""

    account: Account
    step: Step | None


def moving(
    tail: Iterable[InTail], years: Mapping[str, YearOfSales], moves: Mapping[str, Trend], months: Sequence[str]
) -> tuple[Moving, ...]:
    """Accounts of the tail with how they move, in the order given; `months` are those to be drawn."""
    return tuple(_moving(one, years[one.account], moves.get(one.account), months) for one in tail)


def _moving(one: InTail, year: YearOfSales, trend: Trend | None, months: Sequence[str]) -> Moving:
    bought = tuple(name for name, amount in year.families.items() if amount > 0)[:_FAMILIES]
    if trend is None:
        return Moving(one, "unknown", bought, (), None, None, None)
    sold = tuple(trend.sold.get(month, _ZERO) for month in months)
    last = trend.bought[-1] if trend.bought else None
    return Moving(one, _move(one, trend), bought, sold, last, trend.usual_gap, trend.quiet_months)


def _move(one: InTail, trend: Trend) -> Move:
    if one.rises:
        return "rises"
    if quarter_dip(trend):
        return "quiet"
    if trend.half_year is None:
        return "unknown"
    if trend.half_year.ratio is None:
        return "new"
    return "falls" if half_year_dip(trend) else "steady"


def rest(left_out: Iterable[InTail]) -> Rest:
    """What the accounts that are not shown come to."""
    every = list(left_out)
    return Rest(len(every), sum((one.sales for one in every), _ZERO))


def families_lost(portfolio: Portfolio, numbers: Callable[[Account], tuple[Decimal, Decimal]]) -> tuple[Lost, ...]:
    """Every family that an account bought steadily and no longer buys, the largest first.

    `numbers` gives, for an account, in how many of twelve months it must have been bought and how many without it make
    it lost (see `trends.lost_families`).
    """
    return tuple(sorted(_lost(portfolio, numbers), key=lambda one: (-one.family.amount, one.account)))


def _lost(portfolio: Portfolio, numbers: Callable[[Account], tuple[Decimal, Decimal]]) -> Iterator[Lost]:
    rows, newest = portfolio.exports.sales, newest_full_month(portfolio)
    if rows is None or newest is None:
        return
    first = first_month(rows)
    for slug, account in portfolio.accounts.items():
        bought_in, quiet = numbers(account)
        for family in lost_families(rows.get(slug, ()), newest, first, bought_in=bought_in, quiet=quiet):
            yield Lost(slug, family)


def idle(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> tuple[str, ...]:
    """The key accounts and customers that bought nothing in the twelve months, by slug; () where no sales are known."""
    return tuple(slug for slug, year in years.items() if year.total <= 0 and _buys(portfolio, slug))


def unnoticed(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> tuple[str, ...]:
    """The prospects and suspects that did buy, by slug: they are customers now, or their sales stand elsewhere."""
    stages = ("prospect", "suspect")
    return tuple(slug for slug, year in years.items() if year.total > 0 and portfolio.accounts[slug].stage in stages)


def _buys(portfolio: Portfolio, slug: str) -> bool:
    return portfolio.accounts[slug].stage in BUYING


def ahead(public: Portfolio, events: Mapping[str, Iterable[Event]]) -> tuple[Ahead, ...]:
    """The prospects and suspects: those with a next step first, the earliest first, then prospects before suspects.

    `events` are the dates of each account that may be shown, by slug.
    """
    accounts = public.accounts.values()
    found = [Ahead(a, next_step(a, events.get(a.slug, ()))) for a in accounts if a.stage in ("prospect", "suspect")]
    return tuple(sorted(found, key=_soonest))


def _soonest(one: Ahead) -> tuple[bool, date, str, str]:
    on = one.step.on if one.step else None
    return one.step is None, on or date.max, one.account.stage or "", one.account.name.casefold()


def next_step(account: Account, events: Iterable[Event]) -> Step | None:
    """The earliest open action or booked meeting of an account, overdue ones among them; None where there is none."""
    planned = [Step(event.on, event.what, event.who) for event in events if event.kind == "planned"]
    actions = [Step(t.action.due, t.action.what, t.action.who, t.action.id) for t in tasks([account])]
    return min([*planned, *actions], key=lambda step: step.on or date.max, default=None)
