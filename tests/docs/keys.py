"""Tables of the keys of each kind of file, made from the model: name, needed or not, form, what goes in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kamgen.model.account import Item
from kamgen.model.files import record_of
from kamgen.model.identity import text_keys
from kamgen.model.values import Items, Kind, OneOrMany, Ref
from tests.docs.tables import code, table

# Parts of an account that have a section of their own on the page.
_ELSEWHERE = {"contacts": "#contactsyml", "plan": "#planyml", "partnership": "#partnershipyml"}
_COMMON = "[`id`](formats.md#names-and-ids) and [`private`](formats.md#private)"
_MERGED = {"kamgen"}  # its defaults are packaged, so nothing is needed
_AS_IN_PLAN = {"plan-of-a-year"}  # its entries are those of plan.yml, which stand on the page already

_FORMS = {
    "_text": "text",
    "parse_day": "date",
    "parse_number": "number",
    "parse_money": "number",
    "_score": "number from 1 to 5",
    "_marks": "number from 0 to 10",
    "parse_reading": "number or a few words",
    "parse_month": "month",
    "parse_duration": "length of time",
    "_bool": "true or false",
}
_KINDS = {
    ("ours",): "one of ours",
    ("contact",): "a contact",
    ("ours", "contact"): "one of ours, or a contact",
    ("contact", "not-known-yet"): "a contact, or `not-known-yet`",
    ("goal",): "a goal",
    ("action",): "an action",
    ("site",): "a site",
    ("topic", "contact", "date"): "`deliveries`, `sales`, a contact, or an entry of `dates`",
    ("indicator",): "an indicator",
    ("question",): "a question",
    ("criterion",): "a criterion",
    ("definition",): "a definition",
    ("measure",): "text",
}


def tables(kind: str) -> str:
    """The tables of a kind of file: its own keys, then those of each group of keys in it."""
    record = _unwrapped(record_of(kind))
    parts = [_table(record, kind)]
    for name, (inner, many) in _groups(record, kind).items() if kind not in _AS_IN_PLAN else ():
        holds = f"Each entry of {name} holds" if many else f"{name} holds"
        also = f", besides {_COMMON}:" if issubclass(inner, Item) else ":"
        parts += [holds + also, _table(inner, kind)]
    return "\n\n".join(parts)


def _unwrapped(kind: Any) -> type[BaseModel]:
    """The record of a kind of file; the value's record where the file maps ids to records."""
    record: type[BaseModel] = get_args(kind)[1] if get_origin(kind) is dict else kind
    return record


def _fields(record: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields by key, without those that every list entry may carry."""
    common = Item.model_fields if issubclass(record, Item) else ()
    return {field.alias or name: field for name, field in record.model_fields.items() if name not in common}


def _table(record: type[BaseModel], kind: str) -> str:
    rows = [
        (code(key), _needed(field), _form(key, field, kind), field.description)
        for key, field in _fields(record).items()
    ]
    if kind in _MERGED:
        return table(("Key", "Form", "What goes in it"), [(key, form, words) for key, _, form, words in rows])
    return table(("Key", "Needed", "Form", "What goes in it"), rows)


def _needed(field: FieldInfo) -> str:
    return "yes" if field.is_required() else ""


def _groups(record: type[BaseModel], kind: str) -> dict[str, tuple[type[BaseModel], bool]]:
    """The records below a record, by the keys under which they stand, and whether there are many of them."""
    found: dict[type[BaseModel], tuple[list[str], bool]] = {}
    for key, inner, many in _below(record, kind):
        keys, _ = found.setdefault(inner, ([], many))
        if code(key) not in keys:
            keys.append(code(key))
    return {_listed(keys): (inner, many) for inner, (keys, many) in found.items()}


def _below(record: type[BaseModel], kind: str) -> Iterator[tuple[str, type[BaseModel], bool]]:
    for key, field in _fields(record).items():
        inner = _record_in(field.annotation)
        if inner and not (kind == "account" and key in _ELSEWHERE):
            yield key, inner, get_origin(_bare(field.annotation)) in (dict, tuple)
            yield from _below(inner, kind)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    bare = _bare(annotation)
    if get_origin(bare) is dict:
        return _record_in(get_args(bare)[1])
    if get_origin(bare) is tuple:
        return _record_in(get_args(bare)[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated or get_origin(annotation) in (Union, type(int | None)):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _form(key: str, field: FieldInfo, kind: str) -> str:
    if kind == "account" and key in _ELSEWHERE:
        return f"see [below]({_ELSEWHERE[key]})"
    return _words(field.annotation, [*field.metadata])


def _words(annotation: Any, marks: list[Any]) -> str:
    """What a value looks like, in plain words."""
    while get_origin(annotation) is Annotated or get_origin(annotation) in (Union, type(int | None)):
        if get_origin(annotation) is Annotated:
            marks = [*marks, *get_args(annotation)[1:]]
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    by_type = {type(mark): mark for mark in marks}
    if Ref in by_type:
        return _KINDS[by_type[Ref].kinds]
    if get_origin(annotation) is Literal:
        return _listed([code(word) for word in get_args(annotation)], "or")
    if get_origin(annotation) is tuple:
        return _list_words(get_args(annotation)[0], by_type)
    if get_origin(annotation) is dict:
        key, value = (_words(part, []) for part in get_args(annotation))
        return f"entries by {key}" if _record_in(annotation) else f"{key}: {value}, one a line"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "keys of its own"
    if Kind in by_type:
        return _FORMS[by_type[Kind].parse.__name__]
    return "id" if annotation is str else "level or keys"


def _list_words(inner: Any, by_type: dict[type, Any]) -> str:
    if Items in by_type:
        needed = {field.alias or name for name, field in _bare(inner).model_fields.items() if field.is_required()}
        plain = needed <= {text_keys(by_type[Items].list_name)[0]}
        return "list of entries, each a text or keys" if plain else "list of entries"
    one = _words(inner, [])
    return f"{one}; or a list" if OneOrMany in by_type else f"list: {one}"


def _listed(words: list[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
