"""No promise is made to this key account: being key means nothing in practice.

**Why it matters.** A title that changes nothing does harm. The customer is told that they are special and then waits on
the same line as everybody else.

**To put it right.** Ask them how they want to be treated, and promise one thing that ordinary customers do not get and
that they would notice: a named person who answers, a delivery window, early word of prices. Write it under `promises`
with `what`, `owner`, `measure` and `target`, and note each month under `kept` whether it held.

**The method.** Service, terms and logistics for key accounts are decided at the top, and kept in the everyday. One
promise that is kept is worth more than five that are printed. The rule speaks whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM807",
    "no-promise",
    "W---",
    needs=("account",),
    hint="Agree one thing with them that they would notice, and write it under `promises`.",
    bad="""
        manager: margaret-peacock
        """,
    good="""
        promises:
          - what: A named person answers within the working day
            owner: laura-callahan
            measure: share of questions answered the same day
            target: {at_least: 0.95}
            kept: {2026-04: 0.98}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts without any promise."""
    for account in portfolio.accounts.values():
        if not account.record.promises and understood(portfolio, account, "promises"):
            message = f"Nothing is promised to {account.name} that other customers do not get."
            yield Problem(account.slug, "promises", message)
