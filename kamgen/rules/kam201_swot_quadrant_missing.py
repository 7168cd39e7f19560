"""One of the four lists is empty: no strength, weakness, opportunity or threat.

**Why it matters.** Whoever sees no threat is surprised by the one that comes, and a plan without weaknesses was written
to please. The list that is missing is often the one that nobody likes to talk about.

**To put it right.** Write at least one line under `strengths`, `weaknesses`, `opportunities` and `threats`. Ask
somebody who is not close to the account, or the customer: what do we do badly, what could end this, what comes next?

**The method.** Intelligence begins with a SWOT of the relationship, not of the company: where we are strong with them,
where weak, what changes on their side, what could cost us the business. A list that plan.md names in its prose
counts; where the whole of it stands in prose, the rule keeps quiet. What is only a placeholder is told by KAM105.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.swot import ONE, missing_quadrants, situations
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM201",
    "swot-quadrant-missing",
    "W---",
    needs=("plan",),
    bad="""
        plan:
          intelligence:
            strengths: [Weekly depot visits are welcomed]
            weaknesses: [Whatever Linz needs goes through Graz and arrives a day later]
            opportunities: [Two new depots in Styria from 2027]
        """,
    good="""
        plan:
          intelligence:
            strengths: [Weekly depot visits are welcomed]
            weaknesses: [Whatever Linz needs goes through Graz and arrives a day later]
            opportunities: [Two new depots in Styria from 2027]
            threats: [A Vienna wholesaler offers Linz chilled deliveries every day]
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with Intelligence in which one of the four lists is empty."""
    for account, known in situations(portfolio):
        missing = missing_quadrants(portfolio, account, known)
        if missing:
            kinds = [ONE[name] for name in missing]
            said = kinds[0] if len(kinds) == 1 else f"{', no '.join(kinds[:-1])} and no {kinds[-1]}"
            keys = ", ".join(f"`{name}`" for name in missing)
            yield Problem(
                account.slug,
                "plan.intelligence",
                f"Intelligence names no {said}.",
                f"Ask somebody who is not close to the account, and write at least one line under {keys}.",
            )
