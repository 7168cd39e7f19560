"""The changes of a text that put a value in, replace it or take it out; what is beside it stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from kamgen.edit.sheet import (
    CannotEdit,
    Change,
    Entry,
    Sheet,
    Spot,
    end_mark,
    in_brackets,
    is_block,
    start_mark,
)
from kamgen.edit.writing import Style, below_key, entry, list_item, one_line, scalar

_COMMA = re.compile(" *,")
BY_HAND = "Change it by hand."


def replaced(sheet: Sheet, here: Entry, value: Any) -> list[Change]:
    """Another value in the place of an entry's."""
    node = here.value
    if not is_block(here.parent):
        start, end = start_mark(node), sheet.end(node)
        space = " " if start == end and sheet.before(start)[-1:] not in (" ", "") else ""
        return [Change(start, end, space + one_line(value))]
    if here.key is None:
        hyphen = Spot(_hyphen_line(sheet, here), here.parent.start_mark.column)
        gap = node.start_mark.column - hyphen.column if hyphen.line == node.start_mark.line else 2
        first, *below = list_item(value, hyphen.column, style_of(sheet), max(gap, 2))
        behind = hyphen._replace(column=hyphen.column + 1)
        return _swapped(sheet, node, behind, first[behind.column :].strip(" "), below)
    behind = _behind_colon(here.key, sheet)
    if isinstance(value, str) and _is_among_comments(sheet, behind, node):
        return [Change(start_mark(node), sheet.end(node), scalar(value, in_brackets=False))]
    written = below_key(value, here.key.start_mark.column, style_of(sheet))
    return _swapped(sheet, node, behind, written.inline, written.below)


def _is_among_comments(sheet: Sheet, behind: Spot, node: yaml.Node) -> bool:
    """Whether a text that goes on below its key's line has comments above it or behind it."""
    if not isinstance(node, yaml.ScalarNode) or sheet.header(node):
        return False
    return any(behind.line < line <= node.end_mark.line for line, _ in sheet.comments)


def _swapped(sheet: Sheet, node: yaml.Node, behind: Spot, inline: str, below: list[str]) -> list[Change]:
    """In a node's place, a text on the line of its key (or hyphen), which ends at `behind`, and lines below it."""
    start, end = start_mark(node), sheet.end(node)
    lines = "".join(f"\n{line}" for line in below)
    spaced = f" {inline}" if inline else ""
    same_line = start.line == behind.line
    if header := sheet.header(node):
        head_end = start._replace(column=start.column + len(header))
        head = Change(start, head_end, inline) if inline or not same_line else Change(behind, head_end, "")
        return [head, Change(sheet.line_end(start.line), end, lines)]
    if not same_line and (is_block(node) or below):
        end = end if sheet.after(end).strip() else sheet.line_end(end.line)
        return [Change(behind, behind, spaced), Change(sheet.line_end(behind.line), end, lines)]
    first = Change(start, end, inline) if inline and start > behind else Change(behind, end, spaced)
    if is_block(node):
        return [first._replace(text=first.text + lines)]
    return [first, below_line(sheet, end.line, below)]


def _behind_colon(key: yaml.Node, sheet: Sheet) -> Spot:
    end = end_mark(key)
    colon = sheet.lines[end.line].find(":", end.column)
    if colon < 0:
        raise CannotEdit(f"This key is written in a rare way, which kamgen does not change. {BY_HAND}", end.line + 1)
    return Spot(end.line, colon + 1)


def below_line(sheet: Sheet, line: int, lines: list[str]) -> Change:
    """Lines more, below a line."""
    spot = sheet.line_end(line)
    return Change(spot, spot, "".join(f"\n{one}" for one in lines))


def first_entry(sheet: Sheet, lines: list[str]) -> Change:
    """The first entry of a file that holds nothing, or comments alone."""
    spot = sheet.line_end(len(sheet.lines) - 1)
    return Change(spot, spot, "\n" * bool(sheet.lines[-1]) + "\n".join(lines) + "\n")


