"""A goal's measure has not been taken for more than two months.

**Why it matters.** A figure from last winter says how it was last winter. Everybody believes that the goal is on its
way because nobody has looked, and the customer, who may have looked, knows better.

**To put it right.** Take the measure again, or ask whoever of theirs takes it, and add the figure under `readings` with
its day. If it cannot be had every other month, the measure is the wrong one: agree one that can.

**The method.** Measures on outcomes, taken often enough to act on, and reviewed every 30 days. A goal that has only its
`start` was last measured on its `since`. Goals measured in sales read themselves from sales.csv and are not judged
while it is there. Without a measure there is nothing to take (KAM303).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.facts.plans import planned, understood
from kamgen.facts.progress import reads_itself
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.account import Goal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM313",
    "measure-stale",
    "W---",
    needs=("plan",),
    settings={"warn_after": Setting(timedelta(days=60), "Age of the newest reading that is still in order")},
    hint="Measure again, or ask whoever of theirs does, and add the figure under `readings`.",
    bad="""
        plan:
          intentions:
            gift-wine:
              goal: Their shops see us as the people who made fine wine a gift that is never left over
              measure: gifts left on the shelf six weeks after they came, in percent
              start: 30
              aim: 8
              readings:
                2026-02-17: 14
        """,
    good="""
        plan:
          intentions:
            gift-wine:
              goal: Their shops see us as the people who made fine wine a gift that is never left over
              measure: gifts left on the shelf six weeks after they came, in percent
              start: 30
              aim: 8
              readings:
                2026-04-17: 11
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals with a measure whose newest reading is older than `warn_after`."""
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            last = _last_measured(goal)
            if last is None or not goal.measure or reads_itself(portfolio, goal):
                continue
            age, at = portfolio.as_of - last, ("plan", "intentions", goal_id, "readings")
            if age > RULE.days(portfolio, account, "warn_after") and understood(portfolio, account, *at):
                verb = "was last measured" if last in goal.readings else "has not been measured since it began"
                message = f'"{shown(goal.goal)}" {verb} on {last}, {age.days} days ago.'
                yield Problem(account.slug, subject(*at), message)


def _last_measured(goal: Goal) -> date | None:
    """The day of the newest reading; `start` is the reading of the day on which the goal began."""
    begun = {goal.since} if goal.since and goal.start is not None else set()
    return max({*goal.readings, *begun}, default=None)
