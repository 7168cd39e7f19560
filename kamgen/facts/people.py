"""What lies with each of our people: what is due, what colleagues added, whom they wait for, accounts, contacts, load.

Load is shown since it protects people; how well somebody performs is not counted here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kamgen.facts.agenda import WEEK, Asked, Event, Task, events, monday_of, open_decisions, tasks
from kamgen.facts.load import relationships
from kamgen.facts.meetings import relations
from kamgen.model.account import Contact
from kamgen.model.portfolio import Account, Note, Portfolio
from kamgen.model.values import STAGES

# After half a year without a meeting or a look, what we know of a person is a memory.
FACTS_KEEP = timedelta(days=180)
ROLES = ("manager", "sponsor", "buddy", "team")
_FRIDAY = 4
# What a sponsor answers for, also where somebody else manages the account.
_SENIOR_EVENTS = frozenset({"audit", "senior-review"})


@dataclass(frozen=True, slots=True)
class Recheck:
    """A contact whose facts are old: `known` is when they were last met or checked (None: never)."""

    account: Account
    person: str
    contact: Contact
    known: date | None


@dataclass(frozen=True, slots=True)
class Cold:
    """A contact who should have been met by now; `last` is the last meeting on record, if it is public."""

    account: Account
    person: str
    contact: Contact
    last: date | None


@dataclass(frozen=True, slots=True)
class News:
    """A note that a colleague wrote on an account in which somebody has a role."""

    account: Account
    note: Note


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day: an open action or a day of an account, whichever is there."""

    on: date
    task: Task | None = None
    event: Event | None = None


@dataclass(slots=True)
class Work:
    """What lies with one of ours.

    `accounts` by role, `relationships` the active contacts covered in key accounts (private ones are counted),
    `tasks` open actions, `decisions` what they are asked to decide, `recheck` and `cold` contacts they cover, `news`
    what colleagues wrote since Friday, the newest first. `waiting` and `pending` are the open actions of others and
    the decisions asked of others in the accounts they manage, the oldest first. `events` are the days of the accounts
    they manage, the planned meetings that name them, and the audits and senior reviews of accounts they sponsor.
    """

    accounts: dict[str, list[Account]] = field(default_factory=lambda: {role: [] for role in ROLES})
    relationships: int = 0
    tasks: list[Task] = field(default_factory=list)
    decisions: list[Asked] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    pending: list[Asked] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    recheck: list[Recheck] = field(default_factory=list)
    cold: list[Cold] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def key_accounts(self) -> list[Account]:
        """The key accounts they manage."""
        return [account for account in self.accounts["manager"] if account.stage == "key"]

    @property
    def theirs(self) -> list[Task]:
        """What people of the customers are to do in the accounts they manage, the oldest first."""
        return [task for task in self.waiting if task.theirs]

    @property
    def colleagues(self) -> list[Task]:
        """What colleagues are to do in the accounts they manage, the oldest first."""
        return [task for task in self.waiting if not task.theirs]

    def roles(self) -> list[tuple[Account, list[str]]]:
        """Each account they have a role in, with the roles: those they manage first, then by stage, then by name."""
        found: dict[str, tuple[Account, list[str]]] = {}
        for role in ROLES:
            for account in self.accounts[role]:
                found.setdefault(account.slug, (account, []))[1].append(role)
        return sorted(found.values(), key=_place)

    def overdue(self, as_of: date) -> list[Due]:
        """Actions and days that have passed, the oldest first."""
        return [due for due in self._dated() if due.on < as_of]

    def this_week(self, as_of: date) -> list[Due]:
        """Actions and days from today to Sunday, in order."""
        return [due for due in self._dated() if as_of <= due.on < monday_of(as_of) + WEEK]

    def later(self, as_of: date) -> list[Task]:
        """Actions due after Sunday, in order; what has no day comes last."""
        return [task for task in self.tasks if not task.action.due or task.action.due >= monday_of(as_of) + WEEK]

    def coming(self, as_of: date) -> list[Event]:
        """Days after Sunday, in order."""
        return [event for event in self.events if event.on >= monday_of(as_of) + WEEK]

    def _dated(self) -> list[Due]:
        found = [Due(task.action.due, task=task) for task in self.tasks if task.action.due]
        return sorted(found + [Due(event.on, event=event) for event in self.events], key=lambda due: due.on)


