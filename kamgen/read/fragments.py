"""Earlier states of an account, put together from what each of its files said: every version of a file is read once.

A file is read alone, as if it were the whole account; files that speak of one thing together (a plan, what was moved
out of it, and its prose) are read together. What came of it holds in every state that has these very files: in this
run, and in the next, since it is kept in a file of git's own folder. That file can be deleted at any time, and whatever
goes wrong with it costs time and nothing else.

Attachments are left out: no page shows those of an earlier state.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from kamgen import __version__, model, read
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account
from kamgen.model.settings import Limits
from kamgen.read.source import PARTS, is_plan_of_year

# The files of a state: each one's object in git's store by its path below the root.
Versions = Mapping[str, str]
_Unit = tuple[tuple[str, str], ...]
_Kind = Literal["base", "contacts", "plan", "partnership", "dated"]
_DATED = ("notes/", "audits/")


class Fragments:
    """What the versions of files said, by account and files; `read` reads some files as if they were all there are."""

    def __init__(self, memory: Path, limits: Limits, read: Callable[[str, Versions], Account]) -> None:
        self.kept = _Kept(memory)
        self.limits = f"{limits.file_size_kb} {limits.nesting}"
        self.read = read
        self.known: dict[tuple[str, _Unit], Account] = {}

    def account(self, name: str, files: Versions) -> Account:
        """The account that these files make; raises what `read` raises."""
        parts: list[tuple[_Kind, Account]] = []
        fresh: dict[str, Account] = {}
        for kind, unit in _units(files):
            part = self.known.get((name, unit))
            if part is None:
                key = self._key(name, unit)
                part = self.kept.get(key)
                if part is None:
                    part = fresh[key] = replace(self.read(name, dict(unit)), attachments=())
                self.known[name, unit] = part
            parts.append((kind, part))
        self.kept.put(fresh)
        return _whole(name, parts)

    def show(self, account: Account, files: Versions, changed: set[str]) -> None:
        """Take over what was read just now: `account` as it stands, whose newest state in git had these files.

        What was changed since then is left alone, and so is everything where a part is new or could not be read.
        """
        if account.unread or not files.keys() >= set(account.files.values()):
            return
        for kind, unit in _units(files):
            if changed.isdisjoint(path for path, _ in unit) and (part := _part(account, kind, unit)):
                self.known.setdefault((account.slug, unit), part)

    def _key(self, name: str, unit: _Unit) -> str:
        listed = "\n".join(f"{version} {path}" for path, version in unit)
        told = f"{_reader()}\n{self.limits}\n{name}\n{listed}"
        return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()


def _units(files: Versions) -> Iterator[tuple[_Kind, _Unit]]:
    """The files of an account in groups that can be read apart, each with what is taken from it."""
    light, home = _places(files)
    inside = {path[len(home) :]: path for path in files if home and path.startswith(home)}
    base = [inside["account.yml"]] if "account.yml" in inside else [light] if light else []
    plan = [path for name, path in inside.items() if name in ("plan.yml", "plan.md") or is_plan_of_year(name)]
    if "plan.yml" not in inside:  # then the plan, or the beginning of it, stands in the account's main file
        base, plan = base + plan, []
    groups: list[tuple[_Kind, list[str]]] = [("base", base), ("plan", plan)]
    for part in ("contacts", "partnership"):
        groups.append((part, [inside[f"{part}.yml"]] if f"{part}.yml" in inside else []))
    groups += [("dated", [path]) for name, path in inside.items() if name.startswith(_DATED)]
    yield from ((kind, tuple((path, files[path]) for path in sorted(group))) for kind, group in groups if group)


def _places(files: Versions) -> tuple[str, str]:
    """The path of an account's light file, and the path of its folder with a slash behind it; "" for what is not."""
    light = home = ""
    for path in files:
        top, inside, _ = path.removeprefix("accounts/").partition("/")
        if inside:
            home = f"accounts/{top}/"
        else:
            light = path
    return light, home


