"""What can be named on the command line: accounts, their things and our people, read as little as possible.

A shell asks for names at each key pressed, so only the account that is asked about is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kamgen.edit.slips.things import THINGS, Nameable, name_of, things
from kamgen.edit.workspace import Workspace, stays
from kamgen.facts.texts import printable, shown
from kamgen.model.account import Action, Contact, Goal, StageGoal
from kamgen.model.portfolio import Account, Playbook
from kamgen.project import Clock
from kamgen.read.crosscheck import account_of

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
    return " ".join(printable(text).split())


class Known:
    """A workspace as far as names are asked for, read on demand."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self.place = Workspace(root)
        self.root = self.place.root
        self.as_of = clock.day(self.place.settings)[0]

    @property
    def accounts(self) -> Collection[str]:
        """The slugs of the accounts."""
        return self.place.found.keys()

    @property
    def playbook(self) -> Playbook:
        """Our people, and the definitions of a key account."""
        return self.place.playbook

    def account(self, name: str) -> Account | None:
        """An account by its slug; None where there is none."""
        return account_of(self.place.read(name)) if name in self.accounts else None

    def slug(self, name: str) -> str:
        """The slug of the account meant by a slug, a name or words of it; KamgenError for none, and for several."""
        return self.place.slug(name)

    def ours(self) -> list[Named]:
        """Our people who are still there."""
        team = (self.playbook.team or {}).items()
        return [
            Named(name, f"{one.name}, {one.title}" if one.title else one.name)
            for name, one in team
            if stays(one, self.as_of)
        ]

    def definitions(self) -> list[Named]:
        """What can make an account a key account."""
        return [Named(name, one.name) for name, one in self.playbook.criteria.definitions.items()]

    def named(self, account: Account | None, sorts: Collection[str]) -> list[Named]:
        """What can be named where things of some sorts are asked for: of an account only what is open."""
        found = self.ours() if "ours" in sorts else []
        found += self.definitions() if "definition" in sorts else []
        return [*found, *(open_things(account, sorts, self.as_of) if account else ())]


def open_things(account: Account, sorts: Collection[str], today: date | None = None) -> Iterator[Named]:
    """What is open in an account, of some sorts (`model.slips.Thing`), in the order of the files; private ones too.

    Who has left by `today` is left out; who is still to leave is there.
    """
    wanted = [sort for sort in THINGS if sort in sorts]
    every = things(account, wanted)
    return (_named(account, one, name_of(one, every)) for one in every if one.open and not _has_left(one, today))


def _has_left(one: Nameable, today: date | None) -> bool:
    return today is not None and isinstance(one.record, Contact) and not one.record.active(today)


def _named(account: Account, one: Nameable, name: str) -> Named:
    record = one.record
    if isinstance(record, Action):
        return Named(name, one.text, record.due, record.who)
    if isinstance(record, Goal | StageGoal):
        goals = account.plan.intentions if account.plan else {}
        owner = goals[one.path[2]].owner  # plan.intentions.GOAL…
        return Named(name, one.text, record.due, (owner,) if owner else ())
    if isinstance(record, Contact):
        leaves = f"last day {record.leaves}" if record.leaves else ""
        return Named(name, ", ".join(part for part in (one.text, record.title, leaves) if part))
    return Named(name, one.text or name)