def _place(pair: tuple[Account, list[str]]) -> tuple[int, int, str, str]:
    account, roles = pair
    stage = STAGES.index(account.stage) if account.stage else len(STAGES)
    return ROLES.index(roles[0]), stage, account.name.casefold(), account.slug


def works(whole: Portfolio, public: Portfolio) -> dict[str, Work]:
    """What lies with each of our people, by id, in one pass: counted over `whole`, shown from `public`."""
    found = {person: Work(relationships=count) for person, count in relationships(whole).items()}
    for slug, account in public.accounts.items():
        _add_roles(found, account)
        _add_tasks(found, account)
        _add_contacts(found, whole, whole.accounts[slug], public, account)
        _add_events(found, account, events(public, account, whole))
        _add_news(found, account, public.as_of)
    for decision in open_decisions(public.accounts.values()):
        _add_decision(found, decision)
    for work in found.values():
        work.events.sort(key=lambda event: (event.on, event.account.slug, event.what))
        work.tasks.sort(key=_by_day)
        work.waiting.sort(key=_by_day)
        work.news.sort(key=lambda news: (-news.note.on.toordinal(), news.account.slug, news.note.id))
    return found


def _by_day(task: Task) -> tuple[date, str, str]:
    return task.action.due or date.max, task.account.slug, task.action.id


def last_friday(as_of: date) -> date:
    """The last Friday before a day: where a manager left off before the weekend, or a week ago on a Friday."""
    return as_of - timedelta(days=(as_of.weekday() - _FRIDAY) % 7 or 7)


def _add_roles(found: dict[str, Work], account: Account) -> None:
    record = account.record
    for role, people in (
        ("manager", [record.manager]),
        ("sponsor", [record.sponsor]),
        ("buddy", [record.buddy]),
        ("team", record.team),
    ):
        for person in people:
            if person in found:
                found[person].accounts[role].append(account)


def _add_tasks(found: dict[str, Work], account: Account) -> None:
    for task in tasks([account]):
        for person in task.action.who:
            if person in found:
                found[person].tasks.append(task)
        manager = found.get(account.record.manager or "")
        if manager and account.record.manager not in task.action.who:
            manager.waiting.append(task)


def _add_events(found: dict[str, Work], account: Account, days: Iterable[Event]) -> None:
    record = account.record
    for event in days:
        named = {record.manager, *event.who} | ({record.sponsor} if event.kind in _SENIOR_EVENTS else set())
        for person in named:
            if person in found:
                found[person].events.append(event)


def _add_news(found: dict[str, Work], account: Account, as_of: date) -> None:
    """Notes dated from the last Friday on; who was there knows it already."""
    record, since = account.record, last_friday(as_of)
    recent = [note for note in account.notes if since <= note.on <= as_of]
    involved = {record.manager, record.sponsor, record.buddy, *record.team} if recent else set()
    for note in recent:
        for person in involved.difference(note.head.who):
            if person in found:
                found[person].news.append(News(account, note))


def _add_decision(found: dict[str, Work], decision: Asked) -> None:
    for person in decision.of:
        if person in found:
            found[person].decisions.append(decision)
    manager = decision.account.record.manager
    if manager in found and manager not in decision.of:
        found[manager].pending.append(decision)


def _add_contacts(
    found: dict[str, Work], whole: Portfolio, account: Account, public: Portfolio, shown: Account
) -> None:
    if not account.contacts:
        return
    told = relations(public, shown) if shown is not account else None
    for name, relation in relations(whole, account).items():
        cover = [found[person] for person in relation.contact.covered_by if person in found]
        if account.stage != "key" or name not in shown.contacts:
            continue
        known = _latest(relation.contact.checked, relation.last.on if relation.last else None)
        public_last = relation.last if told is None else told[name].last
        last = public_last.on if public_last else None
        for work in cover:
            if known is None or whole.as_of - known > FACTS_KEEP:
                work.recheck.append(
                    Recheck(shown, name, shown.contacts[name], known and _latest(relation.contact.checked, last))
                )
            if relation.cold(whole.as_of):
                work.cold.append(Cold(shown, name, shown.contacts[name], last))


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)
