"""The text of one YAML file with the marks of its parsed nodes, and small edits of it that leave all else as it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import yaml

from kamgen.errors import KamgenError
from kamgen.read.explain import Mistake
from kamgen.read.yaml import MAX_NESTING, NULLS, Document, ids_of, node_id, parse, scalars

Keys = tuple[str, ...]  # a key path from the top of the file; entries of lists by their ids

_BREAK = re.compile(r"(\r\n|\r|\n)")
_BOM = "\ufeff"
_BLOCK_START = re.compile(r"[^\s#-]|-(?=\S)")  # as the reader sees it
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_HEADER = re.compile(r"[|>][0-9+-]*")
_OWN_KEY = re.compile(r"""["']?[^\s"':#][^"':]*["']?\s*:""")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?:[ \t]|\r?$)", re.MULTILINE)  # the marks that git leaves
# Mistakes after which the rest of the text stands elsewhere than in the file.
_MOVED = "shift"


class CannotEdit(KamgenError):
    """A place that cannot be changed without a person's help: `why` is a sentence that says what to do."""

    def __init__(self, why: str, line: int = 0, path: str = "") -> None:
        at = f"line {line}" if line else ""
        where = f"{path}, {at}" if path and at else path or at.capitalize()
        super().__init__(f"{where}: {why}" if where else why)
        self.why, self.line, self.path = why, line, path


class Spot(NamedTuple):
    """A place in a text: line and column from 0."""

    line: int
    column: int


