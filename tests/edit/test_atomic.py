"""Files appear whole or not at all, and those of one command together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
