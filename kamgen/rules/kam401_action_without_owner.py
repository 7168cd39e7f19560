"""An action is nobody's.

**Why it matters.** What everybody could do, nobody does. The customer heard a promise, and there is no one to ask for
it.

**To put it right.** Agree with one person that they do it and write their id as `who`: one of ours from `team.yml`,
or a contact of theirs. Two names are possible; one is clearer.

**The method.** Implementation: *who* does what by when, the manager, colleagues and the customer alike. What is done
or dropped is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import is_worded, open_actions, planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM401",
    "action-without-owner",
    "EW--",
    needs=("plan",),
    hint="Agree with somebody, of ours or of theirs, that they do it, and name them as `who`.",
    bad="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              due: 2026-05-30
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
    """Open actions without `who`."""
    for account, plan in planned(portfolio):
        for action in open_actions(plan):
            if not action.who and is_worded(portfolio, action):
                at = subject("plan", "implementation", action.id, "who")
                yield Problem(account.slug, at, f'Nobody is named for "{shown(action.what)}".')
