"""What can be named on the command line: accounts, their things and our people, read as little as possible.

A shell asks for names at each key pressed, so only the account that is asked about is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kamgen.edit.slips.things import THINGS, Nameable, name_of, things
from kamgen.edit.workspace import near
from kamgen.errors import KamgenError
from kamgen.facts.texts import shown
from kamgen.model.account import Action, Contact, Goal, StageGoal
from kamgen.model.identity import slug
from kamgen.model.portfolio import Account, Playbook
from kamgen.project import Clock
from kamgen.read.account import read_account
from kamgen.read.crosscheck import account_of
from kamgen.read.files import Disk
from kamgen.read.playbook import default_settings, read_playbook, read_settings
from kamgen.read.reading import Found
from kamgen.read.source import Source
from kamgen.read.workspace import find_accounts

_LONG = 100  # characters: a text beside a name is there to recognise the thing


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be named, and the words by which it is recognised.

    `due` is its day and `who` the ids of those who see to it, of an action, a stage or a goal.
    """

    name: str
    words: str
    due: date | None = None
    who: tuple[str, ...] = ()

    @property
    def help(self) -> str:
        """Its words on one line, with its day."""
        due = f" (due {self.due})" if self.due else ""
        return shown(plain(self.words), _LONG) + due


def plain(text: str) -> str:
    """A text on one line without control characters: it comes from a file, and a terminal would obey them."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Known:
    """A workspace as far as names are asked for, read on demand."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self.root = root.resolve()
        self.source = Source(self.root, default_settings().limits, Disk(self.root), "", "playbook")
        settings = read_settings(self.source, self.root / "playbook")
        self.source.limits = settings.limits
        self.as_of = clock.day(settings)[0]

    @cached_property
    def accounts(self) -> dict[str, Found]:
        """Where the accounts are, by slug."""
        return {one.slug: one for one in find_accounts(self.source, self.root / "accounts")}

    @cached_property
    def playbook(self) -> Playbook:
        """Our people, and the definitions of a key account."""
        return read_playbook(self.source, self.root / "playbook")

    def account(self, name: str) -> Account | None:
        """An account by its slug; None where there is none."""
        found = self.accounts.get(name)
        if found is None:
            return None
        return account_of(read_account(found, self.root, self.source.limits, self.source.origin))

    def slug(self, name: str) -> str:
        """The slug of an account by its slug or name; raises KamgenError where there is none."""
        found = name if name in self.accounts else slug(name)
        if found not in self.accounts:
            raise KamgenError(f'There is no account "{name}".{near(found, self.accounts)}')
        return found

    def ours(self) -> list[Named]:
        """Our people who are still there."""
        team = (self.playbook.team or {}).items()
        return [
            Named(name, f"{one.name}, {one.title}" if one.title else one.name)
            for name, one in team
            if one.leaves is None or one.leaves >= self.as_of
        ]

    def definitions(self) -> list[Named]:
        """What can make an account a key account."""
        return [Named(name, one.name) for name, one in self.playbook.criteria.definitions.items()]

    def named(self, account: Account | None, sorts: Collection[str]) -> list[Named]:
        """What can be named where things of some sorts are asked for: of an account only what is open."""
        found = self.ours() if "ours" in sorts else []
        found += self.definitions() if "definition" in sorts else []
        return [*found, *(open_things(account, sorts) if account else ())]


def open_things(account: Account, sorts: Collection[str]) -> Iterator[Named]:
    """What is open in an account, of some sorts (`model.slips.Thing`), in the order of the files; private ones too."""
    wanted = [sort for sort in THINGS if sort in sorts]
    every = things(account, wanted)
    return (_named(account, one, name_of(one, every)) for one in every if one.open)


def _named(account: Account, one: Nameable, name: str) -> Named:
    record = one.record
    if isinstance(record, Action):
        return Named(name, one.text, record.due, record.who)
    if isinstance(record, Goal | StageGoal):
        goals = account.plan.intentions if account.plan else {}
        owner = goals[one.path[2]].owner  # plan.intentions.GOAL…
        return Named(name, one.text, record.due, (owner,) if owner else ())
    if isinstance(record, Contact) and record.title:
        return Named(name, f"{one.text}, {record.title}")
    return Named(name, one.text or name)
