"""YAML text into plain values with positions.

The characters of every scalar stay as written; the model decides what they mean (`model.values`). After a mistake
the top-level block it stands in is left out and the rest is read again, so one mistake never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from kamgen.finding import Place
from kamgen.model.identity import item_id
from kamgen.read.explain import Key, Mistake, explained
from kamgen.read.loader import compose
from kamgen.read.refusals import REUSE, refused

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MAX_MISTAKES = 20
MAX_NESTING = 100  # whatever kamgen.yml says: trees are walked recursively

_BLOCK_START = re.compile(r"""[^\s#-]|-(?=\S)""")
_TOP_KEY = re.compile(r"""["']?([^\s"':#][^"':]*?)["']?\s*:""")
_SWALLOWED = re.compile(r":[ \t]+#[^\s#]")
_CUT_SHORT = re.compile(r"[ \t]+#(?=[^\s#!])")
# Line breaks to YAML 1.1, and ordinary characters to YAML 1.2 and to every editor.
_OLD_BREAKS = ("\x85", "\u2028", "\u2029")
_CONFLICT = re.compile(r"<{7}(\s|$)")


@dataclass(slots=True)
class Document:
    """One YAML file: its tree of plain values (`dict`, `list`, `str`), and where each value stands.

    `at` is the subject of its top within the account's one document: "" or, for plan.yml, "plan". `lost` names the
    top-level keys that could not be read; "" stands for text that cannot be told to be of one key. `earlier`: it holds
    a part of what another document holds as well, such as plan-2026.yml beside plan.yml.
    """

    path: str
    at: str
    lines: list[str]
    tree: Any = None
    root: yaml.Node | None = None
    hashes: bool = False
    earlier: bool = False
    mistakes: list[Mistake] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def place(self, keys: tuple[Key, ...], at_key: bool = False) -> Place:
        """Where the value of a key path stands; a missing key is placed at its parent."""
        line, column = _find(self.root, keys, at_key)
        return self.spot(line, column)

    def holds(self, keys: tuple[Key, ...]) -> bool:
        """Whether an entry stands at a key path."""
        node, name = self.root, ""
        for key in keys:
            _, node = _child(node, key, name)
            name = str(key)
        return node is not None

    def spot(self, line: int, column: int) -> Place:
        """A place by line and column, from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.path, line, column, text)


def parse(text: str, path: str, at: str = "", nesting: int = 20) -> Document:
    """Read YAML text. Mistakes are collected in the document; nothing is raised for wrong content."""
    document = Document(path, at, text.split("\n"), hashes=bool(_CUT_SHORT.search(text)))
    for sign in _OLD_BREAKS:
        text = text.replace(sign, " ")
    lines = text.split("\n")
    if "<<<<<<<" in text:
        document.mistakes += _without_conflicts(lines)
        text = "\n".join(lines)
    _read_what_can_be(document, text, lines, min(nesting, MAX_NESTING))
    if document.root is not None:
        document.tree = _plain(document.root, (), document)
    elif document.mistakes and all(not line.strip() for line in lines):
        document.tree = {}
        document.lost.add("")  # nobody can tell what else stood in what was left out
    return document


def _read_what_can_be(document: Document, whole: str, lines: list[str], nesting: int) -> None:
    text = whole
    for _ in range(MAX_MISTAKES):
        mistake, document.root = _composed(text, nesting, whole)
        if mistake is None:
            return
        if not (mistake.message == REUSE and any(told.message == REUSE for told in document.mistakes)):
            document.mistakes.append(mistake)
        if not _cured(lines, mistake, document.lost):
            break
        text = "\n".join(lines)
    document.root = None
    document.lost.add("")
    last = document.mistakes[-1]
    document.mistakes[-1] = replace(last, hint=f"{last.hint} The rest of the file was not read because of it.")


def _composed(text: str, nesting: int, whole: str) -> tuple[Mistake | None, yaml.Node | None]:
    mistake = refused(text, nesting, whole)
    if mistake:
        return mistake, None
    try:
        return None, compose(text)
    except (ValueError, IndexError, AttributeError, RecursionError, yaml.YAMLError) as error:
        return explained(text, error), None


def _without_conflicts(lines: list[str]) -> list[Mistake]:
    """Take the marks that git leaves in a conflict out of the lines, with the second of the two versions."""
    mistakes = []
    for start in [i for i, line in enumerate(lines) if _CONFLICT.match(line)]:
        end = next((i for i in range(start, len(lines)) if lines[i].startswith(">>>>>>>")), None)
        middle = next((i for i in range(start, end or start) if lines[i].startswith("=======")), None)
        if end is None or middle is None:
            continue
        lines[start] = ""
        lines[middle : end + 1] = [""] * (end + 1 - middle)
        mistakes.append(
            Mistake(
                "KAM001",
                start + 1,
                1,
                "Two people changed the same lines, and git has left both versions here.",
                f"Keep the right one, and delete the other and the lines {start + 1}, {middle + 1} and {end + 1}.",
            )
        )
    return mistakes


def _cured(lines: list[str], mistake: Mistake, lost: set[str]) -> bool:
    """Change the lines, in place, so that the text can be read without what is wrong; False when nothing helps."""
    at = min(mistake.line, len(lines)) - 1
    if mistake.cure == "line":
        lines[at] = ""
        return True
    if mistake.cure == "sign":
        start = mistake.column - 1
        lines[at] = f"{lines[at][:start]} {lines[at][start + 1 :]}"
        return True
    if mistake.lost:
        lost.add(mistake.lost)
    if mistake.cure == "shift":
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        for i, line in enumerate(lines[at:], at):
            if line.strip() and not line.startswith(" " * indent):
                break
            lines[i] = line[indent:]
        return True
    return _leave_out(lines, at, lost)


def _leave_out(lines: list[str], at: int, lost: set[str]) -> bool:
    """Blank the top-level block around a line (from 0), in place."""
    start = next((i for i in range(at, -1, -1) if _BLOCK_START.match(lines[i])), None)
    if start is None:
        return False
    end = next((i for i in range(start + 1, len(lines)) if _BLOCK_START.match(lines[i])), len(lines))
    key = _TOP_KEY.match(lines[start])
    if key or any(":" in line for line in lines[start:end]):
        lost.add(key[1] if key else "")
    lines[start:end] = [""] * (end - start)
    return True


def _plain(node: yaml.Node, path: tuple[Key, ...], document: Document) -> Any:
    """The node as dict, list, str or None; empty values are as good as absent ones."""
    if isinstance(node, yaml.ScalarNode):
        value: str = node.value
        if document.hashes and not node.style and value:
            _tell_cut_short(node, path, document)
        # libyaml calls the style of a plain scalar "", the pure Python parser None.
        return None if value in NULLS and not node.style else value
    if isinstance(node, yaml.SequenceNode):
        return _plain_list(node, path, document)
    tree: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str):
            document.mistakes.append(_key_in_brackets(key_node, path))
        elif key in seen:
            document.mistakes.append(_given_twice(key_node, path, seen[key]))
        else:
            seen[key] = key_node.start_mark.line + 1
            value = _plain(value_node, (*path, key), document)
            if value is not None:
                tree[key] = value
            elif mistake := _no_value(node, key_node, value_node, (*path, key), document):
                document.mistakes.append(mistake)
    return tree


def _tell_cut_short(node: yaml.ScalarNode, path: tuple[Key, ...], document: Document) -> None:
    """A text that a # cuts in two: "number #1 at home" is read as "number"."""
    line, column = node.end_mark.line, node.end_mark.column
    text = document.lines[line] if line < len(document.lines) else ""
    if path and " " in node.value and (found := _CUT_SHORT.match(text, column)):
        document.mistakes.append(
            Mistake(
                "KAM004",
                line + 1,
                found.end(),
                f'What follows this # is a remark and is not read: "{text[found.end() - 1 :][:40]}".',
                'If the # belongs to the text, put the whole text in straight "quotes"; else put a space behind the #.',
                path,
            )
        )


def _key_in_brackets(node: yaml.Node, path: tuple[Key, ...]) -> Mistake:
    return Mistake(
        "KAM004",
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "A bracket stands here where a key or a text belongs.",
        'If the bracket belongs to the text, put the whole text in straight "quotes".',
        path,
    )


def _given_twice(node: yaml.Node, path: tuple[Key, ...], first: int) -> Mistake:
    return Mistake(
        "KAM002",
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        f'"{node.value}" is given twice: here and on line {first}. Only line {first} was read.',
        "Keep the right one and delete the other.",
        (*path, node.value),
    )


def _no_value(
    parent: yaml.MappingNode, key: yaml.Node, node: yaml.Node, path: tuple[Key, ...], document: Document
) -> Mistake | None:
    """An empty value behind which something else was meant."""
    if not parent.flow_style or node.start_mark.index > key.end_mark.index:
        return _swallowed(node, path, document)
    return Mistake(
        "KAM004",
        key.start_mark.line + 1,
        key.start_mark.column + 1,
        f'"{key.value}" stands in {{…}} without a colon: each comma there begins a new entry.',
        'If it is part of a text, put the whole text in straight "quotes", or write one key a line.',
        path,
    )


def _swallowed(node: yaml.Node, path: tuple[Key, ...], document: Document) -> Mistake | None:
    """A value that YAML takes for a comment, because it begins with #."""
    line = node.start_mark.line
    text = document.lines[line] if line < len(document.lines) else ""
    found = _SWALLOWED.search(text)
    if not found or found.start() > node.start_mark.column:
        return None
    return Mistake(
        "KAM004",
        line + 1,
        found.end() - 1,
        f'"{path[-1]}" is empty: what follows a # is a remark and is not read.',
        'If the # belongs to the text, put the whole text in straight "quotes"; else put a space behind the #.',
        path,
    )


def _plain_list(node: yaml.SequenceNode, path: tuple[Key, ...], document: Document) -> list[Any]:
    values = []
    for index, item in enumerate(node.value):
        value = _plain(item, (*path, index), document)
        if value is None:
            document.mistakes.append(_empty_entry(item, (*path, index)))
            value = {}  # keeps the places of its neighbours
        values.append(value)
    return values


def _empty_entry(node: yaml.Node, path: tuple[Key, ...]) -> Mistake:
    return Mistake(
        "KAM004",
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "There is a list entry with nothing in it.",
        "Write the entry behind the hyphen, or delete the line.",
        path,
    )


def scalars(
    node: yaml.Node | None, keys: tuple[str, ...] = (), with_keys: bool = True
) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Every scalar below a node with its key path, list items by id; keys count as scalars too, unless left out."""
    if isinstance(node, yaml.ScalarNode):
        yield keys, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, (*keys, node_id(item, keys[-1] if keys else "")), with_keys)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if with_keys:
                    yield (*keys, key.value), key
                yield from scalars(value, (*keys, key.value), with_keys)


def node_id(node: yaml.Node, list_name: str) -> str:
    """The id of an entry of the list of that name; "" where it has none."""
    if isinstance(node, yaml.MappingNode):
        return item_id({k.value: v.value for k, v in node.value if isinstance(k.value, str)}, list_name)
    return item_id(node.value, list_name) if isinstance(node, yaml.ScalarNode) else ""


def _find(root: yaml.Node | None, keys: tuple[Key, ...], at_key: bool) -> tuple[int, int]:
    node, mark, name = root, root.start_mark if root else None, ""
    for depth, key in enumerate(keys, 1):
        key_node, child = _child(node, key, name)
        if child is None:
            break
        node, name = child, str(key)
        mark = child.start_mark if key_node is None else key_node.start_mark
        at_value = isinstance(child, yaml.ScalarNode) and child.value and child.style not in ("|", ">")
        if at_value and not (at_key and depth == len(keys)):
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
            if key == (index if isinstance(key, int) else node_id(item, list_name)) or item.value == key:
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
        root = compose(text)
    except (yaml.YAMLError, ValueError, IndexError, AttributeError, RecursionError):
        return ""
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return next((v.value for k, v in pairs if k.value == key and isinstance(v, yaml.ScalarNode)), "")
