"""What YAML's parser complains of, in words for somebody who does not program, and at the place to be changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import yaml

from kamgen.model.account import Record
from kamgen.read.loader import Loader

# How reading goes on after a mistake: without the top-level block, without the one line, without the one sign, or with
# the lines above it moved to the left edge.
Cure = Literal["block", "line", "sign", "shift"]
Key = str | int

_SPECIAL_SPACE = re.compile("[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NO_SPACE = re.compile(r"\s*(?:- +)?[A-Za-z_][\w-]*(:)(?!//)[^\s:]")
_NO_SPACE_DASH = re.compile(r"\s*(-)[A-Za-z_]")
_NO_COLON = re.compile(r"((?:- +)*)([A-Za-z_]+)[ \t]+(?=[^\s:#])([^:]*)$")
_BULLET = re.compile(r"\s*[*•·–—]\s")
_DIVIDER = re.compile(r"\s*([-=*_#~+])\1{2,}\s*$")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a file's text: rule code, place (line and column from 1) and words."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    path: tuple[Key, ...] = ()
    cure: Cure = "block"
    lost: str = ""  # the top-level key that was meant, where the mistake hides it


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the parser stopped (line and column from 0), and what it said."""

    lines: list[str]
    line: int
    column: int
    problem: str
    context: str
    error: yaml.MarkedYAMLError

    @property
    def text(self) -> str:
        """The line."""
        return self.lines[self.line]

    @property
    def char(self) -> str:
        """The character at which it stopped, "" at the end of the line."""
        return self.text[self.column : self.column + 1]

    @property
    def before(self) -> str:
        """What stands before it on the line."""
        return self.text[: self.column]

    def above(self) -> int | None:
        """The number of the nearest line above that is not blank."""
        return next((i for i in range(self.line - 1, -1, -1) if self.lines[i].strip()), None)

    def mistake(self, message: str, hint: str, code: str = "KAM001", cure: Cure = "block") -> Mistake:
        """A mistake at this spot."""
        return Mistake(code, self.line + 1, self.column + 1, message, hint, cure=cure)


def explained(text: str, error: yaml.YAMLError | Exception) -> Mistake:
    """The mistake behind an error of the parser."""
    if isinstance(error, yaml.reader.ReaderError | UnicodeError):
        return _control_character(text)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Mistake("KAM001", 1, 1, "This text cannot be read.", "Compare it with a file that works.")
    spot = _spot(text, error)
    return next(told for explain in _EXPLANATIONS if (told := explain(spot)))


