"""A goal has no stage goals.

**Why it matters.** Between today and the end of the year lie no days on which anybody would notice that it goes wrong.
When it is noticed, it is too late to change anything.

**To put it right.** Work back from the end: what must both sides be able to see half a year before, a quarter before,
next month? Write two or three such steps under `stages`, each with `what` and `due`.

**The method.** Objectives for the year *with stage goals to measure progress*. Goals that are reached or dropped are
not judged, nor are those whose day has passed (KAM309): for them, stages come too late.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import planned, understood
from kamgen.facts.progress import is_expired
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM305",
    "goal-without-stages",
    "W---",
    needs=("plan",),
    hint="Work back from the end, and write two or three steps under `stages`, each with `what` and `due`.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              due: 2026-12-31
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              due: 2026-12-31
              stages:
                - {what: Joint forecast for the Graz depot, due: 2026-06-30}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals, not yet expired, without `stages`."""
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            at = ("plan", "intentions", goal_id, "stages")
            if goal.stages or is_expired(goal, portfolio.as_of) or not understood(portfolio, account, *at):
                continue
            until = f" before {goal.due}" if goal.due else ""
            message = f'"{shown(goal.goal)}" has no stages: nobody will see{until} whether it is on its way.'
            yield Problem(account.slug, subject(*at), message)
