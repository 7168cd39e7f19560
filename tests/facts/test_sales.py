"""Sales over full months: totals, families, growth, shares; deliveries over the same months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts import sales
from kamgen.facts.sales import Deliveries, Share, YearOfSales
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Delivered, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
Amounts = dict[str, int]


def rows(account: str, amounts: Amounts, product: str = "dairy") -> tuple[Sale, ...]:
    return tuple(Sale(account, month, product, Decimal(amount)) for month, amount in amounts.items())


def portfolio(
    sold: Mapping[str, tuple[Sale, ...]] | None,
    delivered: Mapping[str, tuple[Delivered, ...]] | None = None,
    as_of: date = TODAY,
    others: tuple[str, ...] = (),
) -> Portfolio:
    record = AccountFile.model_validate({"name": "Example", "stage": "customer"})
    slugs = sorted({*(sold or {}), *(delivered or {}), *others})
    accounts = {slug: Account(slug, "customer", record) for slug in slugs}
    return Portfolio(as_of, default_settings(), accounts, exports=Exports(sales=sold, deliveries=delivered))


def every_month(first: str, count: int, amount: int) -> Amounts:
    return {sales.shifted(first, step): amount for step in range(count)}


@pytest.mark.parametrize(
    ("month", "by", "expected"),
    [
        ("2026-05", 0, "2026-05"),
        ("2026-05", -5, "2025-12"),
        ("2026-12", 1, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-01", -12, "2025-01"),
        ("2024-02", 24, "2026-02"),
        ("0999-12", 1, "1000-01"),
    ],
)
def test_month_arithmetic(month: str, by: int, expected: str) -> None:
    assert sales.shifted(month, by) == expected


def test_last_days_and_months_in_a_row() -> None:
    assert sales.last_day("2024-02") == date(2024, 2, 29)
    assert sales.last_day("2026-02") == date(2026, 2, 28)
    assert sales.last_day("2026-12") == date(2026, 12, 31)
    assert sales.month_of(date(2026, 5, 1)) == "2026-05"
    assert sales.months_up_to("2026-02", 3) == ("2025-12", "2026-01", "2026-02")
    assert sales.months_up_to("2026-02", 0) == ()


@pytest.mark.parametrize("sold", [None, {}, {"a": ()}, {"a": rows("a", {"2026-06": 5, "0000-12": 5})}])
def test_no_sales_no_months(sold: dict[str, tuple[Sale, ...]] | None) -> None:
    found = portfolio(sold)
    assert sales.newest_month(found) is None
    assert sales.newest_full_month(found) is None
    assert sales.full_months(found) == ()
    assert sales.year_of_sales(found) == {}
    assert sales.concentration(sales.year_of_sales(found)) == ()


@pytest.mark.parametrize(
    ("as_of", "newest", "full"),
    [
        (date(2026, 5, 6), "2026-05", "2026-04"),
        (date(2026, 5, 1), "2026-05", "2026-04"),
        (date(2026, 4, 30), "2026-04", "2026-03"),  # its last day is not over
        (date(2026, 1, 1), "2026-01", "2025-12"),  # a month has begun on its first day
        (date(2026, 12, 31), "2026-05", "2026-05"),  # an old export: its newest month is full
    ],
)
def test_the_newest_month_and_the_newest_full_one(as_of: date, newest: str, full: str) -> None:
    months = ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
    found = portfolio({"a": rows("a", dict.fromkeys(months, 1))}, as_of=as_of)
    assert (sales.newest_month(found), sales.newest_full_month(found)) == (newest, full)


def test_the_months_are_the_same_for_every_account() -> None:
    found = portfolio({"a": rows("a", {"2026-04": 30}), "b": rows("b", {"2025-04": 10})}, others=("c",))
    years = sales.year_of_sales(found)
    assert sales.full_months(found) == sales.months_up_to("2026-04", 12)
    assert sales.full_months(found, 3) == ("2026-02", "2026-03", "2026-04")
    assert {slug: year.total for slug, year in years.items()} == {"a": 30, "b": 0, "c": 0}
    assert years["c"] == YearOfSales(share=Decimal(0), compared=1)


def test_totals_by_month_and_family() -> None:
    found = (*rows("a", {"2026-04": 10, "2026-03": 5}), *rows("a", {"2026-04": -3, "2026-05": 99}, "seafood"))
    assert sales.by_month(found) == {"2026-03": 5, "2026-04": 7, "2026-05": 99}
    assert list(sales.by_month(found)) == ["2026-03", "2026-04", "2026-05"]
    assert sales.total(found, ("2026-03", "2026-04")) == 12
    assert sales.by_family(found, ("2026-03", "2026-04")) == {"dairy": 15, "seafood": -3}
    assert sales.total((), ()) == 0
    assert sales.by_family((), ()) == {}


def test_equal_families_stand_in_the_order_of_their_names() -> None:
    found = (*rows("a", {"2026-04": 5}, "seafood"), *rows("a", {"2026-04": 5}, "dairy"))
    assert list(sales.by_family(found, ("2026-04",))) == ["dairy", "seafood"]


def test_growth_over_the_same_months_a_year_before() -> None:
    amounts = {**every_month("2024-05", 12, 100), **every_month("2025-05", 12, 125)}
    year = sales.year_of_sales(portfolio({"a": rows("a", amounts)}))["a"]
    assert [year.total, year.recent, year.before, year.compared] == [1500, 1500, 1200, 12]
    assert year.growth == Decimal("0.25")


def test_growth_compares_only_what_the_export_covers() -> None:
    # The export begins in July 2024: May and June 2025 have nothing to be compared with.
    amounts = {**every_month("2024-07", 10, 100), **every_month("2025-05", 12, 110)}
    year = sales.year_of_sales(portfolio({"a": rows("a", amounts)}))["a"]
    assert [year.total, year.recent, year.before, year.compared] == [1320, 1100, 1000, 10]
    assert year.growth == Decimal("0.1")


@pytest.mark.parametrize(
    ("first", "growth"), [("2024-10", None), ("2024-11", Decimal(0)), ("2024-12", None), ("2025-05", None)]
)
def test_growth_needs_six_months_and_something_to_grow_from(first: str, growth: Decimal | None) -> None:
    amounts = every_month(first, 12 * 2026 + 4 - (12 * int(first[:4]) + int(first[5:]) - 1), 10)
    if first == "2024-10":  # seven months to compare, and nothing sold in them
        amounts = {month: 0 if month < "2025-05" else 10 for month in amounts}
    assert sales.year_of_sales(portfolio({"a": rows("a", amounts)}))["a"].growth == growth


def test_a_customer_who_stopped_has_shrunk_to_nothing() -> None:
    sold = {"a": rows("a", every_month("2024-05", 12, 100)), "b": rows("b", {"2026-04": 1})}
    assert sales.year_of_sales(portfolio(sold))["a"].growth == -1


def test_shares_largest_first_and_ties_by_name() -> None:
    sold = {
        "d": rows("d", {"2026-04": 20}),
        "b": rows("b", {"2026-04": 20}),
        "a": rows("a", {"2026-04": 60}),
        "z": rows("z", {"2024-01": 60}),
    }
    years = sales.year_of_sales(portfolio(sold))
    shares = sales.concentration(years)
    assert shares == (
        Share("a", Decimal(60), Decimal("0.6"), Decimal("0.6")),
        Share("b", Decimal(20), Decimal("0.2"), Decimal("0.8")),
        Share("d", Decimal(20), Decimal("0.2"), Decimal(1)),
    )
    assert {slug: year.share for slug, year in years.items()} == {
        "a": Decimal("0.6"), "b": Decimal("0.2"), "d": Decimal("0.2"), "z": 0,
    }  # fmt: skip


def test_the_smallest_set_that_carries_a_part() -> None:
    sold = {name: rows(name, {"2026-04": amount}) for name, amount in (("a", 60), ("b", 20), ("c", 20))}
    shares = sales.concentration(sales.year_of_sales(portfolio(sold)))
    assert [share.account for share in sales.carriers(shares, Decimal("0.8"))] == ["a", "b"]
    assert [share.account for share in sales.carriers(shares, Decimal("0.81"))] == ["a", "b", "c"]
    assert sales.carriers((), Decimal("0.8")) == ()


def test_credits_count_as_less() -> None:
    sold = {"a": rows("a", {"2026-04": 100}), "b": rows("b", {"2026-04": -20})}
    shares = sales.concentration(sales.year_of_sales(portfolio(sold)))
    assert [(share.account, share.cumulative) for share in shares] == [("a", Decimal("1.25")), ("b", Decimal(1))]


@pytest.mark.parametrize("amount", [0, -5])
def test_where_nothing_was_sold_there_are_no_shares(amount: int) -> None:
    years = sales.year_of_sales(portfolio({"a": rows("a", {"2026-04": amount})}))
    assert years["a"].share is None
    assert years["a"].growth is None
    assert sales.concentration(years) == ()


def test_deliveries_of_the_same_months_as_sales() -> None:
    delivered = {"a": tuple(Delivered("a", month, 10, 2) for month in ("2025-03", "2025-04", "2026-03", "2026-04"))}
    found = portfolio({"a": rows("a", {"2026-03": 1})}, delivered, others=("b",))
    assert sales.delivery_months(found) == sales.months_up_to("2026-03", 12)
    assert sales.year_of_deliveries(found) == {"a": Deliveries(20, 4), "b": Deliveries()}
    assert Deliveries(20, 4).late_share == Decimal("0.2")
    assert Deliveries().late_share is None


def test_deliveries_without_sales_have_their_own_months() -> None:
    delivered = {"a": (Delivered("a", "2026-04", 3, 0), Delivered("a", "2026-05", 4, 4))}
    found = portfolio(None, delivered)
    assert sales.delivery_months(found, 2) == ("2026-03", "2026-04")
    assert sales.year_of_deliveries(found) == {"a": Deliveries(3, 0)}
    assert sales.year_of_deliveries(portfolio(None)) == {}
    assert sales.year_of_deliveries(portfolio(None, {})) == {}
