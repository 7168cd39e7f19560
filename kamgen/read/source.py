"""Opening one file of the workspace for one account, and keeping what was found on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kamgen.finding import Place, Problem
from kamgen.model.identity import segment, subject
from kamgen.model.settings import Limits
from kamgen.read.files import Unreadable, leaves, read_text
from kamgen.read.yaml import Document, parse, scalars

_IGNORED = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(swp|swo|tmp|bak|orig)|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\{\{|\{%")


@dataclass(slots=True)
class Source:
    """One account's (or, with slug "", the playbook's) files as they are read: problems, documents, gaps."""

    root: Path
    limits: Limits
    account: str = ""
    base: str = ""
    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    distrusted: set[tuple[str, str]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    files: int = 0

    def tell(self, code: str, name: str, message: str, hint: str, place: Place) -> None:
        """Report a problem of this account."""
        self.problems.append(Problem(self.account, name, message, hint, code, place))

    def tell_file(self, code: str, path: Path, message: str, hint: str) -> None:
        """Report a problem of a whole file or folder."""
        self.tell(code, self.file_subject(path), message, hint, Place(self.relative(path)))

    def relative(self, path: Path) -> str:
        """The path below the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def file_subject(self, path: Path) -> str:
        """The subject of a finding about a file: `files/` and its path below the account."""
        below = self.relative(path).removeprefix(f"{self.base}/").removeprefix("accounts/")
        return "files/" + "/".join(segment(part) for part in below.split("/"))

    def text(self, path: Path, part: str, cap_kb: int | None = None) -> str | None:
        """The text of a file, or None with a finding (KAM010) and the part marked unread."""
        self.files += 1
        try:
            return read_text(path, self.root, cap_kb or int(self.limits.file_size_kb))
        except Unreadable as reason:
            self.tell_file("KAM010", path, f'The file "{path.name}" {reason}', "")
            self.unread.add(part)
            return None

    def document(self, path: Path, part: str, at: str) -> Document | None:
        """A YAML file as a document whose top stands at the subject `at`."""
        text = self.text(path, part)
        return None if text is None else self.parsed(text, self.relative(path), part, at)

    def parsed(self, text: str, path: str, part: str, at: str) -> Document:
        """YAML text as a document; what could not be read is marked unread."""
        document = parse(text, path, at, int(self.limits.nesting))
        self.documents.append(document)
        self.unread |= {at.partition(".")[0] or lost or part for lost in document.lost}
        if _TEMPLATE.search(text):
            self._tell_templates(document)
        return document

    def _tell_templates(self, document: Document) -> None:
        for keys, node in scalars(document.root):
            if _TEMPLATE.search(node.value):
                name = ".".join(part for part in (document.at, subject(*keys)) if part)
                mark = node.start_mark
                self.tell("KAM016", name, *TEMPLATE_CODE, document.spot(mark.line + 1, mark.column + 1))

    def take(self, problems: list[Problem], distrusted: set[tuple[str, str]]) -> None:
        """Keep what building a record found."""
        self.problems += problems
        self.distrusted |= distrusted


TEMPLATE_CODE = (
    "Template code ({{ or {%) stands in an account's text: it is shown as text and does nothing.",
    "If a playbook page was meant, write it there; else take the code out.",
)


def entries(folder: Path) -> list[Path]:
    """What a folder holds, in the order of names, without hidden files and editors' temporary ones."""
    with os.scandir(folder) as found:
        return sorted(Path(entry.path) for entry in found if not _IGNORED.fullmatch(entry.name))


def listed(source: Source, folder: Path) -> Iterator[Path]:
    """The entries of a folder; one that cannot be listed or lies outside is a finding (KAM010)."""
    if leaves(folder, source.root):
        source.tell_file(
            "KAM010", folder, f'The folder "{folder.name}" is a link to a place outside the workspace.', "Put the files here."
        )
        return
    try:
        yield from entries(folder)
    except OSError:
        source.tell_file(
            "KAM010", folder, f'The folder "{folder.name}" cannot be opened.', "Ask for its permissions to be mended."
        )
