"""Product families of one account: what of each was bought, how that moves, and how much white space there is.

Everything is counted over full months (see `sales`), in the workspace's currency. A family **rises** or **cools** by
the same measure as a whole account (see `trends`): the last six months against the same six a year before, where at
least six months of it were bought in and the export reaches back; above 125 % it rises, under 85 % it cools. It is
**lost** where it was bought steadily and no longer is (six of the last twelve months, none of the last three), and
**new** where all of it was bought in the last six months and the export covers a year before. White space is that of
`whitespace`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from kamgen.facts.budget import Against, YearToDate
from kamgen.facts.once import once
from kamgen.facts.portfolio import Month, chart_months, month_rows
from kamgen.facts.progress import Span, sales_span
from kamgen.facts.sales import YEAR, by_month, months_up_to, shifted
from kamgen.facts.trends import (
    ENOUGH_MONTHS,
    HALF_YEAR,
    HALF_YEAR_BELOW,
    QUARTER,
    RISING_ABOVE,
    LostFamily,
    lost_families,
)
from kamgen.facts.whitespace import Gap, WhiteSpace
from kamgen.model.portfolio import Portfolio, Sale

Move = Literal["rising", "cooling", "lost", "new"]

# A family bought in at least half of a year's months and not in the last quarter is lost: the numbers of KAM209.
_BOUGHT_IN = Decimal(6)
_QUIET = Decimal(QUARTER)
_ZERO = Decimal(0)

span_of_sales = once(sales_span)
months_of_chart = once(chart_months)


@dataclass(frozen=True, slots=True)
class Family:
    """One product family: what was bought of it in twelve full months, how it moves, and its white space.

    `ratio` is the last six months as a part of the same six a year before (None: nothing to compare). `lost` says
    since when it is lost, `gap` how much less of it is bought than is usual; None where neither is so.
    """

    family: str
    bought: Decimal = _ZERO
    ratio: Decimal | None = None
    move: Move | None = None
    lost: LostFamily | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """One month of one account, with its budget where there is one."""

    month: Month
    budget: Decimal | None = None


def families(portfolio: Portfolio, slug: str, bought: Mapping[str, Decimal], space: WhiteSpace | None) -> list[Family]:
    """The families of an account: the largest first, then those it has stopped buying, then white space.

    `bought` are its families in `sales.year_of_sales`, `space` is its white space.
    """
    span = span_of_sales(portfolio)
    if span is None:
        return []
    rows = (portfolio.exports.sales or {}).get(slug, ())
    found = lost_families(rows, span.newest, span.first, bought_in=_BOUGHT_IN, quiet=_QUIET)
    lost = {one.family: one for one in found}
    gaps = {gap.family: gap for gap in space.gaps} if space else {}
    sold = _sold(rows)
    names = dict.fromkeys((*bought, *lost, *gaps))
    return [
        _family(name, bought.get(name, _ZERO), sold.get(name, {}), span, lost.get(name), gaps.get(name))
        for name in names
    ]


def _sold(rows: Iterable[Sale]) -> dict[str, dict[str, Decimal]]:
    parted: dict[str, list[Sale]] = {}
    for row in rows:
        parted.setdefault(row.product, []).append(row)
    return {name: by_month(found) for name, found in parted.items()}


def _family(
    name: str, bought: Decimal, sold: Mapping[str, Decimal], span: Span, lost: LostFamily | None, gap: Gap | None
) -> Family:
    ratio = _ratio(sold, span)
    return Family(name, bought, ratio, _move(sold, span, ratio, lost), lost, gap)


def _ratio(sold: Mapping[str, Decimal], span: Span) -> Decimal | None:
    months, before = _half_years(span.newest)
    if before[0] < span.first:
        return None
    earlier = sum((sold.get(month, _ZERO) for month in before), _ZERO)
    return sum((sold.get(month, _ZERO) for month in months), _ZERO) / earlier if earlier > 0 else None


@lru_cache(maxsize=4)  # the same two for every family
def _half_years(newest: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The last six months, and the same six a year before."""
    return months_up_to(newest, HALF_YEAR), months_up_to(shifted(newest, -YEAR), HALF_YEAR)


def _move(sold: Mapping[str, Decimal], span: Span, ratio: Decimal | None, lost: LostFamily | None) -> Move | None:
    if lost:
        return "lost"
    bought_in = [month for month, amount in sold.items() if amount > 0 and month <= span.newest]
    months, before = _half_years(span.newest)
    if bought_in and bought_in[0] >= months[0] and before[0] >= span.first:
        return "new"
    if ratio is None or len(bought_in) < ENOUGH_MONTHS:
        return None
    return "rising" if ratio > RISING_ABOVE else "cooling" if ratio < HALF_YEAR_BELOW else None


def account_months(portfolio: Portfolio, slug: str) -> list[AccountMonth]:
    """The months of an account's chart, oldest first, from the first in which anything happened."""
    rows = month_rows(portfolio, slug, months_of_chart(portfolio))
    planned: dict[str, Decimal] = {}
    for row in (portfolio.exports.budget or {}).get(slug, ()) if rows else ():
        planned[row.month] = planned.get(row.month, _ZERO) + row.amount
    return [AccountMonth(row, planned.get(row.month)) for row in rows]


def budget_so_far(year: YearToDate | None) -> Against | None:
    """Sales against budget in the year to date; None where no month of it has a budget."""
    return year.whole if year and year.whole.budget is not None else None
