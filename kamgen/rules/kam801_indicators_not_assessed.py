"""Nobody has noted a single sign of partnership for this key account.

**Why it matters.** "They see us as a partner" is easily said. Without anything seen and dated it stays a feeling, and
a feeling notices last when the customer has begun to see one supplier among several again.

**To put it right.** Go through the indicators of the playbook with those who serve the account. For each one that you
have seen, write what happened under its id in `partnership.yml`, with `evidence` and `on`. Three signs with a date are
worth more than twenty ticks; what has not been seen stays out.

**The method.** Partnership shows in signs that can be observed: they ask our advice, they tell us things in confidence,
they refer us to others. A company chooses and tailors about twenty. A file in which nothing stands yet counts as none.
The rule speaks whether or not there is a plan, and is silent where the playbook has no indicators.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM801",
    "indicators-not-assessed",
    "W---",
    needs=("account", "partnership", "indicators"),
    hint="Write what you have seen under `partnership`, each with `evidence` and `on`.",
    bad="""
        manager: margaret-peacock
        """,
    good="""
        partnership:
          asks-our-advice:
            evidence: Asked us to comment on the plan of the new cold stores
            on: 2026-03-12
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts for which no indicator is claimed."""
    count = len(portfolio.playbook.indicators)
    for account in portfolio.accounts.values():
        if count and not account.record.partnership and understood(portfolio, account, "partnership"):
            message = f"No sign of partnership is noted for {account.name}; the playbook has {count} to look for."
            yield Problem(account.slug, "partnership", message)
