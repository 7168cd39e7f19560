"""What is in a workspace already, as far as new files need it, and where they may stand."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.edit.naming import fitting, parts, person, several
from kamgen.errors import KamgenError, near
from kamgen.facts.texts import shown
from kamgen.model.account import AccountFile
from kamgen.model.identity import slug
from kamgen.model.playbook import Person
from kamgen.model.portfolio import HeldAudit, Playbook
from kamgen.read.account import Found, Reading, read_account
from kamgen.read.files import Disk, Unreadable
from kamgen.read.playbook import default_settings, read_playbook, read_settings
from kamgen.read.source import Source
from kamgen.read.workspace import find_accounts

MANY = 12  # more names than this are no help in a comment
_NAME = re.compile(r"^\ufeff?name:[ \t]+([^#\r\n]+)", re.MULTILINE)


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
        self.settings = read_settings(self.source, self.root / "playbook")
        self.source.limits = self.settings.limits

    @cached_property
    def playbook(self) -> Playbook:
        """Team, criteria, indicators, menu and offer."""
        return read_playbook(self.source, self.root / "playbook")

    @cached_property
    def found(self) -> dict[str, Found]:
        """Where the accounts are, by slug."""
        return {one.slug: one for one in find_accounts(self.source, self.root / "accounts")}

    def account(self, name: str) -> KnownAccount:
        """An account as `slug` finds it."""
        key = self.slug(name)
        reading = self.read(key)
        return KnownAccount(reading.record, reading.audits, self.relative(self.home(key)).removesuffix(".yml"))

    def slug(self, name: str) -> str:
        """The slug of the account that is meant, as `meant` finds it; KamgenError where none is, or more than one."""
        return self.meant(name) or account_slug(name, self.found)

    def meant(self, name: str) -> str | None:
        """The slug of the account meant by its slug, its name, or words of these that fit no other; None for nothing.

        Raises KamgenError where more than one can be meant.
        """
        if name in self.found or slug(name) in self.found:
            return account_slug(name, self.found)
        found = self._called(name)
        if len(found) > 1:
            labels = [self._label(key) for key in found]
            raise KamgenError(several(name, labels, "accounts"))
        return found[0] if found else None

    def _called(self, name: str) -> list[str]:
        """The accounts of that name, else those in whose name or slug its words stand."""
        if "/" in name or "\\" in name:  # a path is no name
            return []
        exactly = [key for key, full in self.names.items() if parts(full) and parts(full) == parts(name)]
        return exactly or fitting(name, self.names, lambda key: (self.names[key], key))

    def _label(self, key: str) -> str:
        name = self.names[key]
        return person(name, "" if slug(name) == key else key) if name else key

    @cached_property
    def names(self) -> dict[str, str]:
        """What the accounts are called, as far as it stands on one line; "" where it does not."""
        return {key: self._name(one) for key, one in self.found.items()}

    def _name(self, one: Found) -> str:
        path = one.folder / "account.yml" if one.folder else one.file
        try:
            text = self.source.origin.text(path, int(self.settings.limits.file_size_kb)) if path else ""
        except (Unreadable, OSError):
            return ""
        found = _NAME.search(text)  # no more is needed, and reading every account would take its time
        return found[1].strip().strip("\"'") if found else ""

    def read(self, key: str) -> Reading:
        """What stands in the files of an account that is there."""
        return read_account(self.found[key], self.root, self.source.limits, self.source.origin)

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


def account_slug(name: str, known: Collection[str]) -> str:
    """The slug of one of the accounts that are known, by its slug or its name; KamgenError where there is none."""
    found = name if name in known else slug(name)
    if found not in known:
        raise KamgenError(f'There is no account "{shown(name)}".{near(found, known)}')
    return found
