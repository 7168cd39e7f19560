"""Changed texts over the files that are there: listed, read and followed as if they were on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.read.files import Disk, Unreadable
from kamgen.read.overlay import Overlay
from tests.conftest import write_files

FILES = {
    "accounts/a/account.yml": "name: A\n",
    "accounts/a/notes/2026-01-01.md": "x",
    "accounts/a/.hidden": "x",
    "accounts/b.yml": "name: B\n",
    "accounts/c/account.yml": "name: C\n",
    "accounts/c/notes/2026-01-01.md": "x",
}
CHANGES = {
    "accounts/a/account.yml": "\ufeffname: A2\r\n",
    "accounts/a/notes/2026-02-02.md": "[x](../p.yml) [y](../q.yml)",
    "accounts/a/p.yml": "Ä",
    "accounts/b.yml": None,
    "accounts/c/account.yml": None,
    "accounts/c/notes/2026-01-01.md": None,
    "accounts/new/notes/2026-01-01.md": "new",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES).resolve()


@pytest.fixture
def files(root: Path) -> Overlay:
    return Overlay(Disk(root), {root / name: text for name, text in CHANGES.items()})


def test_texts(files: Overlay, root: Path) -> None:
    assert files.text(root / "accounts/a/account.yml", 10) == "name: A2\n"
    assert files.text(root / "accounts/a/notes/2026-01-01.md", 10) == "x"
    with pytest.raises(FileNotFoundError):
        files.text(root / "accounts/b.yml", 10)
    large = Overlay(Disk(root), {root / "accounts/b.yml": "x" * 2000})
    with pytest.raises(Unreadable, match="too large"):
        large.text(root / "accounts/b.yml", 1)


def test_names(files: Overlay, root: Path) -> None:
    assert sorted(files.names(root / "accounts")) == ["a", "new"]
    assert sorted(files.names(root / "accounts/a")) == [".hidden", "account.yml", "notes", "p.yml"]
    assert sorted(files.names(root / "accounts/a/notes")) == ["2026-01-01.md", "2026-02-02.md"]
    assert files.names(root / "accounts/new") == ["notes"]
    assert files.names(root / "accounts/new/notes") == ["2026-01-01.md"]
    for gone in ("b.yml", "c", "c/notes", "none"):
        with pytest.raises(FileNotFoundError):
            files.names(root / "accounts" / gone)
    with pytest.raises(NotADirectoryError):
        files.names(root / "accounts/a/p.yml")


def test_what_is_there(files: Overlay, root: Path) -> None:
    folders = ["accounts", "accounts/a", "accounts/a/notes", "accounts/new", "accounts/new/notes"]
    there = ["accounts/a/account.yml", "accounts/a/p.yml", "accounts/a/notes/2026-01-01.md"]
    gone = ["accounts/b.yml", "accounts/c", "accounts/c/notes", "accounts/c/account.yml", "accounts/none"]
    assert [name for name in [*folders, *there, *gone] if files.exists(root / name)] == [*folders, *there]
    assert [name for name in [*folders, *there, *gone] if files.is_folder(root / name)] == folders


def test_a_folder_with_something_hidden_left_stays(root: Path) -> None:
    names = [name for name in FILES if name.startswith("accounts/a/") and "hidden" not in name]
    files = Overlay(Disk(root), {root / name: None for name in names})
    assert files.names(root / "accounts/a") == [".hidden"]
    assert not files.exists(root / "accounts/a/notes")


def test_all_below(files: Overlay, root: Path) -> None:
    below = sorted(path.relative_to(root).as_posix() for path in files.below(root / "accounts"))
    assert below == [
        "accounts/a/account.yml",
        "accounts/a/notes/2026-01-01.md",
        "accounts/a/notes/2026-02-02.md",
        "accounts/a/p.yml",
        "accounts/new/notes/2026-01-01.md",
    ]
    assert files.below(root / "accounts/new") == [root / "accounts/new/notes/2026-01-01.md"]
    assert files.below(root / "accounts/a/p.yml") == [root / "accounts/a/p.yml"]


def test_links_in_notes(files: Overlay, root: Path) -> None:
    note = root / "accounts/a/notes/2026-02-02.md"
    assert files.linked(note, "../p.yml") == (root / "accounts/a/p.yml", 2)
    assert files.linked(note, "2026-01-01.md") == (root / "accounts/a/notes/2026-01-01.md", 1)
    assert files.linked(note, "../q.yml") is None
    assert files.linked(root / "accounts/c/notes/n.md", "../account.yml") is None
    assert files.linked(note, "../../new/notes/2026-01-01.md") is None


def test_links_out_of_the_workspace(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yml"
    outside.write_text("x")
    (root / "accounts/link.yml").symlink_to(outside)
    (root / "accounts/other.yml").symlink_to(outside)
    files = Overlay(Disk(root), {root / "accounts/link.yml": "name: L\n"})
    assert not files.leaves(root / "accounts/link.yml")
    assert files.leaves(root / "accounts/other.yml")
