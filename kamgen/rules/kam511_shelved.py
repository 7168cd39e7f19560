"""Nothing about the account changed in meaning for a quarter of a year.

**Why it matters.** A customer does not stand still for three months. Where the files do, the account has been put on a
shelf: what they say may be true by luck, and nobody who opens the page can know.

**To put it right.** Look at the account as if it were new. Is every date still right, is everybody still there, did
nothing happen that deserves a note? Write what changed; where nothing did, say so with a note of your last contact.

**The method.** The plan is reviewed every 30 days. What counts is meaning: notes, people, goals, actions, dates. A new
order of the lines, a corrected spelling, an import, or an edit of many accounts at once does not. The rule knows this
from git and is silent without it; it speaks whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from kamgen.facts.past import last_change
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import OverTime, Rule, Setting

RULE = Rule(
    "KAM511",
    "shelved",
    "W---",
    needs=("account",),
    hint="Go through it with fresh eyes: correct what is no longer true, and note what happened since.",
    settings={
        "warn_after": Setting(timedelta(days=90), "Days without a change in meaning that are still in order"),
        "mass": Setting(Decimal(10), "A change that touches so many accounts or more counts for none of them"),
    },
    bad=OverTime(
        {
            "2026-01-05": """
                manager: margaret-peacock
                region: Western Europe
                """,
            "2026-04-27": """
                # put in order
                region: Western  Europe
                manager: margaret-peacock
                """,
        }
    ),
    good=OverTime(
        {
            "2026-01-05": """
                manager: margaret-peacock
                """,
            "2026-04-27": """
                manager: margaret-peacock
                contacts:
                  roland-mendel: {name: Roland Mendel}
                """,
        }
    ),
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose last change in meaning is older than `warn_after`."""
    for account in portfolio.accounts.values():
        mass = int(RULE.number(portfolio, account, "mass"))
        last = last_change(portfolio, account, mass)
        if last and portfolio.as_of - last > RULE.days(portfolio, account, "warn_after"):
            age = (portfolio.as_of - last).days
            message = f"Nothing about {account.name} changed in meaning since {last}, {age} days ago."
            yield Problem(account.slug, "account", message)
