"""Selection: how many are key, who is judged, who might step up or was refused, rules of thumb and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts import programme, selection
from kamgen.facts.concentration import spread
from kamgen.facts.programme import Rising
from kamgen.facts.sales import year_of_sales
from kamgen.facts.selection import Left
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Criteria
from kamgen.model.portfolio import Account, Exports, Playbook, Portfolio, Sale
from kamgen.model.settings import Settings
from kamgen.read.playbook import default_settings

CRITERIA = {"profit": {"name": "Profit", "weight": 3}, "access": {"name": "Access"}}


def account(slug: str, stage: str = "key", **chosen: Any) -> Account:
    record = {"name": slug.title(), "stage": stage} | ({"selection": chosen} if chosen else {})
    return Account(slug, stage, AccountFile.model_validate(record))  # type: ignore[arg-type]


def limited(key: str, share: str) -> Settings:
    settings = default_settings()
    limits = settings.limits.model_copy(update={"key_accounts": Decimal(key), "key_account_share": Decimal(share)})
    return settings.model_copy(update={"limits": limits})


def portfolio(
    *accounts: Account, rows: Mapping[str, tuple[Sale, ...]] | None = None, settings: Settings | None = None
) -> Portfolio:
    chosen = Criteria.model_validate({"criteria": CRITERIA, "threshold": "3.5"})
    return Portfolio(
        date(2026, 5, 6),
        settings or default_settings(),
        {one.slug: one for one in accounts},
        Playbook(criteria=chosen),
        Exports(sales=rows),
    )


def sale(slug: str, amount: int, margin: int | None = None, month: str = "2026-04") -> tuple[Sale, ...]:
    return (Sale(slug, month, "tea", Decimal(amount), None if margin is None else Decimal(margin)),)


# --- How many ---------------------------------------------------------------------------------------


def test_nobody_at_all() -> None:
    found = selection.size(portfolio())
    assert (found.key, found.buying, found.share, found.over) == (0, 0, None, False)


@pytest.mark.parametrize(
    ("limits", "key", "customers", "most", "over"),
    [
        (("1", "0.5"), 2, 1, 1, True),
        (("1", "0.5"), 2, 2, 2, False),  # half of four
        (("3", "0.1"), 3, 0, 3, False),
        (("3", "0.1"), 4, 0, 3, True),
        (("0", "0"), 1, 0, 0, True),
        (("0", "0"), 0, 1, 0, False),
    ],
)
def test_over_is_over_both_limits(limits: tuple[str, str], key: int, customers: int, most: int, over: bool) -> None:
    accounts = [account(f"k{n}") for n in range(key)] + [account(f"c{n}", "customer") for n in range(customers)]
    found = selection.size(portfolio(*accounts, account("p", "prospect"), settings=limited(*limits)))
    assert (found.key, found.buying, found.most, found.over) == (key, key + customers, most, over)


# --- Who is judged ----------------------------------------------------------------------------------


def judged(*accounts: Account) -> list[selection.Judged]:
    found = portfolio(*accounts)
    return list(selection.judged(found, programme.scores(found, {})))


def test_the_best_come_first_and_those_without_a_score_last() -> None:
    rows = judged(
        account("low", scores={"profit": "3", "access": "3"}),
        account("half", scores={"profit": "5"}),
        account("best", scores={"profit": "5", "access": "4"}),
    )
    assert [(row.account, row.place, row.under) for row in rows] == [
        ("best", 1, False),
        ("low", 2, True),
        ("half", None, False),
    ]
    assert (rows[1].lowest, rows[2].rounded, rows[2].part) == (("profit", "access"), None, None)
    assert rows[0].part == Decimal("0.95")


def test_a_score_is_rounded_down() -> None:
    row = judged(account("near", scores={"profit": "3.499", "access": "3.499"}))[0]
    assert (row.rounded, row.under) == (Decimal("3.49"), True)


def test_customers_are_judged_only_with_a_mark_of_their_own() -> None:
    rows = judged(account("plain", "customer"), account("marked", "prospect", scores={"profit": "2"}))
    assert [row.account for row in rows] == ["marked"]


# --- Who might step up, and who was refused ---------------------------------------------------------


def test_candidates_nobody_decided_on_come_first() -> None:
    refused = account("refused", "customer", reason="Too small", agreed_on="2026-01-20")
    half_said = account("half", "customer", reason="Too small")
    found = portfolio(refused, half_said, account("scored", "customer"))
    rising = [
        Rising("refused", Decimal(900), "x"),
        Rising("half", Decimal(800), "x"),
        Rising("scored", Decimal(100), None, Decimal(4)),
    ]
    assert [(one.account, one.decided is not None) for one in selection.candidates(found, rising)] == [
        ("scored", False),
        ("half", False),
        ("refused", True),
    ]


def test_considered_are_those_whose_record_stayed() -> None:
    found = portfolio(
        account("key", reason="Why not"),
        account("old", "customer", reason="Too small", agreed_on="2025-01-20"),
        account("new", "prospect", reason="Not yet", agreed_on="2026-01-20"),
        account("undated", "customer", reason="No"),
        account("plain", "customer"),
    )
    assert selection.considered(found) == ("new", "old", "undated")


# --- Rules of thumb ---------------------------------------------------------------------------------


def measured(accounts: int) -> list[tuple[int, Decimal]]:
    rows = {f"a{n:02}": sale(f"a{n:02}", 10 if n else accounts * 10 - 10) for n in range(accounts)}
    found = portfolio(*(account(slug, "customer") for slug in rows), rows=rows)
    return [(one.accounts, one.gives) for one in selection.thumbs(spread(found, year_of_sales(found)))]


def test_rules_of_thumb_are_measured() -> None:
    assert measured(26) == [(2, Decimal("0.52")), (6, Decimal("0.6"))]


def test_less_than_one_account_says_nothing() -> None:
    assert measured(11) == [(3, Decimal("0.6"))]
    assert measured(4) == []


def test_without_sales_there_is_nothing_to_measure() -> None:
    found = portfolio(account("a"))
    assert selection.thumbs(spread(found, year_of_sales(found))) == ()
    assert selection.profit(found) is None


# --- What is left -----------------------------------------------------------------------------------


def test_what_is_left_with_the_key_accounts_and_the_others() -> None:
    rows = {
        "big": (*sale("big", 300, 30), *sale("big", 100)),
        "small": sale("small", 100, 50),
        "other": sale("other", 100, 20),
    }
    found = portfolio(account("big"), account("small"), account("other", "customer"), rows=rows)
    profit = selection.profit(found)
    assert profit is not None
    assert (profit.key, profit.others) == (Left(Decimal(400), Decimal(80)), Left(Decimal(100), Decimal(20)))
    assert (profit.key.share, profit.key_part) == (Decimal("0.2"), Decimal("0.8"))
    assert list(profit.by_account) == ["small", "big"]
    assert {slug: one.share for slug, one in profit.by_account.items()} == {
        slug: share for slug, share in programme.margins(found).items() if slug != "other"
    }


def test_rows_without_a_margin_and_older_ones_do_not_count() -> None:
    rows = {"a": (*sale("a", 100), *sale("a", 100, 90, "2024-01"))}
    assert selection.profit(portfolio(account("a"), rows=rows)) is None


def test_where_nothing_is_left_nobody_has_a_part_of_it() -> None:
    profit = selection.profit(portfolio(account("a"), rows={"a": sale("a", 100, -5)}))
    assert profit is not None
    assert (profit.key.share, profit.key_part, profit.others.share) == (Decimal("-0.05"), None, None)
