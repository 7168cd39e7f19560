"""Histories for tests: commits made by git itself, with set dates and nobody's own settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

DAYS = ("2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05")


def git(folder: Path, *arguments: str, day: str = DAYS[0]) -> str:
    """Run git with a set date and nobody's own settings."""
    moment = f"{day}T12:00:00+00:00"
    own = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    who = {
        f"GIT_{role}_{what}": "somebody@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | own | who, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, day: str, files: Mapping[str, str | None]) -> None:
    """Write or delete files and commit them on a day."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "a change", day=day)


def commit_on(root: Path, day: str, files: Mapping[str, str]) -> None:
    """Commit files on a day; the first time in a new repository."""
    root.mkdir(parents=True, exist_ok=True)
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, day, files)
