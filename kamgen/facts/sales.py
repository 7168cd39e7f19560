"""Sales: totals, families, growth and shares over full months, and deliveries over the same months.

Amounts are net, in the workspace's `currency`, and a credit counts as less. A month is written YYYY-MM. No row means
zero. **The last n months** are full months up to the newest complete one: the newest month with any row in sales.csv
that was wholly over before today. Months that have not yet begun today are mistakes of the export and left out of the
search for it. An account without a row in those months has sold nothing in them: the months are the same for everyone.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from kamgen.facts.once import once
from kamgen.model.portfolio import Delivered, Portfolio, Sale

YEAR = 12
# Fewer months than this say little about growth: one large order would decide.
ENOUGH_TO_COMPARE = 6
_ZERO = Decimal(0)


class Monthly(Protocol):
    """A row of an export that belongs to a month."""

    @property
    def month(self) -> str:
        """The month, YYYY-MM."""
        ...


def month_of(day: date) -> str:
    """The month a day lies in."""
    return day.isoformat()[:7]


def shifted(month: str, by: int) -> str:
    """The month so many months later; earlier where `by` is negative."""
    year, zero_based = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04d}-{zero_based + 1:02d}"


def last_day(month: str) -> date:
    """The last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def months_up_to(month: str, count: int) -> tuple[str, ...]:
    """So many months in a row, the last of them `month`, oldest first."""
    return tuple(shifted(month, -back) for back in range(count - 1, -1, -1))


def newest_month(portfolio: Portfolio) -> str | None:
    """The newest month with a row in sales.csv that has begun by today; None without such a row or without the file."""
    return _newest(portfolio.exports.sales, month_of(portfolio.as_of))


def newest_full_month(portfolio: Portfolio) -> str | None:
    """The newest month with a row in sales.csv that was wholly over before today; None where there is none.

    Whether its export was complete cannot be seen: a month counts as full from the first day of the next.
    """
    return _newest(portfolio.exports.sales, shifted(month_of(portfolio.as_of), -1))


def _newest(rows: Mapping[str, Iterable[Monthly]] | None, limit: str) -> str | None:
    # The calendar begins with the year 1, though a month of the year 0 has the right form.
    months = {row.month for found in (rows or {}).values() for row in found}
    return max((month for month in months if "0001" < month <= limit), default=None)


def full_months(portfolio: Portfolio, count: int = YEAR) -> tuple[str, ...]:
    """The last `count` full months of sales, oldest first; () where sales.csv has no full month.

    Months before the export begins are among them: what is not there counts as zero. Compute it once a run and hand it
    on: it looks at every row.
    """
    newest = newest_full_month(portfolio)
    return months_up_to(newest, count) if newest else ()


def by_month(rows: Iterable[Sale]) -> dict[str, Decimal]:
    """Sales by month over all products, oldest month first; only months with a row are in it."""
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row.month] = totals.get(row.month, _ZERO) + row.amount
    return dict(sorted(totals.items()))


def total(rows: Iterable[Sale], months: Iterable[str]) -> Decimal:
    """Sales in those months over all products."""
    wanted = frozenset(months)
    return sum((row.amount for row in rows if row.month in wanted), _ZERO)


