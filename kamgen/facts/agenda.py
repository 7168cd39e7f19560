"""What comes when: actions by due day and week, and the dates and reviews of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from kamgen.facts import reviews
from kamgen.facts.plans import names_date, open_actions
from kamgen.facts.publication import SOMEBODY, theirs
from kamgen.model.account import Action, Goal, KeyDate, Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER

WEEK = timedelta(days=7)
AHEAD = timedelta(days=90)  # the plan's own horizon
GATES = (30, 60, 90)  # days: a plan is looked at every 30 of its 90

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Task:
    """An open action of an account; `theirs`: only people of the customer are to do it."""

    account: Account
    action: Action
    theirs: bool

    @property
    def goal(self) -> Goal | None:
        """The goal that it serves; None where it names none, or one that is not there."""
        plan = self.account.plan
        return plan.intentions.get(self.action.goal or "") if plan else None

    @property
    def ours(self) -> tuple[str, ...]:
        """Who of ours has it on their list: those who are to do it, else the manager, who has to ask for it."""
        doing = tuple(name for name in self.action.who if name not in self.account.contacts and name != SOMEBODY)
        manager = self.account.record.manager
        return doing or ((manager,) if manager else ())


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks that belong together: `kind` is overdue, week (of the Monday `monday`), later or undated."""

    kind: str
    tasks: tuple[Task, ...]
    monday: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A day that matters for an account: `what` in words, and what kind of day it is.

    `kind` is review, period, date, planned, audit or senior-review. `due`: something is to be done by that day, and
    after it that is overdue; any other day just comes. `subject` is the key path that the day belongs to, `act` tells
    the last day to act from the day itself, and `answered` whether an open action or goal names that day. `lapsed` is
    when it was planned for, if nothing tells that it was held. `holds` is which yearly meeting a booked one is, audit
    or senior-review.
    """

    on: date
    what: str
    kind: str
    account: Account
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    subject: str = ""
    due: bool = False
    act: bool = False
    answered: bool = False
    lapsed: date | None = None
    holds: str = ""

    @property
    def identity(self) -> str:
        """What the event is, whenever it takes place: it keeps this when its day moves."""
        return "|".join((self.kind, self.account.slug, self.subject, "act" if self.act else ""))

    @property
    def ours(self) -> tuple[str, ...]:
        """Whom of ours it concerns: the account's manager first, its sponsor, and who is named."""
        record = self.account.record
        named = (record.manager, record.sponsor, *self.who)
        return tuple(dict.fromkeys(name for name in named if name and name not in self.account.contacts))


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


def events(shown: Portfolio, account: Account, whole: Portfolio | None = None) -> list[Event]:
    """An account's dates from now on, and reviews that are due or overdue, in the order of their days.

    What it tells comes from `shown`. Where that is the published portfolio, `whole` makes what is private count too: a
    review that was held or booked in private is not asked for again, nor is its day given away.
    """
    return sorted(_events(shown, account, whole or shown), key=lambda event: (event.on, event.what))


def _events(shown: Portfolio, account: Account, whole: Portfolio) -> Iterator[Event]:
    as_of = shown.as_of
    plan = whole.accounts[account.slug].plan if account.slug in whole.accounts else account.plan
    for item in account.record.dates:
        yield from _key_date(item, account, plan or Plan(), as_of)
    for planned in account.record.planned:
        if planned.on >= as_of:
            what = f"{planned.what.capitalize()} planned"
            at = subject("planned", planned.id)
            holds = _HOLDS.get(planned.what, "")
            yield Event(planned.on, what, "planned", account, planned.who, planned.with_, subject=at, holds=holds)
    if account.plan:
        yield from _plan_events(shown, account, whole)


_HOLDS = {"audit": "audit", "review": "senior-review"}


