"""The kinds of slip: what each is for, what it writes, and its fields, from the records and from what writes them."""

from __future__ import annotations

import inspect
from typing import Any, get_args

from pydantic.fields import FieldInfo

from kamgen.edit.slips import WRITERS
from kamgen.model.account import Record
from kamgen.model.slips import SLIPS, Names, Outcome, Slip
from tests.docs import keys
from tests.docs.tables import code, table

_NAMED = {"action": ["an action"], "claim": ["an opportunity", "a threat"]}


def kinds(_: str) -> str:
    """A section for each kind of slip."""
    common = "Every slip may hold these, and needs the first two:"
    head = [("`slip`", "Slip", "yes", "the kind", "What happened: one of the kinds below"), *_rows(Slip)]
    return "\n\n".join([common, _table(head), *(_kind(kind) for kind in SLIPS)])


def _kind(kind: str) -> str:
    record = SLIPS[kind]
    parts = [f"### {kind}", inspect.cleandoc(record.__doc__ or ""), f"**Writes:** {_written(kind)}"]
    if record.agreement:
        parts.append("Somebody else has to agree, so from a form it becomes a pull request.")
    parts.append(_table(_rows(record, Slip)))
    if any(Outcome in get_args(field.annotation) for field in record.model_fields.values()):
        parts += ["Each entry of `outcomes` holds:", _table(_rows(Outcome))]
    return "\n\n".join(parts)


def _written(kind: str) -> str:
    """What a kind writes: the first paragraph of what writes it, without its verb."""
    text = " ".join(inspect.cleandoc(WRITERS[kind].__doc__ or "").partition("\n\n")[0].split())
    return text.removeprefix("Write ")


def _rows(record: type[Record], without: type[Record] | None = None) -> list[tuple[str, ...]]:
    left_out = {"slip", *(without.model_fields if without else ())}
    return [
        (
            code(field.alias or name),
            field.title or "",
            "yes" if field.is_required() else "",
            _form(field),
            field.description or "",
        )
        for name, field in record.model_fields.items()
        if name not in left_out
    ]


def _table(rows: list[tuple[str, ...]]) -> str:
    return table(("Key", "On forms", "Needed", "Form", "What goes in it"), rows)


def _form(field: FieldInfo) -> str:
    marks: list[Any] = [*field.metadata, *(mark for part in get_args(field.annotation) for mark in get_args(part)[1:])]
    things = next((mark.things for mark in marks if isinstance(mark, Names)), ())
    if not things:
        return keys._words(field.annotation, [*field.metadata])
    named = [word for thing in things for word in _NAMED.get(thing, [f"a {thing}"])]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
