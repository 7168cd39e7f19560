"""Sales against budget: by month, to date, per account and in total; unknown is not zero."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts.budget import Against, YearToDate, against_budget, all_together, months_to_date
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Budgeted, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

Amounts = Mapping[str, int]
TODAY = date(2026, 3, 15)


def portfolio(
    sold: Mapping[str, Amounts] | None,
    budget: Mapping[str, Amounts] | None,
    as_of: date = TODAY,
    name: str = "Example",
) -> Portfolio:
    record = AccountFile.model_validate({"name": name, "stage": "customer"})
    accounts = {slug: Account(slug, "customer", record) for slug in sorted({"a", *(sold or {}), *(budget or {})})}
    sales = {
        slug: tuple(Sale(slug, month, "tea", Decimal(amount)) for month, amount in found.items())
        for slug, found in (sold or {}).items()
    }
    planned = {
        slug: tuple(Budgeted(slug, month, Decimal(amount)) for month, amount in found.items())
        for slug, found in (budget or {}).items()
    }
    return Portfolio(
        as_of,
        default_settings(),
        accounts,
        exports=Exports(None if sold is None else sales, None if budget is None else planned),
    )


def year_of(sold: Amounts, budget: Amounts, as_of: date = TODAY) -> YearToDate:
    """The year to date of one account in an export that reaches from January 2025 to February 2026."""
    return against_budget(portfolio({"a": sold, "all": {"2025-01": 1, "2026-02": 1}}, {"a": budget}, as_of))["a"]


@pytest.mark.parametrize(
    ("sold", "budget"),
    [
        (None, None),
        (None, {"a": {"2026-01": 5}}),
        ({"a": {"2026-01": 5}}, None),
        ({"a": {"2026-03": 5}}, {"a": {"2026-03": 5}}),  # the month that is still running
    ],
)
def test_without_an_export_or_a_full_month_nothing_is_known(
    sold: dict[str, Amounts] | None, budget: dict[str, Amounts] | None
) -> None:
    found = against_budget(portfolio(sold, budget))
    assert found == {}
    assert all_together(found.values()) == YearToDate()
    assert all_together(found.values()).whole == Against()
    assert all_together(found.values()).whole.ratio is None


def test_month_by_month_and_to_date() -> None:
    found = year_of({"2026-01": 90, "2026-02": 30}, {"2026-01": 100, "2026-02": 20, "2026-03": 999})
    january = Against(Decimal(90), Decimal(90), Decimal(100))
    assert found.months == {"2026-01": january, "2026-02": Against(Decimal(30), Decimal(30), Decimal(20))}
    assert january.difference == -10
    assert january.ratio == Decimal("0.9")
    assert found.whole.difference == 0
    assert found.whole.ratio == 1
    assert found.unknown == ()


def test_a_month_without_budget_is_unknown_and_not_zero() -> None:
    found = year_of({"2026-01": 90, "2026-02": 500}, {"2026-01": 100})
    february = found.months["2026-02"]
    assert february == Against(Decimal(500))
    assert (february.difference, february.ratio) == (None, None)
    assert found.unknown == ("2026-02",)
    assert found.whole == Against(Decimal(590), Decimal(90), Decimal(100))


def test_an_account_without_any_budget() -> None:
    found = year_of({"2026-01": 90}, {})
    assert found.whole == Against(Decimal(90))
    assert found.unknown == ("2026-01", "2026-02")


def test_nothing_sold_is_zero_where_there_is_a_budget() -> None:
    whole = year_of({}, {"2026-01": 100}).whole
    assert whole.difference == -100
    assert whole.ratio == 0


@pytest.mark.parametrize(("budget", "ratio"), [(0, None), (-5, None), (50, Decimal("-0.2"))])
def test_more_credits_than_sales_and_odd_budgets(budget: int, ratio: Decimal | None) -> None:
    found = year_of({"2026-01": -10}, {"2026-01": budget})
    assert found.whole.difference == -10 - budget
    assert found.whole.ratio == ratio
    assert found.unknown == ("2026-02",)


def test_in_total_like_is_compared_with_like() -> None:
    sold = {"a": {"2026-01": 90, "2026-02": 10}, "b": {"2026-01": 700}, "c": {"2026-02": 20}}
    found = all_together(against_budget(portfolio(sold, {"a": {"2026-01": 100}, "c": {"2026-01": 50}})).values())
    assert found.months == {
        "2026-01": Against(Decimal(790), Decimal(90), Decimal(150)),
        "2026-02": Against(Decimal(30)),
    }
    assert found.whole == Against(Decimal(820), Decimal(90), Decimal(150))
    assert found.unknown == ("2026-02",)


def test_rows_of_several_sites_are_one_budget() -> None:
    found = portfolio({"a": {"2026-01": 5}}, {})
    rows = tuple(Budgeted("a", "2026-01", Decimal(4), site) for site in ("graz", "linz"))
    found = Portfolio(TODAY, found.settings, found.accounts, exports=Exports(found.exports.sales, {"a": rows}))
    assert against_budget(found)["a"].whole.budget == 8


@pytest.mark.parametrize(
    ("sold", "as_of", "first", "last"),
    [
        ({"2024-05": 1, "2026-02": 1}, TODAY, "2026-01", "2026-02"),
        ({"2026-02": 1}, TODAY, "2026-02", "2026-02"),  # the export begins in February
        ({"2024-05": 1, "2025-12": 1, "2026-01": 1}, date(2026, 1, 31), "2025-01", "2025-12"),
        ({"2027-06": 1, "2028-02": 1}, date(2028, 2, 29), "2027-06", "2027-06"),  # the leap day: February still runs
        ({"2027-06": 1, "2028-02": 1}, date(2028, 3, 1), "2028-01", "2028-02"),
    ],
)
def test_the_months_to_date(sold: Amounts, as_of: date, first: str, last: str) -> None:
    months = months_to_date(portfolio({"a": sold}, None, as_of))
    assert (months[0], months[-1]) == (first, last)
    assert list(months) == sorted(set(months))


def test_a_new_name_changes_nothing() -> None:
    sold, budget = {"a": {"2026-01": 5}}, {"a": {"2026-01": 4}}
    assert against_budget(portfolio(sold, budget, name="Renamed")) == against_budget(portfolio(sold, budget))
