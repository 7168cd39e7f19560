"""A form that somebody filled in, line by line: `### Label` with the value below it, or in a mail `Label: value`.

Nothing is read as YAML or Markdown here. A value is what stands in its place, character by character; a heading of an
unknown name belongs to the text in which it stands, or is left out and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kamgen.errors import did_you_mean
from kamgen.model.days import as_written
from kamgen.model.slip_fields import KIND_LABEL, ROW_FORMS, FormField, form_fields
from kamgen.model.slips import SLIPS, Slip
from kamgen.read.issue import Refused, Source
from kamgen.read.records import short

BODY_KB = 64
MANY = 20  # fields; no form has half as many
SENTENCE = 1_000  # characters of a value on one line
LONG = 20_000  # characters of a text with paragraphs
_NOTHING = "_No response_"  # what GitHub writes for a field that was left empty
_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_REMARK = re.compile(r"[ \t]*<!--(?:(?!-->).)*-->[ \t]*")
_ROW = re.compile(
    r"(?:[-*] )?(\S.*?) ?: ?(done|dropped|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?![\w-])[\s,;:–—-]*(.*)", re.I
)
# Signs that turn the reading direction round or cannot be seen at all, and what no file of text may hold.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ufdd0-\ufdef\ufffe\uffff]")


class _Line(NamedTuple):
    """A line: the label that begins there ("" for none), what stands behind that, and the line as it is."""

    label: str
    rest: str
    whole: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in form: the kind of slip, values by key as they were written, and what was left out."""

    kind: str
    values: Mapping[str, str]
    left_out: tuple[str, ...] = ()

    def tree(self, today: date) -> dict[str, object]:
        """The slip as plain values: names with commas between become a list, each line of `rows` an entry.

        What was left empty is not there, and a day is written as a file has it. Raises Refused for a row that says
        nothing kamgen knows.
        """
        said: dict[str, object] = {"slip": self.kind}
        for one in form_fields(self.kind):
            if text := self.values.get(one.key, ""):
                said[one.key] = _meant(one, text, today)
        return said


def is_slip(text: str, source: Source) -> bool:
    """Whether a message wants to be a slip at all: it has the field that says which kind."""
    return any(line.label == _KIND for line in _labelled(_lines(text), source, {_KIND}))


def filled_in(text: str, source: Source) -> Filled:
    """The form in a message that is a slip. Raises Refused where it cannot be taken."""
    if len(text.encode("utf-8", "surrogatepass")) > BODY_KB * 1024:
        raise Refused(f"The text is longer than {BODY_KB} kB. Say in a few lines what happened.")
    lines = _lines(text)
    _expect_visible(lines)
    kind = _kind(_labelled(lines, source, {_KIND}))
    fields = {_plain(one.label): one for one in (*_ALWAYS, *form_fields(kind))}
    sections = _sections(_labelled(lines, source, fields), fields)
    _expect_once(sections)
    said = [(one.asked.key, *one.value(source)) for one in sections if one.asked]
    told = [one.heading for one in sections if not one.asked and one.heading]
    more = [text for _, _, rest in said for text in rest]
    return Filled(kind, {key: text for key, text, _ in said}, tuple(short(text) for text in (*told, *more)))


def _lines(text: str) -> list[str]:
    return _ENDS.sub("\n", text).split("\n")


def _expect_visible(lines: Iterable[str]) -> None:
    for number, line in enumerate(lines, 1):
        for char in line:
            if (unicodedata.category(char) in ("Cc", "Cs") and char != "\t") or _HIDDEN.match(char):
                raise Refused(
                    f"Line {number} holds a sign that cannot be seen (U+{ord(char):04X}). "
                    "Type the line again instead of pasting it."
                )


def _labelled(lines: Iterable[str], source: Source, known: Collection[str]) -> list[_Line]:
    """Each line with the label that begins there: on a form every heading, in a mail only the known labels."""
    find = _before_colon(known) if source == "email" else _heading
    return [find(line) for line in lines]


def _heading(line: str) -> _Line:
    is_heading = line.startswith(("### ", "###\t"))
    return _Line(_plain(line[3:]) if is_heading else "", "", line)


