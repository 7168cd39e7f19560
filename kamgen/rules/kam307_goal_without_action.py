"""Nobody is doing anything for a goal.

**Why it matters.** A goal that no action serves is a wish. The customer heard it, agreed that it would be worth
reaching, and sees that nothing follows.

**To put it right.** Ask what the next step towards it is and who takes it, and write that as an action with the goal's
id as `goal`. If an action that stands there already serves it, say so in that action. If nobody wants to take a step,
drop the goal and say why.

**The method.** From the end that the customer will see, work back to who does what by when. Silent where the plan has
no open action at all (KAM104, KAM405), and for goals whose day has passed (KAM309).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import open_actions, owners, planned, understood
from kamgen.facts.progress import is_expired
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM307",
    "goal-without-action",
    "WW--",
    needs=("plan",),
    hint="Write the next step as an action that names this goal, or drop the goal and say why.",
    bad="""
        plan:
          intentions:
            no-empty-shelves: {goal: Their depots see us as the supplier that ended out-of-stocks on dairy}
            cheese-counter: {goal: Their customers find in the catalogue every cheese they ask for}
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-30, goal: no-empty-shelves}
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves: {goal: Their depots see us as the supplier that ended out-of-stocks on dairy}
            cheese-counter: {goal: Their customers find in the catalogue every cheese they ask for}
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-30, goal: no-empty-shelves}
            - {what: Price the half wheels, who: laura-callahan, due: 2026-05-27, goal: cheese-counter}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals, not yet expired, that no open action serves, in plans that have open actions."""
    for account, plan in planned(portfolio):
        served = {action.goal for action in open_actions(plan)}
        if not served or not understood(portfolio, account, "plan", "implementation"):
            continue
        for goal_id, goal in worded_goals(portfolio, plan):
            if goal_id not in served and not is_expired(goal, portfolio.as_of):
                who = owners(portfolio, account, [goal.owner] if goal.owner else [])
                message = f'No open action serves "{shown(goal.goal)}" ({who}).'
                yield Problem(account.slug, subject("plan", "intentions", goal_id), message)
