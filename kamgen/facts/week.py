"""One person's week in at most seven lines: what is due soon first, whom they meet, and whom they wait for.

Source: a list that is longer than a week is not read. It holds the person's own matters and nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kamgen.facts.agenda import Event, Task
from kamgen.facts.complaints import open_complaints
from kamgen.facts.people import Due, Work
from kamgen.model.portfolio import Account, Portfolio

MOST = 7
WEEK = timedelta(days=7)
Sort = Literal["overdue", "due", "meeting", "day", "decide", "waiting"]
Knowledge = Literal["complaint", "promise", "note"]


@dataclass(frozen=True, slots=True)
class Know:
    """The one thing to know before a meeting: an open complaint, else what we owe them longest, else the last note."""

    kind: Knowledge
    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of the week: `on` is its day, `who` the people it is about (whom to wait for, whom to meet)."""

    sort: Sort
    what: str
    account: Account
    on: date | None
    who: tuple[str, ...] = ()
    know: Know | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A person's week: the lines that are told, and how many more there are."""

    person: str
    lines: tuple[Line, ...]
    more: int = 0


def week(public: Portfolio, person: str, work: Work) -> Week:
    """The week of one of ours from today on.

    Meetings and what is due within seven days come first by their day, then what is overdue, the newest first, since
    the oldest has been told often; then decisions asked of them, and what others owe them. At most seven lines, but
    what is overdue, due, to be decided and waited for has one line each before any has many.
    """
    lines = list(_lines(public, work))
    chosen = _fair(lines)
    return Week(person, tuple(line for line in lines if id(line) in chosen), len(lines) - len(chosen))


def _lines(public: Portfolio, work: Work) -> Iterator[Line]:
    as_of = public.as_of
    soon = [due for due in _dated(work) if as_of <= due.on < as_of + WEEK]
    yield from (_due(public, due) for due in soon)
    yield from (_late(due) for due in reversed(work.overdue(as_of)))
    for asked in work.decisions:
        yield Line("decide", asked.ask, asked.account, asked.asked_on, asked.of)
    for task in work.waiting:
        if task.action.due and task.action.due < as_of:
            yield Line("waiting", task.action.what, task.account, task.action.due, task.action.who)


def _dated(work: Work) -> list[Due]:
    found = [Due(task.action.due, task=task) for task in work.tasks if task.action.due]
    return sorted(found + [Due(event.on, event=event) for event in work.events], key=lambda due: due.on)


def _due(public: Portfolio, due: Due) -> Line:
    if due.task:
        return _of_task("due", due.task)
    assert due.event
    event = due.event
    if event.kind == "planned":
        return Line("meeting", event.what, event.account, event.on, (*event.who, *event.with_), _know(public, event))
    return _of_event("due" if event.due else "day", event)


def _late(due: Due) -> Line:
    if due.task:
        return _of_task("overdue", due.task)
    assert due.event
    return _of_event("overdue", due.event)


def _of_task(sort: Sort, task: Task) -> Line:
    return Line(sort, task.action.what, task.account, task.action.due, task.action.who)


def _of_event(sort: Sort, event: Event) -> Line:
    return Line(sort, event.what, event.account, event.on)


def _know(public: Portfolio, event: Event) -> Know | None:
    account = event.account
    complaints = open_complaints(public, account)
    if complaints:
        note = complaints[-1].note
        return Know("complaint", note.title, note.on)
    owed = _owed(account, public.as_of)
    if owed:
        return owed
    notes = [note for note in account.notes if note.on <= public.as_of and note.title]
    last = max(notes, key=lambda note: (note.on, note.id), default=None)
    return Know("note", last.title, last.on) if last else None


def _owed(account: Account, as_of: date) -> Know | None:
    """Our oldest overdue promise to the account."""
    actions = account.plan.implementation if account.plan else ()
    late = [a for a in actions if a.open and a.due and a.due < as_of and not set(a.who) <= account.contacts.keys()]
    oldest = min(late, key=lambda action: action.due or as_of, default=None)
    return Know("promise", oldest.what, oldest.due) if oldest and oldest.due else None


def _fair(lines: list[Line]) -> set[int]:
    """Which lines are told: the first of each sort, then the others in their order, at most seven."""
    firsts: dict[Sort, Line] = {}
    for line in lines:
        firsts.setdefault(line.sort, line)
    order = [*firsts.values(), *(line for line in lines if line is not firsts[line.sort])]
    return {id(line) for line in order[:MOST]}
