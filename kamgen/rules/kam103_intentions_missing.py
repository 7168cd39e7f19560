"""The plan says nothing about what is to be reached: it has no Intentions.

**Why it matters.** Without a goal every visit is a good visit. Nobody can tell whether the work with this customer
leads anywhere, the customer least of all.

**To put it right.** Write one goal under `intentions`, worded as the customer will see it once it is reached, with a
measure they can take themselves, where it starts and where it is to end, and a date. Then add what is in it for us
and for the relationship. Prose under the heading Intentions in `plan.md` counts as well.

**The method.** The second of a plan's three questions: what do we want to reach? Rules about the goals are silent
while there are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import without_section
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM103",
    "intentions-missing",
    "Ei--",
    needs=("plan",),
    hint="Write a goal under `intentions`, worded as the customer will see it once it is reached.",
    bad="""
        plan:
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
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans without Intentions, neither as goals nor as prose."""
    for account in without_section(portfolio, "intentions"):
        message = f"The plan for {account.name} has no Intentions: it does not say what is to be reached."
        yield Problem(account.slug, "plan.intentions", message)
