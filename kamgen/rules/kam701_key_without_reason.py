"""A key account without a reason, or without a definition that says what makes it key.

**Why it matters.** Ask a firm's managers for its ten most important customers, and the answers have little in common.
Colleagues give a key account time and special terms only if they understand why it has them, and whoever is not on
the list wants to know why as well.

**To put it right.** Under `selection`, write as `definition` what makes them key (ids from criteria.yml), and as
`reason` a sentence that everybody in the house can read. Who chose them should agree with it. If nobody can say it,
they are a customer.

**The method.** There are seven usual definitions, from the biggest to the ones that take us where we want to go, and
each forgets something; so name yours. Tell everyone who is key and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM701",
    "key-without-reason",
    "E---",
    needs=("account",),
    hint="Say under `selection` what makes them key (`definition`) and why (`reason`).",
    bad="""
        stage: key
        selection:
          definition: [must-not-lose]
        """,
    good="""
        stage: key
        selection:
          definition: [must-not-lose]
          reason: Our largest customer in Austria; their depots open the wholesale trade.
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Key accounts without `selection.reason` or `selection.definition`."""
    for account in portfolio.accounts.values():
        missing = _missing(portfolio, account) if account.stage == "key" else []
        if len(missing) == 1:
            said = "a reason" if missing[0] == "reason" else "a definition"
            message = f"{account.name} is a key account without {said}."
            yield Problem(account.slug, f"selection.{missing[0]}", message)
        elif missing:
            message = f"{account.name} is a key account, and nothing says why: no definition and no reason."
            yield Problem(account.slug, "selection", message)


def _missing(portfolio: Portfolio, account: Account) -> list[str]:
    """Which of the two is absent; what stands there and could not be read is not."""
    selection = account.record.selection
    there = {"definition": bool(selection and selection.definition), "reason": bool(selection and selection.reason)}
    return [name for name, said in there.items() if not said and understood(portfolio, account, "selection", name)]
