"""A goal for the customer is three months old, and nobody of theirs has agreed to it.

**Why it matters.** A goal that is for them and that they have never seen is a guess. They cannot help to reach it, and
they will not thank us for it.

**To put it right.** Show it to the person whom it helps most, in their words, and ask whether it is worth reaching and
whether the measure is the one they look at. Change it as they say, then write their id under `agreed_with`.

**The method.** The best plan is written together with the customer, who keeps a mirror plan for us. The first three
months are for finding the right words. Only goals with `for: customer` and a `since` are judged; what is reached or
dropped is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.plans import planned, understood
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM314",
    "goal-unshared",
    "i---",
    needs=("plan",),
    settings={"after": Setting(timedelta(days=90), "Age of a goal from which somebody of theirs should have agreed")},
    hint="Show it to the one whom it helps most; once they agree, name them under `agreed_with`.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              for: customer
              since: 2026-01-20
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel}
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
              for: customer
              since: 2026-01-20
              agreed_with: [roland-mendel]
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals for the customer, older than `after`, without `agreed_with`."""
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            if goal.for_ != "customer" or goal.agreed_with or goal.since is None:
                continue
            age, at = portfolio.as_of - goal.since, ("plan", "intentions", goal_id, "agreed_with")
            if age > RULE.days(portfolio, account, "after") and understood(portfolio, account, *at):
                message = f'Nobody of theirs has agreed to "{shown(goal.goal)}", {age.days} days after it began.'
                yield Problem(account.slug, subject(*at), message)
