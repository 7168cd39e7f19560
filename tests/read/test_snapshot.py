"""An older state is read by the same reader, from git's store alone, and gives the same as the files on the disk."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from kamgen.read.git import open_repository
from kamgen.read.snapshot import Snapshot
from kamgen.read.workspace import Read, read_workspace
from tests.history import DAYS, commit, git

ROOT = Path(__file__).parents[2]


def clock(settings: object) -> tuple[date, bool]:
    return date(2026, 5, 6), True


def committed(tmp_path: Path) -> Path:
    """The demo, committed in a repository of its own."""
    for name in ("accounts", "playbook"):
        shutil.copytree(ROOT / name, tmp_path / name)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, DAYS[0], {})
    return tmp_path


def from_git(root: Path, revision: str = "HEAD") -> Read:
    repository = open_repository(root)
    with repository.texts() as store:
        return read_workspace(root, clock, Snapshot(root, repository.files(revision), store))


def test_the_demo_from_git_is_the_demo_from_the_disk(tmp_path: Path) -> None:
    root = committed(tmp_path)
    disk, git_ = read_workspace(root, clock), from_git(root)
    assert git_.portfolio.accounts == disk.portfolio.accounts
    assert git_.portfolio.playbook == disk.portfolio.playbook
    assert git_.portfolio.settings == disk.portfolio.settings
    assert git_.portfolio.exports == disk.portfolio.exports
    assert git_.problems == disk.problems


def test_nothing_of_the_work_tree_is_read_or_written(tmp_path: Path) -> None:
    root = committed(tmp_path)
    before = from_git(root).portfolio
    shutil.rmtree(root / "accounts")
    (root / "playbook" / "kamgen.yml").write_text("as_of: tomorrow\n")
    after = from_git(root).portfolio
    assert after.accounts == before.accounts
    assert not (root / "accounts").exists()


def test_an_older_state_with_broken_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    note = "---\nkind: call\n---\n[plan](../plan.pdf) [away](../../b.yml) [none](x.png)\n"
    files: dict[str, str | None] = {
        "accounts/a/account.yml": "name: A\nstage: key\n",
        "accounts/a/plan.yml": "reviewed: [\n",
        "accounts/a/notes/2026-01-05-call.md": note,
        "accounts/a/plan.pdf": "%PDF",
        "accounts/a/stray.txt": "x",
        "accounts/b.yml": "name: B\nstage: customer\n",
        "playbook/team.yml": "anna: {name: Anna}\n",
    }
    commit(tmp_path, DAYS[0], files)
    old = from_git(tmp_path)
    disk = read_workspace(tmp_path, clock)
    assert [(p.code, p.subject) for p in old.problems] == [(p.code, p.subject) for p in disk.problems]
    assert {p.code for p in old.problems} >= {"KAM001", "KAM019", "KAM012"}
    assert old.portfolio.accounts == disk.portfolio.accounts
