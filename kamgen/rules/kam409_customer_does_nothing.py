"""No action of the plan is the customer's.

**Why it matters.** A plan in which only we do anything is our wish list. Whoever has put in an hour of their own
wants the outcome too; whoever has not can let it drop without a loss.

**To put it right.** Ask them for one step that only they can take: a figure, an introduction, a date with the people
concerned. Write it down with their name as `who`.

**The method.** The best plans are written together with the customer. A step that one of theirs takes together with
one of ours counts, and so does one they have done within the length of a period (`rhythm: period` in `kamgen.yml`).
Silent where nothing is open (KAM405), where nobody is named at all (KAM401), or where a name is unknown (KAM007).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import customer_does_something, open_actions, planned, understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM409",
    "customer-does-nothing",
    "i---",
    needs=("plan", "contacts"),
    hint="Ask them for one step that only they can take, and write it down with their name as `who`.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
            - {what: Share twelve months of stock data, who: roland-mendel, due: 2026-05-29}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans in which nobody of theirs does anything."""
    for account, plan in planned(portfolio):
        people = {person for action in open_actions(plan) for person in action.who}
        if not people or _stranger(portfolio, account, people) or customer_does_something(portfolio, account, plan):
            continue
        if understood(portfolio, account, "plan", "implementation") and understood(portfolio, account, "contacts"):
            message = f"Nobody at {account.name} has anything to do in this plan."
            yield Problem(account.slug, "plan.implementation", message)


def _stranger(portfolio: Portfolio, account: Account, people: set[str]) -> bool:
    """Whether somebody is neither one of ours nor one of theirs, and so may well be theirs."""
    team = portfolio.playbook.team
    return team is not None and not people <= team.keys() | account.contacts.keys()
