"""What all tests share: small workspaces in temporary folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kamgen.project import Checked, Clock, check_workspace
from kamgen.rules import find_rules
from kamgen.rules.engine import Scope

Write = Callable[[Mapping[str, str | bytes]], Path]

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, making folders as needed."""
    (root / "accounts").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


@pytest.fixture
def workspace(tmp_path: Path) -> Write:
    """Writes a small workspace and gives its root."""
    return lambda files: write_files(tmp_path, files)


def checked(root: Path, *rules: str) -> Checked:
    """Read and judge a workspace on 2026-05-06, for all rules or for those named by code or prefix."""
    scope = Scope(frozenset(find_rules(rules)[0])) if rules else Scope()
    return check_workspace(root, Clock(NOW), scope)


def lines(result: Checked) -> list[str]:
    """The findings as the cases write them: level, place, code, text."""
    return [
        f"{f.suppressed or f.level} {f.place.path}:{f.place.line}:{f.place.column}: {f.code} {f.text}"
        for f in result.findings
    ]


def assert_golden(path: Path, text: str) -> None:
    """Compare with a checked-in file; KAMGEN_GOLDEN=1 (`make golden`) rewrites it, for a person to read the diff."""
    if os.environ.get("KAMGEN_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
