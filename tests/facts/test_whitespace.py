"""White space: who is comparable, what is usual, what is missing; and one account of the demo by SQL beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import duckdb
import pytest

from kamgen.facts.sales import year_of_sales
from kamgen.facts.whitespace import Gap, WhiteSpace, white_space
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings
from tests.conftest import checked

Families = Mapping[str, int]
# Three who buy half tea and half fish, whatever their size.
THREE: Mapping[str, Families] = {name: {"tea": size, "fish": size} for name, size in (("x", 10), ("y", 50), ("z", 900))}


def portfolio(
    sold: Mapping[str, Families] | None,
    places: Mapping[str, Mapping[str, str]] | None = None,
    month: str = "2026-04",
    as_of: date = date(2026, 5, 6),
) -> Portfolio:
    accounts = {}
    for slug in sorted({*(sold or {}), *(places or {})}):
        record = {"name": slug, "stage": "customer", **(places or {}).get(slug, {})}
        accounts[slug] = Account(slug, "customer", AccountFile.model_validate(record))
    rows = None
    if sold is not None:
        rows = {
            slug: tuple(Sale(slug, month, family, Decimal(amount)) for family, amount in families.items())
            for slug, families in sold.items()
        }
    return Portfolio(as_of, default_settings(), accounts, exports=Exports(sales=rows))


def gaps_of(own: Families, others: Mapping[str, Families] = THREE) -> tuple[Gap, ...]:
    return white_space(portfolio({"a": own, **others}))["a"].gaps


@pytest.mark.parametrize("sold", [None, {}, {"a": {}}, {"a": {"tea": 5}}, {"a": {"tea": 0}, **THREE}])
def test_where_nothing_can_be_said_nothing_is(sold: dict[str, Families] | None) -> None:
    assert "a" not in white_space(portfolio(sold, {"a": {}}))


def test_a_running_month_alone_says_nothing() -> None:
    assert white_space(portfolio({"a": {"tea": 5}, **THREE}, month="2026-05")) == {}


def test_a_family_that_is_not_bought() -> None:
    found = white_space(portfolio({"a": {"tea": 100}, **THREE}))
    assert found["a"] == WhiteSpace("all", 3, (Gap("fish", Decimal(0), Decimal(50), 3),))
    assert found["a"].total == 50
    assert found["z"].gaps == ()


@pytest.mark.parametrize(("fish", "told"), [(24, True), (25, False), (0, True), (-30, True), (60, False)])
def test_far_less_is_less_than_half(fish: int, told: bool) -> None:
    found = gaps_of({"tea": 100 - max(0, fish), "fish": fish})
    assert [(gap.family, gap.usual, gap.bought) for gap in found if gap.family == "fish"] == (
        [("fish", Decimal(50), Decimal(max(0, fish)))] if told else []
    )


@pytest.mark.parametrize(("buyers", "told"), [(1, False), (2, True), (3, True), (4, True)])
def test_usual_is_what_at_least_half_of_them_buy(buyers: int, told: bool) -> None:
    others = {f"o{n}": {"tea": 60, "fish": 40 if n < buyers else 0} for n in range(4)}
    assert bool(gaps_of({"tea": 100}, others)) == told


def test_one_large_customer_does_not_make_the_usual() -> None:
    others = {"x": {"tea": 90, "fish": 10}, "y": {"tea": 80, "fish": 20}, "z": {"tea": 1, "fish": 9999}}
    assert gaps_of({"tea": 100}, others)[0].usual == 20


def test_the_account_is_no_measure_of_itself() -> None:
    others = {"x": {"tea": 99, "fish": 1}, "y": {"tea": 50, "fish": 50}, "z": {"tea": 40, "fish": 60}}
    assert gaps_of({"tea": 90, "fish": 10}, others) == (Gap("fish", Decimal(10), Decimal(50), 3),)


def test_what_was_given_back_is_not_bought() -> None:
    others = {**THREE, "y": {"tea": 50, "fish": -50}, "z": {"tea": 50, "fish": 0}}
    assert gaps_of({"tea": 100}, others) == ()
    assert "y" not in white_space(portfolio({**THREE, "y": {"tea": -1}, "a": {"tea": 1}, "b": {"tea": 1}}))


def test_the_largest_stand_first_and_equal_ones_by_name() -> None:
    others = {name: {"tea": 20, "oil": 20, "eels": 20, "fish": 40} for name in "xyz"}
    assert [(gap.family, gap.missing) for gap in gaps_of({"tea": 100}, others)] == [
        ("fish", Decimal(40)),
        ("eels", Decimal(20)),
        ("oil", Decimal(20)),
    ]
    # Of fish more would be usual, of eels more is missing.
    others = {name: {"tea": 40, "eels": 28, "fish": 32} for name in "xyz"}
    assert [gap.family for gap in gaps_of({"tea": 90, "fish": 10}, others)] == ["eels", "fish"]


SHOPS = {"segment": "Food shops", "region": "North"}


@pytest.mark.parametrize(
    ("place", "sharing", "others"),
    [
        ({"segment": "food  SHOPS", "region": "South"}, "segment", 3),
        ({"segment": "Hotels", "region": "North"}, "region", 4),
        ({"region": "north"}, "region", 4),  # without a segment
        ({"segment": "Hotels", "region": "South"}, "all", 5),
        ({}, "all", 5),
    ],
)
def test_who_is_comparable(place: dict[str, str], sharing: str, others: int) -> None:
    sold = {"a": {"tea": 1}, **THREE, "n": {"tea": 1}, "s": {"tea": 1}}
    places = {"a": place, **dict.fromkeys(THREE, SHOPS), "n": {"region": "North"}}
    found = white_space(portfolio(sold, places))["a"]
    assert (found.sharing, found.others) == (sharing, others)


def test_who_does_not_buy_is_no_measure() -> None:
    places = dict.fromkeys(["a", *THREE], SHOPS)
    found = white_space(portfolio({"a": {"tea": 1}, **THREE, "z": {}, "n": {"tea": 1}}, places))["a"]
    assert (found.sharing, found.others) == ("all", 3)


def test_a_new_name_changes_nothing() -> None:
    sold = {"a": {"tea": 100}, **THREE}
    assert white_space(portfolio(sold, {"a": {"name": "Renamed"}})) == white_space(portfolio(sold))


def test_the_year_before_a_leap_day_counts_whole() -> None:
    sold = {"a": {"tea": 100}, **THREE}
    assert white_space(portfolio(sold, month="2028-02", as_of=date(2028, 2, 29))) == {}
    assert white_space(portfolio(sold, month="2028-02", as_of=date(2028, 3, 1)))["a"].total == 50


def test_the_fast_way_gives_what_the_slow_one_gives() -> None:
    families = ("eels", "fish", "oil", "tea")
    sold = {f"a{n}": {family: (n * n + 7 * i) % (5 + i) for i, family in enumerate(families)} for n in range(12)}
    buying = {slug: found for slug, found in sold.items() if any(found.values())}
    spaces = white_space(portfolio(sold))
    assert set(spaces) == set(buying)
    for slug, own in buying.items():
        others = [found for other, found in buying.items() if other != slug]
        for family in families:
            shares = [Decimal(other[family]) / sum(other.values()) for other in others]
            usual = median(shares) * sum(own.values())
            told = 2 * sum(share > 0 for share in shares) >= len(shares) and own[family] < usual / 2
            assert [gap.usual for gap in spaces[slug].gaps if gap.family == family] == ([usual] if told else [])


# One account of the demo a second time: SQL over the order book itself, with nothing of kamgen in between.

ROOT = Path(__file__).parents[2]
ORDER_BOOK = ROOT / "tests" / "data" / "northwind"

_BOOK = """
CREATE TABLE bought AS
WITH placed AS (
    SELECT split_part(line, ',', 1) AS order_id, split_part(line, ',', 2) AS customer,
        CAST(split_part(line, ',', 4)[:10] AS DATE) + INTERVAL 28 YEAR AS ordered
    FROM read_csv('{book}/orders.csv', columns = {{'line': 'VARCHAR'}}, delim = '\t', quote = '', header = true)
)
SELECT customer, lower(regexp_replace(categoryName, '[^A-Za-z]+', '-')) AS family,
    sum(unitPrice * quantity * (1 - discount))::DOUBLE AS amount
