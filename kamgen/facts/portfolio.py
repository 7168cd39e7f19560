"""The whole portfolio in a few figures: accounts by stage, sales by month, the key accounts' part of the business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.sales import YearOfSales, by_month, months_up_to, newest_month
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
