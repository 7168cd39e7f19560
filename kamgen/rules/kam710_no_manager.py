"""An account without an account manager.

**Why it matters.** What belongs to everybody is done by nobody. The customer does not know whom to ring, and inside
nobody notices that they have gone quiet.

**To put it right.** Name one of ours as `manager`, with their id from team.yml, and tell the customer who it is.

**The method.** The manager is the trusted adviser in person, senior enough to decide on the spot; they need not know
everything, but must bring the one who does. Prospects and suspects may still be without.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM710",
    "no-manager",
    "EW--",
    needs=("account",),
    hint="Name one of ours as `manager`.",
    bad="stage: key\ncountry: Austria\n",
    good="stage: key\ncountry: Austria\nmanager: margaret-peacock\n",
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose `manager` is empty."""
    for account in portfolio.accounts.values():
        if not account.record.manager and understood(portfolio, account, "manager"):
            yield Problem(account.slug, "manager", f"{account.name} has no account manager.")
