"""What is in a workspace already, as far as new files need it, and where they may stand."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.errors import KamgenError
from kamgen.model.account import AccountFile
from kamgen.model.identity import slug
from kamgen.model.playbook import Person
from kamgen.model.portfolio import HeldAudit, Playbook
from kamgen.read.account import Found, read_account
from kamgen.read.files import Disk
from kamgen.read.playbook import default_settings, read_playbook, read_settings
from kamgen.read.source import Source
from kamgen.read.workspace import find_accounts

MANY = 12  # more names than this are no help in a comment


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What a scaffold needs to know of an account; `home` is the folder for its notes and audits."""

    record: AccountFile
    audits: list[HeldAudit]
    home: str

    def theirs(self, today: date) -> list[str]:
        """The ids of the customer's people who still work there, or of an example."""
        return [key for key, contact in self.record.contacts.items() if contact.active(today)] or ["a-contact"]

    def ours(self, team: Mapping[str, Person], today: date) -> list[str]:
        """The ids of our people who look after the account, else of all if they are few, else of an example."""
        record = self.record
        named = [record.manager, *record.team, record.sponsor, record.buddy]
        named += [one for contact in record.contacts.values() for one in contact.covered_by]
        staying = [key for key, person in team.items() if stays(person, today)]
        known = [key for key in dict.fromkeys(named) if key in staying]
        return [key for key in known if key] or (staying if len(staying) <= MANY else []) or ["a-colleague"]

    def last_answer(self, question: str) -> tuple[str, str] | None:
        """The day of the last audit in which a question was answered, and the answer."""
        for held in sorted(self.audits, key=lambda one: one.on, reverse=True):
            if question in held.audit.answers and (said := held.audit.answers[question].answer):
                return held.on.isoformat(), said
        return None


def stays(person: Person, today: date) -> bool:
    """Whether one of our people is still there on a day; the last day counts."""
    return person.leaves is None or person.leaves >= today


class Workspace:
    """A workspace as far as new files need it, read on demand."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.source = Source(self.root, default_settings().limits, Disk(self.root), "", "playbook")
        self.source.limits = read_settings(self.source, self.root / "playbook").limits

    @cached_property
    def playbook(self) -> Playbook:
        """Team, criteria, indicators, menu and offer."""
        return read_playbook(self.source, self.root / "playbook")

    @cached_property
    def found(self) -> dict[str, Found]:
        """Where the accounts are, by slug."""
        return {one.slug: one for one in find_accounts(self.source, self.root / "accounts")}

    def account(self, name: str) -> KnownAccount:
        """An account by its slug or by its name; KamgenError where there is none."""
        key = name if name in self.found else slug(name)
        if key not in self.found:
            raise KamgenError(f'There is no account "{name}".{near(key, self.found)}')
        reading = read_account(self.found[key], self.root, self.source.limits, self.source.origin)
        return KnownAccount(reading.record, reading.audits, self.relative(self.home(key)).removesuffix(".yml"))

    def home(self, key: str) -> Path:
        """The account's folder, or where it has none its file."""
        one = self.found[key]
        home = one.folder or one.file
        assert home is not None
        return home

    def relative(self, path: Path) -> str:
        """The path below the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def write(self, files: dict[str, str]) -> None:
        """Write new files; one that would land outside the workspace, through a link, is refused."""
        for name in files:
            path = self.root / name
            if not path.resolve().is_relative_to(self.root):
                raise KamgenError(f"{name} would stand outside the workspace, because a folder on its way is a link.")
            if os.path.lexists(path):
                raise KamgenError(f"{name} is there already.")
        write_files({self.root / name: text for name, text in files.items()})


def near(word: str, allowed: Iterable[str]) -> str:
    """The question whether the likest of the allowed words was meant, or ""."""
    found = difflib.get_close_matches(word, list(allowed), 1, 0.6)
    return f' Did you mean "{found[0]}"?' if found else ""