def key_added(sheet: Sheet, parent: yaml.MappingNode, key: str, value: Any) -> list[Change]:
    """One key more at the end of a mapping."""
    if in_brackets(parent):
        return [*_added_in_brackets(sheet, parent, f"{scalar(key)}: {one_line(value)}")]
    last_key, last = parent.value[-1]
    column = last_key.start_mark.column
    lines = entry(key, value, column, style_of(sheet))
    blank = _blank_between(sheet, Entry(parent, len(parent.value) - 1, last_key, last), value)
    return [below_line(sheet, sheet.last_line(last, column), [*blank, *lines])]


def item_added(sheet: Sheet, parent: yaml.SequenceNode, value: Any) -> list[Change]:
    """One entry more at the end of a list."""
    if in_brackets(parent):
        return [*_added_in_brackets(sheet, parent, one_line(value))]
    column, last = parent.start_mark.column, parent.value[-1]
    gap = last.start_mark.column - column if isinstance(last, yaml.MappingNode) and is_block(last) else 2
    lines = list_item(value, column, style_of(sheet), gap if 2 <= gap <= 8 else 2)
    blank = _blank_between(sheet, Entry(parent, len(parent.value) - 1, None, last), value)
    return [below_line(sheet, sheet.last_line(last, column), [*blank, *lines])]


def _blank_between(sheet: Sheet, last: Entry, value: Any) -> list[str]:
    """A blank line before one record more, where the last one has one."""
    first, _ = extent(sheet, last)
    return [""] if last.index and isinstance(value, dict) and not sheet.lines[first - 1].strip() else []


def _added_in_brackets(sheet: Sheet, parent: yaml.Node, text: str) -> Iterator[Change]:
    """An entry more before a closing bracket; on a line of its own where the bracket stands on one."""
    start, close = start_mark(parent), end_mark(parent)
    if not parent.value:
        behind = start._replace(column=start.column + 1)
        yield Change(behind, behind, text)
        return
    last = parent.value[-1]
    end = sheet.end(last[1] if isinstance(last, tuple) else last)
    if end.line == close.line or sheet.before(close)[:-1].strip():
        yield Change(end, end, f", {text}")
        return
    comma_there = sheet.after(end).lstrip(" ").startswith(",")
    if not comma_there:
        yield Change(end, end, ",")
    indent = " " * _indent(sheet, parent)
    yield below_line(sheet, end.line, [f"{indent}{text}{',' * comma_there}"])


def _indent(sheet: Sheet, parent: yaml.Node) -> int:
    """The column in which the entries of a mapping or list between brackets begin, where they begin lines."""
    starts = [start_mark(one[0] if isinstance(one, tuple) else one) for one in parent.value]
    own = [spot.column for spot in starts if not sheet.before(spot).strip()]
    line = sheet.lines[parent.start_mark.line]
    return own[-1] if own else len(line) - len(line.lstrip(" ")) + 2


def one_made_list(sheet: Sheet, here: Entry, item: Any) -> list[Change]:
    """A single value and one more, as a list."""
    node = here.value
    start, end = start_mark(node), sheet.end(node)
    simple = isinstance(item, str) and "\n" not in item + node.value
    if is_block(here.parent) and not simple:
        return replaced(sheet, here, [node.value, item])
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
    old = sheet.between(start, end) if quoted and start.line == end.line else scalar(node.value)
    return [Change(start, end, f"[{old}, {one_line(item)}]")]


def text_made_mapping(sheet: Sheet, here: Entry, name: str, key: str, value: Any) -> list[Change]:
    """A text in a list, as a mapping with one key more."""
    node = here.value
    start, end = start_mark(node), sheet.end(node)
    if in_brackets(here.parent):
        return [Change(start, start, f"{{{name}: "), Change(end, end, f", {scalar(key)}: {one_line(value)}}}")]
    inner = [Spot(line, 0) for line in range(start.line + 1, end.line + 1) if sheet.lines[line].strip()]
    lines = entry(key, value, start.column, style_of(sheet))
    further = [Change(spot, spot, "  ") for spot in inner]
    return [Change(start, start, f"{name}: "), *further, below_line(sheet, end.line, lines)]


