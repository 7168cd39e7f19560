"""The plan says nothing about the situation: it has no Intelligence.

**Why it matters.** Goals and actions without a picture of the customer are our wishes. What the customer earns by,
what presses them and where we stand with them decides which of our wishes are any use to them.

**To put it right.** Write under `intelligence` how they make money and how we help them make it, their culture, aims
and pressures, and the strengths, weaknesses, opportunities and threats of the relationship. Or write prose under the
heading Intelligence in `plan.md`. Three honest lines are a beginning.

**The method.** The first of a plan's three questions: what is the situation? Rules about what stands in the section
are silent while it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import without_section
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM102",
    "intelligence-missing",
    "Ei--",
    needs=("plan",),
    hint="Write under `intelligence` how they make money, what they aim for, and where we stand with them.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
        """,
    good="""
        plan:
          intelligence:
            business: They earn on deliveries to hotels before six in the morning; we keep their cold store full.
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans without Intelligence, neither as keys nor as prose."""
    for account in without_section(portfolio, "intelligence"):
        message = f"The plan for {account.name} has no Intelligence: it does not say what the situation is."
        yield Problem(account.slug, "plan.intelligence", message)
