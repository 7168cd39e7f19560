"""What stands around the workspace: the git repository it lies in, and mkdocs.yml."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kamgen.read.files import Unreadable, read_text
from kamgen.read.yaml import top_value


def prefix_in_repository(root: Path) -> str:
    """The path from the top of the git repository to the workspace and a slash; "" at the top or without git."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return f"{root.relative_to(folder).as_posix()}/" if folder != root else ""
    return ""


def site_url(root: Path) -> str:
    """`site_url` of mkdocs.yml with a closing slash, or ""; read without MkDocs, tags of other tools left alone."""
    path = root / "mkdocs.yml"
    try:
        address = top_value(read_text(path, root, 1024), "site_url") if path.is_file() else ""
    except Unreadable:
        return ""
    return address.rstrip("/") + "/" if address.startswith("http") else ""


def commit(root: Path) -> str:
    """The short id of the commit that is checked out, or "" without git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