FROM read_csv(
    '{book}/order-details.csv', header = true, columns = {{
        'order_id': 'VARCHAR', 'product': 'VARCHAR', 'unitPrice': 'DECIMAL(12, 4)', 'quantity': 'INTEGER',
        'discount': 'DECIMAL(5, 4)'
    }}
)
JOIN placed USING (order_id)
JOIN (SELECT productID AS product, categoryID
      FROM read_csv('{book}/products.csv', header = true, all_varchar = true)) USING (product)
JOIN read_csv('{book}/categories.csv', header = true, all_varchar = true) USING (categoryID)
WHERE ordered BETWEEN DATE '2025-05-01' AND DATE '2026-04-30'
GROUP BY ALL;
"""
_WHITE_SPACE = """
WITH sizes AS (SELECT customer, sum(amount) AS size FROM bought GROUP BY customer),
    comparable AS (SELECT * FROM sizes WHERE list_contains($others, customer)),
    families AS (SELECT DISTINCT family FROM bought),
    usual AS (
        SELECT family, median(coalesce(amount, 0) / size) * (SELECT size FROM sizes WHERE customer = $own) AS usual,
            count(amount) AS buyers, count(*) AS others
        FROM comparable CROSS JOIN families LEFT JOIN bought USING (customer, family)
        GROUP BY family
    )
