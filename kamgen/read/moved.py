"""The workspace as it will be when files and folders have other names, for the same reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kamgen.read.files import Files


class Moved(Files):
    """Other files of which some stand elsewhere: `paths` gives the new path of each file or folder that moves."""

    def __init__(self, files: Files, paths: Mapping[Path, Path]) -> None:
        self.files = files
        self.new = dict(paths)
        self.old = {new: old for old, new in paths.items()}

    def _was(self, path: Path) -> Path:
        """Where a path stands before the move; a path that is left behind leads to nothing."""
        for now, before in self.old.items():
            if path.is_relative_to(now):
                return before / path.relative_to(now)
        left = any(path.is_relative_to(before) for before in self.new)
        return path.with_name(f".{path.name}.moved") if left else path

    def _becomes(self, path: Path) -> Path:
        found = ((before, now) for before, now in self.new.items() if path.is_relative_to(before))
        return next((now / path.relative_to(before) for before, now in found), path)

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        return self.files.text(self._was(path), cap_kb)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        was = self._was(folder)
        return [self._becomes(was / name).name for name in self.files.names(was)]

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
        return [self._becomes(one) for one in self.files.below(self._was(path))]

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes."""
        found = self.files.linked(self._was(note), target)
        return found and (self._becomes(found[0]), found[1])
