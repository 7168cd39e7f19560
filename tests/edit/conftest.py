"""What the tests of new files share: commands as a user types them, in a folder of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kamgen.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def kamgen(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and gives what it printed."""

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kamgen: Run) -> Path:
    """A workspace as `kamgen init` makes it, with the shell standing in it."""
    folder = tmp_path / "workspace"
    assert kamgen("init", str(folder)).code == 0
    monkeypatch.chdir(folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, hidden ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def uncommented(text: str) -> str:
    """A scaffold as it is when somebody has deleted the "# " before every suggested line and set the dates."""
    used = re.sub(r"(?m)^( *)# (?=( *- )? *[\w-]+:( |$))", r"\1", text)
    return used.replace("YYYY-MM-DD", "2026-05-01").replace("YYYY-MM", "2026-04")
