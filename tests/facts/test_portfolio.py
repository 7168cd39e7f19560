"""Who moves, and who is behind budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts.budget import Against, YearToDate
from kamgen.facts.portfolio import behind_budget, climbers, direction, fallers
from kamgen.facts.sales import months_up_to, year_of_sales
from kamgen.facts.trends import trends
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

MONTHS = months_up_to("2026-04", 24)


def portfolio(*, stage: str = "customer", **sold: str) -> Portfolio:
    """A portfolio; each account's sales by half-year, the oldest first, spread over so many months each."""
    accounts = {}
    rows = {}
    for slug, words in sold.items():
        record = AccountFile.model_validate({"name": slug, "stage": stage})
        accounts[slug] = Account(slug, record.stage, record)
        amounts = [Decimal(amount) for amount in words.split() for _ in range(6)]
        rows[slug] = tuple(
            Sale(slug, month, "p", amount) for month, amount in zip(MONTHS, amounts, strict=True) if amount
        )
    return Portfolio(date(2026, 5, 6), default_settings(), accounts, exports=Exports(sales=rows))


@pytest.mark.parametrize(
    ("sold", "expected"),
    [
        ("9 9 9 9", "steady"),
        ("0 0 0 9", "new"),
        ("9 9 0 0", "quiet"),
        ("9 9 9 8", "steady"),
        ("9 9 9 7", "falls"),
        ("9 8 9 10", "steady"),
        ("9 8 9 11", "rises"),
        ("9 0 0 0", None),
    ],
)
def test_direction(sold: str, expected: str | None) -> None:
    # "x" keeps the export as long as it is: who sold nothing in it has no row.
    moves = trends(portfolio(x="1 1 1 1", a=sold))
    assert direction(moves["a"]) == expected


def test_direction_where_nothing_can_be_said() -> None:
    assert direction(None) is None
    young = Portfolio(
        date(2026, 5, 6),
        default_settings(),
        portfolio(a="1 1 1 1").accounts,
        exports=Exports(sales={"a": tuple(Sale("a", month, "p", Decimal(9)) for month in MONTHS[-6:])}),
    )
    assert direction(trends(young)["a"]) is None
    two = (Sale("a", "2025-03", "p", Decimal(1)), Sale("a", "2026-03", "p", Decimal(9)))
    few = Portfolio(
        date(2026, 5, 6),
        default_settings(),
        portfolio(a="1 1 1 1", x="1 1 1 1").accounts,
        exports=Exports(sales={"a": two, "x": tuple(Sale("x", month, "p", Decimal(9)) for month in MONTHS)}),
    )
    assert direction(trends(few)["a"]) is None  # nine times as much, of two orders


def test_fallers_the_largest_loss_first() -> None:
    moves = trends(portfolio(small="9 9 9 1", steady="9 9 9 9", large="90 90 90 20", gone="50 50 0 0"))
    found = fallers(moves)
    assert [(one.account, one.gain, one.quiet) for one in found] == [
        ("large", Decimal(-420), False),
        ("gone", Decimal(-300), True),
        ("small", Decimal(-48), False),
    ]


def test_climbers_the_largest_gain_first_and_no_key_accounts() -> None:
    book = portfolio(some="9 9 9 20", more="9 9 9 90", steady="9 9 9 9")
    assert [one.account for one in climbers(book, year_of_sales(book), trends(book))] == ["more", "some"]
    key = portfolio(stage="key", some="9 9 9 20")
    assert climbers(key, year_of_sales(key), trends(key)) == []


def test_without_sales_nobody_moves() -> None:
    book = Portfolio(date(2026, 5, 6), default_settings())
    assert fallers(trends(book)) == climbers(book, {}, {}) == []


def test_behind_budget_the_largest_gap_first() -> None:
    def year(sold: int, budget: int | None) -> YearToDate:
        planned = None if budget is None else Decimal(budget)
        return YearToDate({"2026-01": Against(Decimal(sold), Decimal(0 if budget is None else sold), planned)})

    years = {"a": year(90, 100), "b": year(100, 100), "c": year(1, 100), "d": year(5, None), "e": year(110, 100)}
    assert [(slug, whole.difference) for slug, whole in behind_budget(years)] == [
        ("c", Decimal(-99)),
        ("a", Decimal(-10)),
    ]
    assert behind_budget({}) == []
