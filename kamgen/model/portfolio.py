"""The whole workspace as plain values: every account, the playbook, the exports, and the day it is judged on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from kamgen.finding import Place
from kamgen.model.account import AccountFile, Audit, Contact, NoteHead, Plan
from kamgen.model.playbook import Criteria, Family, Indicator, Person, Question
from kamgen.model.settings import Settings
from kamgen.model.values import Stage

SECTIONS = ("intelligence", "intentions", "implementation")


class Sale(NamedTuple):
    """Net sales of one product in one month, in the workspace's currency; negative is a credit."""

    account: str
    month: str
    product: str
    amount: Decimal
    margin: Decimal | None = None
    site: str = ""


class Budgeted(NamedTuple):
    """The sales planned for one month."""

    account: str
    month: str
    amount: Decimal
    site: str = ""


class Delivered(NamedTuple):
    """Deliveries required in one month, and how many of them were late."""

    account: str
    month: str
    deliveries: int
    late: int
    site: str = ""


class Activity(NamedTuple):
    """One contact with a customer, from the CRM."""

    account: str
    on: date
    contact: str
    who: str
    kind: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class Exports:
    """The rows of the exports, by account slug; None where the file is absent."""

    sales: Mapping[str, tuple[Sale, ...]] | None = None
    budget: Mapping[str, tuple[Budgeted, ...]] | None = None
    deliveries: Mapping[str, tuple[Delivered, ...]] | None = None
    activities: Mapping[str, tuple[Activity, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A dated note: `id` is the file's name without its ending, `body` untrusted Markdown."""

    id: str
    on: date
    path: str
    head: NoteHead
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class HeldAudit:
    """An audit and the day it was held."""

    id: str
    on: date
    path: str
    audit: Audit


@dataclass(frozen=True, slots=True)
class Account:
    """One account, read from its file or folder.

    `stage` is None where the file does not say it. `files` gives the path of each part of the document (`account`,
    `contacts`, `plan`, `partnership`, `prose`); `unread` names the parts that could not be read, so that no rule judges
    what it cannot see; `sections` are the Markdown texts of plan.md by section name.
    """

    slug: str
    stage: Stage | None
    record: AccountFile
    files: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    audits: tuple[HeldAudit, ...] = ()
    attachments: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the account is called."""
        return self.record.name

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """Their people by id."""
        return self.record.contacts

    @property
    def plan(self) -> Plan | None:
        """The plan, if there is one; prose in plan.md alone counts as one."""
        return self.record.plan


@dataclass(frozen=True, slots=True)
class Playbook:
    """What the company chose: `team` and `offer` are None where the workspace has no such file."""

    team: Mapping[str, Person] | None = None
    criteria: Criteria = field(default_factory=Criteria)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    menu: Mapping[str, Question] = field(default_factory=dict)
    offer: Mapping[str, Family] | None = None

    @property
    def former(self) -> Mapping[str, str]:
        """The ids of our people, by those that they had before."""
        return {old: name for name, person in (self.team or {}).items() for old in person.formerly}


@dataclass(frozen=True, eq=False)
class State:
    """An account as it stood from a day on, until the next state; `load` reads it when it is asked for.

    `commit` names the change that made it ("": the files as they are now), and `touched` says how many accounts that
    change touched: of one that touched many, such as an import, nobody thought about this one.
    """

    on: date
    load: Callable[[], Account | None]
    commit: str = ""
    touched: int = 1

    @cached_property
    def account(self) -> Account | None:
        """The account as it stood then; None where it was not there."""
        return self.load()


def _nothing(slug: str) -> tuple[State, ...]:
    return ()


def _unknown(slug: str, path: str) -> date | None:
    return None


@dataclass(frozen=True, slots=True)
class History:
    """The states of every account, the oldest first; the last one is what stands in the files now.

    `states` reads them when they are asked for, by slug. `unknown` says why nothing is known ("" where something is);
    `since` is the first day that is known where the clone is shallow: what was before is unknown, not new. `changed`
    gives the day on which a file of an account was last changed, by slug and path; None where that is not known.
    """

    unknown: str = "no history was read"
    since: date | None = None
    states: Callable[[str], tuple[State, ...]] = _nothing
    changed: Callable[[str, str], date | None] = _unknown


def _nowhere(account: str, subject: str, at_key: bool = False) -> Place:
    return Place(f"accounts/{account}.yml" if account else "accounts")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that was read, and the day on which it is judged.

    `distrusted` holds the (account, subject) pairs whose text stands in a file but could not be taken as a value: a
    rule that would complain of their absence is silent. `unread` names the exports and playbook files that could not be
    read (`sales`, `activities`, `team` …). `place` finds a subject's line, at
    its value or at its key. `history` holds earlier states.
    """

    as_of: date
    settings: Settings
    accounts: Mapping[str, Account] = field(default_factory=dict)
    playbook: Playbook = field(default_factory=Playbook)
    exports: Exports = field(default_factory=Exports)
    distrusted: frozenset[tuple[str, str]] = frozenset()
    unread: frozenset[str] = frozenset()
    files: int = 0
    clock_fixed: bool = False
    place: Callable[[str, str, bool], Place] = _nowhere
    history: History = History()

    def person_name(self, account: Account | None, person: str) -> str:
        """The name behind an id: one of ours, a contact of the account, else the id itself."""
        ours = (self.playbook.team or {}).get(person)
        theirs = account.contacts.get(person) if account else None
        return ours.name if ours else theirs.name if theirs else person
