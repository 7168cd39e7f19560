"""What a form asks for each kind of slip: made from the records, for whoever offers a form or reads a filled-in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from kamgen.model.account import Record
from kamgen.model.slips import SLIPS
from kamgen.model.values import OneOrMany

# The label above a slip's kind, by which a filled-in form is known.
KIND_LABEL = "Slip"
# How a line says what became of one thing.
ROW_FORMS = '"name: done", "name: 2026-06-15, why" or "name: dropped, why"'
# Who says so comes from whoever sends the form; the kind stands above all fields.
_NOT_ASKED = ("slip", "by")
# The only texts of more than a sentence or two.
_LONG = "text"


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. `key` is its name in a slip, `help` the sentence beside it.

    `choices` are the only words that it can be; a `day` is written year-month-day; of `many` several stand with commas
    between; a `long` text keeps its paragraphs, and of `rows` each line is an entry of its own.
    """

    key: str
    label: str
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    day: bool = False
    many: bool = False
    long: bool = False
    rows: bool = False

    @property
    def told(self) -> str:
        """The help, with how a value is written where the help does not say it."""
        how = ""
        if self.choices and not all(word in self.help for word in self.choices):
            how = f"one of {', '.join(self.choices)}"
        elif self.day and "20" not in self.help:
            how = "written like 2026-06-30"
        elif self.rows:
            how = f"a line for each: {ROW_FORMS}"
        elif self.many:
            how = "more than one with commas between"
        return "; ".join(part for part in (self.help, how) if part)


@cache
def form_fields(kind: str) -> tuple[FormField, ...]:
    """The fields of a kind of slip, in the order in which a form asks for them: what is needed first."""
    fields = SLIPS[kind].model_fields.items()
    found = [_form_field(info.alias or name, info) for name, info in fields if name not in _NOT_ASKED]
    return tuple(sorted(found, key=lambda one: (one.key != "account", not one.required, one.key == "on")))


def summary(kind: str) -> str:
    """What a kind of slip is for, in a sentence."""
    return (SLIPS[kind].__doc__ or "").strip().partition("\n")[0]


def _form_field(key: str, info: FieldInfo) -> FormField:
    parts = list(_parts(info.annotation))
    kinds = [part for part in parts if isinstance(part, type)]
    rows = any(issubclass(kind, Record) for kind in kinds)
    return FormField(
        key,
        info.title or key,
        info.description or "",
        info.is_required(),
        choices=next((get_args(part) for part in parts if get_origin(part) is Literal), ()),
        day=date in kinds,
        many=any(isinstance(mark, OneOrMany) for mark in info.metadata),
        long=key == _LONG,
        rows=rows,
    )


def _parts(kind: Any) -> Iterator[Any]:
    """A type and the types that it is made of, but for the words of a choice."""
    yield kind
    if get_origin(kind) is not Literal:
        for part in get_args(kind):
            yield from _parts(part)
