"""Files are written whole or not at all, and the files of one command all together or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from kamgen.errors import KamgenError


def write_files(files: Mapping[Path, str | bytes | None], moves: Mapping[Path, Path] | None = None) -> None:
    """Write texts as UTF-8 with the line ends they have, making folders as needed; None deletes a file.

    `moves` are files and folders that get another path first: `files` says where each stands after that.

    Each file is finished and on the disk before the first one takes its place. When anything fails on the way, a
    key pressed by the user included, every file and folder is again as it was. Folders that deleting leaves empty go
    too. Raises KamgenError where the system does not let us write, and for a file that is write-protected: putting
    another in its place would do, but nobody wants that done.
    """
    new = {path: text.encode("utf-8") if isinstance(text, str) else text for path, text in files.items()}
    try:
        with ExitStack() as undo:
            for old, wanted in (moves or {}).items():
                _move(old, wanted, undo)
            _refuse_protected(new)
            copies = {path: _finished_copy(path, raw, undo) for path, raw in new.items() if raw is not None}
            for path in new:
                _swap_in(copies.get(path), path, undo)
            undo.pop_all()
    except OSError as error:
        name = str(error.filename2 or error.filename or next(iter(files)))
        hidden = {str(beside): path for path in new for beside in (_beside(path, "new"), _backup(path))}
        advice = (
            " Ask whoever looks after these files to let you write in that folder."
            if isinstance(error, PermissionError)
            else ""
        )
        raise KamgenError(
            f"Nothing was written: {hidden.get(name, name)}: {error.strerror or error}.{advice}"
        ) from error
    for path, raw in new.items():
        with suppress(OSError):  # everything is written; what is left over is hidden, and nothing reads it
            _backup(path).unlink(missing_ok=True)
        if raw is None:
            _remove_empty(path.parent)


def _refuse_protected(files: Iterable[Path]) -> None:
    for path in files:
        if path.is_file() and not os.access(path, os.W_OK):
            raise KamgenError(
                f"Nothing was written: {path} is write-protected. Take the protection off if it may be changed, or ask "
                "whoever set it."
            )


def _move(old: Path, new: Path, undo: ExitStack) -> None:
    if os.path.lexists(new):  # a file there would be gone without a word
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new))
    undo.callback(_move_back, old, new)
    old.rename(new)


def _move_back(old: Path, new: Path) -> None:
    if not os.path.lexists(old):
        new.rename(old)


def _finished_copy(path: Path, data: bytes, undo: ExitStack) -> Path:
    """The text in a hidden file beside its place, so that nothing reads it before it is finished."""
    _make_folder(path.parent, undo)
    copy = _beside(path, "new")
    undo.callback(copy.unlink, missing_ok=True)
    with copy.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, copy)
    return copy


def _swap_in(copy: Path | None, path: Path, undo: ExitStack) -> None:
    """Put a finished copy in its place, or (None) nothing."""
    if os.path.lexists(path):
        backup = _backup(path)
        backup.unlink(missing_ok=True)
        undo.callback(backup.unlink, missing_ok=True)  # as long as both are one file, replacing does nothing
        _keep(path, backup)
        undo.callback(backup.replace, path)
    elif copy:
        undo.callback(path.unlink, missing_ok=True)
    if copy:
        copy.replace(path)
    else:
        path.unlink(missing_ok=True)


def _keep(path: Path, backup: Path) -> None:
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, backup, follow_symlinks=False)


def _make_folder(folder: Path, undo: ExitStack) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, undo)
        undo.callback(_remove, folder)
        folder.mkdir()


def _remove(folder: Path) -> bool:
    """Remove a folder that is empty; whether it was."""
    with suppress(OSError):
        folder.rmdir()
        return True
    return False


def _remove_empty(folder: Path) -> None:
    """Remove a folder that is left empty, and the folders above it likewise."""
    while _remove(folder):
        folder = folder.parent


def _backup(path: Path) -> Path:
    return _beside(path, "old")


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}.tmp")