def extent(sheet: Sheet, here: Entry) -> tuple[int, int]:
    """The first and the last line of an entry that has lines of its own, with the comments that belong to it.

    These are the ones directly above it in its column, and those below it that stand further in. What stands at the
    top of a file speaks of all of it.
    """
    spot = first_spot(sheet, here)
    above = spot.line
    if sheet.before(spot).strip():
        return above, sheet.last_line(here.value, spot.column)
    while above > 0 and sheet.is_comment(above - 1, range(spot.column, spot.column + 1)):
        above -= 1
    return above or spot.line, sheet.last_line(here.value, spot.column)


def first_spot(sheet: Sheet, here: Entry) -> Spot:
    """Where an entry that has lines of its own begins: at its key or hyphen."""
    if here.key is not None:
        return start_mark(here.key)
    return Spot(_hyphen_line(sheet, here), here.parent.start_mark.column)


def _hyphen_line(sheet: Sheet, here: Entry) -> int:
    line, column = here.value.start_mark.line, here.parent.start_mark.column
    while line > here.parent.start_mark.line and sheet.char(Spot(line, column)) != "-":
        line -= 1
    return line


def lines_taken(sheet: Sheet, here: Entry) -> Change:
    """An entry that has lines of its own goes, with its comments."""
    first, last = extent(sheet, here)
    spot = first_spot(sheet, here)
    if sheet.before(spot).strip():
        return _first_key_taken(sheet, here, spot, last)
    if last + 1 < len(sheet.lines):
        return Change(Spot(first, 0), Spot(last + 1, 0), "")
    return Change(Spot(first, 0), sheet.line_end(last), "")


def _first_key_taken(sheet: Sheet, here: Entry, start: Spot, last: int) -> Change:
    """A key on a hyphen's line goes; what follows it moves up to the hyphen."""
    following = here.parent.value[here.index + 1 : here.index + 2]
    if not following or here.key is None:
        raise CannotEdit(f"Nothing would be left behind the hyphen. {BY_HAND}", start.line + 1)
    then = start_mark(following[0][0])
    if then.line > last + 1:  # comments stand between the two
        return Change(Spot(start.line, len(sheet.before(start).rstrip(" "))), sheet.line_end(last), "")
    return Change(start, then, "")


def taken_from_brackets(sheet: Sheet, here: Entry) -> Change:
    """An entry between brackets goes, with its comma; one that has lines of its own goes with them."""
    start, end = start_mark(here.key or here.value), sheet.end(here.value)
    rest = sheet.after(end).lstrip(" ").removeprefix(",").lstrip(" ")
    if not sheet.before(start).strip() and (not rest or rest.startswith("#")):
        return Change(Spot(start.line, 0), Spot(end.line + 1, 0), "")
    pairs = [one if isinstance(one, tuple) else (one, one) for one in here.parent.value]
    if here.index + 1 < len(pairs):
        return Change(start, start_mark(pairs[here.index + 1][0]), "")
    if here.index:
        return Change(sheet.end(pairs[here.index - 1][1]), end, "")
    comma = _COMMA.match(sheet.after(end))
    return Change(start, end._replace(column=end.column + comma.end()) if comma else end, "")


def style_of(sheet: Sheet) -> Style:
    """The file's own steps inwards, as the first ones show them."""
    step = hyphen = None
    for column, node in _nested(sheet.root):
        if isinstance(node, yaml.MappingNode):
            step = step or node.start_mark.column - column
        elif hyphen is None:
            hyphen = node.start_mark.column - column
    return Style(step or 2, 2 if hyphen is None else hyphen)


def _nested(node: yaml.Node | None) -> Iterator[tuple[int, yaml.Node]]:
    """Mappings and lists of one entry a line that stand under a key, each with the key's column."""
    if node is None or not is_block(node):
        return
    for one in node.value:
        value = one[1] if isinstance(one, tuple) else one
        if isinstance(one, tuple) and is_block(value):
            yield one[0].start_mark.column, value
        yield from _nested(value)
