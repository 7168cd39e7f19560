"""YAML text into plain values with positions.

The characters of every scalar stay as written; the model decides what they mean (`model.values`). After a mistake
the top-level block it stands in is left out and the rest is read again, so one mistake never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kamgen.finding import Place
from kamgen.model.identity import item_id

try:
    from yaml import CBaseLoader as Loader
except ImportError:  # a PyYAML without libyaml: the same, ten times slower
    from yaml import BaseLoader as Loader  # type: ignore[assignment]

Key = str | int
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MAX_MISTAKES = 20

# Only text that could hold an anchor, alias, tag, second document or deep nesting is looked at event by event.
_SUSPICIOUS = re.compile(r"(?m)(?:^|[\s\[{,:-])[&*!]\S|^(?:---|\.\.\.)|^[ \-?:]{40,}|\?\s*\?")
_BLOCK_START = re.compile(r"""[^\s#-]|-(?=\S)""")
_TOP_KEY = re.compile(r"""["']?([^\s"':#][^"':]*?)["']?\s*:(?:\s|$)""")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a file's text: rule code, place (line and column from 1) and words."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    path: tuple[Key, ...] = ()


@dataclass(slots=True)
class Document:
    """One YAML file: its tree of plain values (`dict`, `list`, `str`), and where each value stands.

    `at` is the subject of its top within the account's one document: "" or, for plan.yml, "plan". `lost` names the
    top-level keys that could not be read.
    """

    path: str
    at: str
    lines: list[str]
    tree: Any = None
    root: yaml.Node | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def place(self, keys: tuple[Key, ...], at_key: bool = False) -> Place:
        """Where the value of a key path stands; a missing key is placed at its parent."""
        line, column = _find(self.root, keys, at_key)
        return self.spot(line, column)

    def spot(self, line: int, column: int) -> Place:
        """A place by line and column, from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.path, line, column, text)


def parse(text: str, path: str, at: str = "", nesting: int = 20) -> Document:
    """Read YAML text. Mistakes are collected in the document; nothing is raised for wrong content."""
    document = Document(path, at, text.split("\n"))
    lines = list(document.lines)
    for _ in range(MAX_MISTAKES):
        mistake, document.root = _compose("\n".join(lines), nesting)
        if mistake is None:
            break
        document.mistakes.append(mistake)
        lost = _leave_out(lines, mistake.line)
        if lost is None:
            document.lost.add("")
            break
        document.lost.add(lost)
    if document.root is not None:
        document.tree = _plain(document.root, (), document.mistakes)
    return document


def _compose(text: str, nesting: int) -> tuple[Mistake | None, yaml.Node | None]:
    if _SUSPICIOUS.search(text) or text.count("[") + text.count("{") > nesting:
        refused = _refused(text, nesting)
        if refused:
            return refused, None
    try:
        return None, yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError as error:
        return _unprintable(text, error), None
    except yaml.MarkedYAMLError as error:
        return _syntax(text, error), None
    except (ValueError, IndexError, AttributeError, RecursionError, yaml.YAMLError):
        return Mistake("KAM001", 1, 1, "This text cannot be read as YAML.", "Compare it with a file that works."), None


def _refused(text: str, nesting: int) -> Mistake | None:
    """The first anchor, alias, tag, second document or too deep nesting (KAM011)."""
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            where = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            sign = _sign(event)
            if sign:
                return Mistake("KAM011", *where, *_about_sign(sign))
            if depth > nesting:
                return Mistake("KAM011", *where, f"This is nested more than {nesting} levels deep.", "Make it flatter.")
            if documents > 1:
                return Mistake(
                    "KAM011",
                    *where,
                    "A line with --- begins a second document here.",
                    "One file holds one document: delete the line.",
                )
    except (yaml.YAMLError, ValueError, IndexError, AttributeError):
        return None  # composing tells it better
    return None


def _sign(event: Any) -> str:
    """The sign of YAML's reuse and typing that an event carries: "*", "&", "!" or none."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None):
        return "&"
    return "!" if getattr(event, "tag", None) else ""


def _about_sign(sign: str) -> tuple[str, str]:
    meaning = {"*": "a reference to another place", "&": "the name of a place", "!": "a type"}[sign]
    return (
        f'A text that begins with {sign} is read by YAML as {meaning}, which kamgen does not take.',
        'If it is meant as text, put it in "quotes".',
    )


def _unprintable(text: str, error: yaml.reader.ReaderError) -> Mistake:
    position = min(error.position if isinstance(error.position, int) else 0, len(text))
    line = text.count("\n", 0, position) + 1
    return Mistake(
        "KAM001",
        line,
        1,
        "An invisible control character stands on this line.",
        "Type the line again; it was probably pasted from another program.",
    )


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Mistake:
    problem = error.problem or ""
    context = error.context or ""
    early = "quoted" in context or "simple key" in context or "flow" in context
    mark = (error.context_mark if early else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    while line > 0 and not lines[line].strip():  # the parser often notices only after the blank lines
        line, column = line - 1, 0
    message, hint = _explained(problem, context, lines[line], column)
    return Mistake("KAM001", line + 1, column + 1, message, hint)


def _explained(problem: str, context: str, line: str, column: int) -> tuple[str, str]:
    """What YAML's parser means, in words for somebody who does not program."""
    char = line[column : column + 1]
    if "\t" in line[: len(line) - len(line.lstrip())] or char == "\t":
        return "This line begins with a tab.", "Use spaces instead: two for each step inwards."
    if "mapping values are not allowed" in problem:
        return (
            "There is a second colon on this line, or the line stands too far to the right.",
            'If the colon belongs to the text, put the whole text in "quotes" (straight ones); else line the key up with its neighbours.',
        )
    if "cannot start any token" in problem:
        return f"A text may not begin with {char or 'this character'}.", 'Put the text in "quotes".'
    if "quoted" in context:
        return "A quotation mark is opened here and never closed.", "Add the closing quotation mark."
    if "simple key" in context or "could not find expected ':'" in problem:
        return (
            "This line is neither a key with its value nor part of a text.",
            "Write it as `key: value` (with a space after the colon), or indent it below the text it belongs to.",
        )
    if "flow" in context:
        return (
            "A bracket [ or { is opened here, and what follows it cannot be read.",
            'Close the bracket, put commas between the entries, and put texts with commas or colons in "quotes".',
        )
    if "expected key" in problem or "block" in context:
        return (
            "The indentation does not fit here: this line stands neither under the line above it nor beside it.",
            'Line it up with its neighbours, or put a text that begins with a quotation mark wholly in "quotes".',
        )
    return "This text cannot be read as YAML here.", "Compare the lines around it with a file that works."


def _leave_out(lines: list[str], line: int) -> str | None:
    """Blank the top-level block around a line (from 1), in place; its key, or None when nothing is left to drop."""
    at = min(line, len(lines)) - 1
    start = next((i for i in range(at, -1, -1) if _BLOCK_START.match(lines[i])), None)
    if start is None:
        return None
    end = next((i for i in range(start + 1, len(lines)) if _BLOCK_START.match(lines[i])), len(lines))
    key = _TOP_KEY.match(lines[start])
    lines[start:end] = [""] * (end - start)
    return key[1] if key else ""


def _plain(node: yaml.Node, path: tuple[Key, ...], mistakes: list[Mistake]) -> Any:
    """The node as dict, list, str or None; empty values are as good as absent ones."""
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        return None if value in NULLS and node.style is None else value
    if isinstance(node, yaml.SequenceNode):
        return _plain_list(node, path, mistakes)
    tree: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        column = key_node.start_mark.column + 1
        if not isinstance(key, str):
            mistakes.append(
                Mistake("KAM004", line, column, "A list or a bracket stands where a key belongs.", "Put it in quotes.", path)
            )
        elif key in lines:
            mistakes.append(
                Mistake(
                    "KAM002",
                    line,
                    column,
                    f'"{key}" is given twice: here and on line {lines[key]}. The first one was read.',
                    "Keep one of them.",
                    (*path, key),
                )
            )
        else:
            lines[key] = line
            value = _plain(value_node, (*path, key), mistakes)
            if value is not None:
                tree[key] = value
    return tree


def _plain_list(node: yaml.SequenceNode, path: tuple[Key, ...], mistakes: list[Mistake]) -> list[Any]:
    values = []
    for index, item in enumerate(node.value):
        value = _plain(item, (*path, index), mistakes)
        if value is None:
            mark = item.start_mark
            mistakes.append(
                Mistake(
                    "KAM004",
                    mark.line + 1,
                    mark.column + 1,
                    "There is a dash with nothing after it.",
                    "Write the entry behind it, or delete the line.",
                    (*path, index),
                )
            )
            value = {}  # keeps the places of its neighbours
        values.append(value)
    return values


def scalars(node: yaml.Node | None, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Every scalar below a node with its key path, list items by id; keys count as scalars too."""
    if isinstance(node, yaml.ScalarNode):
        yield keys, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, (*keys, _node_id(item, keys[-1] if keys else "")))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield (*keys, key.value), key
                yield from scalars(value, (*keys, key.value))


def _node_id(node: yaml.Node, list_name: str) -> str:
    if isinstance(node, yaml.MappingNode):
        return item_id({k.value: v.value for k, v in node.value if isinstance(k.value, str)}, list_name)
    return item_id(node.value, list_name) if isinstance(node, yaml.ScalarNode) else ""


def _find(root: yaml.Node | None, keys: tuple[Key, ...], at_key: bool) -> tuple[int, int]:
    node, mark, name = root, root.start_mark if root else None, ""
    for key in keys:
        key_node, child = _child(node, key, name)
        if child is None:
            break
        node, name = child, str(key)
        mark = child.start_mark if key_node is None else key_node.start_mark
        at_value = isinstance(child, yaml.ScalarNode) and child.value and child.style not in ("|", ">")
        if at_value and not (at_key and key == keys[-1]):
            mark = child.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _child(node: yaml.Node | None, key: Key, list_name: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The key node (None in a list) and the value node of one step down."""
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.value == key:
                return key_node, value
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            if key == index if isinstance(key, int) else _node_id(item, list_name) == key:
                return None, item
    elif isinstance(node, yaml.ScalarNode) and isinstance(key, str) and node.value == key:
        return None, node  # a list of one, written without its dash
    return None, None


def ids_of(tree: Any, keys: tuple[Key, ...]) -> tuple[str, ...]:
    """The same key path with list items by their ids instead of their places."""
    names: list[str] = []
    for key in keys:
        if isinstance(key, int):
            item = tree[key] if isinstance(tree, list) and key < len(tree) else None
            names.append(item_id(item, names[-1] if names else "") or str(key + 1))
            tree = item
        else:
            names.append(key)
            tree = tree.get(key) if isinstance(tree, Mapping) else None
    return tuple(names)


def top_value(text: str, key: str) -> str:
    """The text of one top-level key of any YAML file, or "": other tools' tags and mistakes are left alone."""
    try:
        root = yaml.compose(text, Loader=Loader)
    except (yaml.YAMLError, ValueError, IndexError, AttributeError, RecursionError):
        return ""
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return next((v.value for k, v in pairs if k.value == key and isinstance(v, yaml.ScalarNode)), "")
