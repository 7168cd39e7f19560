"""Files into text, safely: size cap, no links out of the workspace, nothing but regular UTF-8 files.

The reader asks `Files` and not the disk, so that an older state of the workspace is read by the same reader.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """A file that cannot be taken in (KAM010): its text completes "The file … ", `hint` says what to do."""

    def __init__(self, what: str, hint: str, line: int = 1) -> None:
        super().__init__(what)
        self.hint = hint
        self.line = line


class Files(Protocol):
    """Where the files of a workspace come from: the disk, or an older state in git."""

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file; raises Unreadable."""

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds; raises OSError, as for a file (NotADirectoryError)."""

    def exists(self, path: Path) -> bool:
        """Whether anything stands there, a link that leads nowhere included."""

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder, or a link to one."""

    def leaves(self, path: Path) -> bool:
        """Whether it is a link to somewhere outside the workspace."""

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders, hidden ones left out; a file alone, as a link is, is itself."""

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes; None where none is."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The workspace as it lies on the disk, below its (resolved) root."""

    root: Path

    def text(self, path: Path, cap_kb: int) -> str:
        """The text of a file."""
        return read_text(path, self.root, cap_kb)

    def names(self, folder: Path) -> list[str]:
        """The names of what a folder holds."""
        with os.scandir(folder) as found:
            return [entry.name for entry in found]

    def exists(self, path: Path) -> bool:
        """Whether anything stands there."""
        return path.exists() or path.is_symlink()

    def is_folder(self, path: Path) -> bool:
        """Whether it is a folder."""
        return path.is_dir()

    def leaves(self, path: Path) -> bool:
        """Whether it is a link to somewhere outside the workspace."""
        return leaves(path, self.root)

    def below(self, path: Path) -> list[Path]:
        """The files in a folder and its folders."""
        if not path.is_dir() or path.is_symlink():
            return [path]
        return [Path(where, name) for where, _, names in os.walk(path) for name in names if name[0] != "."]

    def linked(self, note: Path, target: str) -> tuple[Path, int] | None:
        """The file in the account's folder that a note's link leads to, and its size in bytes."""
        folder = note.parent.parent
        try:
            inside = os.path.realpath(folder)
            resolved = Path(os.path.realpath(note.parent / target))
            if not resolved.is_relative_to(inside) or not resolved.is_file():
                return None
            return folder / resolved.relative_to(inside), resolved.stat().st_size
        except (OSError, ValueError):
            return None


def read_text(path: Path, root: Path, cap_kb: int) -> str:
    """The text of a file below `root`, with Unix line ends and without a byte order mark.

    Raises Unreadable for anything that is not a regular UTF-8 file of at most `cap_kb` kilobytes inside the root.
    """
    try:
        _refuse_link(path, root)
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is no ordinary file.", "Remove it.")
            refuse_size(status.st_size, cap_kb * 1024)
            raw = file.read(cap_kb * 1024 + 1)
            refuse_size(len(raw), cap_kb * 1024)  # it may have grown
    except IsADirectoryError as error:
        raise Unreadable("is a folder; a file of that name belongs here.", "Rename the folder.") from error
    except PermissionError as error:
        raise Unreadable("may not be opened by this user.", "Ask for permission to read it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "for an unknown reason"
        raise Unreadable(f"cannot be opened ({reason}).", "Remove it, or put it here anew.") from error
    return decoded(raw)


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe would hold the run up for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def leaves(path: Path, root: Path) -> bool:
    """Whether a path is a link to somewhere outside the (resolved) root."""
    # pathlib raises RuntimeError for links in a circle; this does not.
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)


def _refuse_link(path: Path, root: Path) -> None:
    if not path.is_symlink():
        return
    if leaves(path, root):
        raise Unreadable("is a link to a place outside the workspace.", "Put the file itself here instead.")
    if not path.exists():
        raise Unreadable("is a link that leads nowhere.", "Put the file itself here instead, or delete the link.")


def refuse_size(size: int, cap: int) -> None:
    """Raise Unreadable for more bytes than the cap."""
    if size > cap:
        raise Unreadable(
            f"is too large ({in_words(size)}): kamgen reads files up to {in_words(cap)}.",
            "Was something pasted or saved here by mistake? The limit is `limits: file_size_kb` in kamgen.yml.",
        )


def decoded(raw: bytes) -> str:
    """The bytes of a file as text with Unix line ends; raises Unreadable."""
    if raw.startswith(UTF16_BOMS):
        hint = 'Save it again as UTF-8 (in Excel: "CSV UTF-8").'
        raise Unreadable('is saved as "Unicode" (UTF-16), as Excel and Notepad do.', hint)
    if b"\0" in raw:
        raise Unreadable("is no text file.", "Save it again as UTF-8 text.", raw.count(b"\n", 0, raw.index(b"\0")) + 1)
    try:
        text = raw.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"holds a letter or sign on line {line} that is saved in an old way (not as UTF-8).",
            "Open it in an editor, save it again as UTF-8, and look at the line.",
            line,
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def in_words(size: int) -> str:
    """A number of bytes for a reader, rounded up."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} kB"
