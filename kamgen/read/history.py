"""Earlier states of the accounts, from git: which there were, and each one read when somebody asks for it.

What was read once is kept in a file of git's own folder by what it was read from, so that the next run is quick; it
can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kamgen import __version__, model, read
from kamgen.model.account import AccountFile
from kamgen.model.identity import IS_ID, slug
from kamgen.model.portfolio import Account, History, State
from kamgen.model.settings import Limits
from kamgen.read.account import read_account
from kamgen.read.crosscheck import account_of
from kamgen.read.git import Commit, NoHistory, Objects, Repository, open_repository
from kamgen.read.reading import Found
from kamgen.read.snapshot import Snapshot
from kamgen.read.source import PARTS

_Files = dict[str, str]


def read_history(root: Path, accounts: Mapping[str, Account], limits: Limits, as_of: date) -> History:
    """The history of the workspace at the (resolved) root up to a day.

    `accounts` are as they stand in the files now, which is the last state of each.
    """
    try:
        repository = open_repository(root)
        commits = [commit for commit in repository.commits() if commit.on <= as_of]
    except NoHistory as reason:
        return History(str(reason))
    since = commits[0].on if repository.shallow and commits else None
    states = _States(repository, _by_account(commits), accounts, limits, as_of)
    return History("", since, states)


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
    if room != "accounts" or not (inside or name.endswith(".yml")):
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
    known: dict[str, tuple[State, ...]] = field(default_factory=dict)
    open: ExitStack = field(default_factory=ExitStack)
    store: Objects | None = None
    kept: _Kept | None = None

    def __call__(self, name: str) -> tuple[State, ...]:
        """The states of an account, the oldest first; the last one is what stands in its files now."""
        if name not in self.known:
            self.known[name] = tuple(self._states(name))
        return self.known[name]

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
            self.kept = _Kept(self.repository.store / "kamgen-history.sqlite")
        key = _key(files)
        account = self.kept.get(key)
        if account is None:
            try:
                account = self._read(name, files)
            except NoHistory:
                return _unread(name)
            self.kept.put(key, account)
        return account

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
def _form() -> TypeAdapter[Account]:
    return TypeAdapter(Account)


class _Kept:
    """Accounts as they were read before, by what they were read from. Whatever goes wrong with it, nothing is lost."""

    def __init__(self, path: Path) -> None:
        self.database: sqlite3.Connection | None = None
        with suppress(sqlite3.Error, OSError):
            database = sqlite3.connect(path, timeout=1, isolation_level=None)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, account BLOB) WITHOUT ROWID")
            self.database = database

    def get(self, key: str) -> Account | None:
        """The account that was read from these very files, if it is kept."""
        if self.database is None:
            return None
        with suppress(sqlite3.Error, ValidationError):
            row = self.database.execute("SELECT account FROM states WHERE key = ?", (key,)).fetchone()
            return _form().validate_json(row[0]) if row else None
        return None

    def put(self, key: str, account: Account) -> None:
        """Keep an account."""
        if self.database is None:
            return
        with suppress(sqlite3.Error):
            told = _form().dump_json(account, by_alias=True)
            self.database.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", (key, told))
