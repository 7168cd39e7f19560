"""The files of a workspace as if only a few accounts stood in it: what a change touches is all that has to be read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kamgen.model.identity import IS_ID, slug
from kamgen.read.files import Files


@dataclass(frozen=True, slots=True)
class Concerned(Files):
    """The files of `whole` below `root`; of `accounts/` only these accounts, and none of the exports."""

    whole: Files
    root: Path
    slugs: Collection[str]

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        return self.whole.text(path, cap_kb)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        names = self.whole.names(folder)
        if folder != self.root / "accounts":
            return names
        return [name for name in names if not name.endswith(".csv") and self._is_concerned(name)]

    def _is_concerned(self, name: str) -> bool:
        # Files that are badly named are of the account that they would be, so that they are found by the same name.
        stem = name.removesuffix(".yml")
        return stem in self.slugs or (not IS_ID(stem) and slug(stem) in self.slugs)

    def exists(self, path: Path) -> bool:
        """Whether anything stands there."""
        is_export = path.suffix == ".csv" and path.parent == self.root / "accounts"
        return not is_export and self.whole.exists(path)

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder."""
        return self.whole.is_folder(path)

    def leaves(self, path: Path) -> bool:
        """Whether it is a link to somewhere outside the workspace."""
        return self.whole.leaves(path)

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders."""
        return self.whole.below(path)

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes."""
        return self.whole.linked(note, target)
