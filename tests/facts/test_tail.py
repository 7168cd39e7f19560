"""The long tail account by account, families lost, stages that disagree with sales, and next steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.agenda import events
from kamgen.facts.pipeline import long_tail
from kamgen.facts.sales import months_up_to, year_of_sales
from kamgen.facts.tail import Moving, Rest, ahead, families_lost, idle, moving, rest, unnoticed
from kamgen.facts.trends import trends
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

Rows = Mapping[str, Mapping[str, Mapping[str, int]]]
YEARS = months_up_to("2026-04", 24)


def account(slug: str, stage: str = "customer", **record: Any) -> Account:
    return Account(slug, stage, AccountFile.model_validate({"name": slug, "stage": stage} | record))  # type: ignore[arg-type]


def portfolio(*accounts: Account, sold: Rows | None = None) -> Portfolio:
    """`sold`: amounts by account, family and month."""
    rows = {
        slug: tuple(
            Sale(slug, month, family, Decimal(amount))
            for family, months in found.items()
            for month, amount in months.items()
        )
        for slug, found in (sold or {}).items()
    }
    exports = Exports(None if sold is None else rows)
    return Portfolio(date(2026, 5, 6), default_settings(), {one.slug: one for one in accounts}, exports=exports)


def monthly(amount: int, *months: str) -> dict[str, int]:
    return dict.fromkeys(months, amount)


def moves(sold: Mapping[str, int], first: str = "2024-05") -> Moving:
    """How an account with these sales moves, beside one that has bought since `first`."""
    found = portfolio(
        account("a"), account("steady", "key"), sold={"a": {"tea": sold}, "steady": {"tea": {first: 1, "2026-04": 1}}}
    )
    years, known = year_of_sales(found), trends(found)
    return moving(long_tail(found, years, known), years, known, YEARS[-3:])[0]


@pytest.mark.parametrize(
    ("sold", "move"),
    [
        (monthly(10, *YEARS), "steady"),
        (monthly(10, *YEARS[:18]) | monthly(20, *YEARS[18:]), "rises"),
        (monthly(10, *YEARS[:18]) | monthly(5, *YEARS[18:]), "falls"),
        (monthly(10, *YEARS[:20]), "quiet"),
        (monthly(10, *YEARS[18:]), "new"),
    ],
)
def test_how_an_account_moves(sold: dict[str, int], move: str) -> None:
    assert moves(sold).move == move


def test_without_a_year_before_it_is_too_early() -> None:
    assert moves(monthly(10, *YEARS[18:]), first="2025-11").move == "unknown"


def test_what_was_bought_and_when_last() -> None:
    found = portfolio(
        account("a"),
        sold={
            "a": {
                "tea": {"2025-12": 5},
                "rye": {"2026-02": 9},
                "salt": {"2026-04": -2},
                "oil": {"2026-02": 7},
                "wax": {"2026-02": 1},
            }
        },
    )
    years, known = year_of_sales(found), trends(found)
    one = moving(long_tail(found, years, known), years, known, YEARS[-3:])[0]
    assert one.families == ("rye", "oil", "tea")
    assert (one.last, one.usual_gap, one.quiet_months) == ("2026-02", Decimal(2), 2)
    assert one.sold == (Decimal(17), Decimal(0), Decimal(-2))
    assert one.account == "a"


def test_the_rest_of_a_list() -> None:
    found = portfolio(account("a"), account("b"), sold={"a": {"tea": {"2026-04": 5}}, "b": {"tea": {"2026-04": 7}}})
    tail = long_tail(found, year_of_sales(found), trends(found))
    assert rest(tail) == Rest(2, Decimal(12))
    assert rest(()) == Rest(0, Decimal(0))


# --- Families lost ----------------------------------------------------------------------------------


def test_families_lost_are_told_by_the_numbers_of_each_account() -> None:
    rye = monthly(10, *YEARS[9:20])
    sold: Rows = {"a": {"rye": rye, "tea": monthly(1, *YEARS)}, "b": {"rye": monthly(20, *YEARS[9:20])}}
    found = portfolio(account("a"), account("b", "key"), sold=sold)
    lost = families_lost(found, lambda account: (Decimal(6), Decimal(3)))
    assert [(one.account, one.family.family, one.family.months) for one in lost] == [("b", "rye", 8), ("a", "rye", 8)]
    strict = families_lost(found, lambda account: (Decimal(12 if account.stage == "key" else 6), Decimal(3)))
    assert [one.account for one in strict] == ["a"]
    assert families_lost(portfolio(account("a")), lambda account: (Decimal(6), Decimal(3))) == ()


# --- Stages that disagree with sales ----------------------------------------------------------------


def test_stages_that_disagree_with_sales() -> None:
    accounts = [account("a"), account("k", "key"), account("p", "prospect"), account("s", "suspect")]
    sold: Rows = {"p": {"tea": {"2026-04": 5}}, "a": {"tea": {"2024-01": 5}}}
    found = portfolio(*accounts, sold=sold)
    assert idle(found, year_of_sales(found)) == ("a", "k")
    assert unnoticed(found, year_of_sales(found)) == ("p",)
    silent = portfolio(*accounts)
    assert (idle(silent, year_of_sales(silent)), unnoticed(silent, year_of_sales(silent))) == ((), ())


# --- Next steps -------------------------------------------------------------------------------------


def test_next_steps_the_earliest_first_and_none_last() -> None:
    plan = {"implementation": [{"what": "Send prices", "who": "ann", "due": "2026-04-30", "id": "prices"}]}
    later = {
        "implementation": [{"what": "Ask again", "id": "again"}, {"what": "Gone", "done": "2026-01-01", "id": "g"}]
    }
    found = portfolio(
        account("none", "prospect"),
        account("action", "suspect", plan=plan, planned=[{"what": "visit", "on": "2026-06-01", "id": "v"}]),
        account("visit", "prospect", planned=[{"what": "visit", "on": "2026-05-20", "who": "ann", "id": "v"}]),
        account("undated", "prospect", plan=later),
        account("customer", plan=plan),
    )
    steps = ahead(found, {slug: events(found, one) for slug, one in found.accounts.items()})
    assert [(one.account.slug, one.step.what if one.step else None) for one in steps] == [
        ("action", "Send prices"),
        ("visit", "Visit planned"),
        ("undated", "Ask again"),
        ("none", None),
    ]
    assert steps[0].step is not None
    assert steps[0].step.action == "prices"
