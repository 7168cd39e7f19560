"""Everything that is still to do is one person's.

**Why it matters.** A plan that one person carries stops when that person is ill, promoted or gone, and the customer
learns that only one of us cares. It is also the first sign of a bow-tie: a relationship that hangs on two people.

**To put it right.** Give a colleague, or the customer, the step that is more theirs than yours. Steps that two people
take together count as shared.

**The method.** A key account is a team sport; the manager leads, and does not do it all. Judged are the open actions,
if there are three or more and every one of them has an owner who is still there. Where the owner is the only one of us,
nobody is told to share.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.load import has_left
from kamgen.facts.plans import left_on, only_owner, open_actions, planned, understood
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM406",
    "one-person-plan",
    "i---",
    needs=("plan",),
    settings={"actions": Setting(Decimal(3), "Open actions from which one owner for all of them is told")},
    hint="Ask which of them a colleague, or the customer, could do better.",
    bad="""
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
            - {what: Price the half wheels, who: margaret-peacock, due: 2026-05-27}
            - {what: Show the new forecast sheet in Graz, who: margaret-peacock, due: 2026-06-05}
        """,
    good="""
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
            - {what: Price the half wheels, who: laura-callahan, due: 2026-05-27}
            - {what: Show the new forecast sheet in Graz, who: margaret-peacock, due: 2026-06-05}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans in which every open action, of at least `actions`, has the same one owner."""
    for account, plan in planned(portfolio):
        actions = open_actions(plan)
        person = only_owner(actions)
        if person is None or len(actions) < RULE.number(portfolio, account, "actions"):
            continue
        # Who has left cannot be asked to share: that is KAM410's to say.
        if left_on(portfolio, account, person) or not understood(portfolio, account, "plan", "implementation"):
            continue
        if person not in account.contacts and _alone(portfolio, person):
            continue
        name = portfolio.person_name(account, person)
        yield Problem(account.slug, "plan.implementation", f"All {len(actions)} open actions are {name}'s.")


def _alone(portfolio: Portfolio, person: str) -> bool:
    """Whether nobody else of ours is there to share with; without a team.yml nobody knows."""
    team = portfolio.playbook.team
    return team is not None and all(one == person or has_left(portfolio, one) for one in team)
