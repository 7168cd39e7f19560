"""What lies with each of our people: accounts by role, relationships, open actions, and facts to check again.

Load is shown since it protects people; how well somebody performs is not counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kamgen.facts.agenda import Event, Task, events, tasks
from kamgen.facts.load import relationships
from kamgen.facts.meetings import relations
from kamgen.model.account import Contact
from kamgen.model.portfolio import Account, Portfolio

# After half a year without a meeting or a look, what we know of a person is a memory.
FACTS_KEEP = timedelta(days=180)
ROLES = ("manager", "sponsor", "buddy", "team")


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


@dataclass(slots=True)
class Work:
    """What lies with one of ours.

    `accounts` by role, `relationships` the active contacts covered in key accounts (private ones are counted),
    `tasks` open actions, `recheck` and `cold` contacts they cover, `events` of the accounts they manage.
    """

    accounts: dict[str, list[Account]] = field(default_factory=lambda: {role: [] for role in ROLES})
    relationships: int = 0
    tasks: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    recheck: list[Recheck] = field(default_factory=list)
    cold: list[Cold] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def key_accounts(self) -> list[Account]:
        """The key accounts they manage."""
        return [account for account in self.accounts["manager"] if account.stage == "key"]


def works(whole: Portfolio, public: Portfolio) -> dict[str, Work]:
    """What lies with each of our people, by id, in one pass: counted over `whole`, shown from `public`."""
    found = {person: Work(relationships=count) for person, count in relationships(whole).items()}
    for slug, account in public.accounts.items():
        _add_roles(found, account)
        _add_tasks(found, account)
        _add_contacts(found, whole, whole.accounts[slug], public, account)
        manager = found.get(account.record.manager or "")
        if manager:
            manager.events += events(public, account)
    for work in found.values():
        work.events.sort(key=lambda event: (event.on, event.account.slug, event.what))
        work.tasks.sort(key=lambda task: (task.action.due or date.max, task.account.slug, task.action.id))
    return found


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


def load(found: Mapping[str, Work]) -> Iterator[tuple[str, Work]]:
    """Our people with anything to carry, the most relationships first."""
    carrying = ((person, work) for person, work in found.items() if work.relationships or work.accounts["manager"])
    yield from sorted(carrying, key=lambda pair: (-pair[1].relationships, pair[0]))
