"""A slip's fields as a command has them: arguments, and options for all that is not what the slip is about.

Nothing is listed by hand: what a record says of a field (title, description, type, whose names it holds) decides.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kamgen.commands import completion, given
from kamgen.errors import near
from kamgen.model.days import as_written
from kamgen.model.references import marks_of
from kamgen.model.slip_fields import FormField, form_fields
from kamgen.model.slips import SLIPS, Names
from kamgen.model.values import Ref
from kamgen.read.workspace import find_root

REVIEW = "review"  # the kind of slip that is asked for in a dialogue
# What is worth asking for at a terminal though nobody has to answer.
_OFFERED: Mapping[str, tuple[str, ...]] = {"leaves": ("successor",), "joined": ("title", "level")}
# What a command is about stands behind its name; everything else is an option.
_SUBJECTS = frozenset({"action", "stage", "goal", "contact", "claim", "complaint", "decision"})


@dataclass(frozen=True)
class Asked:
    """A field that is asked for: how a form has it, and what the record says of it.

    What is `offered` is asked for at a terminal, and may be passed over.
    """

    form: FormField
    info: FieldInfo
    offered: bool = False

    @property
    def key(self) -> str:
        """Its name in a slip."""
        return self.form.key

    @property
    def hint(self) -> str:
        """What helps to fill it in, behind its label."""
        return self.form.told[:1].lower() + self.form.told[1:]

    @property
    def told(self) -> str:
        """Its label and what helps to fill it in, as a sentence."""
        return f"{self.form.label}: {self.hint}." if self.hint else f"{self.form.label}."

    @property
    def sorts(self) -> frozenset[str]:
        """The things whose names it holds, as `known` calls them; "account" and "rule" for just these."""
        if self.key in ("account", "rule"):
            return frozenset({self.key})
        marks = list(marks_of(self.info))
        named = (mark.things for mark in marks if isinstance(mark, Names))
        ids = (mark.kinds for mark in marks if isinstance(mark, Ref))
        return frozenset(sort for sorts in (*named, *ids) for sort in sorts)

    @property
    def is_argument(self) -> bool:
        """Whether it stands behind the command without a name: the account, and the thing that the slip is about."""
        return self.key == "account" or (self.form.required and not self.form.many and bool(self.sorts & _SUBJECTS))

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The record's own check of this one value."""
        kind: Any = self.info.annotation
        return TypeAdapter(Annotated[kind, *self.info.metadata] if self.info.metadata else kind)

    def wrong(self, value: object) -> str:
        """What is wrong with a value, in words; "" where nothing is."""
        try:
            self.adapter.validate_python(value)
        except ValidationError as failed:
            error = failed.errors(include_url=False)[0]
            if words := self.form.choices:
                return f'"{value}" is none of these: {", ".join(words)}.{near(str(value), words)}'
            return f'"{error.get("input")}": {error["msg"]}{"" if error["msg"].endswith("?") else "."}'
        return ""


def asked_by(kind: str) -> list[Asked]:
    """The fields of a kind of slip that can be asked for one by one: the account and what it is about come first."""
    forms = {one.key: one for one in form_fields(kind)}
    offered = _OFFERED.get(kind, ())
    found = [
        Asked(forms.get(key) or FormField(key, info.title or key, info.description or ""), info, key in offered)
        for name, info in SLIPS[kind].model_fields.items()
        if name != "slip" and (key := info.alias or name)
    ]
    order = sorted(found, key=lambda one: (not one.is_argument, not one.form.required, one.key in ("on", "by")))
    return [one for one in order if not one.form.rows]  # what is a line for each has options of its own


def field(kind: str, key: str) -> Asked:
    """One field of a kind of slip."""
    return next(asked for asked in asked_by(kind) if asked.key == key)