def _whole(name: str, parts: list[tuple[_Kind, Account]]) -> Account:
    """The account that such parts make: a part with a file of its own stands before the same in the main file."""
    every = [part for _, part in parts]
    base = next((part for kind, part in parts if kind == "base"), None) or _alone(name)
    update: dict[str, Any] = {kind: getattr(part.record, kind) for kind, part in parts if kind in PARTS}
    return replace(
        base,
        record=base.record.model_copy(update=update) if update else base.record,
        files={part: path for one in every for part, path in one.files.items()},
        sections={section: text for one in every for section, text in one.sections.items()},
        notes=tuple(sorted((n for one in every for n in one.notes), key=lambda note: (note.on, note.id))),
        audits=tuple(sorted((a for one in every for a in one.audits), key=lambda held: (held.on, held.id))),
        unread=frozenset().union(*(one.unread for one in every)),
    )


def _alone(name: str, **values: Any) -> Account:
    """An account of which nothing is known but what is given: fields of the record, or of the account itself."""
    given = {key: values.pop(key) for key in PARTS if key in values}
    return Account(name, None, _bare(name).model_copy(update=given) if given else _bare(name), **values)


@lru_cache(maxsize=1)  # the files of one account are asked for in a row
def _bare(name: str) -> AccountFile:
    return AccountFile.model_validate({"name": name, "stage": "suspect"})


def _part(account: Account, kind: _Kind, unit: _Unit) -> Account | None:
    """What an account has from some of its files; None where other files may have hidden a part of it."""
    paths = {path for path, _ in unit}
    files = {part: path for part, path in account.files.items() if path in paths}
    if kind == "base":
        return replace(account, notes=(), audits=(), attachments=()) if account.files.keys().isdisjoint(PARTS) else None
    if kind == "dated":
        notes = tuple(note for note in account.notes if note.path in paths)
        audits = tuple(held for held in account.audits if held.path in paths)
        return _alone(account.slug, notes=notes, audits=audits) if notes or audits else None
    sections = account.sections if kind == "plan" else {}
    return _alone(account.slug, files=files, sections=sections, **{kind: getattr(account.record, kind)})


@cache
def _reader() -> str:
    """What tells this reader from every other: an account that another one read may look different."""
    folders = [Path(module.__file__ or "").parent for module in (model, read)]
    sources = sorted(path for folder in folders for path in folder.glob("*.py"))
    told = [f"{path.name} {(status := path.stat()).st_size} {status.st_mtime_ns}" for path in sources]
    return "\n".join([__version__, *told])


@cache
def _form() -> TypeAdapter[Account]:
    return TypeAdapter(Account)


class _Kept:
    """Fragments as they were read before. Whatever goes wrong with it, nothing is lost."""

    def __init__(self, path: Path) -> None:
        self.database: sqlite3.Connection | None = None
        with suppress(sqlite3.Error, OSError):
            database = sqlite3.connect(path, timeout=1)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("DROP TABLE IF EXISTS accounts")  # what an older kamgen kept
            database.execute("CREATE TABLE IF NOT EXISTS parts (id TEXT PRIMARY KEY, told BLOB) WITHOUT ROWID")
            self.database = database

    def get(self, key: str) -> Account | None:
        """What was read from these very files, if it is kept."""
        if self.database is None:
            return None
        with suppress(sqlite3.Error, ValidationError, ValueError, TypeError):
            row = self.database.execute("SELECT told FROM parts WHERE id = ?", (key,)).fetchone()
            return _form().validate_json(row[0]) if row else None
        return None

    def put(self, fresh: Mapping[str, Account]) -> None:
        """Keep what was read."""
        if self.database is None or not fresh:
            return
        with suppress(sqlite3.Error, ValueError), self.database:  # a path that is no UTF-8 cannot be written as JSON
            rows = [(key, _form().dump_json(part, by_alias=True, exclude_defaults=True)) for key, part in fresh.items()]
            self.database.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?)", rows)
