"""An action is past its date and not done.

**Why it matters.** Small promises that slip are what a customer remembers. One that is late without a word costs more
trust than one that was moved with a reason.

**To put it right.** Write `done:` with the day it was done. If it is still to do, agree a new `due` with whoever waits
for it and write as `because:` why it moved. If it is no longer wanted, write `dropped:` with the day and `because:`
with the reason; the line stays, so that nobody wonders later.

**The method.** Implementation: who does what by when, reviewed every 30 days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.plans import open_actions, owners, planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM404",
    "action-overdue",
    "WW--",
    hint="Finish it, move it and say why, or drop it and say why.",
    needs=("plan",),
    settings={"error_after": Setting(timedelta(days=30), "Days overdue after which a warning becomes an error")},
    bad="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-04-30
        """,
    good="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-04-30
              done: 2026-04-29
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open actions whose `due` lies before today."""
    for account, plan in planned(portfolio):
        for action in open_actions(plan):
            if action.due and action.due < portfolio.as_of:
                overdue = portfolio.as_of - action.due
                yield Problem(
                    account.slug,
                    subject("plan", "implementation", action.id),
                    f'Overdue since {action.due}: "{shown(action.what)}" ({owners(portfolio, account, action.who)}).',
                    escalate=overdue > RULE.days(portfolio, account, "error_after"),
                )
