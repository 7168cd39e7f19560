"""The workspace as it will be: changed files laid over those that are there, for the same reader."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kamgen.read.files import Files, decoded, refuse_size


class Overlay(Files):
    """Other files with some texts changed, added or (None) deleted, by absolute path.

    A folder that is left empty is gone.
    """

    def __init__(self, files: Files, changed: Mapping[Path, str | None]) -> None:
        self.files = files
        self.changed = changed
        self._inside: dict[Path, dict[str, None]] = {}  # by folder: the names on the way to files that have a text here
        self._gone = {path for path, text in changed.items() if text is None}
        for path, text in changed.items():
            if text is not None:
                self._enter(path)
        for path in list(self._gone):
            self._leave(path.parent)

    def _enter(self, path: Path) -> None:
        known = path.parent in self._inside
        self._inside.setdefault(path.parent, {})[path.name] = None
        if not known and path.parent != path.parent.parent:
            self._enter(path.parent)

    def _leave(self, folder: Path) -> None:
        """Count a folder that holds nothing any more as gone, and the folders above it likewise."""
        if folder in self._gone or folder in self._inside:
            return
        with suppress(OSError):
            if all(folder / name in self._gone for name in self.files.names(folder)):
                self._gone.add(folder)
                self._leave(folder.parent)

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        if path not in self.changed:
            return self.files.text(path, cap_kb)
        text = self.changed[path]
        if text is None:
            raise FileNotFoundError(path)
        raw = text.encode("utf-8")
        refuse_size(len(raw), cap_kb * 1024)
        return decoded(raw)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        if folder in self._gone:
            raise FileNotFoundError(folder)
        if folder in self.changed:
            raise NotADirectoryError(folder)
        new = self._inside.get(folder, {})
        old = [] if new and not self.files.is_folder(folder) else self.files.names(folder)
        return [name for name in dict.fromkeys([*old, *new]) if folder / name not in self._gone]

    def exists(self, path: Path) -> bool:
        """Whether anything stands there."""
        return path not in self._gone and (path in self.changed or path in self._inside or self.files.exists(path))

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder."""
        if path in self._gone or path in self.changed:
            return False
        return path in self._inside or self.files.is_folder(path)

    def leaves(self, path: Path) -> bool:
        """Whether it is a link to somewhere outside the workspace."""
        return path not in self.changed and self.files.leaves(path)

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders."""
        if not self.is_folder(path):
            return [path]
        old = self.files.below(path) if self.files.is_folder(path) else []
        new = (one for one in self.changed if one.is_relative_to(path) and one.name[0] != ".")
        return [one for one in dict.fromkeys([*old, *new]) if one not in self._gone]

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes."""
        path = Path(os.path.normpath(note.parent / target))
        if path not in self.changed:
            return self.files.linked(note, target)
        text = self.changed[path]
        inside = path.is_relative_to(note.parent.parent)
        return (path, len(text.encode("utf-8"))) if text is not None and inside else None
