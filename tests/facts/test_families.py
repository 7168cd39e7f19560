"""Product families of one account: how each moves, what is no longer bought, white space; months and budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts.budget import Against, YearToDate
from kamgen.facts.families import Family, account_months, budget_so_far, families
from kamgen.facts.sales import YearOfSales, months_up_to, year_of_sales
from kamgen.facts.whitespace import Gap, WhiteSpace
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Budgeted, Delivered, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
MONTHS = months_up_to("2026-04", 28)


def portfolio(sold: dict[str, dict[str, int]], *budget: Budgeted) -> Portfolio:
    rows = tuple(
        Sale("example", month, family, Decimal(amount))
        for family, months in sold.items()
        for month, amount in months.items()
    )
    one = Account("example", "key", AccountFile.model_validate({"name": "Example", "stage": "key"}))
    exports = Exports(sales={"example": rows} if rows else {}, budget={"example": budget} if budget else None)
    return Portfolio(TODAY, default_settings(), {"example": one}, exports=exports)


def of(sold: dict[str, dict[str, int]], space: WhiteSpace | None = None) -> dict[str, Family]:
    found = portfolio(sold)
    year = year_of_sales(found).get("example", YearOfSales())
    return {one.family: one for one in families(found, "example", year.families, space)}


STEADY = dict.fromkeys(MONTHS, 100)


def test_nothing_sold() -> None:
    assert of({}) == {}


def test_a_steady_family_does_not_move() -> None:
    found = of({"tea": STEADY})
    assert found["tea"] == Family("tea", Decimal(1200), Decimal(1))


@pytest.mark.parametrize(
    ("amount", "move"), [(126, "rising"), (125, None), (85, None), (84, "cooling"), (0, "lost"), (-5, "lost")]
)
def test_it_rises_and_cools_as_an_account_does(amount: int, move: str | None) -> None:
    found = of({"tea": STEADY | dict.fromkeys(MONTHS[-6:], amount), "milk": STEADY})
    assert found["tea"].move == move


def test_a_family_no_longer_bought_says_since_when() -> None:
    found = of({"tea": dict.fromkeys(MONTHS[:-3], 100), "milk": STEADY})["tea"]
    assert found.move == "lost"
    assert found.lost is not None
    assert found.lost.last == "2026-01"


def test_new_is_what_was_bought_in_the_last_half_year_only() -> None:
    assert of({"tea": dict.fromkeys(MONTHS[-6:], 100), "milk": STEADY})["tea"].move == "new"
    assert of({"tea": dict.fromkeys(MONTHS[-7:], 100), "milk": STEADY})["tea"].move is None
    young = dict.fromkeys(MONTHS[-6:], 100)
    assert of({"tea": young})["tea"].move is None  # the export itself is no older


def test_one_order_is_no_trend() -> None:
    sold = {MONTHS[-13]: 10, MONTHS[-1]: 1000}
    assert of({"tea": sold, "milk": STEADY})["tea"].move is None


def test_white_space_stands_beside_what_is_bought() -> None:
    gap = Gap("milk", Decimal(0), Decimal(500), 3)
    found = of({"tea": STEADY}, WhiteSpace("segment", 3, (gap,)))
    assert list(found) == ["tea", "milk"]
    assert found["milk"] == Family("milk", gap=gap)


def test_months_begin_with_the_first_in_which_anything_happened_and_know_their_budget() -> None:
    found = account_months(
        portfolio({"tea": {"2026-03": 10, "2026-04": 20}}, Budgeted("example", "2026-04", Decimal(15))), "example"
    )
    assert [(one.month.month, one.month.amount, one.budget) for one in found] == [
        ("2026-03", Decimal(10), None),
        ("2026-04", Decimal(20), Decimal(15)),
    ]
    assert account_months(portfolio({}), "example") == []


def test_deliveries_alone_make_months_only_where_sales_say_which() -> None:
    base = portfolio({"tea": {"2026-04": 10}})
    exports = Exports(base.exports.sales, None, {"example": (Delivered("example", "2026-03", 4, 1),)})
    found = account_months(Portfolio(TODAY, base.settings, base.accounts, exports=exports), "example")
    assert [(one.month.month, one.month.late) for one in found] == [("2026-03", 1), ("2026-04", 0)]


def test_budget_so_far() -> None:
    assert budget_so_far(None) is None
    assert budget_so_far(YearToDate({"2026-01": Against(Decimal(5))})) is None
    found = budget_so_far(YearToDate({"2026-01": Against(Decimal(5), Decimal(5), Decimal(10))}))
    assert found is not None
    assert found.ratio == Decimal("0.5")
