"""What comes when: actions by due day and week, and the dates and reviews of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.facts import reviews
from kamgen.facts.plans import open_actions
from kamgen.facts.publication import theirs
from kamgen.model.account import Action
from kamgen.model.portfolio import Account, Portfolio

WEEK = timedelta(days=7)
AHEAD = timedelta(days=90)  # the plan's own horizon


@dataclass(frozen=True, slots=True)
class Task:
    """An open action of an account; `theirs`: only people of the customer are to do it."""

    account: Account
    action: Action
    theirs: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks that belong together: `kind` is overdue, week (of the Monday `monday`), later or undated."""

    kind: str
    tasks: tuple[Task, ...]
    monday: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A day that matters for an account: `what` in words, and what kind of day it is.

    `kind` is review, period, date, planned, audit or senior-review.
    """

    on: date
    what: str
    kind: str
    account: Account
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()


def days_until(day: date, as_of: date) -> int:
    """Days from `as_of` to a day; negative when it has passed."""
    return (day - as_of).days


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def tasks(accounts: Iterable[Account]) -> list[Task]:
    """The open actions of the accounts, the earliest due first, undated ones last."""
    found = [
        Task(account, action, theirs(account, action.who))
        for account in accounts
        if account.plan
        for action in open_actions(account.plan)
    ]
    return sorted(found, key=_when)


def _when(task: Task) -> tuple[date, str, str]:
    return task.action.due or date.max, task.account.slug, task.action.id


def grouped(found: Iterable[Task], as_of: date) -> list[Group]:
    """Tasks, sorted by due day, as groups: overdue, each week, undated."""
    groups: dict[tuple[str, date | None], list[Task]] = {}
    for task in found:
        groups.setdefault(_group(task.action.due, as_of), []).append(task)
    return [Group(kind, tuple(members), monday) for (kind, monday), members in groups.items()]


def _group(due: date | None, as_of: date) -> tuple[str, date | None]:
    if due is None:
        return "undated", None
    return ("overdue", None) if due < as_of else ("week", monday_of(due))


def horizon(account: Account, found: Iterable[Task], as_of: date) -> tuple[list[Task], list[Task]]:
    """An account's tasks parted in two: due within the current period (else 90 days), and later.

    What is overdue or undated is in the first: it cannot wait for a later plan.
    """
    period = account.plan.period if account.plan else None
    end = period.ends if period and period.ends >= as_of else as_of + AHEAD
    near = [task for task in found if task.action.due is None or task.action.due <= end]
    return near, [task for task in found if task.action.due and task.action.due > end]


def closed_actions(account: Account) -> list[Action]:
    """What is done or dropped, the newest first."""
    actions = account.plan.implementation if account.plan else ()
    return sorted((a for a in actions if not a.open), key=lambda a: a.done or a.dropped or date.min, reverse=True)


def events(portfolio: Portfolio, account: Account) -> list[Event]:
    """An account's dates from now on, and reviews that are due or overdue, in the order of their days."""
    return sorted(_events(portfolio, account), key=lambda event: (event.on, event.what))


def _events(portfolio: Portfolio, account: Account) -> Iterator[Event]:
    as_of = portfolio.as_of
    for item in account.record.dates:
        if item.act_before and item.act_before >= as_of:
            yield Event(item.act_before, f"Last day to act: {item.what}", "date", account)
        if item.on >= as_of:
            yield Event(item.on, item.what, "date", account)
    for planned in account.record.planned:
        if planned.on >= as_of:
            what = f"{planned.what.capitalize()} planned"
            yield Event(planned.on, what, "planned", account, planned.who, planned.with_)
    if account.plan:
        yield from _plan_events(portfolio, account)


def _plan_events(portfolio: Portfolio, account: Account) -> Iterator[Event]:
    if account.plan and account.plan.period:
        yield Event(account.plan.period.ends, "The 90 days end", "period", account)
    review = reviews.plan_review(portfolio, account)
    if review.due:
        yield Event(review.due, "Review of the plan due", "review", account)
    if account.stage != "key":
        return
    for name, kind, due in (
        ("Audit due", "audit", reviews.audit(portfolio, account)),
        ("Senior review due", "senior-review", reviews.senior_review(portfolio, account)),
    ):
        if due.due and not due.booked:
            yield Event(due.due, name, kind, account)


def coming(portfolio: Portfolio, limit: int) -> tuple[list[Event], int]:
    """What is overdue or comes within 90 days, over all accounts: the first ones, and how many more there are."""
    latest = portfolio.as_of + AHEAD
    found = [
        event for account in portfolio.accounts.values() for event in _events(portfolio, account) if event.on <= latest
    ]
    found.sort(key=lambda event: (event.on, event.account.name.casefold(), event.what))
    return found[:limit], max(0, len(found) - limit)


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that somebody senior was asked for and that is still open."""

    account: Account
    ask: str
    of: tuple[str, ...]
    asked_on: date | None


def open_decisions(accounts: Iterable[Account]) -> list[Asked]:
    """Decisions asked for and not yet taken, the oldest first."""
    found = [
        Asked(account, decision.ask, decision.of, decision.asked_on)
        for account in accounts
        if account.plan
        for decision in account.plan.decisions
        if decision.decided_on is None
    ]
    return sorted(found, key=lambda asked: (asked.asked_on or date.min, asked.account.slug))


def serving(account: Account) -> dict[str, list[Task]]:
    """Open actions by the id of the goal they serve; "" holds those that serve none or an unknown one."""
    goals = account.plan.intentions if account.plan else {}
    found: dict[str, list[Task]] = {}
    for task in tasks([account]):
        goal = task.action.goal or ""
        found.setdefault(goal if goal in goals else "", []).append(task)
    return found
