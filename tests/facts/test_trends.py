"""Trends: cooling, gaps, families lost, rising; and the demo's figures a second time, by SQL over the orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kamgen.facts import sales, trends
from kamgen.facts.deliveries import troubled
from kamgen.facts.sales import Deliveries, YearOfSales
from kamgen.facts.trends import Comparison, LostFamily, Trend
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings
from tests.conftest import checked

TODAY = date(2026, 5, 6)
Amounts = dict[str, int]


def rows(amounts: Amounts, product: str = "dairy") -> tuple[Sale, ...]:
    return tuple(Sale("a", month, product, Decimal(amount)) for month, amount in amounts.items())


def portfolio(sold: Mapping[str, tuple[Sale, ...]] | None, as_of: date = TODAY) -> Portfolio:
    record = AccountFile.model_validate({"name": "Example", "stage": "customer"})
    accounts = {slug: Account(slug, "customer", record) for slug in sorted({"a", *(sold or {})})}
    return Portfolio(as_of, default_settings(), accounts, exports=Exports(sales=sold))


def trend_of(amounts: Amounts, as_of: date = TODAY) -> Trend:
    """The trend of one account in an export that reaches from January 2024 to April 2026."""
    whole = (Sale("all", "2024-01", "tea", Decimal(1)), Sale("all", "2026-04", "tea", Decimal(1)))
    return trends.trends(portfolio({"a": rows(amounts), "all": whole}, as_of))["a"]


def every_month(first: str, count: int, amount: int = 100) -> Amounts:
    return {sales.shifted(first, step): amount for step in range(count)}


@pytest.mark.parametrize("sold", [None, {}, {"a": ()}, {"a": rows({"2026-05": 5})}])
def test_without_a_full_month_there_are_no_trends(sold: dict[str, tuple[Sale, ...]] | None) -> None:
    assert trends.trends(portfolio(sold)) == {}


def test_the_trends_of_some_accounts() -> None:
    found = portfolio({"a": rows({"2026-04": 5}), "b": ()})
    assert set(trends.trends(found)) == {"a", "b"}
    assert set(trends.trends(found, ["b"])) == {"b"}
    assert trends.trends(found, []) == {}


def test_an_account_that_never_bought() -> None:
    trend = trend_of({})
    assert trend.half_year == Comparison(sales.months_up_to("2026-04", 6), Decimal(0), Decimal(0))
    assert (trend.bought, trend.usual_gap, trend.quiet_months) == ((), None, None)
    assert trends.half_year_dip(trend) is None
    assert trends.quarter_dip(trend) is None
    assert not trends.rising(trend)


def test_one_month_on_record() -> None:
    trend = trend_of({"2026-02": 5})
    assert (trend.usual_gap, trend.quiet_months) == (None, 2)


@pytest.mark.parametrize(
    ("bought", "gap"),
    [
        ((), None),
        (("2026-01",), None),
        (("2025-12", "2026-01"), 1),
        (("2025-10", "2026-01"), 3),
        (("2025-10", "2025-11", "2026-01"), Decimal("1.5")),
        (("2024-01", "2025-10", "2025-11", "2025-12"), 1),  # one long pause is not usual
    ],
)
def test_the_usual_gap_is_the_median(bought: tuple[str, ...], gap: Decimal | int | None) -> None:
    assert trends.usual_gap(bought) == gap


def test_the_same_months_a_year_before_across_a_leap_year() -> None:
    amounts = {**every_month("2023-01", 14, 100), **every_month("2024-03", 12, 50)}
    whole = {"a": rows(amounts)}
    trend = trends.trends(portfolio(whole, date(2025, 3, 1)))["a"]
    assert trend.newest == "2025-02"
    assert trend.quarter == Comparison(("2024-12", "2025-01", "2025-02"), Decimal(150), Decimal(300))
    assert trend.half_year is not None
    assert trend.half_year.ratio == Decimal("0.5")


@pytest.mark.parametrize(("first", "half_year", "quarter"), [("2024-11", True, True), ("2024-12", False, True)])
def test_only_what_the_export_covers_is_compared(first: str, half_year: bool, quarter: bool) -> None:
    trend = trends.trends(portfolio({"a": rows({first: 5, "2026-04": 5})}))["a"]
    assert ((trend.half_year is not None), (trend.quarter is not None)) == (half_year, quarter)


@pytest.mark.parametrize(("recent", "cools"), [(85, False), (84, True), (0, True), (-5, True)])
def test_a_key_account_cools_under_85_percent(recent: int, cools: bool) -> None:
    dip = trends.half_year_dip(trend_of({"2024-11": 100, "2025-11": recent}))
    assert (dip is not None) == cools
    assert dip is None or dip.since == date(2025, 11, 1)


@pytest.mark.parametrize("before", [0, -100])
def test_nothing_cools_that_was_never_warm(before: int) -> None:
    assert trends.half_year_dip(trend_of({"2024-11": before, "2025-11": 1})) is None


def test_a_customer_goes_quiet() -> None:
    amounts = {**every_month("2025-01", 13)}  # to January 2026, and then nothing
    dip = trends.quarter_dip(trend_of(amounts))
    assert dip is not None
    assert dip.since == date(2026, 2, 1)
    assert dip.compared.ratio == 0
    assert trends.quarter_dip(trend_of({**amounts, "2026-05": 5})) is None  # back this month
    assert trends.quarter_dip(trend_of({**amounts, "2026-05": -5})) is not None  # a credit is no order
    assert trends.quarter_dip(trend_of(amounts), gaps=Decimal(4)) is None
    assert trends.quarter_dip(trend_of(amounts), on_record=Decimal(14)) is None


@pytest.mark.parametrize(("last", "quiet"), [("2026-01", False), ("2025-12", True)])
def test_quiet_is_twice_the_usual_gap(last: str, quiet: bool) -> None:
    bought = [sales.shifted(last, -2 * step) for step in range(12)]
    amounts = dict.fromkeys(sorted(bought), 100)
    assert trends.usual_gap(tuple(amounts)) == 2
    assert (trends.quarter_dip(trend_of(amounts)) is not None) == quiet


@pytest.mark.parametrize(
    ("before", "recent", "months", "rises"),
    [(100, 126, 6, True), (100, 125, 6, False), (0, 500, 6, False), (100, 500, 5, False)],
)
def test_who_rises(before: int, recent: int, months: int, rises: bool) -> None:
    others = every_month("2025-06", months - (2 if before else 1), 1)
    assert trends.rising(trend_of({"2024-12": before, **others, "2026-04": recent})) == rises


FISH = every_month("2025-07", 6, 50)  # July to December


def lost(found: tuple[Sale, ...], first: str = "2024-01") -> tuple[LostFamily, ...]:
    return trends.lost_families(found, "2026-04", first, bought_in=Decimal(6), quiet=Decimal(3))


def test_a_family_that_is_no_longer_bought() -> None:
    since_spring = {"2025-03": 50, **FISH}
    assert lost(rows(since_spring, "fish")) == (LostFamily("fish", 6, Decimal(300), "2025-12"),)
    assert lost(rows({**since_spring, "2026-02": 1}, "fish")) == ()
    assert lost(rows({**since_spring, "2026-05": 1}, "fish")) == ()
    assert lost(rows({**since_spring, "2026-03": -9}, "fish"))[0].amount == 291
    assert lost(rows({**since_spring, "2025-12": 0}, "fish")) == ()
    assert lost(()) == ()


def test_a_family_between_two_seasons_is_not_lost() -> None:
    assert lost(rows(FISH, "fish")) == ()
    assert len(lost(rows(FISH, "fish"), first="2025-03")) == 1  # the year before is not known


def test_lost_families_stand_largest_first_and_equal_ones_by_name() -> None:
    found = [*rows({"2025-03": 1, **FISH}, "fish"), *rows({"2025-03": 1, **FISH}, "eels")]
    found += rows({"2025-03": 1, **every_month("2025-07", 6, 90)}, "tea")
    assert [family.family for family in lost(tuple(found))] == ["tea", "eels", "fish"]


def test_what_the_total_hides() -> None:
    def holds(amounts: Amounts, first: str = "2024-01") -> bool:
        found = {"a": rows(amounts), "all": rows({first: 1, "2026-04": 1})}
        trend = trends.trends(portfolio(found))["a"]
        return trends.total_holds(trend, share=Decimal("0.85"))

    assert holds({"2025-03": 100, "2026-03": 85})
    assert not holds({"2025-03": 100, "2026-03": 84})
    assert not holds({"2024-12": 100, "2025-03": 100, "2026-03": 100})  # the half-year has fallen
    assert not holds({"2025-12": 100})
    assert holds({"2025-05": 300, "2026-03": 85}, first="2025-05")
    assert not holds({"2025-05": 300, "2026-03": 84}, first="2025-05")


@pytest.mark.parametrize(
    ("late", "of", "expected"),
    [(2, 19, True), (2, 20, False), (1, 10, False), (9, 9, False), (0, 0, False), (2, 10, True)],
)
def test_deliveries_that_hurt(late: int, of: int, expected: bool) -> None:
    assert troubled(Deliveries(of, late)) == expected
    assert not troubled(None)


def test_numbers_of_the_workspace_own() -> None:
    assert troubled(Deliveries(3, 1), late=Decimal(1), deliveries=Decimal(3), share=Decimal("0.3"))
    assert not troubled(Deliveries(0, 0), late=Decimal(0), deliveries=Decimal(0), share=Decimal(0))


# The demo, a second time: SQL over the order book itself, with nothing of kamgen in between.

ROOT = Path(__file__).parents[2]
ORDER_BOOK = ROOT / "tests" / "data" / "northwind"
CENTS = Decimal("0.05")  # sales.csv holds sums rounded to the cent

_BOOK = """
CREATE TABLE placed AS
SELECT  -- cut at the commas: the columns that hold stray ones stand further right
    split_part(line, ',', 1) AS order_id,
    split_part(line, ',', 2) AS customer,
    CAST(split_part(line, ',', 4)[:10] AS DATE) + INTERVAL 28 YEAR AS ordered,
    CAST(split_part(line, ',', 5)[:10] AS DATE) + INTERVAL 28 YEAR AS required,
    TRY_CAST(split_part(line, ',', 6)[:10] AS DATE) + INTERVAL 28 YEAR AS shipped
