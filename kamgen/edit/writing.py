"""Values as YAML: quoted exactly where YAML and kamgen's reader need it, texts of several lines as literal blocks."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml
from yaml.emitter import Emitter

from kamgen.edit.sheet import CannotEdit, indented
from kamgen.read.yaml import NULLS, parse

Value = str | Sequence["Value"] | Mapping[str, "Value"]

WIDTH = 100  # a list that would be longer gets one line an entry
# What no YAML file may hold, and what the reader takes for a break or a mark of the file's beginning.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("[\t\x85\u2028\u2029\ufeff]")


class Style(NamedTuple):
    """How a file is indented: spaces for each step inwards, and of a list's hyphens below their key."""

    step: int = 2
    hyphen: int = 2


class Written(NamedTuple):
    """A value: what stands on the line of its key or hyphen, and the lines below it."""

    inline: str
    below: list[str]


def plain(value: Value) -> Any:
    """A value as the reader gives it back: str, list and dict; line ends become "\\n"."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]


def one_line(value: Any, in_brackets: bool = True) -> str:
    """A plain value on one line."""
    if isinstance(value, str):
        return scalar(value, in_brackets)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {one_line(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(one_line(inner) for inner in value) + "]"


def scalar(text: str, in_brackets: bool = True) -> str:
    """A text on one line; raises CannotEdit for signs that no YAML file may hold."""
    if found := _FORBIDDEN.search(text):
        sign = f"U+{ord(found[0]):04X}"
        raise CannotEdit(f"The text holds an invisible control character ({sign}). Type the words around it again.")
    if "\n" in text or _ESCAPED.search(text):
        return _double_quoted(text)
    seen = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    if text not in NULLS and (seen.allow_flow_plain if in_brackets else seen.allow_block_plain):
        return text
    return "'" + text.replace("'", "''") + "'" if seen.allow_single_quoted else _double_quoted(text)


def _double_quoted(text: str) -> str:
    written: str = yaml.safe_dump(text, default_style='"', width=2**31, allow_unicode=True)
    return written.rstrip("\n")


def below_key(value: Any, column: int, style: Style) -> Written:
    """A plain value as it stands behind a key in a column."""
    if isinstance(value, str):
        return _text(value, column + style.step)
    if not value or (isinstance(value, list) and _is_short(value)):
        return Written(one_line(value), [])
    if isinstance(value, dict):
        return Written("", entries(value, column + style.step, style))
    return Written("", [line for item in value for line in list_item(item, column + style.hyphen, style)])


def _is_short(items: list[Any]) -> bool:
    return all(isinstance(one, str) and "\n" not in one for one in items) and len(one_line(items)) <= WIDTH


def _text(text: str, column: int) -> Written:
    if "\n" not in text:
        return Written(scalar(text, in_brackets=False), [])
    header = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    if not _ESCAPED.search(text) and parse("\n".join([f"k: {header}", *indented(lines, 2), "z: z"]), "").tree == {
        "k": text,
        "z": "z",
    }:
        return Written(header, indented(lines, column))
    return Written(scalar(text), [])


def entries(values: Mapping[str, Any], column: int, style: Style) -> list[str]:
    """The lines of a mapping, one key a line."""
    lines: list[str] = []
    for key, value in values.items():
        lines += entry(key, value, column, style)
    return lines


def entry(key: str, value: Any, column: int, style: Style) -> list[str]:
    """The lines of a key with its value, in a column."""
    written = below_key(value, column, style)
    return [" " * column + f"{scalar(key)}: {written.inline}".rstrip(" "), *written.below]


def list_item(value: Any, column: int, style: Style, gap: int = 2) -> list[str]:
    """The lines of an entry of a list whose hyphen stands in a column, its text `gap` columns further in."""
    hyphen = " " * column + "-".ljust(gap)
    if isinstance(value, dict) and value:
        lines = entries(value, column + gap, style)
        return [hyphen + lines[0].lstrip(" "), *lines[1:]]
    if isinstance(value, str):
        written = _text(value, column + gap)
        return [hyphen + written.inline, *written.below]
    return [hyphen + one_line(value)]
