"""Opening one file of the workspace for one account, and keeping what was found on the way."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from kamgen.finding import Place, Problem
from kamgen.model.identity import segment, subject
from kamgen.model.settings import Limits
from kamgen.read.files import Files, Unreadable
from kamgen.read.yaml import Document, parse, scalars

_IGNORED = re.compile(r"\..*|.*~|~\$.*|#.*#|.*\.(swp|swo|tmp|bak|orig)|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)
# The parts of an account that have a file of their own in its folder.
PARTS = ("contacts", "plan", "partnership")
# What ended in a year, moved out of the plan.
is_plan_of_year = re.compile(r"plan-(19|20|21)\d{2}\.yml", re.ASCII).fullmatch


@dataclass(slots=True)
class Source:
    """One account's (or, with slug "", the playbook's) files as they are read: problems, documents, gaps."""

    root: Path
    limits: Limits
    origin: Files
    account: str = ""
    base: str = ""
    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    distrusted: set[tuple[str, str]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    files: int = 0
    _root_length: int = 0

    def __post_init__(self) -> None:
        """Count once what every path begins with."""
        self._root_length = len(str(self.root).rstrip(os.sep)) + 1

    def tell(self, code: str, name: str, message: str, hint: str, place: Place) -> None:
        """Report a problem of this account."""
        self.problems.append(Problem(self.account, name, message, hint, code, place))

    def tell_file(self, code: str, path: Path, message: str, hint: str) -> None:
        """Report a problem of a whole file or folder."""
        self.tell(code, self.file_subject(path), message, hint, Place(self.relative(path)))

    def relative(self, path: Path) -> str:
        """The path below the root, with forward slashes; what cannot be printed is shown as �."""
        name = str(path)[self._root_length :].replace(os.sep, "/")
        return name if name.isprintable() else "".join(char if char.isprintable() else "�" for char in name)

    def shown(self, path: Path) -> str:
        """A file's name as it can be printed."""
        return self.relative(path).rpartition("/")[2]

    def file_subject(self, path: Path) -> str:
        """The subject of a finding about a file: `files/` (of the playbook: `playbook/`) and its path below that."""
        return file_subject(self.relative(path))

    def miss(self, part: str, key: str = "") -> None:
        """Note that a part (or, of an account's main file, a key) could not be read: no rule may judge it."""
        self.unread.add(key or part)
        self.distrusted.add((self.account, key or part))
        if part == "account" and not key:
            self.unread.update(PARTS)

    def text(self, path: Path, part: str, cap_kb: int | None = None) -> str | None:
        """The text of a file, or None with a finding (KAM010) and the part marked unread."""
        self.files += 1
        try:
            return self.origin.text(path, cap_kb or int(self.limits.file_size_kb))
        except Unreadable as reason:
            message = f'The file "{self.shown(path)}" {reason}'
            self.tell("KAM010", self.file_subject(path), message, reason.hint, Place(self.relative(path), reason.line))
            self.miss(part)
            return None

    def document(self, path: Path, part: str, at: str) -> Document | None:
        """A YAML file as a document whose top stands at the subject `at`."""
        text = self.text(path, part)
        return None if text is None else self.parsed(text, self.relative(path), part, at)

    def parsed(self, text: str, path: str, part: str, at: str) -> Document:
        """YAML text as a document; what could not be read is marked unread."""
        document = parse(text, path, at, int(self.limits.nesting))
        self.documents.append(document)
        for lost in document.lost:
            self.miss(part, "" if at else lost)
        if "{{" in text or "{%" in text:
            self._tell_templates(document)
        return document

    def _tell_templates(self, document: Document) -> None:
        for keys, node in scalars(document.root):
            if "{{" in node.value or "{%" in node.value:
                name = ".".join(part for part in (document.at, subject(*keys)) if part)
                mark = node.start_mark
                self.tell("KAM016", name, *TEMPLATE_CODE, document.spot(mark.line + 1, mark.column + 1))

    def take(self, problems: list[Problem], distrusted: set[tuple[str, str]]) -> None:
        """Keep what building a record found."""
        self.problems += problems
        self.distrusted |= distrusted


def file_subject(path: str) -> str:
    """The subject of a finding about a file, from its path below the root.

    `files/` and the path below the account; `playbook/` and the path below the playbook.
    """
    room, _, below = path.partition("/")
    if room == "accounts" and "/" in below:
        below = below.partition("/")[2]
    return ("playbook/" if room == "playbook" else "files/") + "/".join(segment(part) for part in below.split("/"))


TEMPLATE_CODE = (
    "Code in curly brackets ({{ or {%) stands in this text; pages of accounts show it as it is.",
    "Write in plain words what is meant. If it was meant for a page of the playbook, move it there.",
)


def listed(source: Source, folder: Path) -> list[Path]:
    """What a folder holds, in the order of names, without hidden files and editors' temporary ones.

    A folder that cannot be listed or lies outside is a finding (KAM010).
    """
    if source.origin.leaves(folder):
        message = f'The folder "{folder.name}" is a link to a place outside the workspace.'
        source.tell_file("KAM010", folder, message, "Put the files themselves here instead.")
        return []
    try:
        return [folder / name for name in sorted(source.origin.names(folder)) if not _IGNORED.fullmatch(name)]
    except NotADirectoryError:
        source.tell_file("KAM010", folder, f'"{folder.name}" should be a folder and is a file.', "Rename the file.")
    except OSError:
        message = f'The folder "{folder.name}" cannot be opened.'
        source.tell_file("KAM010", folder, message, "Ask for permission to read it, or put it here anew.")
    return []
