"""The key accounts carry less than half of the sales.

**Why it matters.** A programme is meant to look after those who carry the business. If most of it comes from
elsewhere, either the list is not the right one, or the business lives on many and needs another way to be looked after.

**To put it right.** Look at the concentration curve and at the accounts in the smallest set that are not key: KAM704
names those who might step up. It may also be right as it is, where the key accounts were chosen for what they will be;
then raise no alarm and waive this in kamgen.yml, with the reason.

**The method.** About 5 % of the accounts together carry about half of the volume, and 20 % carry 80 %: rules of thumb,
so measure yours. Counted are all accounts in the last twelve full months. The rule is silent without sales and where
there is no key account yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.concentration import MOST, Spread, spread
from kamgen.facts.sales import year_of_sales
from kamgen.finding import Place, Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

_ACCOUNTS = {
    "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\n",
    "accounts/bergland.yml": "name: Bergland\nstage: customer\n",
}

RULE = Rule(
    "KAM706",
    "key-share-low",
    "i",
    needs=("sales",),
    settings={
        "share": Setting(Decimal("0.5"), "The part of all sales that the key accounts should carry, 0.5 is half")
    },
    hint="Compare the list of key accounts with those who carry the business.",
    bad={
        **_ACCOUNTS,
        "accounts/sales.csv": "account,month,product,amount\nalpenkost,2026-04,dairy,400\nbergland,2026-04,dairy,600\n",
    },
    good={
        **_ACCOUNTS,
        "accounts/sales.csv": "account,month,product,amount\nalpenkost,2026-04,dairy,600\nbergland,2026-04,dairy,400\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """The programme, where the key accounts' share is under `share`."""
    found = spread(portfolio, year_of_sales(portfolio))
    if found.key and found.key_share is not None and found.key_share < RULE.number(portfolio, None, "share"):
        yield Problem("", "programme", _message(portfolio, found, found.key_share), place=Place("accounts"))


def _message(portfolio: Portfolio, found: Spread, share: Decimal) -> str:
    who = "The key account carries" if found.key == 1 else f"The {found.key} key accounts carry"
    key = sum(portfolio.accounts[one.account].stage == "key" for one in found.carriers)
    inside = f"{key or 'none'} of them {'are' if key > 1 else 'is'} key"
    return (
        f"{who} {share:.1%} of the sales of the last twelve months. The smallest set that carries {MOST:.0%} of them "
        f"has {len(found.carriers)} of {len(found.curve)} accounts; {inside}."
    )
