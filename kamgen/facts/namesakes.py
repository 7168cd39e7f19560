"""Namesakes: ids that several things of one account share, so that an id alone does not say which of them is meant.

An id is unique in its list, and an action may still be called what a stage or a goal is called. Counted are actions,
goals, their stages, contacts, opportunities and threats: what a slip can name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kamgen.facts.once import once_each
from kamgen.facts.swot import CLAIMS
from kamgen.model.account import Plan
from kamgen.model.portfolio import Account, Portfolio


@once_each
def namesakes(portfolio: Portfolio, account: Account) -> frozenset[str]:
    """The ids that more than one thing of an account has."""
    return frozenset(name for name, count in Counter(_ids(account)).items() if count > 1)


def _ids(account: Account) -> Iterator[str]:
    plan = account.plan or Plan()
    yield from account.contacts
    yield from (action.id for action in plan.implementation)
    for name, goal in plan.intentions.items():
        yield name
        yield from (stage.id for stage in goal.stages)
    for quadrant in CLAIMS if plan.intelligence else ():
        yield from (item.id for item in getattr(plan.intelligence, quadrant))
