"""An older state of the workspace, straight from git's store: the same files as on the disk, for the same reader."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path

from kamgen.read.files import Files, decoded, refuse_size
from kamgen.read.git import Objects


class Snapshot(Files):
    """The files of one state: each one's object by its path below the root, which need not exist on the disk."""

    def __init__(self, root: Path, files: Mapping[str, str], store: Objects) -> None:
        self.root = root
        self.files = files
        self.store = store
        self.folders: dict[str, dict[str, None]] = {"": {}}
        for path in files:
            self._enter(path)

    def _enter(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        known = folder in self.folders
        self.folders.setdefault(folder, {})[name] = None
        if not known:
            self._enter(folder)

    def _below_root(self, path: Path) -> str:
        name = path.relative_to(self.root).as_posix()
        return "" if name == "." else name

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        name = self.files.get(self._below_root(path))
        if name is None:
            raise FileNotFoundError(path)
        raw = self.store.read(name)
        refuse_size(len(raw), cap_kb * 1024)
        return decoded(raw)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        name = self._below_root(folder)
        if name in self.files:
            raise NotADirectoryError(folder)
        if name not in self.folders:
            raise FileNotFoundError(folder)
        return list(self.folders[name])

    def exists(self, path: Path) -> bool:
        """Whether anything stands there."""
        name = self._below_root(path)
        return name in self.files or name in self.folders

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder."""
        return self._below_root(path) in self.folders

    def leaves(self, path: Path) -> bool:
        """Git keeps links apart from files: none is among these."""
        return False

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders."""
        name = self._below_root(path)
        if name in self.files:
            return [path]
        found = (file for file in self.files if file.startswith(f"{name}/"))
        return [self.root / file for file in found if not file.rpartition("/")[2].startswith(".")]

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file that a note's link leads to; how large it was then matters to nobody."""
        folder = self._below_root(note.parent.parent)
        name = posixpath.normpath(posixpath.join(self._below_root(note.parent), target))
        return (self.root / name, 0) if name in self.files and name.startswith(f"{folder}/") else None
