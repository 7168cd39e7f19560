"""A period has no point to reach, or nobody has said whether the point of a past one was reached.

**Why it matters.** Ninety days with an end and no point are only time that passes. And a point that is never looked
back at teaches nothing: the next one will be as vague as the last.

**To put it right.** For the current period, say in a sentence where the relationship will stand when it ends, as the
customer will see it, and write it as `reach`. For a past one, agree on `reached: yes`, `partly` or `no`, and write as
`because` what explains it; an honest "no" is worth more than a gap.

**The method.** The 90-30 rhythm: plan the next 90 days and the point to reach in the relationship. A period that is
over needs its verdict and not a new point (KAM503).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import planned, understood
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM312",
    "no-point-to-reach",
    "W---",
    needs=("plan",),
    hint="Say in a sentence where the relationship will stand by then, and write it as `reach`.",
    bad="""
        plan:
          period: {ends: 2026-07-15}
          past_periods:
            - {ends: 2026-04-15, reach: Two depots share their stock data}
        """,
    good="""
        plan:
          period: {ends: 2026-07-15, reach: The depot managers ask us in before they tender}
          past_periods:
            - {ends: 2026-04-15, reach: Two depots share their stock data, reached: partly, because: Linz only}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Current periods without `reach`, and past periods without `reached`."""
    for account, plan in planned(portfolio):
        period, at = plan.period, ("plan", "period", "reach")
        pointless = period is not None and not period.reach and period.ends >= portfolio.as_of
        if period and pointless and understood(portfolio, account, *at):
            yield Problem(account.slug, subject(*at), f"The period until {period.ends} names no point to reach.")
        yield from _without_verdict(portfolio, account, plan)


def _without_verdict(portfolio: Portfolio, account: Account, plan: Plan) -> Iterator[Problem]:
    for past in plan.past_periods:
        at = ("plan", "past_periods", past.id, "reached")
        if past.reached is None and understood(portfolio, account, *at):
            point = f'"{shown(past.reach)}"' if past.reach else "its point"
            message = f"The period to {past.ends} has no verdict: nobody has said whether {point} was reached."
            yield Problem(account.slug, subject(*at), message, "Write `reached: yes`, `partly` or `no`, and `because`.")
