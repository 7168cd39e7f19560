"""More than half of a goal's time has gone, and less than half of its way is made.

**Why it matters.** Now it can still be turned round, or said openly. In the last month it can only be missed, and the
customer will have counted all the while.

**To put it right.** Ask with the customer what stands in the way. Then add the step that is missing, or agree another
`due` or another `aim` and say at the next review why. Do not wait for the reading to improve by itself.

**The method.** Stage goals and measures are there to see progress while something can be done. Time counts from `since`
to `due`; the way from `start` to `aim`, whether the figure shall rise or fall; what counts is the newest reading since
the goal began. Goals measured in `sales` read sales.csv: a year's sales up to the newest full month, against the year
before `since`. Silent where start, aim or reading is no number, where start and aim are the same or one step apart (no
and yes have no half), where nothing has been read yet or not since it was on its way (KAM313), and once the day has
passed (KAM309).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal

from kamgen.facts.plans import planned, understood
from kamgen.facts.progress import (
    Figure,
    Progress,
    all_or_nothing,
    is_expired,
    on_its_way,
    progress,
    reads_itself,
    sales_span,
    share_of_time,
)
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.account import Goal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting
from kamgen.rules.kam313_measure_stale import RULE as STALE

RULE = Rule(
    "KAM308",
    "goal-off-track",
    "W---",
    needs=("plan",),
    hint="Ask with them what stands in the way; then add the missing step, or agree another day or aim and say why.",
    settings={
        "time_gone": Setting(Decimal("0.5"), "Part of the time after which a goal is judged; 0.5 is half"),
        "way_made": Setting(Decimal("0.5"), "Part of the way that should be made by then; 0.5 is half"),
    },
    bad="""
        plan:
          intentions:
            full-at-two:
              goal: Night shoppers find the chilled shelf full at two in the morning
              measure: shops with gaps at two in the morning, of 31
              start: 12
              aim: 2
              readings:
                2026-04-09: 10
              since: 2025-10-20
              due: 2026-09-30
        """,
    good="""
        plan:
          intentions:
            full-at-two:
              goal: Night shoppers find the chilled shelf full at two in the morning
              measure: shops with gaps at two in the morning, of 31
              start: 12
              aim: 2
              readings:
                2026-04-09: 7
              since: 2025-10-20
              due: 2026-09-30
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals, not yet expired, past `time_gone` of their time and short of `way_made` of their way."""
    span = sales_span(portfolio)
    for account, plan in planned(portfolio):
        time_gone = RULE.number(portfolio, account, "time_gone")
        way_made = RULE.number(portfolio, account, "way_made")
        for goal_id, goal in worded_goals(portfolio, plan):
            gone = share_of_time(goal, portfolio.as_of)
            if gone is None or gone <= time_gone or is_expired(goal, portfolio.as_of):
                continue
            stands, at = progress(portfolio, account, goal, span), ("plan", "intentions", goal_id)
            if stands.way is None or stands.way >= way_made or all_or_nothing(goal, stands):
                continue
            if understood(portfolio, account, *at) and not _only_unmeasured(portfolio, account, goal, stands):
                yield Problem(account.slug, subject(*at), _message(portfolio, goal, stands))


def _only_unmeasured(portfolio: Portfolio, account: Account, goal: Goal, stands: Progress) -> bool:
    """Whether it was on its way when it was last measured, and that is so long ago that KAM313 asks for a figure."""
    if reads_itself(portfolio, goal) or stands.newest is None or not on_its_way(goal, stands):
        return False
    return portfolio.as_of - stands.newest[0] > STALE.days(portfolio, account, "warn_after")


def _message(portfolio: Portfolio, goal: Goal, stands: Progress) -> str:
    assert stands.newest
    assert stands.time is not None
    assert stands.way is not None
    day, reading = stands.newest
    way = f"{_percent(stands.way)} of the way is made" if stands.way > 0 else _NOT_FORWARD[stands.way < 0]
    figures = (
        f"from {_said(stands.start)} to {_said(goal.aim)}; it stood at {_said(reading)} {_when(portfolio, goal, day)}"
    )
    return f'{_percent(stands.time)} of the time has gone and {way}: "{shown(goal.goal)}" ({figures}).'


_NOT_FORWARD = {False: "none of the way is made", True: "the figure has moved away from its aim"}


def _percent(share: Decimal) -> str:
    # Rounded down: what is less than half must not read as half.
    return f"{(share * 100).to_integral_value(ROUND_DOWN)} %"


def _said(figure: Figure | None) -> str:
    if not isinstance(figure, Decimal):
        return str(figure)
    if abs(figure) >= 1000:
        return f"{figure:,.0f}"
    return f"{figure.normalize():f}"


def _when(portfolio: Portfolio, goal: Goal, day: date) -> str:
    return f"in the twelve months to {day}" if reads_itself(portfolio, goal) else f"on {day}"
