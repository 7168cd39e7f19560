"""Earlier states of the accounts, from git: which there were, and each one read when somebody asks for it.

What was read once is kept in a file of git's own folder by what it was read from, so that the next run is quick; it
can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kamgen import __version__, model, read
from kamgen.model.account import AccountFile, Contact, Plan
from kamgen.model.identity import IS_ID, slug
from kamgen.model.portfolio import Account, HeldAudit, History, Note, State
from kamgen.model.settings import Limits
from kamgen.read.account import read_account
from kamgen.read.crosscheck import account_of
from kamgen.read.git import Commit, NoHistory, Objects, Repository, open_repository
from kamgen.read.reading import Found
from kamgen.read.snapshot import Snapshot
from kamgen.read.source import PARTS

MEMORY = "kamgen-history.sqlite"
_Files = dict[str, str]
_FORMS: Mapping[str, Any] = {
    "account": Account,
    "contacts": dict[str, Contact],
    "plan": Plan | None,
    "note": Note,
    "audit": HeldAudit,
}


def read_history(root: Path, accounts: Mapping[str, Account], limits: Limits, as_of: date) -> History:
    """The history of the workspace at the (resolved) root up to a day.

    `accounts` are as they stand in the files now, which is the last state of each.
    """
    try:
        repository = open_repository(root)
        commits = _until(repository.commits(), as_of)
    except NoHistory as reason:
        return History(str(reason))
    since = commits[0].on if repository.shallow and commits else None
    states = _States(repository, _by_account(commits), accounts, limits, as_of, commits[-1].id if commits else "")
    return History("", since, states, partial(states.changed, since))


def _until(commits: list[Commit], as_of: date) -> list[Commit]:
    """The commits up to a day, with days that never run backwards.

    What was made elsewhere and put on top later (a rebase) carries an earlier day than what it stands on, and a clock
    may be wrong: a state cannot have come before the one it was made from.
    """
    known = max((number for number, commit in enumerate(commits) if commit.on <= as_of), default=-1)
    found: list[Commit] = []
    latest = date.min
    for commit in commits[: known + 1]:
        if commit.on <= as_of:
            latest = max(latest, commit.on)
        found.append(commit if commit.on == latest else replace(commit, on=latest))
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """What one commit changed of one account: objects by path, None for what it deleted."""

    commit: Commit
    files: Mapping[str, str | None]
    touched: int


def _by_account(commits: list[Commit]) -> dict[str, list[_Step]]:
    """The commits that changed each account, the oldest first; exports and what is no account's are left out.

    An account that came in the very commit in which another went, with a file of its own unchanged, was renamed: what
    the other one did is its own.
    """
    found: dict[str, list[_Step]] = {}
    there: dict[str, _Files] = {}
    for commit in commits:
        changed: dict[str, dict[str, str | None]] = {}
        for path, name in commit.files.items():
            if owner := account_of_path(path):
                changed.setdefault(owner, {})[path] = name
        before = {owner: there.get(owner, {}) for owner in changed}
        for owner, files in changed.items():
            there[owner] = _changed(before[owner], files)
        for owner, files in changed.items():
            old = _renamed_from(owner, before, there)
            past = [step for step in found.get(old, ()) if step.commit is not commit]
            steps = found.setdefault(owner, past)
            steps.append(_Step(commit, {**changed.get(old, {}), **files}, len(changed)))
    return found


def _changed(files: _Files, changed: Mapping[str, str | None]) -> _Files:
    """The files of an account after a change."""
    after = {**files, **changed}
    return {path: name for path, name in after.items() if name is not None}


def _renamed_from(owner: str, before: Mapping[str, _Files], there: Mapping[str, _Files]) -> str:
    """The account that went in the change in which this one came, if one of its files is the same, or ""."""
    if before[owner] or not there[owner]:
        return ""
    contents = set(there[owner].values())
    gone = (other for other in before if before[other] and not there[other])
    return next((other for other in gone if contents & set(before[other].values())), "")


def touched_since(root: Path, revision: str) -> tuple[frozenset[str], bool]:
    """The accounts that changed since the current state left a revision, by slug; whether anything shared changed too.

    Shared are the playbook and the exports. Raises NoHistory where git does not know.
    """
    paths = open_repository(root.resolve()).changed_since(revision)
    owners = {account_of_path(path) for path in paths}
    return frozenset(owners - {""}), "" in owners


def account_of_path(path: str) -> str:
    """The slug of the account that a file below the root belongs to, or "" for the playbook and the exports."""
    room, _, below = path.partition("/")
    name, inside, _ = below.partition("/")
    return _owner(name, bool(inside)) if room == "accounts" else ""


@lru_cache(maxsize=20_000)
def _owner(name: str, inside: bool) -> str:
    if not (inside or name.endswith(".yml")):
        return ""
    stem = name if inside else name.removesuffix(".yml")
    return stem if IS_ID(stem) else slug(stem)


@dataclass(eq=False)
class _States:
    """Reads an account's states when they are asked for; what git's store gives is asked of one process."""

    repository: Repository
    steps: Mapping[str, list[_Step]]
    accounts: Mapping[str, Account]
    limits: Limits
    as_of: date
    newest: str
    known: dict[str, tuple[State, ...]] = field(default_factory=dict)
    open: ExitStack = field(default_factory=ExitStack)
    store: Objects | None = None
    kept: _Kept | None = None
    shown: set[str] = field(default_factory=set)

    def __call__(self, name: str) -> tuple[State, ...]:
        """The states of an account, the oldest first; the last one is what stands in its files now."""
        if name not in self.known:
            self.known[name] = tuple(self._states(name))
        return self.known[name]

    def changed(self, since: date | None, name: str, path: str) -> date | None:
        """The day on which a file of an account was last changed; None before the first day that is known."""
        if self.uncommitted is None or path in self.uncommitted:
            return self.as_of
        days = (step.commit.on for step in reversed(self.steps.get(name, ())) if path in step.files)
        newest = next(days, None)
        return None if newest is None or (since is not None and newest <= since) else newest

    def _states(self, name: str) -> Iterator[State]:
        files: _Files = {}
        for step in self.steps.get(name, ()):
            files = _changed(files, step.files)
            load = partial(self._account, name, files)
            yield State(step.commit.on, load, step.commit.id, step.touched)
        yield State(self.as_of, lambda: self.accounts.get(name))

    def _account(self, name: str, files: _Files) -> Account | None:
        if not files:
            return None
        if self.kept is None:
            self.kept = _Kept(self.repository.store / MEMORY)
        self._show_present(name)
        key = _key(files)
        account = self.kept.get(key)
        if account is None:
            try:
                account = self._read(name, files)
            except NoHistory:
                return _unread(name)
            self.kept.put(key, account, files)
        return account

    @cached_property
    def uncommitted(self) -> set[str] | None:
        """The files that are not as the newest known commit has them; None where that is not known."""
        with suppress(NoHistory):
            return self.repository.differing(self.newest) if self.newest else None
        return None

    def _show_present(self, name: str) -> None:
        """Parts of the account whose files have not changed since some state are taken as they were read just now."""
        account = self.accounts.get(name)
        if self.kept is None or self.uncommitted is None or account is None or name in self.shown:
            return
        self.shown.add(name)
        files: _Files = {}
        for step in self.steps.get(name, ()):
            files = _changed(files, step.files)
        files = {path: name for path, name in files.items() if path not in self.uncommitted}
        self.kept.parts.update(_filed(account, files))

    def _read(self, name: str, files: _Files) -> Account:
        if self.store is None:
            self.store = self.open.enter_context(self.repository.texts())
        root = self.repository.root
        folder = root / "accounts"
        found = Found(name)
        for path in files:
            top, inside, _ = path.removeprefix("accounts/").partition("/")
            if inside:
                found.folder = folder / top
            else:
                found.file = folder / top
        return account_of(read_account(found, root, self.limits, Snapshot(root, files, self.store)))

    def __del__(self) -> None:
        self.open.close()


def _unread(name: str) -> Account:
    """An account of which git's store has lost the files: nothing in it can be judged."""
    record = AccountFile.model_validate({"name": name, "stage": "suspect"})
    return Account(name, None, record, unread=frozenset({"account", *PARTS, "notes", "audits"}))


