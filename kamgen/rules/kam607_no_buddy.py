"""The account manager has no buddy, or is their own.

**Why it matters.** Who serves an account every day stops seeing it. A colleague who knows the account and does not
serve it asks the question that nobody asks any more, and can stand in when the manager is ill.

**To put it right.** Ask a colleague with accounts of their own; enter their id as `buddy`. Talk through each other's
dilemmas once a month, half an hour each.

**The method.** Buddies discuss each other's accounts. A buddy who has left us is KAM712's to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM607",
    "no-buddy",
    "i---",
    needs=("account",),
    hint="Agree with a colleague that you discuss each other's accounts, and enter their id as `buddy`.",
    bad="""
        manager: margaret-peacock
        buddy: margaret-peacock
        """,
    good="""
        manager: margaret-peacock
        buddy: janet-leverling
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts without a buddy, or whose buddy is the manager."""
    for account in portfolio.accounts.values():
        if message := _message(portfolio, account):
            yield Problem(account.slug, "buddy", message)


def _message(portfolio: Portfolio, account: Account) -> str:
    buddy = account.record.buddy
    if not buddy:
        return "There is no buddy, a colleague to talk dilemmas through with."
    if buddy == account.record.manager:
        return f"{portfolio.person_name(account, buddy)} is the manager and the buddy as well."
    return ""
