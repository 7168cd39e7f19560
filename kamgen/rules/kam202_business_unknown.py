"""Nothing says how they make money, and how we help them make it.

**Why it matters.** Customers want to be understood without being told again by every new face. Whoever does not know
what they earn by can only talk about price, and offers what we have instead of what they need.

**To put it right.** Write under `business` what they sell, to whom, and where their margin comes from; then in what way
they earn more, spend less or sleep better because of us. If you do not know, that is your next question to them.

**The method.** The second thing a key account wants of us: that we know how they make money and how we help them make
it. Prose under the heading Intelligence in plan.md counts, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.swot import missing_texts, situations
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM202",
    "business-unknown",
    "W---",
    needs=("plan",),
    hint="Ask them what they earn by, and write it under `business` with what we add to it.",
    bad="""
        plan:
          intelligence:
            aims: Two more depots in Styria from 2027, and fewer suppliers but nearer ones.
        """,
    good="""
        plan:
          intelligence:
            business: They earn on deliveries to hotels before six in the morning; we keep their cold store full.
            aims: Two more depots in Styria from 2027, and fewer suppliers but nearer ones.
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with Intelligence that have neither `business` nor prose."""
    for account, known in situations(portfolio):
        if missing_texts(portfolio, account, known, "business"):
            message = f"Nothing says how {account.name} makes money, and how we help them make it."
            yield Problem(account.slug, "plan.intelligence.business", message)