def _key(files: _Files) -> str:
    listed = "\n".join(f"{name} {path}" for path, name in sorted(files.items()))
    return hashlib.sha256(f"{_reader()}\n{listed}".encode(errors="surrogateescape")).hexdigest()


@cache
def _reader() -> str:
    """What tells this reader from every other: an account that another one read may look different."""
    folders = [Path(module.__file__ or "").parent for module in (model, read)]
    sources = sorted(path for folder in folders for path in folder.glob("*.py"))
    told = [f"{path.name} {(status := path.stat()).st_size} {status.st_mtime_ns}" for path in sources]
    return "\n".join([__version__, *told])


@cache
def _form(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_FORMS[kind])


def _parts(account: Account, files: _Files) -> Iterator[tuple[str, Any]]:
    """An account in parts that each change seldom, so that what many states share is kept and read once.

    A part with a file of its own is named by that file, the others by what is in them.
    """
    bare = account.record.model_copy(update={"contacts": {}, "plan": None})
    yield "account", replace(account, record=bare, notes=(), audits=())
    yield from ((name, part) for name, part in _filed(account, files))
    if not _own(account, files):
        yield "contacts", account.contacts
    yield "plan", account.plan


def _filed(account: Account, files: _Files) -> Iterator[tuple[str, Any]]:
    """The parts of an account that have a file of their own among `files`, by kind, object and path."""
    if own := _own(account, files):
        yield f"contacts:{files[own]}:{_short(own)}", account.contacts
    for kind, dated in (("note", account.notes), ("audit", account.audits)):
        for one in dated:
            if one.path in files:
                yield f"{kind}:{files[one.path]}:{_short(one.path)}", one


