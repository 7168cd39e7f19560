"""The 90 days of the plan are over, and no new period is set.

**Why it matters.** Without a point to reach in sight, everybody works on what comes in. And if nobody says whether the
last one was reached, the next is a wish too.

**To put it right.** Say how it went: move the period to `past_periods` with `reached: yes`, `partly` or `no`, and
`because`. Then agree the point to reach in the next 90 days and write it under `period` with the day on which it ends.

**The method.** Plan the next 90 days and the point to reach in the relationship; review every 30. The last day still
belongs to the period. After 30 more days, another review's time, the warning becomes an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.plans import planned
from kamgen.finding import Problem
from kamgen.model.account import Period
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM503",
    "period-over",
    "W---",
    needs=("plan",),
    hint="Move it to `past_periods` with its verdict, and set `period` for the next 90 days.",
    settings={
        "error_after": Setting(timedelta(days=30), "Days since the period ended after which a warning becomes an error")
    },
    bad="""
        plan:
          period: {ends: 2026-04-15, reach: Two depots share their stock data}
        """,
    good="""
        plan:
          period: {ends: 2026-07-15, reach: The depot managers ask us in before they tender}
          past_periods:
            - {ends: 2026-04-15, reach: Two depots share their stock data, reached: partly, because: Linz only}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans whose period ended before today."""
    for account, plan in planned(portfolio):
        if plan.period and plan.period.ends < portfolio.as_of:
            over = portfolio.as_of - plan.period.ends
            yield Problem(
                account.slug,
                "plan.period.ends",
                f"The plan's period ended on {plan.period.ends}, and no new one is set{_aim(plan.period)}.",
                escalate=over > RULE.days(portfolio, account, "error_after"),
            )


def _aim(period: Period) -> str:
    reach = period.reach.rstrip(" .")
    return f'; nobody has said what became of "{reach}"' if reach else ""
