"""Files appear whole or not at all, and those of one command together."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kamgen.edit import atomic
from kamgen.edit.atomic import write_files
from kamgen.errors import KamgenError
from tests.edit.conftest import tree


def test_writes_new_and_old_files(tmp_path: Path) -> None:
    (tmp_path / "old.yml").write_bytes(b"a: 1\r\n")
    write_files({tmp_path / "old.yml": "a: 2\r\n", tmp_path / "new" / "deep" / "b.yml": "ü\n"})
    assert tree(tmp_path) == {"old.yml": b"a: 2\r\n", "new/deep/b.yml": "ü\n".encode()}


def test_keeps_the_permissions_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "old.yml"
    path.write_text("a")
    path.chmod(0o640)
    write_files({path: "b"})
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_stop_on_the_way_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException, at: int, step: str
) -> None:
    (tmp_path / "one.yml").write_text("old one")
    (tmp_path / "three.yml").write_text("old three")
    before = tree(tmp_path)
    calls = 0
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        count("fsync")
        real_fsync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        if self.name.endswith(".new.tmp"):
            count("replace")
        return real_replace(self, target)

    def count(name: str) -> None:
        nonlocal calls
        if name == step:
            calls += 1
            if calls == at:
                raise stop

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    files = {tmp_path / "one.yml": "1", tmp_path / "new" / "two.yml": "2", tmp_path / "three.yml": "3"}
    with pytest.raises(KeyboardInterrupt if isinstance(stop, KeyboardInterrupt) else KamgenError):
        write_files(files)
    assert tree(tmp_path) == before
    assert not (tmp_path / "new").exists()


def test_says_which_place_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KamgenError, match=r"^Nothing was written: .*file.*\.$"):
        write_files({tmp_path / "fine.yml": "", tmp_path / "file" / "below.yml": ""})
    assert list(tree(tmp_path)) == ["file"]


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system lets its administrator write everything, so the answer is put in its mouth."""
    for name in ("plan.yml", "other.yml"):
        (tmp_path / name).write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: path.name != "plan.yml")
    for new in ("new", None):
        with pytest.raises(KamgenError, match=r"^Nothing was written: .*/plan\.yml is write-protected\. Take the"):
            write_files({tmp_path / "other.yml": "new", tmp_path / "plan.yml": new})
    assert set(tree(tmp_path).values()) == {b"old"}


def test_a_write_protected_file_in_a_folder_that_moves_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "plan.yml").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(KamgenError, match=r"plan\.yml is write-protected"):
        write_files({tmp_path / "b" / "plan.yml": "new"}, {tmp_path / "a": tmp_path / "b"})
    assert tree(tmp_path) == {"a/plan.yml": b"old"}


def test_a_folder_that_may_not_be_written_is_told_by_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(KamgenError) as told:
        write_files({tmp_path / "plan.yml": "new"})
    assert str(told.value) == (
        f"Nothing was written: {tmp_path}/plan.yml: Permission denied. "
        "Ask whoever looks after these files to let you write in that folder."
    )


def test_deletes_in_the_same_change(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "notes").mkdir()
    (tmp_path / "old" / "notes" / "a.md").write_text("a")
    (tmp_path / "old" / "b.yml").write_text("b")
    (tmp_path / "c.yml").write_text("c")
    change = {"old/notes/a.md": None, "old/b.yml": None, "new/b.yml": "b", "new/p.png": b"\x89\xff", "none.yml": None}
    write_files({tmp_path / name: content for name, content in change.items()})
    assert tree(tmp_path) == {"c.yml": b"c", "new/b.yml": b"b", "new/p.png": b"\x89\xff"}
    assert not (tmp_path / "old").exists()


def test_a_folder_with_something_left_stays(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "old" / name).write_text(name)
    write_files({tmp_path / "old" / "a.md": None})
    assert tree(tmp_path) == {"old/b.md": b"b.md"}


@pytest.mark.parametrize("stop", [OSError(5, "Input/output error"), KeyboardInterrupt()], ids=["error", "key"])
def test_a_stop_at_any_line_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    """Stopped before each line that writing runs through, in turn: all files are as before, or all as they shall be."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # this many times it takes seconds
    changes: dict[str, str | bytes | None] = {"one.yml": "1", "new/deep/two.yml": "2", "gone/three.yml": None}
    stopped, at = 0, 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        (folder / "gone").mkdir(parents=True)
        for name in ("one.yml", "gone/three.yml", "four.yml"):
            (folder / name).write_text(f"old {name}")
        before = tree(folder)
        if not _stopped_at(at, stop, {folder / name: content for name, content in changes.items()}):
            break
        after = tree(folder)
        if after == before:
            stopped += 1
            assert not (folder / "new").exists()
        else:
            seen = {name: raw for name, raw in after.items() if not name.endswith(".old.tmp")}
            assert seen == {"one.yml": b"1", "new/deep/two.yml": b"2", "four.yml": before["four.yml"]}
    assert stopped > 50
    assert tree(folder) == {"one.yml": b"1", "new/deep/two.yml": b"2", "four.yml": before["four.yml"]}


def _stopped_at(at: int, stop: BaseException, files: dict[Path, str | bytes | None]) -> bool:
    """Write, but raise before the line of `atomic` that is run as number `at`; whether it came so far."""
    seen = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        nonlocal seen
        if frame.f_code.co_filename != atomic.__file__:
            return None
        if event == "line":
            seen += 1
            if seen == at:
                raise stop
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        write_files(files)
    except (OSError, KamgenError, KeyboardInterrupt):
        return True
    finally:
        sys.settrace(before)
    return seen >= at
