"""No open goal is for the customer.

**Why it matters.** A plan that says only what we want is a sales forecast. The customer has no reason to help with it,
and nobody asks how they would notice that it was worth having us.

**To put it right.** Ask what would be worth something to *them* by the end of the year, and write it as a goal with
`for: customer`, worded as they will see it once it is reached. A good question for them: what would have to be
different for you to say that we were worth it?

**The method.** Intentions are of three kinds: value for them, for us, and in the relationship; theirs comes first.
Goals that are reached or dropped are behind us and do not count. Prose in `plan.md` is a section but no goal: nobody
can measure it. Silent while Intentions are missing altogether (KAM103).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import has_section, open_goals, planned, understood
from kamgen.finding import Place, Problem
from kamgen.model.account import Plan
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM301",
    "no-goal-for-customer",
    "W---",
    needs=("plan",),
    hint="Ask what would be worth something to them, and write it as a goal with `for: customer`.",
    bad="""
        plan:
          intentions:
            chilled-third:
              goal: Chilled goods become the reason why they call us first
              for: us
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              for: customer
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with Intentions in which no open goal is `for: customer`."""
    for account, plan in planned(portfolio):
        if any(goal.for_ == "customer" for goal in open_goals(plan).values()):
            continue
        if has_section(account, "intentions") and understood(portfolio, account, "plan", "intentions"):
            yield Problem(account.slug, "plan.intentions", _message(plan), place=_place(account))


def _place(account: Account) -> Place | None:
    # Where prose is the whole plan, there is no plan.yml to point at.
    return Place(account.files["prose"]) if "prose" in account.files and "plan" not in account.files else None


def _message(plan: Plan) -> str:
    if not plan.intentions:
        return "Intentions are described in plan.md, but no goal is listed, so none is for the customer."
    goals = open_goals(plan).values()
    if not goals:
        return "All goals are reached or dropped; none is open for the customer."
    unsaid = sum(goal.for_ is None for goal in goals)
    if len(goals) == 1:
        return f"The only open goal {'does not say whom it is for' if unsaid else 'is not for the customer'}."
    more = "" if not unsaid else f"; {unsaid} of them {'does' if unsaid == 1 else 'do'} not say whom it is for"
    return f"None of the {len(goals)} open goals is for the customer{more}."
