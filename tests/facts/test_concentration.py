"""Concentration: the curve, the key accounts' share, the smallest set, dependence; Northwind by SQL beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest

from kamgen.facts.concentration import Spread, spread, whole_book
from kamgen.facts.programme import scores_of_the_year
from kamgen.facts.sales import year_of_sales
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.model.values import Stage
from kamgen.project import Clock, check_workspace
from kamgen.read.playbook import default_settings
from kamgen.rules.engine import Scope

ROOT = Path(__file__).parents[2]
ORDER_BOOK = ROOT / "tests" / "data" / "northwind"


def portfolio(sold: Mapping[str, int] | None, stages: Mapping[str, Stage] | None = None) -> Portfolio:
    stages = stages or {}
    accounts = {}
    for slug in sorted({*(sold or {}), *stages}):
        stage = stages.get(slug, "customer")
        accounts[slug] = Account(slug, stage, AccountFile.model_validate({"name": slug, "stage": stage}))
    rows = None
    if sold is not None:
        rows = {slug: (Sale(slug, "2026-04", "dairy", Decimal(amount)),) for slug, amount in sold.items()}
    return Portfolio(date(2026, 5, 6), default_settings(), accounts, exports=Exports(sales=rows))


def spread_of(sold: Mapping[str, int] | None, stages: Mapping[str, Stage] | None = None) -> Spread:
    found = portfolio(sold, stages)
    return spread(found, year_of_sales(found))


@pytest.mark.parametrize("sold", [None, {}, {"a": 0}, {"a": 0, "b": 0}, {"a": -5}, {"a": 10, "b": -10}])
def test_where_nothing_was_sold_there_are_no_shares(sold: dict[str, int] | None) -> None:
    found = spread_of(sold, {"k": "key"})
    assert found == Spread(key=1)
    assert found.carried_by(5) is None
    assert found.over(Decimal("0.25")) == ()
    assert sum(year.total for year in whole_book(portfolio(sold)).values()) <= 0


def test_one_account_is_everything_and_no_dependence() -> None:
    found = spread_of({"a": 10}, {"a": "key"})
    assert [found.key_share, found.carried_by(1), found.carried_by(5), found.carried_by(0)] == [1, 1, 1, 0]
    assert [share.account for share in found.carriers] == ["a"]
    assert found.over(Decimal("0.25")) == ()


def test_the_curve_the_smallest_set_and_the_key_accounts() -> None:
    found = spread_of({"a": 50, "b": 30, "c": 15, "d": 5, "z": 0}, {"b": "key", "d": "key", "p": "prospect"})
    assert [share.account for share in found.curve] == ["a", "b", "c", "d"]
    assert [share.account for share in found.carriers] == ["a", "b"]
    assert (found.key, found.key_share) == (2, Decimal("0.35"))
    assert found.carried_by(3) == Decimal("0.95")


def test_equal_accounts_stand_in_the_order_of_their_names() -> None:
    found = spread_of({"c": 10, "a": 10, "b": 10, "d": 10, "e": 10})
    assert [share.account for share in found.curve] == ["a", "b", "c", "d", "e"]
    assert [share.account for share in found.carriers] == ["a", "b", "c", "d"]


def test_credits_lie_behind_and_lower_the_whole() -> None:
    found = spread_of({"a": 60, "b": 60, "c": -20}, {"c": "key"})
    assert found.key_share == Decimal("-0.2")
    assert [share.account for share in found.carriers] == ["a", "b"]
    assert found.curve[-1].cumulative == 1


@pytest.mark.parametrize(
    ("sold", "over"),
    [
        ({"a": 26, "b": 24, "c": 25, "d": 15, "e": 10}, ["a"]),
        ({"a": 25, "b": 25, "c": 25, "d": 15, "e": 10}, []),
        ({"a": 30, "b": 26, "c": 24, "d": 10, "e": 10}, ["a", "b"]),
        ({"a": 97, "b": 1, "c": 1, "d": 1}, []),
        ({"a": 97, "b": 1, "c": 1, "d": 1, "e": 0}, []),
    ],
)
def test_dependence_is_more_than_the_limit_and_more_than_the_number_explains(
    sold: dict[str, int], over: list[str]
) -> None:
    assert [share.account for share in spread_of(sold).over(Decimal("0.25"))] == over


def test_the_whole_book_takes_every_month_that_has_begun() -> None:
    rows = tuple(Sale("a", month, "dairy", Decimal(10)) for month in ("2019-01", "2026-05", "2026-06"))
    accounts = {"a": Account("a", "customer", AccountFile.model_validate({"name": "A", "stage": "customer"}))}
    found = Portfolio(date(2026, 5, 6), default_settings(), accounts, exports=Exports(sales={"a": rows}))
    assert [(slug, str(year.total), str(year.share)) for slug, year in whole_book(found).items()] == [("a", "20", "1")]
    assert whole_book(portfolio(None)) == {}


# Northwind: the demo's figures against SQL over the order book as it was published.
@cache
def demo() -> Portfolio:
    return check_workspace(ROOT, Clock(datetime(2026, 5, 6, tzinfo=UTC)), Scope(frozenset())).portfolio


@cache
def by_sql(condition: str) -> dict[str, float]:
    """Sales by customer number, the largest first, of the orders that a condition on `day` admits."""
    # The first four columns of orders.csv hold no comma, the later ones do: so each line is cut by hand.
    with duckdb.connect() as connection:
        rows = connection.execute(f"""
            WITH orders AS (
                SELECT split_part(line, ',', 1) AS id, split_part(line, ',', 2) AS customer,
                       split_part(line, ',', 4)[:10]::DATE AS day
                FROM read_csv('{ORDER_BOOK / "orders.csv"}', columns = {{line: VARCHAR}},
                              delim = '\\x01', quote = '', escape = '', header = true)
            )
            SELECT customer, sum(unitPrice * quantity * (1 - discount))::DOUBLE AS sold
            FROM read_csv('{ORDER_BOOK / "order-details.csv"}') JOIN orders ON orders.id = orderID::VARCHAR
            WHERE {condition} GROUP BY customer ORDER BY sold DESC
        """).fetchall()
    return dict(rows)


LAST_TWELVE_MONTHS = "day BETWEEN DATE '1997-05-01' AND DATE '1998-04-30'"


def test_northwind_over_the_whole_book() -> None:
    sold = list(by_sql("true").values())
    assert (len(sold), round(sum(sold))) == (89, 1265793)
    assert [round(sum(sold[:count]) / sum(sold), 2) for count in (5, 20)] == [0.33, 0.63]
    found = spread(demo(), whole_book(demo()))
    assert len(found.curve) == 89
    for count in (1, 5, 20, 50):
        assert float(found.carried_by(count) or 0) == pytest.approx(sum(sold[:count]) / sum(sold), abs=1e-6)


def test_northwind_over_the_last_twelve_months() -> None:
    sold = by_sql(LAST_TWELVE_MONTHS)
    found = spread(demo(), year_of_sales(demo()))
    number = {slug: account.record.crm_id for slug, account in demo().accounts.items()}
    assert [number[share.account] for share in found.curve] == list(sold)
    assert [float(share.amount) for share in found.curve] == pytest.approx(list(sold.values()), abs=0.1)
    key = [number[slug] for slug, account in demo().accounts.items() if account.stage == "key"]
    assert float(found.key_share or 0) == pytest.approx(sum(sold[one] for one in key) / sum(sold.values()), abs=1e-6)


def test_northwind_has_no_80_20() -> None:
    """Measured: it takes far more than a fifth of the customers to carry four fifths of the sales."""
    whole, running, smallest = sum(by_sql(LAST_TWELVE_MONTHS).values()), 0.0, 0
    for amount in by_sql(LAST_TWELVE_MONTHS).values():
        running, smallest = running + amount, smallest + 1
        if running >= 0.8 * whole:
            break
    found = spread(demo(), year_of_sales(demo()))
    assert (len(found.carriers), len(found.curve)) == (smallest, 88)
    assert smallest > 0.3 * len(found.curve)


def test_northwind_marks_of_the_key_accounts() -> None:
    """Computed marks, a second time: the fifth among all who buy, of sales and of growth over the same ten months."""
    year, everybody = by_sql(LAST_TWELVE_MONTHS), by_sql("true")
    recent = by_sql("day BETWEEN DATE '1997-07-01' AND DATE '1998-04-30'")
    before = by_sql("day BETWEEN DATE '1996-07-01' AND DATE '1997-04-30'")
    revenue = {one: year.get(one, 0.0) for one in everybody}
    growth = {one: recent.get(one, 0.0) / before[one] for one in before}

    def fifth(figures: Mapping[str, float], one: str) -> int:
        smaller = sum(other < figures[one] for other in figures.values())
        return 1 + int(5 * (smaller + 0.5) / len(figures))

    found = scores_of_the_year(demo())
    for slug, account in demo().accounts.items():
        if account.stage == "key":
            number, marks = account.record.crm_id, found[slug].marks
            assert [marks["revenue"], marks["growth"]] == [fifth(revenue, number), fifth(growth, number)], slug
