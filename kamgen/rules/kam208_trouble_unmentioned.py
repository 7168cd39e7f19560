"""Deliveries are often late, and neither the plan nor an open issue says a word about it.

**Why it matters.** They know it, our warehouse knows it, and the plan talks about something else. Whoever then comes to
sell, and has not heard of it, shows that we do not talk to each other.

**To put it right.** Ask the warehouse for the reason and the customer for what it cost them. Then write it down: a
threat, a weakness, a goal, an action or a note of the kind `issue`, with `about: [deliveries]`.

**The method.** A key account wants us to know the whole relationship: orders, and also what went wrong, late deliveries
and slow service included. Late often enough is what KAM809 says, with its numbers: by default two or more late, and
more than 10 % of at least ten, in the last twelve full months. An open issue, goal or action counts, however old; one
that is closed does not. The rule speaks whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.deliveries import troubled
from kamgen.facts.sales import Deliveries, year_of_deliveries
from kamgen.facts.topics import noticed
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule
from kamgen.rules.kam809_late_deliveries import RULE as KAM809

RULE = Rule(
    "KAM208",
    "trouble-unmentioned",
    "W---",
    needs=("plan", "notes", "deliveries"),
    hint="Find out why, tell them, and write it down with `about: [deliveries]`.",
    bad={
        "accounts/example.yml": "name: Example & Sons\nstage: key\n",
        "accounts/deliveries.csv": """
            account,month,deliveries,late
            example,2026-03,6,1
            example,2026-04,6,2
            """,
    },
    good={
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            plan:
              intentions:
                on-the-ramp: {goal: Their ramp is never empty in the morning, about: [deliveries]}
            """,
        "accounts/deliveries.csv": """
            account,month,deliveries,late
            example,2026-03,6,1
            example,2026-04,6,2
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts with many late deliveries and nothing open `about: [deliveries]`."""
    for slug, found in year_of_deliveries(portfolio).items():
        account = portfolio.accounts[slug]
        if _troubled(portfolio, account, found) and not noticed(portfolio, account, "deliveries"):
            yield Problem(
                slug,
                "deliveries",
                f"{found.late} of {found.deliveries} deliveries of the last twelve full months were late, "
                "and no open issue, threat or goal speaks of it.",
            )


def _troubled(portfolio: Portfolio, account: Account, found: Deliveries) -> bool:
    late, fewest, share = (KAM809.number(portfolio, account, name) for name in ("late", "deliveries", "share"))
    return troubled(found, late=late, deliveries=fewest, share=share)
