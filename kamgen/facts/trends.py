"""Trends: how each account's sales move, whether they cool, which product families it has stopped buying, who rises.

Everything is computed from sales.csv, in the workspace's currency, over full months (see `sales`). A comparison is
always with the **same months a year before**, so that a season is not taken for a trend, and only where the export
reaches back that far. A month is *bought in* when what was sold in it, credits taken off, is more than nothing.

The numbers at which a trend is worth a word are plain arguments; the defaults are the method's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import median

from kamgen.facts.sales import YEAR, by_month, month_of, months_up_to, newest_full_month, shifted
from kamgen.model.portfolio import Portfolio, Sale

HALF_YEAR = 6
QUARTER = 3

HALF_YEAR_BELOW = Decimal("0.85")
QUARTER_BELOW = Decimal("0.60")
GAPS = Decimal(2)
ENOUGH_MONTHS = Decimal(6)
RISING_ABOVE = Decimal("1.25")

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sales in some full months, oldest first, beside sales in the same months a year before."""

    months: tuple[str, ...]
    recent: Decimal
    before: Decimal

    @property
    def ratio(self) -> Decimal | None:
        """What is left of the year before: 0.85 is 85 %. None where nothing was sold in it."""
        return self.recent / self.before if self.before > 0 else None


@dataclass(frozen=True, slots=True)
class Trend:
    """How one account's sales move.

    `half_year` and `quarter` compare the last six and the last three full months; None where the export does not reach
    back to the same months a year before. `sold` are the totals by month, as `sales.by_month` gives them. `bought` are
    the months bought in up to today, oldest first, the month that is still running among them. `newest` is the newest
    full month of the whole export.
    """

    newest: str
    half_year: Comparison | None
    quarter: Comparison | None
    sold: Mapping[str, Decimal]
    bought: tuple[str, ...]

    @property
    def usual_gap(self) -> Decimal | None:
        """The usual distance between months bought in: 1 is every month. None with fewer than two such months."""
        return usual_gap(self.bought)

    @property
    def quiet_months(self) -> int | None:
        """How many full months have gone by since the last one bought in; None where nothing was ever bought."""
        return max(0, _apart(self.bought[-1], self.newest)) if self.bought else None


def usual_gap(bought: tuple[str, ...]) -> Decimal | None:
    """The median distance, in months, between months bought in (oldest first); None with fewer than two."""
    gaps = [_apart(earlier, later) for earlier, later in pairwise(bought)]
    return Decimal(str(median(gaps))) if gaps else None


def _apart(earlier: str, later: str) -> int:
    return (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:]) - int(earlier[5:])


def trends(portfolio: Portfolio, accounts: Iterable[str] | None = None) -> dict[str, Trend]:
    """The trends of some accounts (None: of all), by slug; {} where sales.csv has no full month.

    One pass over the rows of all: call it once a run.
    """
    rows = portfolio.exports.sales
    newest = newest_full_month(portfolio)
    if rows is None or newest is None:
        return {}
    first, today = first_month(rows), month_of(portfolio.as_of)
    wanted = portfolio.accounts if accounts is None else accounts
    return {slug: _trend(rows.get(slug, ()), first, newest, today) for slug in wanted}


def first_month(rows: Mapping[str, Iterable[Sale]]) -> str:
    """The month in which the whole export begins; "" where it has no row."""
    return min((row.month for found in rows.values() for row in found), default="")


def _trend(rows: Iterable[Sale], first: str, newest: str, today: str) -> Trend:
    sold = by_month(rows)
    return Trend(
        newest,
        _compared(sold, first, newest, HALF_YEAR),
        _compared(sold, first, newest, QUARTER),
        sold,
        tuple(month for month, amount in sold.items() if amount > 0 and month <= today),
    )


def _compared(sold: Mapping[str, Decimal], first: str, newest: str, count: int) -> Comparison | None:
    months, before = _windows(newest, count)
    if before[0] < first:
        return None
    return Comparison(months, _sum(sold, months), _sum(sold, before))


