"""A goal's day has passed, and nobody has said what became of it.

**Why it matters.** An end that nobody marks teaches everybody that our dates mean nothing. If it was reached, the
customer should hear it from us; if not, they should hear why, before they tell us.

**To put it right.** If it was reached, write `reached` with the day, and celebrate it with them. If it is still worth
reaching, agree a new `due` with the customer. If not, write `dropped` with the day and `because` with the reason; the
goal stays in the file, so that nobody wonders later.

**The method.** Look back before you look ahead: the planning day begins with what became of last year's goals. The day
itself still counts. A goal that was dropped without a reason is told too.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import owners, planned, understood
from kamgen.facts.progress import is_expired
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import Goal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM309",
    "goal-expired",
    "WW--",
    needs=("plan",),
    hint="Write `reached` with the day, agree a new `due` with them, or drop it and say why.",
    bad="""
        plan:
          intentions:
            gift-wine:
              goal: Their shops see us as the people who made fine wine a gift that is never left over
              owner: andrew-fuller
              due: 2026-04-30
        """,
    good="""
        plan:
          intentions:
            gift-wine:
              goal: Their shops see us as the people who made fine wine a gift that is never left over
              owner: andrew-fuller
              due: 2026-04-30
              reached: 2026-04-28
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Goals whose `due` lies before today and that are neither reached nor dropped with a reason."""
    for account, plan in planned(portfolio):
        for goal_id, goal in plan.intentions.items():
            at = ("plan", "intentions", goal_id)
            if is_expired(goal, portfolio.as_of):
                if all(understood(portfolio, account, *at, end) for end in ("reached", "dropped")):
                    yield Problem(account.slug, subject(*at, "due"), _open(portfolio, account, goal))
            elif _dropped_in_silence(portfolio, goal) and understood(portfolio, account, *at, "because"):
                message = (
                    f'Dropped on {goal.dropped} without a reason, and its day was {goal.due}: "{shown(goal.goal)}".'
                )
                yield Problem(account.slug, subject(*at), message, "Write as `because` why it was given up.")


def _dropped_in_silence(portfolio: Portfolio, goal: Goal) -> bool:
    over = goal.due is not None and goal.due < portfolio.as_of
    return over and goal.dropped is not None and goal.reached is None and not goal.because


def _open(portfolio: Portfolio, account: Account, goal: Goal) -> str:
    assert goal.due
    days = (portfolio.as_of - goal.due).days
    ago = "yesterday" if days == 1 else f"{days} days ago"
    who = owners(portfolio, account, [goal.owner] if goal.owner else [])
    return f'Due on {goal.due}, {ago}, and neither reached nor dropped: "{shown(goal.goal)}" ({who}).'
