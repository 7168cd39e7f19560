"""The files of a workspace while they are changed: nothing is on the disk before `write`, and then all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kamgen.edit import spans
from kamgen.edit.atomic import write_files
from kamgen.edit.sheet import CannotEdit, Keys, refuse_conflict, sheet_of
from kamgen.edit.spans import Value
from kamgen.edit.writing import plain
from kamgen.errors import KamgenError, near
from kamgen.model.identity import IS_ID, item_id, numbered, slug
from kamgen.model.settings import Limits
from kamgen.read.files import Disk, Files, Unreadable, decoded, read_text
from kamgen.read.moved import moved
from kamgen.read.overlay import Overlay
from kamgen.read.playbook import default_settings
from kamgen.read.reading import Found
from kamgen.read.source import PARTS, Source, is_plan_of_year
from kamgen.read.workspace import find_accounts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a key path of an account stands or will stand: the file, below the root, and the path within it."""

    path: str
    keys: Keys


class Draft:
    """Changes of a workspace's files, account by account or file by file, before they are written.

    Paths of files lie below the root, with forward slashes. A key path is that of the account's one document, entries
    of lists by their ids: ("contacts", "roland-mendel", "leaves"), ("plan", "implementation", ACTION, "done"),
    ("audits", "2026-03-18", "answers"). Every method raises CannotEdit where a person has to do it by hand, with the
    file and the line, and KamgenError for an account or a file that is not there; then nothing is changed.
    """

    def __init__(self, root: Path, limits: Limits | None = None) -> None:
        self.root = root.resolve()
        self.limits = limits or default_settings().limits
        self._before: dict[Path, bytes | None] = {}  # as it was on the disk when first looked at
        self._texts: dict[Path, str | None] = {}
        self._accounts: dict[str, Found] | None = None

    # One account's document

    def set(self, account: str, path: Keys, value: Value) -> None:
        """Set a value. The entries of lists that are touched get their `id` written, where they have none."""
        home = self.home(account, path)
        self._edit(home.path, lambda text: _set(text, home.keys, value))

    def append(self, account: str, path: Keys, item: Mapping[str, Value]) -> str:
        """Append an entry to the list at a path; gives its id, which is written as `id` and new in the list."""
        home = self.home(account, path)
        text = self._text_or_none(home.path) or ""
        name = self._told(home.path, lambda: _new_id(text, home.keys, item))
        self._edit(home.path, lambda text: spans.add(_with_ids(text, home.keys), home.keys, {**item, "id": name}))
        return name

    def remove(self, account: str, path: Keys) -> None:
        """Take out a key or an entry of a list, with the comments that belong to it."""
        home = self.home(account, path)
        self._edit(home.path, lambda text: spans.take_out(text, home.keys))

    def set_in_note(self, account: str, note: str, keys: Keys, value: Value) -> None:
        """Set a value in the head of a note, which is named as its file without ending."""
        path = f"{self._folder(account)}/notes/{_file_name(note)}.md"
        self.text(path)
        self._edit(path, lambda text: spans.put_head(text, keys, value))

    def home(self, account: str, path: Keys) -> Home:
        """The file in which a key path of an account stands, or will stand, and the path within that file.

        The parts of an account have files of their own where the account has a folder with an account.yml; what ended
        in an earlier year stands in a file of that year.
        """
        home = self._own_home(account, path)
        if path[0] != "plan" or len(path) < 3 or self._holds(home.path, home.keys[: 3 - len(path) or None]):
            return home
        names = self._plans_of_years(self._folder(account))
        return next((Home(name, path[1:]) for name in names if self._holds(name, path[1:3])), home)

    def _own_home(self, account: str, path: Keys) -> Home:
        folder, light = self._folder(account), self._account(account).file
        if path[0] == "audits" and len(path) > 1:
            return Home(f"{folder}/audits/{_file_name(path[1])}.yml", path[2:])
        own, part = f"{folder}/account.yml", f"{folder}/{path[0]}.yml"
        base = own if not light or self._text_or_none(own) is not None else self._relative(light)
        if path[0] not in PARTS:
            return Home(base, path)
        if self._text_or_none(part) is None and (base != own or self._has_part(base, path[0])):
            return Home(base, path)
        return Home(part, path[1:])

    def _has_part(self, base: str, part: str) -> bool:
        """Whether an account's main file holds a part; refused where nobody can tell."""
        sheet = sheet_of(self._text_or_none(base) or "")
        self._told(base, partial(sheet.refuse_mistakes, (part,)))
        return bool(sheet.find((part,)))

    def _plans_of_years(self, folder: str) -> list[str]:
        """The files of what ended in earlier years, the last first."""
        files, path = self.files, self.root / folder
        names = files.names(path) if files.is_folder(path) else []
        return [f"{folder}/{name}" for name in sorted(filter(is_plan_of_year, names), reverse=True)]

    def _holds(self, path: str, keys: Keys) -> bool:
        sheet = sheet_of(self._text_or_none(path) or "")
        return len(self._told(path, lambda: sheet.find(keys))) == len(keys)

    def _folder(self, account: str) -> str:
        folder = self._account(account).folder
        return self._relative(folder) if folder else f"accounts/{account}"

    def _account(self, name: str) -> Found:
        if self._accounts is None:
            source = Source(self.root, self.limits, self.files)
            self._accounts = {one.slug: one for one in find_accounts(source, self.root / "accounts")}
        if name not in self._accounts:
            raise KamgenError(f'There is no account "{name}".{near(name, self._accounts)}')
        return self._accounts[name]

    # Files

    def text(self, path: str) -> str:
        """The text of a file as it will be, with its own line ends and byte order mark."""
        text = self._text_or_none(path)
        if text is None:
            raise KamgenError(f"There is no file {path}.")
        return text

    def create(self, path: str, text: str) -> None:
        """A new file; one that is there already with the same text is left as it is, with another is refused."""
        there = self._text_or_none(path)
        if there is not None and there != text:
            raise CannotEdit("A file of that name is there already. Choose another name.", path=path)
        self._texts[self._path(path)] = text
        self._accounts = None

    def replace(self, path: str, text: str) -> None:
        """Another text for a file that is there; refused where two people changed the same lines of it."""
        there = self.text(path)
        if text != there:
            self._told(path, lambda: refuse_conflict(there))
        self._texts[self._path(path)] = text

    def delete(self, path: str) -> None:
        """Take a file away."""
        self.text(path)
        self._texts[self._path(path)] = None
        self._accounts = None

    @property
    def changed(self) -> Mapping[Path, str | None]:
        """The files whose text really differs from what is on the disk, by absolute path; None: the file goes."""
        return {path: text for path, text in self._texts.items() if _raw(text) != self._before[path]}

    @property
    def files(self) -> Files:
        """The workspace as it will be, for the reader."""
        return Overlay(Disk(self.root), self.changed)

    def write(self, moves: Mapping[Path, Path] | None = None) -> None:
        """Write all changes or none; raises KamgenError where somebody else changed one of the files meanwhile.

        `moves` are the files and folders that get another path, by absolute path, as a part of it.
        """
        changed = self.changed
        for path in changed:
            if (path.read_bytes() if path.exists() else None) != self._before[path]:
                name = self._relative(path)
                raise KamgenError(f"Nothing was written: somebody else has changed {name} meanwhile. Start again.")
        if changed or moves:
            write_files({moved(path, moves or {}): text for path, text in changed.items()}, moves)
        self._before.update({path: _raw(text) for path, text in changed.items()})

    def _edit(self, path: str, edit: Callable[[str], str]) -> None:
        text = self._text_or_none(path) or ""
        new = self._told(path, lambda: edit(text))
        if new != text:
            self._told(path, lambda: refuse_conflict(text))  # it may stand below the head of a note
            self._texts[self._path(path)] = new

    def _told(self, path: str, edit: Callable[[], T]) -> T:
        """What a step gives; where it is refused, the file is named."""
        try:
            return edit()
        except CannotEdit as error:
            raise CannotEdit(error.why, error.line, path) from error

    def _text_or_none(self, name: str) -> str | None:
        path = self._path(name)
        if path not in self._texts:
            raw = self._loaded(name, path)
            self._before[path] = raw
            self._texts[path] = None if raw is None else raw.decode("utf-8")
        return self._texts[path]

    def _loaded(self, name: str, path: Path) -> bytes | None:
        """The bytes of a file, once it is sure that they are a text; None where nothing is."""
        if path.is_symlink():
            raise CannotEdit("This is a link. Change the file that it leads to by hand.", path=name)
        if not path.exists():
            return None
        try:
            text = read_text(path, self.root, int(self.limits.file_size_kb))
        except Unreadable as reason:
            raise CannotEdit(f"The file {reason} {reason.hint}", path=name) from reason
        raw = path.read_bytes()
        if decoded(raw) != text:
            raise KamgenError(f"Somebody else is changing {name} just now. Start again.")
        return raw

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        path = self.root.joinpath(*parts)
        if not parts or parts[0] == "/" or ".." in parts or not path.resolve().is_relative_to(self.root):
            raise KamgenError(f"{name} would stand outside the workspace. Choose a place inside it.")
        return path

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _raw(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")


def _file_name(name: str) -> str:
    """The name of a note or an audit, which is no path."""
    if "/" in name or "\\" in name or name.startswith("."):
        raise KamgenError(f'There is no file "{name}".')
    return name


def _set(text: str, keys: Keys, value: Value) -> str:
    sheet = sheet_of(text)
    found = sheet.find(keys)
    if found and len(found) == len(keys):
        if found[-1].in_list and isinstance(value, Mapping):
            value = {**value, "id": value.get("id", keys[-1])}
        old, new = spans.value_at(sheet.tree, found), plain(value)
        if old in (new, [new]) or [old] == new:  # a list of one may be written without its brackets
            return text
    return spans.put(_with_ids(text, keys), keys, value)


def _with_ids(text: str, keys: Keys) -> str:
    """The text with an `id` in each entry of a list on the way to the last key that has none."""
    above = sheet_of(text).find(keys)[: len(keys) - 1]
    for depth, one in enumerate(above):
        if one.in_list and "id" not in one.own_keys:
            name = keys[depth]
            text = spans.put(text, (*keys[: depth + 1], "id"), name if IS_ID(name) else slug(name))
    return text


def _new_id(text: str, keys: Keys, item: Mapping[str, Value]) -> str:
    """The id of an entry that comes into a list: its own, or its text's; with a number where that is taken."""
    sheet = sheet_of(text)
    found = sheet.find(keys)
    there = spans.value_at(sheet.tree, found) if len(found) == len(keys) else ()
    taken = {item_id(one, keys[-1]) for one in there} if isinstance(there, list) else set()
    wanted = str(item.get("id") or item_id(plain(item), keys[-1]))
    return next(name for name in numbered(wanted) if name not in taken)
