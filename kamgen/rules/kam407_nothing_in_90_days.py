"""There are open actions, but none is due before the current period ends.

**Why it matters.** The period names a point to reach within 90 days. If no step falls into them, the point will be
reached by luck or not at all, and the plan is one for some later year.

**To put it right.** Bring forward the step that leads to the point to reach, or cut a first piece off a large one and
give it a near date.

**The method.** The 90-30 rhythm: plan the next 90 days, review every 30. Silent where the period is over (KAM503) or
an open action has no date yet (KAM402); what is overdue was due in the period.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import first_due, open_actions, planned, understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM407",
    "nothing-in-90-days",
    "W---",
    needs=("plan",),
    hint="Bring a step forward that leads to the point to reach, or cut a first piece off a large one.",
    bad="""
        plan:
          period: {ends: 2026-07-15, reach: The depot managers ask us in before they tender}
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-09-30}
        """,
    good="""
        plan:
          period: {ends: 2026-07-15, reach: The depot managers ask us in before they tender}
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-07-15}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans whose first open action is due after the current period."""
    for account, plan in planned(portfolio):
        first, period = first_due(open_actions(plan)), plan.period
        if first is None or period is None or not portfolio.as_of <= period.ends < first:
            continue
        if understood(portfolio, account, "plan", "implementation"):
            message = f"The period ends on {period.ends}, and the first open action is due on {first}."
            yield Problem(account.slug, "plan.implementation", message)
