"""A key account has no plan at all.

**Why it matters.** A key account without a plan is a title without content: nobody has said what the situation is,
what is to be reached, or who does what by when. Whoever looks after it works from memory, and the memory leaves with
them.

**To put it right.** Add `plan.yml` to the account's folder (or the key `plan` to its one file). Begin with three
short answers: Intelligence, Intentions, Implementation. `kamgen new account` shows the shape. A file in which nothing
stands yet is no plan.

**The method.** A plan need not be complicated; it has to exist, and to be looked at every 30 days.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import has_plan, understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM101",
    "no-plan",
    "E---",
    needs=("plan",),
    hint="Add plan.yml with the keys intelligence, intentions and implementation.",
    bad="""
        manager: margaret-peacock
        """,
    good="""
        plan:
          reviewed: 2026-04-20
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts without a plan; the levels see to it that only key accounts are told."""
    for account in portfolio.accounts.values():
        if has_plan(account) or not understood(portfolio, account, "plan"):
            continue
        if account.plan is None:
            yield Problem(account.slug, "plan", f"{account.name} has no plan.")
        else:
            hint = "Fill in the keys intelligence, intentions and implementation."
            yield Problem(account.slug, "plan", f"{account.name} has a plan in which nothing stands.", hint)
