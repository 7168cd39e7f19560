"""What a record points at: every reference and every date that must not lie ahead, found by the model's own marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kamgen.errors import did_you_mean
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.values import Past, Ref

Keys = tuple[str, ...]
Marked = tuple[Keys, Ref | Past, Any]
Visit = Callable[[Any, Keys], Iterator[Marked]]
Known = Mapping[str, Collection[str] | None]

_WHAT = {
    "ours": "one of our people (playbook/team.yml)",
    "contact": "a contact of this account (contacts)",
    "goal": "a goal of this plan (plan: intentions)",
    "action": "an action of this plan (plan: implementation)",
    "site": "a site of this account (sites)",
    "indicator": "a partnership indicator (indicators.yml)",
    "question": "a question of the audit menu (audit-menu.yml)",
    "criterion": "a selection criterion (criteria.yml)",
    "definition": "a definition of a key account (criteria.yml)",
    "family": "a product family (playbook/offer.yml)",
    "topic": "a topic (deliveries or sales)",
    "date": "a date of this account (dates)",
    "not-known-yet": "not-known-yet",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """Where references and dates are checked: the ids that exist by kind (None: not known, so not checked)."""

    account: str
    known: Known
    as_of: date


def check(kind: Any, record: Any, at: Keys, checked: Checked) -> Iterator[Problem]:
    """Problems of a record: unknown people (KAM007), unknown references (KAM008), dates in the future (KAM015)."""
    visit = _visitor(kind)
    if visit is None or record is None:
        return
    for keys, mark, value in visit(record, at):
        problem = _future(keys, value, checked) if isinstance(mark, Past) else _unknown(keys, mark, value, checked)
        if problem:
            yield problem


def uses(kind: Any, record: Any, wanted: str) -> bool:
    """Whether a record refers to anything of the wanted kind."""
    return next(naming(kind, record, (), wanted), None) is not None


def naming(kind: Any, record: Any, at: Keys, wanted: str) -> Iterator[tuple[Keys, str]]:
    """The references of a record to things of the wanted kind: where each stands, and the id that it names."""
    visit = _visitor(kind)
    for keys, mark, value in visit(record, at) if visit and record is not None else ():
        if isinstance(mark, Ref) and wanted in mark.kinds:
            yield keys, value


_HAPPENED = "Only what has happened belongs here: correct the date."
_IN_OTHER_WORDS = {
    "parked": "Write the day on which you decided to leave it for now, and under `because` until when it waits."
}


def _future(keys: Keys, value: date, checked: Checked) -> Problem | None:
    if value <= checked.as_of + timedelta(days=1):
        return None
    # Of readings and of `on`, the key above tells what is dated.
    name = keys[-2] if keys[-1] in (str(value), "on") else keys[-1]
    return Problem(
        checked.account,
        subject(*keys),
        f'"{name}" is dated {value}, and today is {checked.as_of}.',
        _IN_OTHER_WORDS.get(name, _HAPPENED),
        "KAM015",
    )


def _unknown(keys: Keys, ref: Ref, value: str, checked: Checked) -> Problem | None:
    kinds, wanted = ref.kinds, value
    if kinds == ("measure",):
        family = value.removeprefix("sales:")
        if family == value:
            return None
        kinds, wanted = ("family",), family
    known = [checked.known.get(kind) for kind in kinds]
    if any(ids is None or wanted in ids for ids in known):
        return None
    ids = [name for ids in known for name in ids or ()]
    return _not_found(keys, kinds, wanted, ids, checked)


def _not_found(keys: Keys, kinds: Keys, wanted: str, ids: list[str], checked: Checked) -> Problem:
    code = "KAM007" if "ours" in kinds else "KAM008"
    hint = _as_list(wanted, ids) or did_you_mean(wanted.lower(), ids) or _choice(kinds, ids)
    return Problem(checked.account, subject(*keys), f'"{wanted}" is {_none_of(kinds)}.', hint, code)


def _as_list(wanted: str, ids: list[str]) -> str:
    """What to write where several ids stand in one text."""
    parts = wanted.replace(",", " ").split()
    if len(parts) < 2 or not set(parts) <= set(ids):
        return ""
    return f"For more than one, write a list: [{', '.join(parts)}]."


def _none_of(kinds: Keys) -> str:
    names = [_WHAT[kind] for kind in kinds]
    return f"not {names[0]}" if len(names) == 1 else f"neither {', '.join(names[:-1])} nor {names[-1]}"


def _choice(kinds: Keys, ids: list[str]) -> str:
    if not ids:
        return "None is defined yet: add it there first, or take this line out."
    if len(ids) <= 12:
        return f"There is: {', '.join(ids)}."
    return "Look the id up there, or add it."


@cache
def _visitor(kind: Any) -> Visit | None:
    """A walk over values of this type that yields what is marked; None where nothing can be."""
    marks: list[Any] = []
    while get_origin(kind) is Annotated or get_origin(kind) in (Union, type(int | None)):
        arguments = get_args(kind)
        if get_origin(kind) is Annotated:
            marks.extend(arguments[1:])
            kind = arguments[0]
        else:
            kind = next(part for part in arguments if part is not type(None))
    mark = next((m for m in marks if isinstance(m, Ref | Past)), None)
    if mark is not None:
        return lambda value, keys: iter([(keys, mark, value)])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _record_visitor(kind)
    if get_origin(kind) is tuple:
        return _list_visitor(_visitor(get_args(kind)[0]))
    if get_origin(kind) is dict:
        return _mapping_visitor(*(_visitor(part) for part in get_args(kind)))
    return None


def _record_visitor(kind: type[BaseModel]) -> Visit | None:
    fields: list[tuple[str, str, Visit]] = []
    for name, field in kind.model_fields.items():
        annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        visit = _visitor(annotation)
        if visit:
            fields.append((name, field.alias or name, visit))
    if not fields:
        return None

    def walk(value: Any, keys: Keys) -> Iterator[Marked]:
        given = value.model_fields_set
        for name, key, visit in fields:
            if name in given and (inner := getattr(value, name)) is not None:
                yield from visit(inner, (*keys, key))

    return walk


def _list_visitor(visit: Visit | None) -> Visit | None:
    if visit is None:
        return None

    def walk(value: Any, keys: Keys) -> Iterator[Marked]:
        for item in value:
            name = item if isinstance(item, str) else item.id
            yield from visit(item, (*keys, name))

    return walk


def _mapping_visitor(key_visit: Visit | None, visit: Visit | None) -> Visit | None:
    if key_visit is None and visit is None:
        return None

    def walk(value: Any, keys: Keys) -> Iterator[Marked]:
        for key, inner in value.items():
            path = (*keys, str(key))
            if key_visit:
                yield from key_visit(key, path)
            if visit:
                yield from visit(inner, path)

    return walk
