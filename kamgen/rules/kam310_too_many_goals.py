"""Too many goals are open at once.

**Why it matters.** Whoever has nine goals has none: every week something else comes first, and the customer sees many
beginnings. A plan fails less often by aiming too low than by aiming at too much.

**To put it right.** Ask the customer which two or three they would miss. Keep those; drop the others with `because`,
or park the opportunity that asked for them. What is really a step towards another goal becomes its stage.

**The method.** A plan need not be complicated: value for them, for us, and in the relationship. The default allows
five. Goals that are reached or dropped do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.plans import open_goals, planned
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM310",
    "too-many-goals",
    "W---",
    needs=("plan",),
    settings={"open_goals": Setting(Decimal(5), "How many goals may be open at once")},
    hint="Ask which two or three they would miss; drop the others and say why, or make them stages of these.",
    bad="""
        plan:
          intentions:
            full-shelves: {goal: Their depots see us as the supplier that ended out-of-stocks}
            cheese-counter: {goal: Their customers find every cheese they ask for}
            one-call: {goal: One call settles any delivery}
            no-paper: {goal: Their clerks need no paper for our deliveries}
            first-to-hear: {goal: They tell us of a new depot first}
            fewer-returns: {goal: Their drivers bring nothing back}
        """,
    good="""
        plan:
          intentions:
            full-shelves: {goal: Their depots see us as the supplier that ended out-of-stocks}
            cheese-counter: {goal: Their customers find every cheese they ask for}
            first-to-hear: {goal: They tell us of a new depot first}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with more open goals than `open_goals`."""
    for account, plan in planned(portfolio):
        count, allowed = len(open_goals(plan)), RULE.number(portfolio, account, "open_goals")
        if count > allowed:
            message = f"{count} goals are open at once; with more than {allowed} none of them comes first."
            yield Problem(account.slug, "plan.intentions", message)
