"""The plan has no current period, or one that ends too far ahead to steer by.

**Why it matters.** A year's goal asks nothing of anybody this week. A point to reach within 90 days does: it can be
seen coming, it can be missed, and a missed one is still early enough to learn from.

**To put it right.** Write `period` with `ends`, about 90 days ahead, and `reach`: where the relationship will stand by
then, as the customer will see it. What takes longer is a goal with stages under Intentions.

**The method.** The 90-30 rhythm: plan 90 days, review every 30. The default allows 100 days, so that a period may run
to the end of a month or to a meeting that closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.plans import planned
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM504",
    "period-missing",
    "W---",
    needs=("plan",),
    hint="Agree the point to reach in the next 90 days, and write it under `period` with `ends` and `reach`.",
    settings={"at_most_ahead": Setting(timedelta(days=100), "How far ahead a period may end, counted from today")},
    bad="""
        plan:
          reviewed: 2026-04-20
        """,
    good="""
        plan:
          reviewed: 2026-04-20
          period: {ends: 2026-07-15, reach: The depot managers ask us in before they tender}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans without a period, or with one that ends more than `at_most_ahead` from today."""
    for account, plan in planned(portfolio):
        if plan.period is None:
            yield Problem(
                account.slug, "plan.period", "The plan does not say which point to reach in the next 90 days."
            )
            continue
        ahead = plan.period.ends - portfolio.as_of
        allowed = RULE.days(portfolio, account, "at_most_ahead")
        if ahead > allowed:
            message = (
                f"The plan's period ends on {plan.period.ends}, {ahead.days} days ahead; "
                f"at most {allowed.days} can be steered by."
            )
            hint = "Bring `ends` nearer, and name the point to reach by then; keep what takes longer as a goal."
            yield Problem(account.slug, "plan.period.ends", message, hint)
