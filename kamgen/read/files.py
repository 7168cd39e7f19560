"""Bytes into text, safely: size cap, no links out of the workspace, nothing but regular UTF-8 files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """A file that cannot be taken in; its text completes "This file …" for the reader of a finding (KAM010)."""


def read_text(path: Path, root: Path, cap_kb: int) -> str:
    """The text of a file below `root`, with Unix line ends and without a byte order mark.

    Raises Unreadable for anything that is not a regular UTF-8 file of at most `cap_kb` kilobytes inside the root.
    """
    try:
        _refuse_outside(path, root)
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is not an ordinary file. Remove it.")
            if status.st_size > cap_kb * 1024:
                raise Unreadable(
                    f"is {_size(status.st_size)}, and kamgen reads files up to {_size(cap_kb * 1024)}. "
                    "Was something pasted or saved here by mistake?"
                )
            raw = file.read()
    except PermissionError as error:
        raise Unreadable("may not be read by this user. Ask for its permissions to be mended.") from error
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror or 'unknown reason'}).") from error
    return _decoded(raw)


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe would hold the run up for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def leaves(path: Path, root: Path) -> bool:
    """Whether a path is a link to somewhere outside the (resolved) root."""
    return path.is_symlink() and not path.resolve().is_relative_to(root)


def _refuse_outside(path: Path, root: Path) -> None:
    if leaves(path, root):
        raise Unreadable("is a link to a place outside the workspace. Put the file itself here instead.")


def _decoded(raw: bytes) -> str:
    if raw.startswith(UTF16_BOMS):
        raise Unreadable('is saved as "Unicode" (UTF-16), as Excel and Notepad do. Save it again as UTF-8.')
    try:
        text = raw.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"holds a character on line {line} that is not UTF-8, as older Windows programs write. "
            "Open it in an editor and save it again as UTF-8."
        ) from error
    if "\0" in text:
        raise Unreadable("is not a text file. Save it again as UTF-8 text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, count // 1024)} kB"
