"""A plan has never been reviewed.

**Why it matters.** A plan that nobody has looked at again is a snapshot of the day it was written. Nobody can tell
whether its dates, people and promises are still true, so nobody relies on it.

**To put it right.** Go through the plan with a colleague: is the situation still so, is the point to reach in sight,
what was promised and what became of it? Then write `reviewed` with that day and `reviewed_by` with those who were
there.

**The method.** The 90-30 rhythm: plan 90 days, review every 30. Plans that are written, signed and shelved until the
appraisal are the usual way in which plans fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import planned
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM501",
    "never-reviewed",
    "EW--",
    needs=("plan",),
    hint="Hold the first 30-day review, then write `reviewed` with its date and `reviewed_by`.",
    bad="""
        plan:
          intentions:
            one-call: {goal: One call settles any delivery, for: customer}
        """,
    good="""
        plan:
          reviewed: 2026-04-20
          intentions:
            one-call: {goal: One call settles any delivery, for: customer}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans without `reviewed`."""
    for account, plan in planned(portfolio):
        if plan.reviewed is None:
            yield Problem(account.slug, "plan.reviewed", f"The plan of {account.name} has never been reviewed.")