def _before_colon(known: Collection[str]) -> Callable[[str], _Line]:
    def find(line: str) -> _Line:
        label, colon, rest = line.partition(":")
        return _Line(_plain(label), rest.lstrip(), line) if colon and _plain(label) in known else _Line("", "", line)

    return find


@dataclass(frozen=True, slots=True)
class _Section:
    """A field of the form with the lines below it; without one what stands under an unknown label, or under none."""

    asked: FormField | None
    heading: str
    lines: list[str]

    def value(self, source: Source) -> tuple[str, list[str]]:
        """What the field says, and what stands below it: a mail goes on with a greeting that belongs to no field."""
        lines = [line for line in self.lines if not _REMARK.fullmatch(line)]
        text = "\n".join(line.rstrip() for line in lines).strip("\n")
        text = "" if text.strip() == _NOTHING else text
        assert self.asked
        if self.asked.long or self.asked.rows:
            return _capped(text, LONG, self.asked.label), []
        first, _, rest = text.strip().partition("\n\n") if source == "email" else (text, "", "")
        return _capped(" ".join(first.split()), SENTENCE, self.asked.label), [rest.strip()] if rest.strip() else []


def _sections(lines: Iterable[_Line], fields: Mapping[str, FormField]) -> list[_Section]:
    """The form cut at its labels. An unknown heading within a long text belongs to that text."""
    found = [_Section(None, "", [])]
    for line in lines:
        known = fields.get(line.label)
        within = found[-1].asked and (found[-1].asked.long or found[-1].asked.rows)
        if known or (line.label and not within):
            found.append(_Section(known, line.whole.lstrip("# "), [line.rest]))
        else:
            found[-1].lines.append(line.whole)
    return found


def _expect_once(sections: Collection[_Section]) -> None:
    if len(sections) - 1 > MANY:
        raise Refused(f"There are more than {MANY} fields. Use the form.")
    keys = [one.asked.key for one in sections if one.asked]
    for one in sections:
        if one.asked and keys.count(one.asked.key) > 1:
            raise Refused(f'The field "{one.asked.label}" is there twice. Answer each question once.')


def _kind(lines: Iterable[_Line]) -> str:
    """The kind of slip: the first line at its label."""
    sections = [one for one in _sections(lines, {_KIND: _ALWAYS[0]}) if one.asked]
    if len(sections) > 1:
        raise Refused(f'The field "{KIND_LABEL}" is there twice. One message can hold one slip: send two.')
    said = next((line.strip() for line in sections[0].lines if line.strip() and not _REMARK.fullmatch(line)), "")
    if said.lower() not in SLIPS:
        meant = did_you_mean(said.lower(), SLIPS) or f"There are: {', '.join(SLIPS)}."
        raise Refused(f'There is no kind of slip "{short(said)}". {meant}')
    return said.lower()


def _capped(text: str, most: int, label: str) -> str:
    if len(text) > most:
        raise Refused(f'What stands at "{label}" is longer than {most} characters. Say it in fewer words.')
    return text


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _meant(asked: FormField, text: str, today: date) -> object:
    if asked.rows:
        return _rows(asked, text, today)
    if asked.many:
        return _names(text)
    return as_written(text, lambda: today) if asked.day else text


def _rows(asked: FormField, text: str, today: date) -> list[dict[str, object]]:
    return [_row(asked, " ".join(line.split()), today) for line in text.split("\n") if line.strip()]


def _row(asked: FormField, line: str, today: date) -> dict[str, object]:
    """What became of one thing; a day behind `done` is the day on which it was done."""
    match = _ROW.fullmatch(line)
    if not match:
        raise Refused(f'"{short(line)}" cannot be understood at "{asked.label}". Write {ROW_FORMS}.')
    item, verdict, rest = match[1], match[2].lower(), match[3].strip()
    if verdict == "done":
        return {"item": item, "done": as_written(rest or "today", lambda: today)}
    said: dict[str, object] = {"item": item} | ({"why": rest} if rest else {})
    return said | ({"dropped": "true"} if verdict == "dropped" else {"to": as_written(verdict, lambda: today)})


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()


_KIND = _plain(KIND_LABEL)
# What every form knows: its kind, and who says so, which nobody can choose (see `inbox`).
_ALWAYS = (FormField("slip", KIND_LABEL), FormField("by", Slip.model_fields["by"].title or "by"))