class Change(NamedTuple):
    """What stands from `start` to `end` becomes `text`, whose line ends are "\\n"."""

    start: Spot
    end: Spot
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value (or, in a list, a value alone: `key` is None), and the collection it stands in."""

    parent: yaml.Node
    index: int
    key: yaml.Node | None
    value: yaml.Node

    @property
    def in_list(self) -> bool:
        """Whether it is an entry of a list."""
        return isinstance(self.parent, yaml.SequenceNode)

    @property
    def own_keys(self) -> list[Any]:
        """The keys of its value, where that is a mapping."""
        return [key.value for key, _ in self.value.value] if isinstance(self.value, yaml.MappingNode) else []


class Sheet:
    """A file's text: its lines without their ends, its nodes, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.head = _BOM if text.startswith(_BOM) else ""
        parts = _BREAK.split(text[len(self.head) :])
        self.lines, self.ends = parts[0::2], parts[1::2]

    @cached_property
    def document(self) -> Document:
        """The text as it is read."""
        # With a last line end, so that a text at the end of the file is the same text when something follows it.
        lines = [*self.lines, ""] if self.lines[-1] else self.lines
        return parse("\n".join(lines), "", "", MAX_NESTING)

    @property
    def root(self) -> yaml.Node | None:
        """The top of the tree; None where the file holds nothing but comments."""
        root = self.document.root
        return None if root is None or is_empty(root) else root

    @property
    def tree(self) -> Any:
        """The plain values; an empty file is an empty mapping."""
        return {} if self.root is None else self.document.tree

    def changed(self, changes: Iterable[Change]) -> str:
        """The text after changes that do not overlap; lines that come in end as those of the file do.

        Lines that come in at the end of the file are ended, even where its last line was not.
        """
        starts = [len(self.head)]
        for line, end in zip(self.lines, self.ends, strict=False):
            starts.append(starts[-1] + len(line) + len(end))
        pieces, done = [], 0
        for change in sorted(changes, key=lambda one: (one.start, one.end)):
            start, end = (starts[spot.line] + spot.column for spot in (change.start, change.end))
            ended = "\n" * ("\n" in change.text and end == len(self.text) and change.text[-1] != "\n")
            new = f"{change.text}{ended}".replace("\n", self._line_end(change.start.line))
            pieces += [self.text[done:start], new]
            done = end
        return "".join([*pieces, self.text[done:]])

    def _line_end(self, line: int) -> str:
        near = self.ends[: line + 1] or self.ends
        return near[-1] if near else "\n"

    def line_end(self, line: int) -> Spot:
        """Where a line ends."""
        return Spot(line, len(self.lines[line]))

    def char(self, spot: Spot) -> str:
        """The character at a spot; "" at the end of a line."""
        return self.lines[spot.line][spot.column : spot.column + 1]

    def before(self, spot: Spot) -> str:
        """What stands before a spot on its line."""
        return self.lines[spot.line][: spot.column]

    def after(self, spot: Spot) -> str:
        """What stands behind a spot on its line."""
        return self.lines[spot.line][spot.column :]

    def between(self, start: Spot, end: Spot) -> str:
        """The text from one spot to another, with "\\n" as line ends."""
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column]
        inner = self.lines[start.line + 1 : end.line]
        return "\n".join([self.after(start), *inner, self.before(end)])

    def end(self, node: yaml.Node) -> Spot:
        """Where the content of a node ends, without comments and blank lines behind it."""
        if is_block(node):
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        mark = end_mark(node)
        header = self.header(node)
        if not header or mark.column:
            return mark
        line = mark.line - 1
        while "+" not in header and line > node.start_mark.line and not self.lines[line].strip():
            line -= 1
        return self.line_end(line)

    def header(self, node: yaml.Node) -> str:
        """The sign that opens a block of text, such as "|-"; "" for every other node."""
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return ""
        found = _HEADER.match(self.after(start_mark(node)))
        return found[0] if found else ""

    @cached_property
    def comments(self) -> list[tuple[int, str]]:
        """The comments with their lines."""
        left = {line: text for line, text in enumerate(self.lines) if "#" in text}
        for _, node in scalars(self.document.root) if left else ():
            if any(line in left for line in range(node.start_mark.line, node.end_mark.line + 1)):
                self._cover(node, left)
        found = ((line, _COMMENT.search(text)) for line, text in left.items())
        return [(line, match[0]) for line, match in found if match]

    def _cover(self, node: yaml.Node, left: dict[int, str]) -> None:
        """Put x for what a text covers of lines; what stands behind the sign that opens a block is none of it."""
        start, end = start_mark(node), self.end(node)
        first = start.line + bool(self.header(node))
        for line in left.keys() & range(first, end.line + 1):
            low = start.column if line == start.line else 0
            high = end.column if line == end.line else len(left[line])
            left[line] = left[line][:low] + "x" * (high - low) + left[line][high:]

    def is_comment(self, line: int, columns: range) -> bool:
        """Whether a line holds a comment alone, which begins in one of the columns."""
        text = self.lines[line].lstrip(" ")
        return text.startswith("#") and len(self.lines[line]) - len(text) in columns

    def last_line(self, node: yaml.Node, column: int) -> int:
        """The last line of a node that belongs to an entry in a column, comments further in included."""
        last = self.end(node).line
        line = last + 1
        while line < len(self.lines):
            if self.is_comment(line, range(column + 1, 10**6)):
                last = line
            elif self.lines[line].strip():
                break
            line += 1
        return last

    def find(self, keys: Keys) -> list[Entry]:
        """The entries on the way to a key path, as far as they are there; raises CannotEdit where two are meant."""
        entries: list[Entry] = []
        node, name = self.root, ""
        for key in keys:
            entry = self._child(node, key, name)
            if entry is None:
                break
            entries.append(entry)
            node, name = entry.value, key
        return entries

    def _child(self, node: yaml.Node | None, key: str, list_name: str) -> Entry | None:
        if isinstance(node, yaml.MappingNode):
            pairs = enumerate(node.value)
            return next((Entry(node, i, one, value) for i, (one, value) in pairs if one.value == key), None)
        if isinstance(node, yaml.SequenceNode):
            items = [Entry(node, i, None, item) for i, item in enumerate(node.value)]
            found = [one for one in items if node_id(one.value, list_name) == key]
            found = found or [one for one in items if one.value.value == key]
            if len(found) > 1:
                raise CannotEdit(
                    f'Two entries of this list are called "{key}". Give one of them another id first.',
                    found[1].value.start_mark.line + 1,
                )
            return found[0] if found else None
        if isinstance(node, yaml.ScalarNode) and node.value == key and not is_empty(node):
            return Entry(node, 0, None, node)  # a list of one, written without its dash
        return None

    def refuse_mistakes(self, keys: Keys) -> None:
        """Raise CannotEdit where a mistake in the file touches a key path, or two versions of lines stand in it."""
        refuse_conflict(self.text)
        for mistake in self.document.mistakes:
            if mistake.cure == _MOVED or self._touches(mistake, keys):
                raise CannotEdit(f"{mistake.message} {mistake.hint} Then try again.", mistake.line)
        lost = self.document.lost
        if lost and (not keys or keys[0] in lost or ("" in lost and not self.find(keys[:1]))):
            first = self.document.mistakes[0]
            raise CannotEdit(f"{first.message} {first.hint} Then try again.", first.line)

    def _touches(self, mistake: Mistake, keys: Keys) -> bool:
        if mistake.path:
            way = ids_of(self.document.tree, mistake.path)
            return way[: len(keys)] == keys[: len(way)]
        own = self.find(keys[:1])
        if not keys or not own or own[0].key is None:
            return not keys
        wrong, here = self._block(mistake.line - 1), self._block(own[0].key.start_mark.line)
        # Lines at the left edge that are no block of their own may belong to the one above them or below them.
        strays = bool(wrong) and not _OWN_KEY.match(self.lines[self._blocks[wrong - 1]])
        return abs(wrong - here) <= strays

    @cached_property
    def _blocks(self) -> list[int]:
        """The lines on which the top-level blocks begin."""
        return [i for i, text in enumerate(self.lines) if _BLOCK_START.match(text)]

    def _block(self, line: int) -> int:
        """The number of the top-level block around a line, from 1; 0 above the first."""
        return bisect_right(self._blocks, line)


def refuse_conflict(text: str) -> None:
    """Raise CannotEdit where git has left the marks of a merge conflict: half of the file would be changed."""
    if found := _CONFLICT.search(text):
        line = len(_BREAK.findall(text, 0, found.start())) + 1
        raise CannotEdit(
            "Two people changed the same lines, and git has left its marks here. Put them right first: keep the right "
            "version, and delete the other and the marks.",
            line,
        )


@lru_cache(maxsize=8)
def sheet_of(text: str) -> Sheet:
    """The sheet of a text; one edit looks at the same text several times, and the next one at what it gave."""
    return Sheet(text)


def start_mark(node: yaml.Node) -> Spot:
    """Where a node begins."""
    return Spot(node.start_mark.line, node.start_mark.column)


def end_mark(node: yaml.Node) -> Spot:
    """Where the parser stopped reading a node."""
    return Spot(node.end_mark.line, node.end_mark.column)


def is_block(node: yaml.Node | None) -> bool:
    """Whether a node is a list or a mapping with one entry a line."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def in_brackets(node: yaml.Node | None) -> bool:
    """Whether a node is a list or a mapping between brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def is_empty(node: yaml.Node) -> bool:
    """Whether a node is no value at all: nothing, or a word for nothing."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS


def indented(lines: Sequence[str], by: int) -> list[str]:
    """Lines further in; blank ones stay blank."""
    return [" " * by + line if line else line for line in lines]
