"""The plan says nothing about who does what by when: it has no Implementation.

**Why it matters.** A plan without a next step is an essay. It is admired, put away and found again at the appraisal.

**To put it right.** Write the next few steps under `implementation`, each with `what`, `who` and `due`, and with the
goal it serves. Some of them should be the customer's. Prose under the heading Implementation in `plan.md` counts as a
section as well, but nobody is reminded of what stands there only (KAM405).

**The method.** The third of a plan's three questions: who does what by when? Rules about the actions are silent while
there are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import without_section
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM104",
    "implementation-missing",
    "Ei--",
    needs=("plan",),
    hint="Write the next steps under `implementation`, each with what, who and due.",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks on dairy
        """,
    good="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-05-30
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans without Implementation, neither as actions nor as prose."""
    for account in without_section(portfolio, "implementation"):
        message = f"The plan for {account.name} has no Implementation: it does not say who does what by when."
        yield Problem(account.slug, "plan.implementation", message)
