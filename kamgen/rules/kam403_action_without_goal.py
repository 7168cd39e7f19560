"""An action serves no goal of the plan.

**Why it matters.** Work that leads to no goal is busyness, or it belongs to a goal that nobody has written down.
Either way the plan does not say why it is done.

**To put it right.** Write as `goal` the id of the goal it helps to reach. If it helps to reach none, ask whether it
is worth doing for this account; if it is, the goal is what is missing.

**The method.** From the end that the customer will see, work back to the steps. Silent while the plan has no goals to
choose from: then that is what is said (KAM103).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import is_worded, open_actions, planned, understood
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM403",
    "action-without-goal",
    "W---",
    needs=("plan",),
    hint="Write as `goal` the id of the goal it helps to reach; if there is none, ask what it is for.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-05-30
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-05-30
              goal: no-empty-shelves
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open actions without `goal`, in plans that have goals."""
    for account, plan in planned(portfolio):
        if not plan.intentions or not understood(portfolio, account, "plan", "intentions"):
            continue
        for action in open_actions(plan):
            if action.goal is None and is_worded(portfolio, action):
                at = subject("plan", "implementation", action.id, "goal")
                yield Problem(account.slug, at, f'"{shown(action.what)}" serves no goal of this plan.')