def _key_date(item: KeyDate, account: Account, plan: Plan, as_of: date) -> Iterator[Event]:
    """The day itself, and the last day to act; once that has gone by only if nothing was planned for it."""
    if item.on < as_of and not (item.act_before and item.act_before >= as_of):
        return
    at, act = subject("dates", item.id), item.act_before
    answered = act is not None and names_date(plan, item)
    if act and (act >= as_of or not answered):
        what = f"Last day to act: {item.what}"
        yield Event(act, what, "date", account, subject=at, due=True, act=True, answered=answered)
    if item.on >= as_of:
        yield Event(item.on, item.what, "date", account, subject=at)


def _plan_events(shown: Portfolio, account: Account, whole: Portfolio) -> Iterator[Event]:
    if account.plan and account.plan.period:
        yield Event(account.plan.period.ends, "The 90 days end", "period", account, subject="plan.period", due=True)
    review = reviews.plan_review(shown, account)
    if review.due:
        yield Event(review.due, "Review of the plan due", "review", account, subject="plan.reviewed", due=True)
    if account.stage != "key":
        return
    for what, kind, at, held in _YEARLY:
        found, counted = held(shown, account), held(whole, whole.accounts.get(account.slug, account))
        if found.due and found.due == counted.due and not counted.booked:
            lapsed = found.lapsed.on if found.lapsed else None
            yield Event(found.due, what, kind, account, subject=at, due=True, lapsed=lapsed)


_YEARLY = (
    ("Audit due", "audit", "audits", reviews.audit),
    ("Senior review due", "senior-review", "sponsor", reviews.senior_review),
)


@dataclass(frozen=True, slots=True)
class Unheld:
    """A review of an account that was never held and is not booked, so that it has no day; `kind` as in `Event`."""

    account: Account
    kind: str

    @property
    def ours(self) -> tuple[str, ...]:
        """Whom of ours it concerns."""
        return Event(date.min, "", self.kind, self.account).ours


def unheld(shown: Portfolio, whole: Portfolio) -> list[Unheld]:
    """Reviews that should come round and of which none is on record, by account name; counted over `whole`."""
    accounts = sorted(shown.accounts.values(), key=lambda account: (account.name.casefold(), account.slug))
    return [Unheld(account, kind) for account in accounts for kind in _unheld(whole, account)]


def _unheld(whole: Portfolio, shown: Account) -> Iterator[str]:
    account, rhythm = whole.accounts[shown.slug], whole.settings.rhythm
    if shown.plan and rhythm.review != NEVER and reviews.plan_review(whole, account).last is None:
        yield "review"
    if account.stage != "key" or rhythm.audit == NEVER:
        return
    audit = reviews.audit(whole, account)
    if not (audit.last or audit.booked):
        yield "audit"
    senior = reviews.senior_review(whole, account)
    deciders = [name for name in reviews.instigators(shown) if shown.contacts[name].active(whole.as_of)]
    if account.record.sponsor and deciders and not (senior.last or senior.booked):
        yield "senior-review"


def by_gate(found: Iterable[Event], as_of: date) -> dict[str, list[Event]]:
    """Events in the order given, parted by how soon they come: "overdue", within 30, 60 and 90 days, and "later"."""
    parts: dict[str, list[Event]] = {name: [] for name in ("overdue", *map(str, GATES), "later")}
    for event in found:
        days = days_until(event.on, as_of)
        gate = next((str(gate) for gate in GATES if days <= gate), "later")
        parts["overdue" if days < 0 else gate].append(event)
    return {name: members for name, members in parts.items() if members}


def first(found: Sequence[Thing], limit: int) -> tuple[Sequence[Thing], int]:
    """The first ones of a long list, and how many more there are."""
    return found[:limit], max(0, len(found) - limit)


def coming(portfolio: Portfolio, limit: int) -> tuple[list[Event], int]:
    """What is overdue or comes within 90 days, over all accounts: the first ones, and how many more there are."""
    latest = portfolio.as_of + AHEAD
    found = [
        event for account in portfolio.accounts.values() for event in events(portfolio, account) if event.on <= latest
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
    id: str = ""


def open_decisions(accounts: Iterable[Account]) -> list[Asked]:
    """Decisions asked for and not yet taken, the oldest first."""
    found = [
        Asked(account, decision.ask, decision.of, decision.asked_on, decision.id)
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
