"""An open action belongs to somebody who has left.

**Why it matters.** It stands on the list of a person who reads no list of ours any more. It will be missed on the day
it is due, and the customer will notice first.

**To put it right.** Ask who has taken over their work, agree it with them, and write that person as `who`. If nobody
has and nobody should, drop the action and say why.

**The method.** *Who* does what by when. Whoever left stays in `team.yml` or among the contacts, with `leaves`, so
that the past can be read; the last day itself still counts. Where several share an action, those who left are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import left_on, open_actions, planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import Action
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM410",
    "owner-left",
    "WW--",
    needs=("plan", "contacts"),
    hint="Agree with somebody who is there that they take it over, and name them as `who`.",
    bad="""
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: robert-king, due: 2026-05-20}
        """,
    good="""
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: laura-callahan, due: 2026-05-20}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open actions with an owner, ours or theirs, whose last day has passed."""
    for account, plan in planned(portfolio):
        for action in open_actions(plan):
            if gone := _gone(portfolio, account, action):
                at = subject("plan", "implementation", action.id, "who")
                yield Problem(account.slug, at, f'{gone}, and "{shown(action.what)}" is still to be done.')


def _gone(portfolio: Portfolio, account: Account, action: Action) -> str:
    """Who left, and when, in words; "" when nobody did."""
    left = [(person, left_on(portfolio, account, person)) for person in action.who]
    said = [f"{portfolio.person_name(account, person)} left on {day}" for person, day in left if day]
    return " and ".join(said)
