"""The workspace as it will be when files and folders have other names, for the same reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kamgen.read.files import Files


def moved(path: Path, moves: Mapping[Path, Path]) -> Path:
    """Where a path stands after files and folders have moved."""
    found = ((old, new) for old, new in moves.items() if path.is_relative_to(old))
    return next((new / path.relative_to(old) for old, new in found), path)


class Moved(Files):
    """Other files of which some stand elsewhere: `paths` gives the new path of each file or folder that moves."""

    def __init__(self, files: Files, paths: Mapping[Path, Path]) -> None:
        self.files = files
        self.new = dict(paths)
        self.old = {new: old for old, new in paths.items()}

    def _was(self, path: Path) -> Path:
        """Where a path stands before the move; a path that is left behind leads to nothing."""
        was = moved(path, self.old)
        left = was == path and any(path.is_relative_to(before) for before in self.new)
        return path.with_name(f".{path.name}.moved") if left else was

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        return self.files.text(self._was(path), cap_kb)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        was = self._was(folder)
        return [moved(was / name, self.new).name for name in self.files.names(was)]

    def exists(self, path: Path) -> bool:
        """Whether anything stands there."""
        return self.files.exists(self._was(path))

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder."""
        return self.files.is_folder(self._was(path))

    def leaves(self, path: Path) -> bool:
        """Whether it is a link to somewhere outside the workspace."""
        return self.files.leaves(self._was(path))

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders."""
        return [moved(one, self.new) for one in self.files.below(self._was(path))]

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes."""
        found = self.files.linked(self._was(note), target)
        return found and (moved(found[0], self.new), found[1])
