"""Budget: sales against budget by month and for the year to date, of each account and of all together.

**Definition.** The year to date is the calendar year of the newest full month of sales (see `sales`), from January, or
from the first month of sales.csv where that is later, to that month. A month for which budget.csv has no row of the
account is **unknown** and not zero: what was sold in it counts as sold, but is held against nothing. So a budget is
always compared with sales of the very same accounts and months. Rows of several sites are added up; a budget of 0 that
stands in the file is a budget.

**Unit.** The workspace's currency; a ratio of 1 is on budget.

**Limits.** Years are calendar years. A month counts as full from the first day of the next, whether or not its export
was complete. The running month is left out on both sides.

**Source.** Intentions: sales objectives for the year, with stage goals to measure progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kamgen.facts.once import once
from kamgen.facts.progress import sales_span
from kamgen.facts.sales import by_month, months_up_to
from kamgen.model.portfolio import Budgeted, Portfolio, Sale

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Against:
    """Sales beside budget: all that was `sold`, the `covered` part that has a budget, and this budget.

    `budget` is None where there is none for any of it; then `covered` is 0.
    """

    sold: Decimal = _ZERO
    covered: Decimal = _ZERO
    budget: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """How much more than budgeted was sold, in currency; below 0 it is less. None without a budget."""
        return None if self.budget is None else self.covered - self.budget

    @property
    def ratio(self) -> Decimal | None:
        """What was sold, as a part of its budget: 0.9 is 90 %. None without a budget above zero."""
        return self.covered / self.budget if self.budget is not None and self.budget > 0 else None


@dataclass(frozen=True, slots=True)
class YearToDate:
    """Sales against budget in the months of the year so far, January first."""

    months: Mapping[str, Against] = field(default_factory=dict)

    @property
    def whole(self) -> Against:
        """All of these months together."""
        return _together(self.months.values())

    @property
    def unknown(self) -> tuple[str, ...]:
        """The months without any budget, oldest first."""
        return tuple(month for month, found in self.months.items() if found.budget is None)


@once
def against_budget(portfolio: Portfolio) -> dict[str, YearToDate]:
    """Every account's year to date, by slug; {} without budget.csv, or where sales.csv has no full month."""
    months, sales, budget = months_to_date(portfolio), portfolio.exports.sales, portfolio.exports.budget
    if not months or sales is None or budget is None:
        return {}
    return {slug: _year(months, sales.get(slug, ()), budget.get(slug, ())) for slug in portfolio.accounts}


def months_to_date(portfolio: Portfolio) -> tuple[str, ...]:
    """The months of the year to date, oldest first; () where sales.csv has no full month."""
    span = sales_span(portfolio)
    if span is None:
        return ()
    return tuple(month for month in months_up_to(span.newest, int(span.newest[5:])) if month >= span.first)


def all_together(years: Iterable[YearToDate]) -> YearToDate:
    """The years of several accounts, as `against_budget` gives them, as one: month by month, sums."""
    by_months: dict[str, list[Against]] = {}
    for year in years:
        for month, found in year.months.items():
            by_months.setdefault(month, []).append(found)
    return YearToDate({month: _together(found) for month, found in sorted(by_months.items())})


def _year(months: Iterable[str], sales: Iterable[Sale], budget: Iterable[Budgeted]) -> YearToDate:
    sold, planned = by_month(sales), _planned(budget)
    return YearToDate({month: _against(sold.get(month, _ZERO), planned.get(month)) for month in months})


def _planned(rows: Iterable[Budgeted]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row.month] = totals.get(row.month, _ZERO) + row.amount
    return totals


def _against(sold: Decimal, budget: Decimal | None) -> Against:
    return Against(sold) if budget is None else Against(sold, sold, budget)


def _together(found: Iterable[Against]) -> Against:
    held = tuple(found)
    budgets = [one.budget for one in held if one.budget is not None]
    return Against(
        sum((one.sold for one in held), _ZERO),
        sum((one.covered for one in held), _ZERO),
        sum(budgets, _ZERO) if budgets else None,
    )
