"""The whole portfolio in a few figures: accounts by stage, sales by month, who moves, the key accounts' part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kamgen.facts.budget import Against, YearToDate
from kamgen.facts.pipeline import long_tail, risers
from kamgen.facts.sales import YearOfSales, by_month, months_up_to, newest_month
from kamgen.facts.trends import RISING_ABOVE, Comparison, Trend, half_year_dip, quarter_dip, rising
from kamgen.model.portfolio import Account, Delivered, Portfolio
from kamgen.model.values import STAGES, Stage

CHART_MONTHS = 24


def by_stage(accounts: Iterable[Account]) -> dict[Stage, int]:
    """How many accounts there are of each stage, key accounts first; accounts of unknown stage are not counted."""
    stages = [account.stage for account in accounts]
    return {stage: stages.count(stage) for stage in STAGES}


def key_share(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> Decimal | None:
    """The key accounts' part of all sales in the last twelve full months, 0 to 1; None without sales."""
    shares = [
        year.share for slug, year in years.items() if year.share is not None and portfolio.accounts[slug].stage == "key"
    ]
    known = any(year.share is not None for year in years.values())
    return sum(shares, Decimal(0)) if known else None


def total_sales(years: Mapping[str, YearOfSales]) -> Decimal:
    """All accounts' sales in the last twelve full months."""
    return sum((year.total for year in years.values()), Decimal(0))


def chart_months(portfolio: Portfolio) -> tuple[str, ...]:
    """The last 24 months with sales, the current one included; () without sales. The same for every account."""
    newest = newest_month(portfolio)
    return months_up_to(newest, CHART_MONTHS) if newest else ()


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one account: sales in the workspace's currency, deliveries required, and how many were late."""

    month: str
    amount: Decimal
    deliveries: int
    late: int


def month_rows(portfolio: Portfolio, slug: str, months: tuple[str, ...]) -> list[Month]:
    """One account's months, from the first in which anything happened; [] where nothing did."""
    sales = by_month((portfolio.exports.sales or {}).get(slug, ()))
    made, late = _deliveries((portfolio.exports.deliveries or {}).get(slug, ()))
    rows = [Month(m, sales.get(m, Decimal(0)), made.get(m, 0), late.get(m, 0)) for m in months]
    busy = [i for i, row in enumerate(rows) if row.amount or row.deliveries]
    return rows[busy[0] :] if busy else []


def _deliveries(rows: Iterable[Delivered]) -> tuple[dict[str, int], dict[str, int]]:
    made: dict[str, int] = {}
    late: dict[str, int] = {}
    for row in rows:
        made[row.month] = made.get(row.month, 0) + row.deliveries
        late[row.month] = late.get(row.month, 0) + row.late
    return made, late


Direction = Literal["rises", "steady", "falls", "quiet", "new"]


@dataclass(frozen=True, slots=True)
class Move:
    """An account whose sales move: the last six full months beside the same months a year before.

    `quiet`: it has not bought for twice as long as usual.
    """

    account: str
    half_year: Comparison
    quiet: bool = False

    @property
    def gain(self) -> Decimal:
        """How much more was sold than a year before, in the workspace's currency; below 0 it is less."""
        return self.half_year.recent - self.half_year.before


def direction(trend: Trend | None) -> Direction | None:
    """Where an account's sales go, over the last six full months beside the same months a year before.

    It `rises` as `trends.rising` says (over a quarter more), is `quiet` as `trends.quarter_dip` says (fallen, and no
    order for twice the usual time), `falls` as `trends.half_year_dip` says (under 85 %); `new` where nothing was sold a
    year before; else `steady`. None where that cannot be said: nothing was sold at all, the export does not reach back,
    or there is more than a year before but in too few months to rise.
    """
    if trend is None or trend.half_year is None:
        return None
    if trend.half_year.ratio is None:
        return "new" if trend.half_year.recent > 0 else None
    if quarter_dip(trend):
        return "quiet"
    if half_year_dip(trend):
        return "falls"
    if rising(trend):
        return "rises"
    return "steady" if trend.half_year.ratio <= RISING_ABOVE else None


def fallers(moves: Mapping[str, Trend]) -> list[Move]:
    """The accounts that fall back (`trends.half_year_dip`), the largest loss in currency first, equal ones by slug."""
    found = [
        Move(slug, dip.compared, quarter_dip(trend) is not None)
        for slug, trend in moves.items()
        if (dip := half_year_dip(trend))
    ]
    return sorted(found, key=lambda one: (one.gain, one.account))


def climbers(portfolio: Portfolio, years: Mapping[str, YearOfSales], moves: Mapping[str, Trend]) -> list[Move]:
    """The accounts outside key that rise (see `pipeline.risers`): tomorrow's key accounts are among them."""
    tail = risers(long_tail(portfolio, years, moves))  # who rises is not quiet
    return [Move(one.account, one.half_year) for one in tail if one.half_year]


def behind_budget(years: Mapping[str, YearToDate]) -> list[tuple[str, Against]]:
    """The accounts that sold less than budgeted in the year so far, the largest gap in currency first."""
    gaps = [(slug, year.whole) for slug, year in years.items()]
    short = [(slug, whole) for slug, whole in gaps if whole.difference is not None and whole.difference < 0]
    return sorted(short, key=lambda pair: (pair[1].difference or Decimal(0), pair[0]))
