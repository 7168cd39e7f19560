"""The pipeline: accounts and sales by stage, the long tail by size, and who rises in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kamgen.facts.pipeline import AtStage, InTail, by_stage, long_tail, risers
from kamgen.facts.sales import months_up_to, year_of_sales
from kamgen.facts.trends import rising, trends
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.model.values import Stage
from kamgen.read.playbook import default_settings
from tests.conftest import checked

Amounts = Mapping[str, int]
RISES = {**dict.fromkeys(months_up_to("2025-04", 6), 10), **dict.fromkeys(months_up_to("2026-04", 6), 20)}


def portfolio(
    stages: Mapping[str, Stage | None],
    sold: Mapping[str, Amounts] | None,
    as_of: date = date(2026, 5, 6),
    name: str = "Example",
) -> Portfolio:
    record = AccountFile.model_validate({"name": name, "stage": "customer"})
    accounts = {slug: Account(slug, stage, record) for slug, stage in stages.items()}
    rows = {
        slug: tuple(Sale(slug, month, "tea", Decimal(amount)) for month, amount in found.items())
        for slug, found in (sold or {}).items()
    }
    return Portfolio(as_of, default_settings(), accounts, exports=Exports(None if sold is None else rows))


def stages_of(found: Portfolio) -> dict[Stage | None, AtStage]:
    return {one.stage: one for one in by_stage(found, year_of_sales(found))}


def tail_of(found: Portfolio) -> tuple[InTail, ...]:
    return long_tail(found, year_of_sales(found), trends(found))


def test_without_accounts() -> None:
    found = portfolio({}, None)
    assert [(one.stage, one.accounts) for one in by_stage(found, {})] == [
        ("key", 0),
        ("customer", 0),
        ("prospect", 0),
        ("suspect", 0),
    ]
    assert tail_of(found) == ()


@pytest.mark.parametrize("sold", [None, {}, {"a": {"2026-05": 5}}])
def test_without_a_full_month_accounts_are_counted_and_sales_unknown(sold: dict[str, Amounts] | None) -> None:
    found = portfolio({"a": "customer"}, sold)
    assert stages_of(found)["customer"] == AtStage("customer", 1, None, None, None)
    assert tail_of(found) == ()


def test_accounts_and_sales_by_stage() -> None:
    sold = {"k": {"2026-04": 60}, "a": {"2026-04": 30}, "u": {"2026-03": 10}}
    found = stages_of(portfolio({"k": "key", "a": "customer", "b": "customer", "p": "prospect", "u": None}, sold))
    assert found["key"] == AtStage("key", 1, 1, Decimal(60), Decimal("0.6"))
    assert found["customer"] == AtStage("customer", 2, 1, Decimal(30), Decimal("0.3"))
    assert found["prospect"] == AtStage("prospect", 1, 0, Decimal(0), Decimal(0))
    assert found["suspect"].accounts == 0
    assert list(found)[-1] is None
    assert found[None].sales == 10


@pytest.mark.parametrize("sold", [{"a": {"2026-04": 0}}, {"a": {"2026-04": -5}}])
def test_where_nothing_was_sold_there_are_no_shares(sold: dict[str, Amounts]) -> None:
    found = stages_of(portfolio({"a": "customer", "b": "prospect"}, sold))["customer"]
    assert found == AtStage("customer", 1, 0, Decimal(sold["a"]["2026-04"]), None)


def test_the_tail_is_everybody_but_key_who_has_sales_the_largest_first() -> None:
    stages: dict[str, Stage | None] = {
        **dict.fromkeys(("k", "l"), "key"),
        **dict.fromkeys("cba", "customer"),
        "p": "prospect",
        "none": "customer",
        "credit": "customer",
        "unknown": None,
    }
    sold = {slug: {"2026-04": amount} for slug, amount in (("k", 99), ("c", 5), ("b", 9), ("a", 5), ("p", 1))}
    sold |= {"none": {"2026-04": 0}, "credit": {"2026-04": -10}, "unknown": {"2026-04": 11}}
    found = tail_of(portfolio(stages, sold))
    assert [(one.account, int(one.sales)) for one in found] == [("b", 9), ("a", 5), ("c", 5), ("p", 1), ("credit", -10)]
    assert found[0].share == Decimal(9) / 120
    assert not any(one.rises for one in found)
    assert {one.half_year for one in found} == {None}
    assert {one.gain for one in found} == {0}


def test_who_rises_stands_with_the_largest_gain_first_and_equal_ones_by_slug() -> None:
    level = dict.fromkeys(RISES, 50)
    twice = {month: 2 * amount for month, amount in RISES.items()}
    large = {month: 60 if amount == 10 else 76 for month, amount in RISES.items()}
    sold = {"k": RISES, "even": level, "large": large, "c": RISES, "b": twice, "a": RISES, "new": {"2026-04": 500}}
    tail = tail_of(portfolio({**dict.fromkeys(sold, "customer"), "k": "key"}, sold))
    assert [(one.account, int(one.gain)) for one in risers(tail)] == [("b", 120), ("large", 96), ("a", 60), ("c", 60)]
    assert risers(()) == ()


@pytest.mark.parametrize(("as_of", "sales"), [(date(2028, 2, 29), 5), (date(2028, 3, 1), 12)])
def test_february_of_a_leap_year_counts_when_it_is_over(as_of: date, sales: int) -> None:
    found = portfolio({"a": "customer"}, {"a": {"2028-01": 5, "2028-02": 7}}, as_of)
    assert [one.sales for one in tail_of(found)] == [sales]


def test_a_new_name_changes_nothing() -> None:
    stages: dict[str, Stage | None] = {"a": "customer"}
    renamed, found = (portfolio(stages, {"a": RISES}, name=name) for name in ("Renamed", "Example"))
    assert tail_of(renamed) == tail_of(found)
    assert stages_of(renamed) == stages_of(found)


def test_the_demo() -> None:
    demo = checked(Path(__file__).parents[2], "KAM510").portfolio
    years, moves = year_of_sales(demo), trends(demo)
    stages, tail = by_stage(demo, years), long_tail(demo, years, moves)
    assert sum(one.accounts for one in stages) == len(demo.accounts) == 91
    assert float(sum(one.share for one in stages if one.share)) == pytest.approx(1)
    outside_key = sum(one.sales for one in stages if one.stage != "key" and one.sales)
    assert sum(one.sales for one in tail) == outside_key
    outside = {slug for slug in moves if demo.accounts[slug].stage != "key"}
    assert {one.account for one in risers(tail)} == {slug for slug in outside if rising(moves[slug])}
    assert risers(tail)
