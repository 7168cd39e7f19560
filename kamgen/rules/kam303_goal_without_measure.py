"""A goal lacks its measure, or where it starts, or where it is to end.

**Why it matters.** Without a figure everybody is right: we think that it goes well, they think that it does not. And
without the figure of today, nobody can say later that anything has changed.

**To put it right.** Ask the customer what they count themselves, and write it as `measure`. Count it now and write the
figure as `start`; agree where it shall stand and write that as `aim`. If a figure seems impossible, count people or
times: "deciders who asked for our view, of four".

**The method.** Measures that the customer can take themselves. For goals measured in `sales` or `sales:FAMILY`, start
and readings come from sales.csv and only the aim is written: the sales of a whole year.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import planned, understood
from kamgen.facts.progress import sales_family
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.account import Goal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM303",
    "goal-without-measure",
    "WW--",
    needs=("plan",),
    hint="Agree with them what to count (`measure`), where it stands today (`start`) and where it shall stand (`aim`).",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              measure: dairy lines out of stock per week
              aim: 3
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              measure: dairy lines out of stock per week
              start: 14
              aim: 3
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals without `measure`, `start` or `aim`."""
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            at = ("plan", "intentions", goal_id)
            missing = [name for name in _missing(goal) if understood(portfolio, account, *at, name)]
            if missing:
                message = f'"{shown(goal.goal)}" has {_listed(missing)}.'
                hint = _AIM_ALONE if missing == ["aim"] and sales_family(goal) is not None else ""
                yield Problem(account.slug, subject(*at), message, hint)


_AIM_ALONE = "Write as `aim` what they shall buy in a year by then; where it stands comes from sales.csv."


def _missing(goal: Goal) -> list[str]:
    wanted = {"measure": goal.measure, "start": goal.start, "aim": goal.aim}
    if sales_family(goal) is not None:
        del wanted["start"]
    return [name for name, value in wanted.items() if value in (None, "")]


def _listed(names: list[str]) -> str:
    said = [f"no `{name}`" for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
