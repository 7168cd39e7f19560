"""Topics: what an account's plan and notes say `about` deliveries, sales, or anything else that can be named there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kamgen.facts.plans import open_actions, open_goals, understood
from kamgen.model.portfolio import Account, Portfolio

_PARTS = (("plan", "intelligence"), ("plan", "intentions"), ("plan", "implementation"), ("notes",))


def mentions(account: Account, topic: str) -> Iterator[date | None]:
    """Everything alive that is `about` a topic, each with the day since which it speaks of it (None: not said).

    Threats and weaknesses with their `on`, open goals with their `since`, issues without `resolved` with the day of
    their note, open actions without a day.
    """
    plan = account.plan
    if plan is not None:
        if known := plan.intelligence:
            yield from (item.on for item in (*known.threats, *known.weaknesses) if topic in item.about)
        yield from (goal.since for goal in open_goals(plan).values() if topic in goal.about)
        yield from (None for action in open_actions(plan) if topic in action.about)
    for note in account.notes:
        if note.head.kind == "issue" and note.head.resolved is None and topic in note.head.about:
            yield note.on


def noticed(portfolio: Portfolio, account: Account, topic: str, since: date | None = None) -> bool:
    """Whether somebody wrote down that there is something about a topic, on that day or later (None: ever).

    What says no day counts, since it may be new; and so does what could not be read.
    """
    if not all(understood(portfolio, account, *part) for part in _PARTS):
        return True
    return any(since is None or day is None or day >= since for day in mentions(account, topic))
