"""A goal has no day by which it is to be reached, or none on which work on it began.

**Why it matters.** A goal without an end is never late, so it is never urgent. Without its beginning, nobody can say
whether half of the way after half a year is good or bad.

**To put it right.** Agree a day with the customer and write it as `due`; a day that has to be moved later is better
than none. Write as `since` the day on which you both began, in most cases that of the first figure.

**The method.** Objectives for the year with stage goals, so that progress can be measured against time. Goals that are
reached or dropped are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import planned, understood
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM304",
    "goal-without-date",
    "WW--",
    needs=("plan",),
    hint="Write as `since` the day on which it began, and agree with them by which day it shall be reached (`due`).",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              since: 2026-01-20
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              since: 2026-01-20
              due: 2026-12-31
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals without `since` or `due`."""
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            at = ("plan", "intentions", goal_id)
            days = {"since": goal.since, "due": goal.due}
            missing = [n for n, day in days.items() if day is None and understood(portfolio, account, *at, n)]
            if missing:
                said, hint = _SAID[tuple(missing)]
                yield Problem(account.slug, subject(*at), f'"{shown(goal.goal)}" has {said}.', hint)


_SAID = {
    ("since",): ("no day on which it began (`since`)", "Write as `since` the day on which work on it began."),
    ("due",): (
        "no day by which it is to be reached (`due`)",
        "Agree with them by which day it shall be reached, and write it as `due`.",
    ),
    ("since", "due"): ("neither a beginning (`since`) nor an end (`due`)", ""),
}
