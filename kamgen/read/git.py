"""The git repository that a workspace lies in: which files changed when, and their older texts from git's own store.

Nothing is checked out and nothing written: one `git log` tells of every file, one `git cat-file` gives their texts.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

_LIMIT = 120  # seconds that any one question may take
# Links and submodules are no files of the workspace.
_FILES = ("100644", "100755")
_MAIN = ("origin/main", "origin/master", "main", "master")
_COMMIT = "\x01"
_ROOMS = ("accounts", "playbook")
_BELOW = ("accounts/", "playbook/")


class NoHistory(Exception):
    """Why nothing is known of earlier states; the text completes "unknown: …"."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One state on the way to the newest: its id, the day it was made, and what it changed.

    `files` gives each changed file's object by its path below the workspace; None where the file was deleted.
    """

    id: str
    on: date
    files: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository and the workspace in it: `prefix` leads from its top to the workspace ("" or "plans/").

    `shallow`: the clone holds only the newest part of the history, so that its oldest commit seems to have made all.
    """

    root: Path
    prefix: str
    shallow: bool
    store: Path

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision names; raises NoHistory where there is none."""
        try:
            return _ask(
                self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
            ).strip()
        except NoHistory as error:
            more = ", and this clone is shallow" if self.shallow else ""
            raise NoHistory(f'git knows no commit "{revision}"{more}') from error

    def main(self) -> str:
        """The name of the main branch, as the server knows it where there is one."""
        with suppress(NoHistory):
            return _ask(self.root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").strip()
        for name in _MAIN:
            with suppress(NoHistory):
                self.resolve(name)
                return name
        return "HEAD"

    def base(self, branch: str) -> str:
        """The newest commit that the current state has in common with a branch."""
        tip = self.resolve(branch)
        try:
            return _ask(self.root, "merge-base", "HEAD", tip).strip()
        except NoHistory as error:
            more = ", or the clone is shallow" if self.shallow else ""
            raise NoHistory(f'the current state and "{branch}" have nothing in common{more}') from error

    def changed_since(self, revision: str) -> set[str]:
        """The paths below the workspace that differ from the point where the current state left a revision.

        What is not committed yet counts, new files included.
        """
        base = self.base(revision)
        rooms = ("--", *_ROOMS)
        changed = _ask(self.root, "diff", "--name-only", "--relative", "--no-renames", "-z", base, *rooms)
        new = _ask(self.root, "ls-files", "--others", "--exclude-standard", "-z", *rooms)
        return set(filter(None, (changed + new).split("\0")))

    def differing(self, commit: str) -> set[str]:
        """The paths below the workspace whose files are not as a commit has them."""
        changed = _ask(self.root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", *_ROOMS)
        return set(filter(None, changed.split("\0")))

    def commits(self, revision: str = "HEAD") -> list[Commit]:
        """The states that led to a commit, the oldest first, each with what it changed of the workspace.

        A merge is one step: what it brought came on the day it was merged.
        """
        said = _ask(
            *(self.root, "-c", "log.showRoot=true", "log", "--first-parent", "-m", "--raw", "--no-abbrev", "-z"),
            *("--no-renames", "--no-ext-diff", "--no-textconv", f"--format={_COMMIT}%H %as", self.resolve(revision)),
            # Where the workspace is the whole repository, asking for its folders only costs git twice the time.
            *(("--", *_ROOMS) if self.prefix else ()),
        )
        commits = (_commit(part, self.prefix) for part in said.split(_COMMIT)[:0:-1])
        return [commit for commit in commits if commit.files]

    def files(self, revision: str) -> dict[str, str]:
        """The files of the workspace in a commit: each one's object by its path below the workspace."""
        commit = self.resolve(revision)
        said = _ask(self.root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._rooms())
        found = {}
        for entry in filter(None, said.split("\0")):
            mode, _, rest = entry.partition(" ")
            kind, _, rest = rest.partition(" ")
            name, _, path = rest.partition("\t")
            if kind == "blob" and mode in _FILES:
                found[path.removeprefix(self.prefix)] = name
        return found

    def _rooms(self) -> list[str]:
        return [f"{self.prefix}{room}" for room in _ROOMS]

    @contextmanager
    def texts(self) -> Iterator[Objects]:
        """Opens git's store for reading; one process serves every question."""
        command = ["git", "-C", str(self.root), "cat-file", "--batch"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            assert process.stdin
            assert process.stdout
            try:
                yield Objects(process.stdin, process.stdout)
            finally:
                process.stdin.close()
                process.stdout.close()


@dataclass(frozen=True, slots=True)
class Objects:
    """Git's store, open for reading."""

    questions: IO[bytes]
    answers: IO[bytes]

    def read(self, name: str) -> bytes:
        """The bytes of an object; raises NoHistory when the clone does not hold it."""
        self.questions.write(f"{name}\n".encode())
        self.questions.flush()
        head = self.answers.readline().split()
        if len(head) != 3:
            raise NoHistory("git's store lacks a part of the history")
        content = self.answers.read(int(head[2]))
        self.answers.read(1)
        return content


def open_repository(root: Path) -> Repository:
    """The repository that a workspace lies in; raises NoHistory with the reason where none can be read."""
    if "GIT_DIR" not in os.environ and not any((folder / ".git").exists() for folder in (root, *root.parents)):
        raise NoHistory("the workspace lies in no git repository")
    said = _ask(root, "rev-parse", "--show-prefix", "--is-shallow-repository", "--git-common-dir")
    prefix, shallow, store = said.split("\n")[:3]
    try:
        _ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except NoHistory as error:
        raise NoHistory("nothing has been committed yet") from error
    return Repository(root, prefix, shallow == "true", Path(root, store).resolve())


def _commit(part: str, prefix: str) -> Commit:
    """One commit of `git log --raw -z`: its head, then for each file modes, objects and letter, and the path."""
    head, *fields = part.strip("\n").split("\0")
    name, _, day = head.strip().partition(" ")
    files: dict[str, str | None] = {}
    entries = (entry.lstrip("\n") for entry in fields)
    for entry in entries:
        if entry.startswith(":"):
            _, mode, _, after, _ = entry.split(" ")
            path = next(entries).removeprefix(prefix)
            if path.startswith(_BELOW):
                files[path] = after if mode in _FILES else None
    return Commit(name, _day(day), files)


def _day(text: str) -> date:
    """The day of a commit; one that no calendar has, or none at all, is the oldest there is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _environment() -> Mapping[str, str]:
    # Words in English, no waiting for a password, no lock, no mapping of file names to quoted ones.
    return os.environ | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def _ask(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LIMIT, env=_environment(), check=False)
    except FileNotFoundError as error:
        raise NoHistory("git is not installed") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoHistory("git does not answer") from error
    if done.returncode:
        raise NoHistory(_reason(done.stderr.decode(errors="replace")))
    return done.stdout.decode(errors="surrogateescape")


def _reason(said: str) -> str:
    if "dubious ownership" in said:
        return "git does not trust this folder, since it belongs to another user"
    lines: Iterable[str] = (line.strip() for line in said.splitlines())
    return next((line.removeprefix("fatal: ") for line in lines if line), "git gave no answer")
