"""An action has no date.

**Why it matters.** What has no date is done when there is time, and there never is. Nobody can see that it is late.

**To put it right.** Agree with whoever does it, and with whoever waits for it, by which day it will be done, and
write that day as `due`. A date that has to be moved later is better than none.

**The method.** Implementation: who does what *by when*. What is done or dropped is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import is_worded, open_actions, owners, planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM402",
    "action-without-date",
    "EW--",
    needs=("plan",),
    hint="Agree a day with whoever does it, and write it as `due`.",
    bad="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
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
    """Open actions without `due`."""
    for account, plan in planned(portfolio):
        for action in open_actions(plan):
            if action.due is None and is_worded(portfolio, action):
                message = f'No day is set for "{shown(action.what)}" ({owners(portfolio, account, action.who)}).'
                yield Problem(account.slug, subject("plan", "implementation", action.id, "due"), message)
