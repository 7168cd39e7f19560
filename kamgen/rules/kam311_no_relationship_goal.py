"""No open goal is for the relationship.

**Why it matters.** Orders come and go with prices. What stays when a rival is cheaper for a season is that they know,
trust and ask us, and that does not come about by the way.

**To put it right.** Ask how the two houses should stand to each other in a year: who rings whom first, who knows whom,
what they tell us before others hear it. Write that as a goal with `for: relationship` and a measure that counts.

**The method.** Intentions are of three kinds: value for them, for us, and in the relationship. Silent while there are
no goals to look at (KAM103, KAM301).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import open_goals, planned, understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM311",
    "no-relationship-goal",
    "i---",
    needs=("plan",),
    hint="Ask how the two houses should stand to each other in a year; write it as a goal with `for: relationship`.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              for: customer
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              for: customer
            ring-by-name:
              goal: When something goes wrong at night they ring one of us by name
              for: relationship
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with open goals of which none is `for: relationship`."""
    for account, plan in planned(portfolio):
        goals = open_goals(plan).values()
        if not goals or any(goal.for_ == "relationship" for goal in goals):
            continue
        if understood(portfolio, account, "plan", "intentions"):
            said = "The only open goal is not" if len(goals) == 1 else f"None of the {len(goals)} open goals is"
            yield Problem(account.slug, "plan.intentions", f"{said} for the relationship.")