class Value(click.ParamType):  # type: ignore[type-arg]
    """A value as the record of a slip takes it; the characters are kept as they were typed."""

    name = "text"

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value; fails in the record's words."""
        words = split(value) if self.asked.form.many else [self._as_written(value, ctx)]
        for word in words:
            if wrong := self.asked.wrong(word):
                self.fail(wrong, param, ctx)
        return words if self.asked.form.many else words[0]

    def _as_written(self, value: Any, ctx: click.Context | None) -> Any:
        """A day as a file has it; every other value as it stands."""
        if not self.asked.form.day or (ctx and ctx.resilient_parsing):
            return value
        return as_written(value, partial(today_here, given.day_of(ctx.params) if ctx else None))

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        """What was to be given, in the words of the form."""
        return self.asked.told

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """The names that fit, of the account that stands on the line."""
        if words := self.asked.form.choices:
            return [CompletionItem(word) for word in words if word.startswith(incomplete)]
        return completion.of(self.asked.sorts)(ctx, param, incomplete)


def today_here(as_of: date | None) -> date:
    """Today, as the workspace in which the shell stands has it."""
    from kamgen.commands.known import Known  # it reads the settings, on which few words hang

    return Known(find_root(Path.cwd()), given.clock(as_of)).as_of


def metavar(asked: Asked) -> str:
    """What stands for a field's value in the help: NAME, DATE, the words to choose from."""
    if asked.is_argument:
        return asked.key.upper()
    if asked.form.choices:
        return f"[{'|'.join(asked.form.choices)}]"
    if asked.sorts:
        return "PERSON" if asked.sorts & {"ours", "contact"} else next(iter(asked.sorts)).upper()
    return "DATE" if asked.form.day else "TEXT"


def split(value: str | Sequence[str]) -> list[str]:
    """Several in one text, with commas between."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else list(value)


def _help(text: str) -> dict[str, Any]:
    """The words beside an argument, as far as this click shows any (since 8.5)."""
    return {"help": text} if "help" in inspect.signature(click.Argument).parameters else {}


class AskedArgument(click.Argument):
    """An argument that is asked for at a terminal, when it was left out."""

    def __init__(self, asked: Asked) -> None:
        super().__init__([asked.key], type=Value(asked), metavar=asked.key.upper(), **_help(asked.form.told))
        self.asked = asked

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, ParameterSource]:
        """What was typed, else what is answered."""
        return _or_asked(self, ctx, super().consume_value(ctx, opts))


class AskedOption(click.Option):
    """An option that is asked for at a terminal, when it is needed and was left out."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(
            [f"--{asked.key.replace('_', '-')}", asked.key.replace("-", "_")],
            type=Value(asked),
            required=asked.form.required,
            multiple=asked.form.many,
            metavar=metavar(asked),
            help=asked.told,
        )
        self.asked = asked

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, ParameterSource]:
        """What was typed, else what is answered."""
        return _or_asked(self, ctx, super().consume_value(ctx, opts))


_ASKED = "kamgen.asked"  # whether this command has asked for anything


def parameter(asked: Asked) -> click.Parameter:
    """A field as the parameter of a command."""
    return AskedArgument(asked) if asked.is_argument else AskedOption(asked)


def _or_asked(
    param: AskedArgument | AskedOption, ctx: click.Context, typed: tuple[Any, ParameterSource]
) -> tuple[Any, ParameterSource]:
    # What is only offered is asked for among other questions: a line that says enough is not held up.
    wanted = param.required or (param.asked.offered and _ASKED in ctx.meta)
    missing = typed[1] is ParameterSource.DEFAULT and wanted
    if not missing or ctx.resilient_parsing or not given.on_terminal():
        return typed
    from kamgen.commands.asking import ask_here  # it reads the workspace, which only a question needs

    ctx.meta[_ASKED] = True
    answer = ask_here(param.asked, ctx.params)
    if answer == "":
        return typed
    return [answer] if param.asked.form.many else answer, ParameterSource.PROMPT
