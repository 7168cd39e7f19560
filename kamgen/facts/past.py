"""What the history of an account shows: when it last changed in meaning, how it was reviewed, what went in silence.

All of it is silent where nothing is known: without git, and for the time before a shallow clone begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kamgen.facts.changes import KINDS, Change, changes
from kamgen.facts.closing import year_told
from kamgen.facts.ledger import Entry, ledger
from kamgen.facts.once import once_each
from kamgen.facts.publication import hidden_in, names_hidden
from kamgen.model.account import Goal
from kamgen.model.portfolio import Account, Portfolio, State

_PARTS = ("contacts", "plan", "partnership")


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to an account as it stood `before`, on a day; `touched`: how many accounts it touched."""

    on: date
    changes: tuple[Change, ...]
    touched: int
    before: Account | None = None


def _name(portfolio: Portfolio, account: Account) -> Callable[[str], str]:
    return lambda person: portfolio.person_name(account, person)


def steps_back(portfolio: Portfolio, account: Account) -> Iterator[Step]:
    """What happened to an account, the newest first: each change in meaning with its day, read only as far as asked.

    The oldest known state is the last step: it came, or the clone begins there.
    """
    states = portfolio.history.states(account.slug)
    name = _name(portfolio, account)
    for number in range(len(states) - 1, 0, -1):
        after = states[number]
        before = _readable(states, number - 1)
        told = changes(before, _readable(states, number), name)
        if found := tuple(change for change in told if not _of_closing(change)):
            yield Step(after.on, found, after.touched, before)
    if states:
        yield Step(states[0].on, changes(None, states[0].account, name), states[0].touched)


def _of_closing(change: Change) -> bool:
    """Whether it is the note that closing a year writes: nobody thought about the account for it."""
    return change.kind == "note-added" and year_told(change.subject.removeprefix("notes.")) is not None


def _completed(account: Account, before: Account) -> Account:
    """An account with the parts that could not be read as they stood before."""
    unread = account.unread - before.unread
    if "account" in account.unread:
        return before
    parts: dict[str, Any] = {part: getattr(before.record, part) for part in _PARTS if part in unread}
    dated: dict[str, Any] = {part: getattr(before, part) for part in ("notes", "audits") if part in unread}
    sections = before.sections if "prose" in unread else account.sections
    record = account.record.model_copy(update=parts)
    return replace(account, record=record, sections=sections, unread=account.unread & before.unread, **dated)


def _readable(states: tuple[State, ...], number: int) -> Account | None:
    """An account in a state; what could not be read then as it last could be, so that no change is lost between."""
    account = states[number].account
    if account is None or not account.unread or not number:
        return account
    before = _readable(states, number - 1)
    return _completed(account, before) if before else account


def last_change(portfolio: Portfolio, account: Account, mass: int) -> date | None:
    """The day on which an account last changed in meaning; None where that is not known.

    A change that touched `mass` accounts or more is an import or a mass edit: nobody thought about this one. That the
    account came counts, however it came.
    """
    newest: date | None = None
    for step in steps_back(portfolio, account):
        newest = step.on
        if step.touched < mass:
            return step.on
    since = portfolio.history.since
    return None if newest is None or (since is not None and newest <= since) else newest


def changed_since(portfolio: Portfolio, account: Account, day: date) -> tuple[Change, ...] | None:
    """What changed on an account since the end of a day, as one difference, without anything that is private.

    None where the state of that day is not known, or the account was not there yet.
    """
    states = portfolio.history.states(account.slug)
    before = state_on(states, day)
    if before is None or before.account is None or states[-1].account is None:
        return None
    hidden = (hidden_in(before.account), hidden_in(states[-1].account))
    found = changes(before.account, states[-1].account, _name(portfolio, account))
    return tuple(change for change in found if not names_hidden(change.subject, change.text, *hidden))


def state_on(states: tuple[State, ...], day: date) -> State | None:
    """The state at the end of a day; None before the first one that is known, and of what the files say only now."""
    return next((state for state in reversed(states[:-1]) if state.on <= day), None)


@dataclass(frozen=True, slots=True)
class Stamped:
    """Two moves of `reviewed` running with nothing else between them: the days that stand in the file."""

    first: str
    second: str


def rubber_stamp(portfolio: Portfolio, account: Account) -> Stamped | None:
    """The last two moves of `reviewed`, where nothing else of the account changed between the two, notes included."""
    moved: Change | None = None
    for step in steps_back(portfolio, account):
        review = next((change for change in step.changes if change.kind == "review-held"), None)
        if moved:
            return Stamped(review.after, moved.after) if review and review.before else None
        if review is None or len(step.changes) > 1:
            return None
        moved = review
    return None


def vanished(portfolio: Portfolio, account: Account, since: date) -> list[Entry]:
    """Open actions that went from the file without a word, since a day."""
    gone = (entry for entry in ledger(portfolio, account) if entry.fate == "vanished" and not entry.stage)
    return [entry for entry in gone if entry.ended and entry.ended >= since]


def lowered_in_silence(portfolio: Portfolio, account: Account, since: date) -> Iterator[tuple[str, Change]]:
    """Goals by id whose aim moved towards its start since a day, and that give no reason (`because`)."""
    goals = account.plan.intentions if account.plan else {}
    told: set[str] = set()
    for step in steps_back(portfolio, account):
        if step.on < since:
            return
        for change in step.changes:
            goal_id = change.subject.rpartition(".")[2]
            goal = goals.get(goal_id)
            if change.kind == "goal-lowered" and goal and goal.open and goal_id not in told:
                told.add(goal_id)
                if not _explained(goal, goal_id, step.before):
                    yield goal_id, change


def _explained(goal: Goal, goal_id: str, before: Account | None) -> bool:
    """Whether somebody said why: a reason that stood there before explains something else, such as another date."""
    was = before.plan.intentions.get(goal_id) if before and before.plan else None
    return bool(goal.because) and not (was and was.because == goal.because)


@once_each
def since_last_review(portfolio: Portfolio, account: Account) -> tuple[Change, ...] | None:
    """What changed since the day of the last review, without anything private; None where that is not known."""
    reviewed = account.plan.reviewed if account.plan else None
    return changed_since(portfolio, account, reviewed) if reviewed else None


def moved_most(portfolio: Portfolio, accounts: Iterable[Account]) -> list[tuple[Account, Change]]:
    """The most important change of each account since its last review, the most important first, then by name."""
    found = [(account, moved[0]) for account in accounts if (moved := since_last_review(portfolio, account))]
    return sorted(found, key=lambda pair: (KINDS.index(pair[1].kind), pair[0].name.casefold()))


def public_ledger(portfolio: Portfolio, account: Account) -> list[Entry]:
    """The promise ledger without what is private, or was at any time."""
    states = (state.account for state in portfolio.history.states(account.slug))
    hidden = [hidden_in(one) for one in states if one]
    entries = ledger(portfolio, account)
    return [entry for entry in entries if not names_hidden(f"{entry.goal}.{entry.id}", entry.what, *hidden)]
