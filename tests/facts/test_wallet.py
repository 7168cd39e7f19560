"""Share of wallet: whole years, partial ones, and years of which nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kamgen.facts.sales import months_up_to
from kamgen.facts.wallet import WalletYear, wallets
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings
from tests.conftest import checked

Amounts = Mapping[str, int]


def portfolio(
    wallet: Mapping[str, int], sold: Amounts | None, as_of: date = date(2026, 5, 6), name: str = "Example"
) -> Portfolio:
    wallets_by_year = {year: Decimal(amount) for year, amount in wallet.items()}
    record = AccountFile.model_validate({"name": name, "stage": "key"}).model_copy(update={"wallet": wallets_by_year})
    rows = None
    if sold is not None:
        rows = {"a": tuple(Sale("a", month, "tea", Decimal(amount)) for month, amount in sold.items())}
    return Portfolio(as_of, default_settings(), {"a": Account("a", "key", record)}, exports=Exports(sales=rows))


def years_of(wallet: Mapping[str, int], sold: Amounts | None, as_of: date = date(2026, 5, 6)) -> tuple[WalletYear, ...]:
    return wallets(portfolio(wallet, sold, as_of))["a"]


def test_who_names_no_wallet_has_no_years() -> None:
    assert wallets(portfolio({}, {"2026-04": 5})) == {}
    assert wallets(portfolio({"next year": 100, "26": 100}, {"2026-04": 5})) == {}


@pytest.mark.parametrize("sold", [None, {}, {"2026-05": 5}])
def test_without_a_full_month_the_share_is_unknown(sold: Amounts | None) -> None:
    (year,) = years_of({"2026": 100}, sold)
    assert (year.months, year.partial, year.share, year.even_share) == (0, True, None, None)


def test_a_whole_year_and_the_one_that_runs() -> None:
    sold = {**dict.fromkeys(months_up_to("2025-12", 12), 10), "2026-02": 20, "2026-05": 999}
    before, now, to_come = years_of({"2027": 500, "2026": 300, "2025": 240}, {**sold, "2026-04": 10})
    assert before == WalletYear("2025", Decimal(240), Decimal(120), 12)
    assert (before.partial, before.share, before.even_share) == (False, Decimal("0.5"), Decimal("0.5"))
    assert (now.sold, now.months, now.partial) == (Decimal(30), 4, True)
    assert (now.share, now.even_share) == (Decimal("0.1"), Decimal("0.3"))
    assert (to_come.months, to_come.share) == (0, None)


def test_a_year_in_which_the_export_begins_is_partial() -> None:
    (year,) = years_of({"2025": 120}, {"2025-10": 30, "2026-04": 1})
    assert (year.months, year.sold, year.share, year.even_share) == (3, Decimal(30), Decimal("0.25"), Decimal(1))


def test_one_month() -> None:
    (year,) = years_of({"2026": 1200}, {"2026-04": 50})
    assert (year.months, year.even_share) == (1, Decimal("0.5"))


def test_nothing_sold_is_a_share_of_nothing() -> None:
    found = portfolio({"2026": 100}, {})
    rows = {"b": (Sale("b", "2026-01", "tea", Decimal(1)), Sale("b", "2026-04", "tea", Decimal(1)))}
    (year,) = wallets(Portfolio(found.as_of, found.settings, found.accounts, exports=Exports(sales=rows)))["a"]
    assert (year.months, year.sold, year.share) == (4, Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("wallet", "sold", "share"), [(100, -20, Decimal("-0.2")), (100, 250, Decimal("2.5")), (0, 5, None), (-1, 5, None)]
)
def test_credits_and_odd_wallets(wallet: int, sold: int, share: Decimal | None) -> None:
    (year,) = years_of({"2026": wallet}, {"2026-04": sold})
    assert year.share == share


@pytest.mark.parametrize(("as_of", "months"), [(date(2028, 2, 29), 1), (date(2028, 3, 1), 2)])
def test_february_of_a_leap_year_is_full_when_it_is_over(as_of: date, months: int) -> None:
    (year,) = years_of({"2028": 100}, {"2028-01": 5, "2028-02": 5}, as_of)
    assert (year.months, year.sold) == (months, Decimal(5 * months))


def test_a_new_name_changes_nothing() -> None:
    assert wallets(portfolio({"2026": 9}, {"2026-04": 3}, name="Renamed")) == wallets(
        portfolio({"2026": 9}, {"2026-04": 3})
    )


def test_the_demo() -> None:
    found = wallets(checked(Path(__file__).parents[2], "KAM510").portfolio)["ernst-handel"]
    assert [(year.year, year.wallet, year.months) for year in found] == [
        ("2025", Decimal(190000), 12),
        ("2026", Decimal(210000), 4),
    ]
