"""Earlier states of the accounts, from git: which there were, and each one read when somebody asks for it.

How one is put together from versions of files, each of them read once, is in `fragments`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path

from kamgen.model.account import AccountFile
from kamgen.model.identity import IS_ID, slug
from kamgen.model.portfolio import Account, History, State
from kamgen.model.references import renamed
from kamgen.model.settings import Limits
from kamgen.read.account import read_account
from kamgen.read.crosscheck import account_of
from kamgen.read.fragments import Fragments, Versions
from kamgen.read.git import Commit, NoHistory, Objects, Repository, open_repository
from kamgen.read.reading import Found
from kamgen.read.snapshot import Snapshot
from kamgen.read.source import PARTS

MEMORY = "kamgen-history.sqlite"
_Files = dict[str, str]


def read_history(
    root: Path, accounts: Mapping[str, Account], limits: Limits, as_of: date, ours: Mapping[str, str] | None = None
) -> History:
    """The history of the workspace at the (resolved) root up to a day.

    `accounts` are as they stand in the files now, which is the last state of each. `ours` gives our people's ids by
    those that they had before: earlier states are told with today's.
    """
    try:
        repository = open_repository(root)
        commits = _until(repository.commits(), as_of)
    except NoHistory as reason:
        return History(str(reason))
    since = commits[0].on if repository.shallow and commits else None
    steps = _by_account(commits, accounts)
    states = _States(repository, steps, accounts, limits, as_of, commits[-1].id if commits else "", ours or {})
    return History("", since, states, partial(states.changed, since))


def known_on(history: History, day: date, accounts: Mapping[str, Account]) -> History:
    """What was known at the end of an earlier day, on which the accounts stood as in `accounts`.

    Its states are the ones that `history` has read or will read: nothing is read twice.
    """
    changed = history.changed
    if isinstance(history.states, _States):
        changed = partial(history.states.committed, history.since, day)
    return replace(history, states=partial(_states_on, history, day, accounts), changed=changed)


def _states_on(history: History, day: date, accounts: Mapping[str, Account], name: str) -> tuple[State, ...]:
    past = (state for state in history.states(name)[:-1] if state.on <= day)
    return (*past, State(day, lambda: accounts.get(name)))


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


def _by_account(commits: list[Commit], accounts: Mapping[str, Account]) -> dict[str, list[_Step]]:
    """The commits that changed each account, the oldest first; exports and what is no account's are left out.

    An account that came in the very commit in which another went was renamed if it says that it bore that name, or if a
    file of its own is unchanged: what the other one did is its own.
    """
    kin = _kin(accounts)
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
            old = _renamed_from(owner, before, there, kin)
            past = [step for step in found.get(old, ()) if step.commit is not commit]
            steps = found.setdefault(owner, past)
            steps.append(_Step(commit, {**changed.get(old, {}), **files}, len(changed)))
    for name in accounts.keys() - found.keys():  # renamed, and not committed yet
        if former := [old for old, now in kin.items() if now == name and there.get(old)]:
            found[name] = found[former[-1]]
    return found


def _kin(accounts: Mapping[str, Account]) -> dict[str, str]:
    """The account that bears a name now or bore it, for those that were renamed."""
    kin = {name: name for name, account in accounts.items() if account.record.formerly}
    former = {old: name for name in kin for old in accounts[name].record.formerly if old not in accounts}
    return {**former, **kin}


def _changed(files: _Files, changed: Mapping[str, str | None]) -> _Files:
    """The files of an account after a change."""
    after = {**files, **changed}
    return {path: name for path, name in after.items() if name is not None}


def _renamed_from(owner: str, before: Mapping[str, _Files], there: Mapping[str, _Files], kin: Mapping[str, str]) -> str:
    """The account that went in the change in which this one came, if it is the same, or ""."""
    if before[owner] or not there[owner]:
        return ""
    contents = set(there[owner].values())
    gone = [other for other in before if before[other] and not there[other]]
    named = (other for other in gone if owner in kin and kin.get(other) == kin[owner])
    alike = (other for other in gone if contents & set(before[other].values()))
    return next(named, "") or next(alike, "")


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
    ours: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, tuple[State, ...]] = field(default_factory=dict)
    open: ExitStack = field(default_factory=ExitStack)
    store: Objects | None = None
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
        return self.committed(since, self.as_of, name, path)

    def committed(self, since: date | None, until: date, name: str, path: str) -> date | None:
        """The day on which a change of a file was last committed, up to some day; None where that is not known."""
        days = (step.commit.on for step in reversed(self.steps.get(name, ())) if path in step.files)
        newest = next((day for day in days if day <= until), None)
        return None if newest is None or (since is not None and newest <= since) else newest

    def _states(self, name: str) -> Iterator[State]:
        files: _Files = {}
        for step in self.steps.get(name, ()):
            files = _changed(files, step.files)
            load = partial(self._told_today, name, files)
            yield State(step.commit.on, load, step.commit.id, step.touched)
        yield State(self.as_of, lambda: self.accounts.get(name))

    def _told_today(self, name: str, files: _Files) -> Account | None:
        account = self._account(name, files)
        return renamed(account, {"ours": self.ours}) if account and self.ours else account

    def _account(self, name: str, files: _Files) -> Account | None:
        if not files:
            return None
        self._show_present(name)
        try:
            return self.fragments.account(name, files)
        except NoHistory:
            return _unread(name)

    @cached_property
    def fragments(self) -> Fragments:
        """What each version of a file said."""
        return Fragments(self.repository.store / MEMORY, self.limits, self._read)

    @cached_property
    def uncommitted(self) -> set[str] | None:
        """The files that are not as the newest known commit has them; None where that is not known."""
        with suppress(NoHistory):
            return self.repository.differing(self.newest) if self.newest else None
        return None

    def _show_present(self, name: str) -> None:
        """What has not changed since the newest state in git is taken as it was read just now."""
        account = self.accounts.get(name)
        if account is None or self.uncommitted is None or name in self.shown:
            return
        self.shown.add(name)
        files: _Files = {}
        for step in self.steps.get(name, ()):
            files = _changed(files, step.files)
        self.fragments.show(account, files, self.uncommitted)

    def _read(self, name: str, files: Versions) -> Account:
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