def by_family(rows: Iterable[Sale], months: Iterable[str]) -> dict[str, Decimal]:
    """Sales in those months by product family, the largest first; families without a row are not in it."""
    wanted = frozenset(months)
    totals: dict[str, Decimal] = {}
    for row in rows:
        if row.month in wanted:
            totals[row.product] = totals.get(row.product, _ZERO) + row.amount
    return dict(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class YearOfSales:
    """One account's sales in the last twelve full months, in the workspace's currency.

    `families` are the totals by product family, largest first. `share` is the part of all accounts' sales, from 0 to 1
    (below 0 with more credits than sales); None where all accounts together sold nothing. `recent` and `before` are
    what growth compares: sales in those of the twelve months whose same month a year before is covered by the export,
    and sales in these earlier months; `compared` says how many months that is.
    """

    total: Decimal = _ZERO
    families: Mapping[str, Decimal] = field(default_factory=dict)
    share: Decimal | None = None
    recent: Decimal = _ZERO
    before: Decimal = _ZERO
    compared: int = 0

    @property
    def growth(self) -> Decimal | None:
        """Growth over the same months a year before: 0.25 is a quarter more.

        None where fewer than six months can be compared, or nothing was sold in the earlier ones.
        """
        if self.compared < ENOUGH_TO_COMPARE or self.before <= 0:
            return None
        return self.recent / self.before - 1


@once
def year_of_sales(portfolio: Portfolio) -> dict[str, YearOfSales]:
    """Every account's last twelve full months, by slug; {} where sales.csv has no full month.

    One pass over all rows: call it once a run.
    """
    months = full_months(portfolio)
    rows = portfolio.exports.sales
    if not months or rows is None:
        return {}
    recent = _comparable(rows, months)
    before = frozenset(shifted(month, -YEAR) for month in recent)
    totals = {slug: total(rows.get(slug, ()), months) for slug in portfolio.accounts}
    whole = sum(totals.values(), _ZERO)
    return {
        slug: YearOfSales(
            total=amount,
            families=by_family(rows.get(slug, ()), months),
            share=amount / whole if whole > 0 else None,
            recent=total(rows.get(slug, ()), recent),
            before=total(rows.get(slug, ()), before),
            compared=len(recent),
        )
        for slug, amount in totals.items()
    }


def _comparable(rows: Mapping[str, Iterable[Sale]], months: tuple[str, ...]) -> frozenset[str]:
    """Those of the months whose same month a year before is no earlier than the export's first."""
    first = min(row.month for found in rows.values() for row in found)
    return frozenset(month for month in months if shifted(month, -YEAR) >= first)


@dataclass(frozen=True, slots=True)
class Share:
    """One account's place in the order of size: its sales, its share of all sales, and the shares up to it (0 to 1)."""

    account: str
    amount: Decimal
    share: Decimal
    cumulative: Decimal


def concentration(years: Mapping[str, YearOfSales]) -> tuple[Share, ...]:
    """Who carries the business: the accounts with any sales in the twelve months, largest first, equal ones by slug.

    `years` comes from `year_of_sales`. With credits among them the shares may pass 1 before they come back to it.
    () where all accounts together sold nothing.
    """
    whole = sum((year.total for year in years.values()), _ZERO)
    if whole <= 0:
        return ()
    shares: list[Share] = []
    running = _ZERO
    for slug, year in sorted(years.items(), key=lambda pair: (-pair[1].total, pair[0])):
        if year.total:
            running += year.total
            shares.append(Share(slug, year.total, year.total / whole, running / whole))
    return tuple(shares)


def carriers(shares: Iterable[Share], part: Decimal) -> tuple[Share, ...]:
    """The smallest set of accounts that together carry at least `part` of all sales (0.8: four fifths)."""
    found: list[Share] = []
    for share in shares:
        found.append(share)
        if share.cumulative >= part:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How many deliveries were required, and how many of them were late."""

    deliveries: int = 0
    late: int = 0

    @property
    def late_share(self) -> Decimal | None:
        """The part that was late, from 0 to 1; None where there was no delivery."""
        return Decimal(self.late) / self.deliveries if self.deliveries else None


def delivery_months(portfolio: Portfolio, count: int = YEAR) -> tuple[str, ...]:
    """The last full months for deliveries: those of sales, so that both speak of the same time.

    Without a full month of sales: up to the newest full month in deliveries.csv. () without that too.
    """
    months = full_months(portfolio, count)
    if months:
        return months
    newest = _newest(portfolio.exports.deliveries, shifted(month_of(portfolio.as_of), -1))
    return months_up_to(newest, count) if newest else ()


def deliveries(rows: Iterable[Delivered], months: Iterable[str]) -> Deliveries:
    """The deliveries of those months, counted by the month in which they were required."""
    wanted = frozenset(months)
    inside = [row for row in rows if row.month in wanted]
    return Deliveries(sum(row.deliveries for row in inside), sum(row.late for row in inside))


def year_of_deliveries(portfolio: Portfolio) -> dict[str, Deliveries]:
    """Every account's deliveries in the last twelve full months, by slug; {} where deliveries.csv is absent."""
    rows = portfolio.exports.deliveries
    if rows is None:
        return {}
    months = delivery_months(portfolio)
    return {slug: deliveries(rows.get(slug, ()), months) for slug in portfolio.accounts}