def _own(account: Account, files: _Files) -> str:
    """The file that holds nothing but the contacts, if they have one."""
    path = account.files.get("contacts", "")
    return path if path in files and "contacts" not in account.unread else ""


def _short(text: str) -> str:
    return hashlib.sha256(f"{_reader()}\n{text}".encode(errors="surrogateescape")).hexdigest()[:32]


def _whole(parts: Mapping[str, list[Any]]) -> Account:
    """The account that such parts make."""
    (account,), (contacts,), (plan,) = (parts[kind] for kind in ("account", "contacts", "plan"))
    record = account.record.model_copy(update={"contacts": contacts, "plan": plan})
    whole: Account = replace(account, record=record, notes=tuple(parts["note"]), audits=tuple(parts["audit"]))
    return whole


class _Kept:
    """Accounts as they were read before, by what they were read from. Whatever goes wrong with it, nothing is lost."""

    def __init__(self, path: Path) -> None:
        self.database: sqlite3.Connection | None = None
        self.parts: dict[str, Any] = {}
        self.written: set[str] = set()
        with suppress(sqlite3.Error, OSError):
            database = sqlite3.connect(path, timeout=1)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS parts (id TEXT PRIMARY KEY, told BLOB) WITHOUT ROWID")
            database.execute("CREATE TABLE IF NOT EXISTS accounts (key TEXT PRIMARY KEY, parts TEXT) WITHOUT ROWID")
            self.database = database

    def get(self, key: str) -> Account | None:
        """The account that was read from these very files, if it is kept."""
        if self.database is None:
            return None
        with suppress(sqlite3.Error, ValidationError, ValueError, KeyError, TypeError):
            row = self.database.execute("SELECT parts FROM accounts WHERE key = ?", (key,)).fetchone()
            return self._account(row[0].split()) if row else None
        return None

    def _account(self, names: list[str]) -> Account:
        found: dict[str, list[Any]] = {kind: [] for kind in _FORMS}
        for name in names:
            found[name.partition(":")[0]].append(self._part(name))
        return _whole(found)

    def _part(self, name: str) -> Any:
        if name not in self.parts:
            assert self.database
            told = self.database.execute("SELECT told FROM parts WHERE id = ?", (name,)).fetchone()[0]
            self.parts[name] = _form(name.partition(":")[0]).validate_json(told)
        return self.parts[name]

    def _told(self, name: str, part: Any) -> tuple[str, bytes]:
        """A part with its name; b"" for one that is kept already."""
        kind, filed, _ = name.partition(":")
        if filed and name in self.written:
            return name, b""
        told = _form(kind).dump_json(part, by_alias=True, exclude_defaults=True)
        name = name if filed else f"{kind}:{hashlib.sha256(told).hexdigest()[:32]}"
        self.written.add(name)
        return name, told

    def put(self, key: str, account: Account, files: _Files) -> None:
        """Keep an account that was read from these files."""
        if self.database is None:
            return
        with suppress(sqlite3.Error, ValueError), self.database:  # a path that is no UTF-8 cannot be written as JSON
            parts = dict(self._told(name, part) for name, part in _parts(account, files))
            self.database.executemany(
                "INSERT OR REPLACE INTO parts VALUES (?, ?)", ((name, told) for name, told in parts.items() if told)
            )
            self.database.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (key, " ".join(parts)))