def _spot(text: str, error: yaml.MarkedYAMLError) -> Spot:
    problem, context = error.problem or "", error.context or ""
    at_start = ("quoted", "simple key", "flow", "alias", "anchor", "tag", "block scalar", "plain scalar")
    early = not any(word in problem for word in ("tab", "escape", "hexdecimal")) and any(
        word in context for word in at_start
    )
    mark = (error.context_mark if early else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    while line > 0 and not lines[line].strip():  # the parser often notices only after the blank lines
        line, column = line - 1, 0
    return Spot(lines, line, column, problem, context, error)


def _control_character(text: str) -> Mistake:
    found = _CONTROL.search(text)
    position = found.start() if found else 0
    line = text.count("\n", 0, position) + 1
    return Mistake(
        "KAM001",
        line,
        position - text.rfind("\n", 0, position),
        "An invisible control character stands here; it was probably pasted from another program.",
        "Delete the text around it and type it again.",
    )


def _tab(spot: Spot) -> Mistake | None:
    indent = spot.text[: len(spot.text) - len(spot.text.lstrip())]
    if "\t" not in indent and spot.char != "\t":
        return None
    if "\t" in indent:
        return spot.mistake("This line begins with a tab.", "Use spaces instead: two for each step inwards.")
    return spot.mistake("A tab stands here.", "Use a space instead.")


def _special_space(spot: Spot) -> Mistake | None:
    found = _SPECIAL_SPACE.search(spot.text)
    if not found:
        return None
    return Mistake(
        "KAM001",
        spot.line + 1,
        found.start() + 1,
        "A special space stands on this line, as web pages and Word use it; it looks like a space and is none.",
        "Delete the space here and type it again.",
    )


def _reserved_sign(spot: Spot) -> Mistake | None:
    sign = next((s for word, s in (("alias", "*"), ("anchor", "&"), (" tag", "!")) if word in spot.context), "")
    return about_sign(spot, sign) if sign else None


def about_sign(spot: Spot, sign: str) -> Mistake:
    """An unquoted text that begins with a sign of YAML's own."""
    if _BULLET.match(spot.text) and spot.before.strip() == "":
        return spot.mistake(
            f"A list entry may not begin with {sign}.", "Begin it with a hyphen and a space: `- first entry`.", "KAM011"
        )
    meaning = {"*": "a reference to another place", "&": "the name of a place", "!": "a type"}[sign]
    return spot.mistake(
        f"A text may not begin with {sign}: it is taken for {meaning}.",
        'Put the whole text in straight "quotes".',
        "KAM011",
    )


def _no_text_start(spot: Spot) -> Mistake | None:
    directive = "directive" in spot.context + spot.problem or "incompatible" in spot.problem
    indicator = "cannot start any token" in spot.problem
    if not indicator and not directive and "block scalar" not in spot.context:
        return None
    column = len(spot.text) - len(spot.text.lstrip()) if directive else spot.column
    return Mistake(
        "KAM001",
        spot.line + 1,
        column + 1,
        f"A text may not begin with {spot.text[column : column + 1] or 'this character'} here.",
        'Put the whole text in straight "quotes".',
        cure=_cure(spot.text, column, indicator or directive),
    )


def _cure(text: str, column: int, at_sign: bool) -> Cure:
    """How to read on around a sign: without it, or without the line where it is no value but the line's beginning."""
    before = text[:column].strip()
    if not at_sign or "{" in before or "[" in before:  # what stands in brackets has its own commas and ends
        return "block"
    if before:
        return "sign"
    return "block" if ":" in text else "line"


@cache
def _known_keys() -> frozenset[str]:
    """Every key that stands in a file of a workspace."""
    return frozenset(field.alias or name for record in _below(Record) for name, field in record.model_fields.items())


def _below(record: type[Record]) -> Iterator[type[Record]]:
    for kind in record.__subclasses__():
        yield kind
        yield from _below(kind)


def _missing_colon(spot: Spot) -> Mistake | None:
    """A key without its colon; where keys follow it, the parser notices on the line below."""
    at = spot.line
    if "mapping values" in spot.problem:
        above = spot.above()
        if above is None or not _beside(spot.lines[above], spot.text):
            return None
        at = above
    elif "simple key" not in spot.context and "expected ':'" not in spot.problem:
        return None
    line = spot.lines[at]
    indent = len(line) - len(line.lstrip(" "))
    found = _NO_COLON.match(line, indent)
    if not found or found[2] not in _known_keys():
        return None
    value = found[3].strip()
    written = f"{found[2]}: {value if len(value) <= 40 else '…'}"
    lost = "" if indent else found[2]
    message = f'A colon is missing behind "{found[2]}".'
    return Mistake("KAM001", at + 1, found.end(2) + 1, message, f"Write it as `{written}`.", lost=lost)


def _beside(one: str, other: str) -> bool:
    """Whether what two lines say begins in the same column, behind the hyphens of lists."""
    return _column(one) == _column(other)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def _missing_space(spot: Spot) -> Mistake | None:
    """A key without the space after its colon is noticed by the parser there or only on the next line."""
    if "mapping values" in spot.problem:
        at = spot.above()
        if at is None or ": " in spot.before:
            return None
    elif "simple key" in spot.context or "expected ':'" in spot.problem:
        at = spot.line
    else:
        return None
    for pattern, sign in ((_NO_SPACE, "colon"), (_NO_SPACE_DASH, "hyphen")):
        if found := pattern.match(spot.lines[at]):
            column = found.start(1) + 1
            message = f"A space is missing after the {sign}."
            return Mistake("KAM001", at + 1, column, message, f"Put a space behind the {sign}.")
    return None


def _long_quote(spot: Spot) -> Mistake | None:
    """A quotation mark that nobody closed runs on to the next one, maybe many lines below."""
    opened = None
    try:
        for token in yaml.scan("\n".join(spot.lines), Loader=Loader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                opened = token
    except (yaml.YAMLError, ValueError):
        pass
    if opened is None or not opened.start_mark.line < opened.end_mark.line == spot.line:
        return None
    line, column = opened.start_mark.line + 1, opened.start_mark.column + 1
    message = f"A quotation mark is opened here, and the text runs on to the next one on line {spot.line + 1}."
    return Mistake("KAM001", line, column, message, "Close it where the text ends.")


def _quoted_in_part(spot: Spot) -> Mistake | None:
    mark = spot.before.rstrip()[-1:]
    if mark not in ('"', "'") or "escape" in spot.problem or spot.char == ":":
        return None
    other = "'" if mark == '"' else '"'
    return spot.mistake(
        "The text goes on behind its closing quotation mark.",
        f"Put the whole text, with the quotation marks in it, between two {other}.",
    )


def _second_colon(spot: Spot) -> Mistake | None:
    if "mapping values" not in spot.problem:
        return None
    if ": " in spot.before or spot.before.lstrip().startswith("- "):
        return spot.mistake(
            "There is a second colon on this line, and what stands before it is taken for a key.",
            'Put the whole text behind the first colon in straight "quotes".',
        )
    above = spot.above()
    if above is not None and ":" not in spot.lines[above] and _beside(spot.lines[above], spot.text):
        return Mistake("KAM001", above + 1, _column(spot.lines[above]) + 1, *_NEITHER)
    return spot.mistake(
        "This line stands too far to the right: the line above it has a value already.",
        "Line it up with the key it belongs beside.",
    )


def _open_quote(spot: Spot) -> Mistake | None:
    if "quoted" not in spot.context:
        return None
    if "escape" in spot.problem or "hexdecimal" in spot.problem:
        return spot.mistake(
            'A backslash \\ has a special meaning in "double quotes".', "Use 'single quotes' for this text instead."
        )
    return spot.mistake("A quotation mark is opened here and never closed.", "Add the closing quotation mark.")


_NEITHER = (
    "This line is neither a key with its value nor part of a text.",
    "Write it as `key: value` (with a space after the colon), or indent it below the text it belongs to.",
)


def _neither_key_nor_text(spot: Spot) -> Mistake | None:
    if "simple key" not in spot.context and "expected ':'" not in spot.problem:
        return None
    if _DIVIDER.match(spot.text):
        return spot.mistake("A dividing line has no meaning here.", "Delete it, or put # in front of it.", cure="line")
    return spot.mistake(*_NEITHER)


def _bracket(spot: Spot) -> Mistake | None:
    if "flow" in spot.context:
        return spot.mistake(
            "A bracket [ or { is opened here, and what follows it cannot be read.",
            'Close the bracket, put commas between the entries, and put texts with commas or colons in "quotes".',
        )
    if spot.char in ("]", "}"):
        return spot.mistake(f"A bracket {spot.char} is closed here that was never opened.", "Delete it.")
    if spot.char == "," and "node content" in spot.problem:
        return spot.mistake("A text may not begin with a comma here.", 'Put the whole text in straight "quotes".')
    return None


def _list_entry(spot: Spot) -> Mistake | None:
    if spot.char != "-" or not re.match(r"-(\s|$)", spot.text[spot.column :]):
        return None
    if spot.before.strip():
        return spot.mistake(
            "A list cannot begin on the line of its key.", "Begin it on the next line, two spaces further in."
        )
    return spot.mistake(
        "A list entry (a line that begins with -) stands here where none belongs.",
        "Line it up with the other entries of its list, or delete the hyphen.",
    )


def _further_left(spot: Spot) -> Mistake | None:
    if "document start" not in spot.problem:
        return None
    above = spot.above()
    if above is not None and spot.lines[above].rstrip() == "...":
        message, hint = "A line with ... ends the text, and nothing may follow it.", "Delete that line."
        return Mistake("KAM011", above + 1, 1, message, hint, cure="line")
    first = next((i for i, line in enumerate(spot.lines) if line.strip() and line.strip()[0] != "#"), 0)
    indent = len(spot.lines[first]) - len(spot.lines[first].lstrip(" "))
    if indent <= spot.column:
        return None
    return Mistake(
        "KAM001",
        first + 1,
        1,
        f"This line begins with {'a space' if indent == 1 else f'{indent} spaces'}, and lines below it do not.",
        "Delete the spaces before it.",
        cure="shift",
    )


def _indentation(spot: Spot) -> Mistake | None:
    if "expected key" not in spot.problem and "block" not in spot.context:
        return None
    return spot.mistake(
        "The indentation does not fit: this line stands neither under the line above it nor beside it.",
        "Line it up with its neighbours.",
    )


def _unknown(spot: Spot) -> Mistake:
    return spot.mistake("This text cannot be read here.", "Compare the lines around it with a file that works.")


# The first that has something to say is heard; the last always has.
_EXPLANATIONS: tuple[Callable[[Spot], Mistake | None], ...] = (
    _tab,
    _missing_space,
    _missing_colon,
    _reserved_sign,
    _no_text_start,
    _long_quote,
    _open_quote,
    _quoted_in_part,
    _bracket,
    _list_entry,
    _further_left,
    _special_space,
    _second_colon,
    _neither_key_nor_text,
    _indentation,
    _unknown,
)
