"""What changed on an account between two states, in the words of the account and as data.

Source: reviews and pull requests ask what moved. News is what happened to the customer, their people, the plan and the
promises; spelling, order and formatting are not news, and an item whose text was edited is reworded, not replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kamgen.facts.changes import actions, details, events, goals, people, situation, wandering
from kamgen.facts.changes.change import KINDS, Change, Kind, Two
from kamgen.facts.changes.renaming import with_later_ids
from kamgen.model.portfolio import Account

__all__ = ["KINDS", "Change", "Kind", "changes"]

_TOPICS = (details, people, goals, actions, situation, events)


def changes(before: Account | None, after: Account | None, name: Callable[[str], str]) -> tuple[Change, ...]:
    """What changed, the most important first; `name` gives the name behind a person's id.

    None where the account did not exist yet, or no longer does. What could not be read in either state is not compared.
    """
    if before is None or after is None:
        there = after or before
        return (_came_or_went(there, gone=after is None),) if there else ()
    two = Two(with_later_ids(before, after), after, name)
    return tuple(sorted(_found(two), key=_importance))


def _found(two: Two) -> Sequence[Change]:
    return wandering.settled(two, [change for topic in _TOPICS for change in topic.changes(two)])


def _came_or_went(account: Account, gone: bool) -> Change:
    stage = f" ({account.stage})" if account.stage else ""
    if gone:
        return Change("account-gone", account.slug, "account", f"{account.name}{stage} is no longer in the workspace.")
    return Change("account-added", account.slug, "account", f"New account: {account.name}{stage}.")


def _importance(change: Change) -> int:
    return KINDS.index(change.kind)