FROM read_csv('{book}/orders.csv', columns = {{'line': 'VARCHAR'}}, delim = '\t', quote = '', header = true);
CREATE TABLE sold AS
SELECT
    customer,
    12 * year(ordered) + month(ordered) - 12 * 2026 AS month,  -- April 2026 is 4, December 2025 is 0
    category,
    sum(price * quantity * (1 - discount)) AS amount
FROM read_csv(
    '{book}/order-details.csv', header = true, columns = {{
        'order_id': 'VARCHAR', 'product': 'VARCHAR', 'price': 'DECIMAL(12, 4)', 'quantity': 'INTEGER',
        'discount': 'DECIMAL(5, 4)'
    }}
)
JOIN placed USING (order_id)
JOIN (SELECT productID AS product, categoryID AS category
      FROM read_csv('{book}/products.csv', header = true, all_varchar = true)) USING (product)
GROUP BY ALL;
"""


@pytest.fixture(scope="module")
def book() -> duckdb.DuckDBPyConnection:
    """The order book in tables: orders with their days, and sales by customer, month and category."""
    connection = duckdb.connect()
    connection.execute(_BOOK.format(book=ORDER_BOOK.as_posix()))
    return connection


@pytest.fixture(scope="module")
def demo() -> Portfolio:
    """The demo of this repository, on its own day."""
    return checked(ROOT, "KAM510").portfolio


def by_customer(book: duckdb.DuckDBPyConnection, query: str) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in book.execute(query).fetchall()}


def slugs(demo: Portfolio) -> dict[str, str]:
    return {account.record.crm_id: slug for slug, account in demo.accounts.items()}


def test_the_book_is_whole(book: duckdb.DuckDBPyConnection) -> None:
    assert book.execute("SELECT count(*), min(ordered)::DATE, max(ordered)::DATE FROM placed").fetchall() == [
        (830, date(2024, 7, 4), date(2026, 5, 6))
    ]
    assert book.execute("SELECT round(sum(amount), 4) FROM sold").fetchall() == [(Decimal("1265793.0395"),)]


@pytest.mark.parametrize(("part", "months"), [("half_year", 6), ("quarter", 3)])
def test_recent_months_and_the_same_a_year_before(
    book: duckdb.DuckDBPyConnection, demo: Portfolio, part: str, months: int
) -> None:
    expected = by_customer(
        book,
        f"""SELECT customer, sum(amount) FILTER (month BETWEEN {5 - months} AND 4),
               sum(amount) FILTER (month BETWEEN {5 - months - 12} AND 4 - 12)
            FROM sold GROUP BY customer""",
    )
    found = trends.trends(demo)
    for crm_id, slug in slugs(demo).items():
        recent, before = expected.get(crm_id, (None, None))
        compared = getattr(found[slug], part)
        assert abs(compared.recent - (recent or 0)) < CENTS, slug
        assert abs(compared.before - (before or 0)) < CENTS, slug


def test_months_bought_in_and_the_usual_gap(book: duckdb.DuckDBPyConnection, demo: Portfolio) -> None:
    expected = by_customer(
        book,
        """WITH months AS (SELECT DISTINCT customer, month FROM sold),
                gaps AS (SELECT customer, month,
                            month - lag(month) OVER (PARTITION BY customer ORDER BY month) AS gap FROM months)
           SELECT customer, count(*), median(gap), greatest(0, 4 - max(month)) FROM gaps GROUP BY customer""",
    )
    found = trends.trends(demo)
    assert len(expected) == 89
    for crm_id, slug in slugs(demo).items():
        trend = found[slug]
        gap = None if trend.usual_gap is None else float(trend.usual_gap)
        assert (len(trend.bought), gap, trend.quiet_months) == expected.get(crm_id, (0, None, None)), slug


def test_who_cools_and_who_rises(book: duckdb.DuckDBPyConnection, demo: Portfolio) -> None:
    named, found = slugs(demo), trends.trends(demo)

    def chosen(query: str) -> set[str]:
        return {named[row[0]] for row in book.execute(query).fetchall()}

    halves = """SELECT customer FROM sold GROUP BY customer
                HAVING sum(amount) FILTER (month BETWEEN -13 AND -8) > 0 AND
                coalesce(sum(amount) FILTER (month BETWEEN -1 AND 4), 0) """
    year_before = "sum(amount) FILTER (month BETWEEN -13 AND -8)"
    cooling = chosen(f"{halves} < 0.85 * {year_before}")
    rising = chosen(f"{halves} > 1.25 * {year_before} AND count(DISTINCT month) >= 6")
    assert {slug for slug, trend in found.items() if trends.half_year_dip(trend)} == cooling
    assert {slug for slug, trend in found.items() if trends.rising(trend)} == rising
    assert cooling
    assert rising

    quiet = chosen(
        """WITH months AS (SELECT customer, month, sum(amount) AS amount FROM sold GROUP BY ALL),
                gaps AS (SELECT *, month - lag(month) OVER (PARTITION BY customer ORDER BY month) AS gap FROM months)
           SELECT customer FROM gaps GROUP BY customer
           HAVING coalesce(sum(amount) FILTER (month BETWEEN 2 AND 4), 0)
                  < 0.6 * sum(amount) FILTER (month BETWEEN -10 AND -8)
              AND 4 - max(month) >= 2 * median(gap) AND count(*) >= 6"""
    )
    assert {slug for slug, trend in found.items() if trends.quarter_dip(trend)} == quiet
    assert quiet == {"familia-arquibaldo", "mere-paillarde"}


def test_families_lost(book: duckdb.DuckDBPyConnection, demo: Portfolio) -> None:
    # In four months of twelve, not six: of six there is none in this book.
    expected = book.execute(
        """SELECT customer, lower(regexp_replace(categoryName, '[^A-Za-z]+', '-')),
                count(*) FILTER (month BETWEEN -7 AND 4), sum(amount) FILTER (month BETWEEN -7 AND 4)
           FROM sold JOIN read_csv($1, header = true, all_varchar = true) ON categoryID = category
           GROUP BY ALL
           HAVING count(*) FILTER (month BETWEEN -7 AND 4) >= 4 AND max(month) < 2
              AND count(*) FILTER (month BETWEEN -10 AND -8) > 0""",
        [str(ORDER_BOOK / "categories.csv")],
    ).fetchall()
    named, sold = slugs(demo), demo.exports.sales or {}
    found = {
        (slug, lost.family): lost
        for slug in demo.accounts
        for lost in trends.lost_families(
            sold.get(slug, ()), "2026-04", trends.first_month(sold), bought_in=Decimal(4), quiet=Decimal(3)
        )
    }
    assert {(named[customer], family) for customer, family, _, _ in expected} == set(found)
    assert found
    for customer, family, months, amount in expected:
        lost = found[named[customer], family]
        assert lost.months == months
        assert abs(lost.amount - amount) < CENTS


def test_late_deliveries(book: duckdb.DuckDBPyConnection, demo: Portfolio) -> None:
    expected = by_customer(
        book,
        """SELECT customer, count(*), count(*) FILTER (coalesce(shipped, DATE '2026-05-06') > required)
           FROM placed WHERE required BETWEEN DATE '2025-05-01' AND DATE '2026-04-30' GROUP BY customer""",
    )
    found = sales.year_of_deliveries(demo)
    for crm_id, slug in slugs(demo).items():
        assert (found[slug].deliveries, found[slug].late) == expected.get(crm_id, (0, 0)), slug
    assert {slug for slug, year in found.items() if troubled(year)} == {"bon-app", "hilarion-abastos"}


def test_the_largest_customers_carry_the_book(book: duckdb.DuckDBPyConnection, demo: Portfolio) -> None:
    shares = [
        row[0]
        for row in book.execute(
            """SELECT sum(sum(amount)) OVER (ORDER BY sum(amount) DESC) / sum(sum(amount)) OVER ()
               FROM sold GROUP BY customer ORDER BY sum(amount) DESC"""
        ).fetchall()
    ]
    whole = {
        slug: YearOfSales(total=sum((row.amount for row in found), Decimal(0)))
        for slug, found in (demo.exports.sales or {}).items()
    }
    found = sales.concentration(whole)
    assert [float(share.cumulative) for share in found] == pytest.approx(shares, abs=1e-6)
    assert [f"{found[count - 1].cumulative:.0%}" for count in (5, 20)] == ["33%", "63%"]
