"""Nothing is left to do: the plan has no open action.

**Why it matters.** Most customers who leave do so because attention tailed off. A plan whose steps are all behind us
says that attention has stopped, and nobody meant it to.

**To put it right.** Ask which step comes next towards each goal, and write it under `implementation` with what, who
and due. If there really is nothing to do, the goals are reached: say so there, and set new ones.

**The method.** Implementation: who does what by when, 90 days ahead. What stands only as prose in `plan.md` is a
section but no action: nobody's list shows it and nobody is reminded. Silent while the whole section is missing
(KAM104).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import has_section, open_actions, planned, understood
from kamgen.finding import Problem
from kamgen.model.account import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM405",
    "nothing-to-do",
    "EW--",
    needs=("plan",),
    hint="Write the next step towards each goal under `implementation`, with what, who and due.",
    bad="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-04-30
              done: 2026-04-29
        """,
    good="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-04-30
              done: 2026-04-29
            - what: Go through the first count with the depot manager
              who: margaret-peacock
              due: 2026-05-20
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans whose Implementation holds no open action."""
    for account, plan in planned(portfolio):
        if open_actions(plan) or not has_section(account, "implementation"):
            continue
        if understood(portfolio, account, "plan", "implementation"):
            yield Problem(account.slug, "plan.implementation", _message(plan))


def _message(plan: Plan) -> str:
    count = len(plan.implementation)
    if not count:
        return "Implementation is described in plan.md, but no action is listed, so nobody is reminded of anything."
    return "The only action is done or dropped." if count == 1 else f"All {count} actions are done or dropped."
