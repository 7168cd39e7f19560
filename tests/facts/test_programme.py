"""The programme: marks, scores, ranks, who might step up or down; and whether regions are judged alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts import evenness, programme
from kamgen.facts.programme import Ranked, Rising, Score
from kamgen.facts.sales import YearOfSales, year_of_sales
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Criteria
from kamgen.model.portfolio import Account, Exports, Playbook, Portfolio, Sale
from kamgen.read.playbook import default_settings

CRITERIA: Mapping[str, Any] = {
    "profit": {"name": "Profit", "weight": 3},
    "access": {"name": "Access"},
    "charm": {"name": "Charm", "weight": 0},
}
REVENUE: Mapping[str, Any] = {"revenue": {"name": "Revenue", "computed": "sales"}}


def account(slug: str, stage: str = "key", region: str = "", **scores: float) -> Account:
    given = {name: str(score) for name, score in scores.items()}
    record = {"name": slug.title(), "stage": stage, "region": region, "selection": {"scores": given}}
    return Account(slug, stage, AccountFile.model_validate(record))  # type: ignore[arg-type]


def portfolio(
    *accounts: Account,
    criteria: Mapping[str, Any] = CRITERIA,
    sold: Mapping[str, int] | None = None,
    rows: Mapping[str, tuple[Sale, ...]] | None = None,
) -> Portfolio:
    chosen = Criteria.model_validate({"criteria": criteria, "threshold": "3.5"})
    if sold is not None:
        rows = {slug: (Sale(slug, "2026-04", "dairy", Decimal(amount)),) for slug, amount in sold.items()}
    return Portfolio(
        date(2026, 5, 6),
        default_settings(),
        {one.slug: one for one in accounts},
        Playbook(criteria=chosen),
        Exports(sales=rows),
    )


def scores(found: Portfolio) -> dict[str, Score]:
    return programme.scores(found, year_of_sales(found))


@pytest.mark.parametrize(
    ("figures", "marks"),
    [
        ([10], [3]),
        ([10, 20], [2, 4]),
        ([10, 20, 30], [1, 3, 5]),
        ([10, 20, 30, 40], [1, 2, 4, 5]),
        ([10, 20, 30, 40, 50], [1, 2, 3, 4, 5]),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        ([7, 7, 7, 7], [3, 3, 3, 3]),
        ([0, 0, 0, 9], [2, 2, 2, 5]),
        ([-5, 0, 5], [1, 3, 5]),
    ],
)
def test_marks_are_fifths_and_equal_figures_have_equal_marks(figures: list[int], marks: list[int]) -> None:
    ordered = [Decimal(figure) for figure in figures]
    assert [programme.mark_among(ordered, figure) for figure in ordered] == marks


def test_figures_beyond_all_others_have_the_outermost_marks() -> None:
    ordered = [Decimal(10), Decimal(20)]
    assert programme.mark_among(ordered, Decimal(0)) == 1
    assert programme.mark_among(ordered, Decimal(99)) == 5
    assert programme.mark_among(ordered, Decimal(15)) == 3


def test_a_score_is_the_weighted_mean() -> None:
    found = scores(portfolio(account("a", profit=4, access=2, charm=1)))["a"]
    assert (found.value, found.untyped, found.unknown) == (Decimal("3.5"), (), ())
    assert found.marks == {"profit": 4, "access": 2}


def test_half_a_score_is_none() -> None:
    assert scores(portfolio(account("a", profit=4)))["a"] == Score({"profit": Decimal(4)}, ("access",))
    assert scores(portfolio(account("a")))["a"] == Score({}, ("profit", "access"))
    assert scores(portfolio()) == {}


def test_without_criteria_or_weights_there_is_no_score() -> None:
    assert scores(portfolio(account("a"), criteria={}))["a"] == Score()
    assert scores(portfolio(account("a", x=3), criteria={"x": {"name": "X", "weight": -1}}))["a"] == Score()


def test_a_computed_mark_is_not_typed_and_ranks_among_those_who_buy() -> None:
    accounts = [account("a", revenue=5), account("b", "customer"), account("c", "customer"), account("p", "prospect")]
    found = scores(portfolio(*accounts, criteria=REVENUE, sold={"a": 10, "b": 20, "c": 30}))
    assert {slug: score.value for slug, score in found.items()} == {"a": 1, "b": 3, "c": 5, "p": 1}


def test_without_sales_a_computed_mark_is_unknown() -> None:
    assert scores(portfolio(account("a", revenue=5), criteria=REVENUE))["a"] == Score(unknown=("revenue",))
    assert scores(portfolio(account("p", "prospect"), criteria=REVENUE, sold={"p": 5}))["p"].value is None


def test_growth_is_unknown_where_it_cannot_be_compared() -> None:
    years = {
        "a": YearOfSales(recent=Decimal(12), before=Decimal(10), compared=12),
        "b": YearOfSales(recent=Decimal(9), before=Decimal(10), compared=12),
        "c": YearOfSales(recent=Decimal(9), before=Decimal(0), compared=12),
        "d": YearOfSales(recent=Decimal(9), before=Decimal(3), compared=5),
    }
    found = portfolio(*(account(slug) for slug in years))
    assert programme.computed_marks(found, years, "growth") == {"a": 4, "b": 2}


def test_margin_is_the_part_of_sales_that_is_left() -> None:
    rows = {
        "a": (
            Sale("a", "2026-04", "dairy", Decimal(100), Decimal(20)),
            Sale("a", "2026-03", "dairy", Decimal(100), Decimal(40)),
            Sale("a", "2026-02", "dairy", Decimal(900)),
            Sale("a", "2025-04", "dairy", Decimal(100), Decimal(99)),
        ),
        "b": (Sale("b", "2026-04", "dairy", Decimal(100), Decimal(-10)),),
        "c": (Sale("c", "2026-04", "dairy", Decimal(100)),),
        "d": (Sale("d", "2026-04", "dairy", Decimal(-100), Decimal(-10)),),
        "e": (Sale("e", "2026-04", "dairy", Decimal(0), Decimal(0)),),
    }
    found = portfolio(*(account(slug) for slug in rows), rows=rows)
    assert programme.margins(found) == {"a": Decimal("0.3"), "b": Decimal("-0.1")}
    assert programme.computed_marks(found, year_of_sales(found), "margin") == {"a": 4, "b": 2}
    assert programme.margins(portfolio(account("a"))) == {}


def test_ranks_are_shared_by_equal_scores() -> None:
    found = {
        "d": Score(value=Decimal(2)),
        "c": Score(value=Decimal(4)),
        "b": Score(value=Decimal(4)),
        "a": Score(value=Decimal(3)),
        "x": Score(),
    }
    ranks = [(rank.place, rank.account) for rank in programme.ranked(found)]
    assert ranks == [(1, "b"), (1, "c"), (3, "a"), (4, "d")]
    assert programme.ranked({}) == []


def test_who_lies_under_the_threshold_might_step_down() -> None:
    found = portfolio(
        account("a", profit=3, access=3),
        account("b", profit=4, access=2),
        account("c", profit=1),
        account("d", "customer", profit=1, access=1),
    )
    assert programme.step_down(found, scores(found)) == [Ranked(2, "a", Decimal(3))]


def test_who_passes_the_smallest_key_account_or_the_threshold_might_step_up() -> None:
    found = portfolio(
        account("k"),
        account("l"),
        account("none"),
        account("a", "customer"),
        account("b", "customer", profit=4, access=2),
        account("c", "customer", profit=3, access=3),
        account("d", "customer", profit=5, access=5),
        account("p", "prospect", profit=5, access=5),
        sold={"k": 10, "l": 20, "none": 0, "a": 11, "b": 9, "c": 10, "d": 30},
    )
    assert programme.step_up(found, year_of_sales(found), scores(found)) == [
        Rising("d", Decimal(30), "k", Decimal(5)),
        Rising("a", Decimal(11), "k"),
        Rising("b", Decimal(9), None, Decimal("3.5")),
    ]


@pytest.mark.parametrize(
    ("sold", "smallest"),
    [(None, None), ({}, None), ({"k": 0, "l": -5}, None), ({"k": 7, "l": -5}, "k"), ({"l": 7, "k": 7}, "k")],
)
def test_the_smallest_key_account_has_sales(sold: dict[str, int] | None, smallest: str | None) -> None:
    found = portfolio(account("k"), account("l"), account("c", "customer"), sold=sold)
    assert programme.smallest_key(found, year_of_sales(found)) == smallest


def test_without_sales_nobody_passes_anybody() -> None:
    found = portfolio(account("k"), account("c", "customer"))
    assert programme.step_up(found, {}, scores(found)) == []


def test_buying_accounts_are_key_accounts_and_customers() -> None:
    accounts = [account("a"), account("b", "customer"), account("c", "prospect"), account("d", "suspect")]
    assert programme.count_buying(accounts) == 2
    assert programme.count_buying([]) == 0


# Evenness
def test_no_sides_without_regions() -> None:
    assert evenness.sides(portfolio(), 1) == []
    assert evenness.sides(portfolio(account("a", profit=3), account("b", profit=3)), 1) == []
    assert evenness.sides(portfolio(account("a", region="North", profit=3)), 1) == []


def test_both_sides_of_a_pair_and_how_far_they_are_apart() -> None:
    found = evenness.sides(
        portfolio(account("a", region="North", profit=4, access=2), account("b", region="South", profit=2, access=4)), 1
    )
    # Three times two points more, once two points less, over a weight of four.
    assert [(side.region, side.higher) for side in found] == [("North", Decimal(1)), ("South", Decimal(-1))]


def test_criteria_of_their_own_are_told_of_the_smaller_of_two_regions() -> None:
    found = evenness.sides(
        portfolio(
            account("a", region="North", profit=4),
            account("b", region="South", access=4),
            account("c", region="South", access=4),
        ),
        1,
    )
    assert [(side.region, side.own, side.lacking, side.higher) for side in found] == [
        ("North", ("profit",), ("access",), None),
        ("South", (), (), None),
    ]


def test_of_three_regions_the_difference_is_told_once() -> None:
    sides = evenness.sides(
        portfolio(
            account("a", region="North", profit=4, access=4),
            account("b", region="North", profit=4, access=4),
            account("c", region="South", access=4),
            account("d", region="East", access=4),
        ),
        2,
    )
    assert [(side.region, side.own, side.lacking) for side in sides] == [("North", ("profit",), ())]


def test_two_regions_may_lack_the_same() -> None:
    here = [account(f"n{number}", region="North", profit=4, access=4) for number in range(9)]
    lacking = [account("s", region="South", access=4), account("e", region="East", access=4)]
    sides = evenness.sides(portfolio(*here, *lacking), 1)
    assert [(side.region, side.own, side.lacking) for side in sides] == [
        ("East", (), ("profit",)),
        ("North", (), ()),
        ("South", (), ("profit",)),
    ]