@lru_cache(maxsize=16)  # the same few for every account
def _windows(newest: str, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The last so many months, and the same months a year before."""
    return months_up_to(newest, count), months_up_to(shifted(newest, -YEAR), count)


def _sum(sold: Mapping[str, Decimal], months: Iterable[str]) -> Decimal:
    return sum((sold.get(month, _ZERO) for month in months), _ZERO)


@dataclass(frozen=True, slots=True)
class Dip:
    """Sales that cool: the comparison that shows it, and the first day of the time in which they did."""

    compared: Comparison
    since: date


def half_year_dip(trend: Trend, *, below: Decimal = HALF_YEAR_BELOW) -> Dip | None:
    """A key account that cools: the last six full months sold less than `below` of the same months a year before."""
    compared = trend.half_year
    if compared is None or compared.ratio is None or compared.ratio >= below:
        return None
    return Dip(compared, first_day(compared.months[0]))


def quarter_dip(
    trend: Trend, *, below: Decimal = QUARTER_BELOW, gaps: Decimal = GAPS, on_record: Decimal = ENOUGH_MONTHS
) -> Dip | None:
    """A customer who cools and has gone quiet.

    The last three full months sold less than `below` of the same months a year before, nothing was sold for at least
    `gaps` times the usual gap between months bought in, and at least `on_record` such months are known. The dip begins
    with the first month after the last one bought in.
    """
    compared = trend.quarter
    if compared is None or compared.ratio is None or compared.ratio >= below:
        return None
    gap, quiet = trend.usual_gap, trend.quiet_months
    if gap is None or quiet is None or len(trend.bought) < on_record or quiet < gaps * gap:
        return None
    return Dip(compared, first_day(shifted(trend.bought[-1], 1)))


def first_day(month: str) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def rising(trend: Trend, *, above: Decimal = RISING_ABOVE, on_record: Decimal = ENOUGH_MONTHS) -> bool:
    """Whether the last six full months sold more than `above` of the same months a year before.

    Only with something sold in those, and with at least `on_record` months bought in: of one order nothing rises.
    """
    ratio = trend.half_year.ratio if trend.half_year else None
    return ratio is not None and ratio > above and len(trend.bought) >= on_record


@dataclass(frozen=True, slots=True)
class LostFamily:
    """A product family that an account bought steadily and no longer buys.

    `months` is in how many of the last twelve full months it was bought, `amount` what it made in them, `last` the
    newest of these months.
    """

    family: str
    months: int
    amount: Decimal
    last: str


def lost_families(
    rows: Iterable[Sale], newest: str, first: str, *, bought_in: Decimal, quiet: Decimal
) -> tuple[LostFamily, ...]:
    """Families bought in at least `bought_in` of the last twelve full months and not in the last `quiet` of them.

    Nor since. A family that was not bought in those months a year before either is between two seasons, and not lost;
    where the export (`first` is its first month) does not reach back so far, that cannot be asked. The largest first.
    """
    year, _ = _windows(newest, YEAR)
    silent, year_before = _windows(newest, max(1, int(quiet)))
    lost = []
    for family, sold in _by_family(rows).items():
        if any(amount > 0 for month, amount in sold.items() if month >= silent[0]):
            continue
        months = [month for month in year if sold.get(month, _ZERO) > 0]
        pause = year_before[0] >= first and all(sold.get(month, _ZERO) <= 0 for month in year_before)
        if months and len(months) >= bought_in and not pause:
            lost.append(LostFamily(family, len(months), _sum(sold, year), months[-1]))
    return tuple(sorted(lost, key=lambda found: (-found.amount, found.family)))


def _by_family(rows: Iterable[Sale]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        months = found.setdefault(row.product, {})
        months[row.month] = months.get(row.month, _ZERO) + row.amount
    return found


def total_holds(trend: Trend, *, share: Decimal) -> bool:
    """Whether an account's total hides what it lost.

    It does if something was sold in the last three full months, and this and the last six are at least `share` of the
    same months a year before. Where the export does not reach back so far, the last three must be at least `share` of
    the average of three months in the nine before.
    """
    recent = _sum(trend.sold, _windows(trend.newest, QUARTER)[0])
    if recent <= 0:
        return False
    if trend.quarter is None:
        before = _sum(trend.sold, months_up_to(shifted(trend.newest, -QUARTER), YEAR - QUARTER))
        return recent >= share * before * QUARTER / (YEAR - QUARTER)
    compared = (trend.quarter, trend.half_year)
    return all(one is None or one.recent >= share * one.before for one in compared)
