"""Which fields of a record hold ids of what, by the model's own marks; and records in which things have other ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kamgen.model.portfolio import Account
from kamgen.model.values import Ref

# Later ids by earlier ones, by the kind of thing, as `Ref` names the kinds.
Names = Mapping[str, Mapping[str, str]]
_Value = TypeVar("_Value")


def renamed(account: Account, names: Names) -> Account:
    """An account in which what had the earlier ids has the later ones, references to it included."""
    if not any(names.values()):
        return account
    record = _under(account.record, names)
    record = record.model_copy(update={"contacts": _keys(record.contacts, names.get("contact", {}))})
    if record.plan:
        plan = record.plan.model_copy(update={"intentions": _keys(record.plan.intentions, names.get("goal", {}))})
        record = record.model_copy(update={"plan": plan})
    return replace(
        account,
        record=record,
        notes=tuple(replace(note, head=_under(note.head, names)) for note in account.notes),
        audits=tuple(replace(held, audit=_under(held.audit, names)) for held in account.audits),
    )


def _keys(entries: Mapping[str, _Value], names: Mapping[str, str]) -> dict[str, _Value]:
    return {names.get(name, name): entry for name, entry in entries.items()}


def _under(value: Any, names: Names) -> Any:
    if isinstance(value, BaseModel):
        kinds = references_of(type(value))
        update = {
            name: _named(getattr(value, name), kinds[name], names)
            if name in kinds
            else _under(getattr(value, name), names)
            for name in value.model_fields_set
        }
        changed = {name: new for name, new in update.items() if new is not getattr(value, name)}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, Mapping):
        found = {key: _under(inner, names) for key, inner in value.items()}
        return found if any(found[key] is not value[key] for key in found) else value
    if isinstance(value, tuple):
        items = tuple(_under(inner, names) for inner in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _named(value: Any, kinds: frozenset[str], names: Names) -> Any:
    if isinstance(value, tuple):
        return tuple(_named(one, kinds, names) for one in value)
    return next((found[value] for kind in kinds if value in (found := names.get(kind, {}))), value)


@cache
def references_of(record: type[BaseModel]) -> Mapping[str, frozenset[str]]:
    """The fields of a record that hold ids, alone or in a list, with the kinds of thing they name."""
    found = {}
    for name, field in record.model_fields.items():
        refs = [mark for mark in marks_of(field) if isinstance(mark, Ref)]
        if refs:
            found[name] = frozenset(kind for mark in refs for kind in mark.kinds)
    return found


def marks_of(field: FieldInfo) -> Iterator[object]:
    """What a field is marked with, at any depth of its type."""
    yield from field.metadata
    yield from _marks(field.annotation)


def _marks(annotation: Any) -> Iterator[object]:
    if hasattr(annotation, "__metadata__"):
        yield from annotation.__metadata__
    if getattr(annotation, "__origin__", None) is not dict:  # a mapping's values are looked at one by one
        for part in get_args(annotation):
            yield from _marks(part)
