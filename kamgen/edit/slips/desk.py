"""What is at hand when a slip is written: the draft of the files, one account as it stands in it, today, our people."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from kamgen.edit.draft import Draft
from kamgen.edit.slips.concerned import Concerned
from kamgen.edit.slips.things import Nameable, find
from kamgen.errors import KamgenError
from kamgen.finding import Problem
from kamgen.model.identity import item_id, numbered
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.slips import Thing
from kamgen.read.account import read_account
from kamgen.read.crosscheck import account_of
from kamgen.read.source import Source
from kamgen.read.workspace import find_accounts

Path = tuple[str, ...]
Written = str | date | Decimal | Sequence[str]

_LONGEST_AHEAD = timedelta(days=3653)
# What the reader says of a file that it cannot read, or not all of it.
_UNREAD = ("KAM001", "KAM010", "KAM011")
# They turn a line round for whoever reads it, so that it says something else than it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Desk:
    """One account in hand. `account` is read anew with `look`, so that a slip sees what the one before has written."""

    def __init__(self, draft: Draft, portfolio: Portfolio, slug: str) -> None:
        self.draft = draft
        self.slug = slug
        self.portfolio = portfolio
        self.today = portfolio.as_of
        self.team = portfolio.playbook.team
        self.account, self.home, self._told = self._read()

    def look(self) -> None:
        """Read the account as it stands in the draft by now."""
        self.account, self.home, self._told = self._read()

    def _read(self) -> tuple[Account, str, Sequence[Problem]]:
        limits, root = self.portfolio.settings.limits, self.draft.root
        files = Concerned(self.draft.files, root, (self.slug,))
        found = find_accounts(Source(root, limits, files), root / "accounts")
        if not found:
            raise KamgenError(f'There is no account "{self.slug}" any more.')
        reading = read_account(found[0], root, limits, files)
        return account_of(reading), reading.source.base, reading.source.problems

    # --- What stands there ------------------------------------------------------------------------------

    def day(self, on: date | None) -> date:
        """The day on which something happened; today where nobody says."""
        return on or self.today

    def refuse_far(self, day: date) -> None:
        """Refuse a day so far ahead that it must be mistyped."""
        if day - self.today > _LONGEST_AHEAD:
            raise KamgenError(f"{day} is more than ten years ahead. Look at the year.")

    def find(self, word: str, sorts: Collection[Thing]) -> Nameable:
        """The thing that a word means; KamgenError where there is none, or more than one."""
        self.refuse_unread("contacts" if "contact" in sorts else "notes" if "complaint" in sorts else "plan")
        return find(self.account, word, sorts)

    def refuse_unread(self, part: str) -> None:
        """Refuse to go on where nobody knows what stands in a part: what seems to be missing may be there."""
        unread = self.account.unread
        if "account" in unread or part in unread:
            name = self._broken("account" if "account" in unread else part)
            raise KamgenError(
                f"There are mistakes in {name}, so nobody can tell what stands there. "
                f"Put them right first: kamgen check {self.slug}"
            )

    def _broken(self, part: str) -> str:
        """The file through which a part could not be read; KamgenError where it cannot even be opened."""
        own = tuple(f"{self.home}{end}" for end in (f"/{part}.yml", f"/{part}-", f"/{part}/", ".yml"))
        for problem in self._told:
            if problem.place and problem.code in _UNREAD and problem.place.path.startswith(own):
                if problem.code == "KAM010":
                    raise KamgenError(f"{problem.place.path}: {problem.message} {problem.hint}")
                return problem.place.path
        return self.account.files.get(part) or self.account.files.get("account") or self.home

    def name(self, person: str | None) -> str:
        """The name behind a person's id."""
        return self.portfolio.person_name(self.account, person or "")

    # --- What is written --------------------------------------------------------------------------------

    def set(self, path: Path, **values: Written) -> None:
        """Write values under their keys at a path; one that stands there in the same words stays as it is."""
        for key, value in values.items():
            self.draft.set(self.slug, (*path, key), characters(value))

    def append(self, path: Path, **values: Written | None) -> str:
        """Add an item to a list, without what is empty; its id."""
        item = {key: characters(value) for key, value in values.items() if value}
        return self.draft.append(self.slug, path, {"id": item_id(item, path[-1]), **item})


def characters(value: Written) -> str | list[str]:
    """A value as a file has it: its characters, or a list of them; one alone needs no list."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value[0] if len(value) == 1 else list(value)


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """An id that nobody has: the wanted one, or with the first number that is free."""
    known = set(taken)
    return next(name for name in numbered(wanted) if name not in known)


def one_line(text: str) -> str:
    """A text on one line, without characters that nobody sees."""
    return " ".join(_visible(text).split())


def many_lines(text: str) -> str:
    """A text of several lines, without characters that nobody sees."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line).rstrip() for line in lines).strip("\n")


def _visible(text: str) -> str:
    spaced = text.replace("\t", " ")
    return "".join(" " if _is_break(c) else c for c in spaced if c not in _TURNING and not _is_unseen(c))


def _is_break(char: str) -> bool:
    return char in "\n\r\x0b\x0c\x85\u2028\u2029"


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and not _is_break(char)
