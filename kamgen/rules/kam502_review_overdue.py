"""The plan has not been reviewed for more than a month.

**Why it matters.** Plans die between reviews: they are written early in the year, signed, and shelved until the
appraisal. A review every 30 days keeps promises, dates and people true.

**To put it right.** Hold the review: what was promised and what became of it, whether the point to reach is in sight,
what the next 30 days need. Then set `reviewed` to that day and `reviewed_by` to those who were there.

**The method.** The 90-30 rhythm: plan 90 days, review every 30. The default warns after 35 days, since monthly
reviews on the same weekday lie up to 35 days apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.plans import planned
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM502",
    "review-overdue",
    "W---",
    needs=("plan",),
    hint="Hold the 30-day review, then set `reviewed` to its date.",
    settings={
        "warn_after": Setting(timedelta(days=35), "Age of the last review that is still in order"),
        "error_after": Setting(timedelta(days=50), "Age after which a warning becomes an error"),
    },
    bad="""
        plan:
          reviewed: 2026-03-20
        """,
    good="""
        plan:
          reviewed: 2026-04-20
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans whose last review is older than `warn_after`."""
    for account, plan in planned(portfolio):
        if plan.reviewed is None:
            continue
        age = portfolio.as_of - plan.reviewed
        if age > RULE.days(portfolio, account, "warn_after"):
            yield Problem(
                account.slug,
                "plan.reviewed",
                f"The last review was on {plan.reviewed}, {age.days} days ago.",
                escalate=age > RULE.days(portfolio, account, "error_after"),
            )