SELECT family, coalesce(amount, 0) AS own, usual, buyers
FROM usual LEFT JOIN (SELECT family, amount FROM bought WHERE customer = $own) USING (family)
WHERE 2 * buyers >= others AND coalesce(amount, 0) < usual / 2
ORDER BY usual - coalesce(amount, 0) DESC
"""


@pytest.mark.parametrize("slug", ["ernst-handel", "mere-paillarde", "rattlesnake-canyon-grocery", "folk-och-fa-hb"])
def test_the_demo_by_sql(slug: str) -> None:
    demo = checked(ROOT, "KAM510").portfolio
    found = white_space(demo)[slug]
    account = demo.accounts[slug]
    # No segment of the demo has four accounts that buy: the region it is.
    assert found.sharing == "region"
    others = [
        one.record.crm_id
        for one in demo.accounts.values()
        if one is not account and one.record.region == account.record.region
    ]
    book = duckdb.connect()
    book.execute(_BOOK.format(book=ORDER_BOOK.as_posix()))
    buying = {row[0] for row in book.execute("SELECT DISTINCT customer FROM bought").fetchall()}
    assert found.others == len(buying.intersection(others))
    expected = book.execute(_WHITE_SPACE, {"others": others, "own": account.record.crm_id}).fetchall()
    assert [(gap.family, gap.buyers) for gap in found.gaps] == [(row[0], row[3]) for row in expected]
    for gap, (_, own, usual, _) in zip(found.gaps, expected, strict=True):
        assert float(gap.bought) == pytest.approx(own, abs=0.05)
        assert float(gap.usual) == pytest.approx(usual, abs=0.05)


def test_the_demo_has_white_space() -> None:
    demo = checked(ROOT, "KAM510").portfolio
    spaces = white_space(demo)
    assert set(spaces) == {slug for slug, year in year_of_sales(demo).items() if year.total > 0}
    assert not spaces["ernst-handel"].gaps
    assert [gap.family for gap in spaces["mere-paillarde"].gaps] == ["seafood", "beverages", "meat-poultry", "produce"]
    assert round(spaces["mere-paillarde"].total) == 2611
