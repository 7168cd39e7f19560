"""A stage on the way to a goal is more than a week past its day and not done.

**Why it matters.** Stages are there to be missed early. One that is quietly late takes the goal with it, and the
customer, who knows the date, draws their own conclusion.

**To put it right.** If it was reached, write `done` with the day. If not, ask what held it up and agree a new `due`;
look whether the later stages still hold. If the way has changed, write `dropped` with the day and `because`.

**The method.** Stage goals measure progress; the review every 30 days looks at them first. A week is allowed, since a
stage is often seen at the next meeting only. Stages of goals that are reached or dropped are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.facts.plans import owners, planned, understood
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.account import Goal, StageGoal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM306",
    "stage-overdue",
    "WW--",
    needs=("plan",),
    hint="Write `done` with the day, agree a new `due`, or drop it and say why.",
    settings={"late_after": Setting(timedelta(days=7), "Days past its `due` that a stage is still in order")},
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              owner: margaret-peacock
              stages:
                - {what: Baseline agreed with the depot managers, due: 2026-04-28}
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              owner: margaret-peacock
              stages:
                - {what: Baseline agreed with the depot managers, due: 2026-04-28, done: 2026-04-27}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open stages of open goals, more than `late_after` past their `due`."""
    for account, plan in planned(portfolio):
        allowed = RULE.days(portfolio, account, "late_after")
        for goal_id, goal in worded_goals(portfolio, plan):
            for stage in goal.stages:
                at = ("plan", "intentions", goal_id, "stages", stage.id)
                if _late(stage, portfolio.as_of) > allowed and understood(portfolio, account, *at):
                    yield Problem(account.slug, subject(*at), _message(portfolio, account, goal, stage))


def _late(stage: StageGoal, as_of: date) -> timedelta:
    """How long an open stage has been late; nothing where it is not."""
    late = as_of - stage.due if stage.open and stage.due else timedelta(0)
    return max(late, timedelta(0))


def _message(portfolio: Portfolio, account: Account, goal: Goal, stage: StageGoal) -> str:
    who = owners(portfolio, account, [goal.owner] if goal.owner else [])
    days = _late(stage, portfolio.as_of).days
    ago = "yesterday" if days == 1 else f"{days} days ago"
    return f'Stage due on {stage.due}, {ago}, and not done: "{shown(stage.what)}" ({who}).'
