"""Plain trees into records. A value that is refused is left out, and everything else is still read."""

from __future__ import annotations

import copy
import difflib
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.read.yaml import Document, Key, ids_of

T = TypeVar("T")
Tree = dict[str, Any]

CODES = {"missing": "KAM005", "extra_forbidden": "KAM003"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: the record (None when nothing could be made of it), and what could not be taken."""

    record: Any
    problems: list[Problem]
    distrusted: set[tuple[str, str]]


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The validator of a record type or of a mapping of records."""
    return TypeAdapter(kind)


def take(kind: Any, document: Document, account: str, fallback: Mapping[str, str] | None = None) -> Taken:
    """A record of `kind` from a document.

    `fallback` gives values for required top-level keys, so that an account without a name is still an account.
    """
    problems = [_told(document, account, mistake) for mistake in document.mistakes]
    tree = {} if document.tree is None else document.tree
    empty = [mistake.path for mistake in document.mistakes if mistake.code == "KAM004" and mistake.path]
    distrusted: set[tuple[str, str]] = set()
    for _ in range(20):
        try:
            return Taken(adapter(kind).validate_python(tree), problems, distrusted)
        except ValidationError as failed:
            errors = failed.errors(include_url=False)
        tree = copy.deepcopy(tree)
        for error in errors:
            if any(_bare(error["loc"])[: len(told)] == told for told in empty):
                continue
            problem, doubts = _reported(kind, document, account, error)
            problems.append(problem)
            distrusted |= {(account, _subject(document, keys)) for keys in doubts}
        if not _prune(tree, errors, fallback or {}):
            break
    return Taken(None, problems, distrusted)


def _told(document: Document, account: str, mistake: Any) -> Problem:
    keys = ids_of(document.tree, mistake.path)
    name = _subject(document, keys) if mistake.path else f"files/{document.path.rpartition('/')[2]}"
    if not mistake.path and len(document.mistakes) > 1:
        name += f":{document.mistakes.index(mistake) + 1}"
    place = document.spot(mistake.line, mistake.column)
    return Problem(account, name, mistake.message, mistake.hint, mistake.code, place)


def _subject(document: Document, keys: Iterable[str]) -> str:
    tail = subject(*keys)
    return ".".join(part for part in (document.at, tail) if part)


def _reported(
    kind: Any, document: Document, account: str, error: ErrorDetails
) -> tuple[Problem, list[tuple[str, ...]]]:
    """The problem behind a validation error, and the key paths whose absence no rule may blame."""
    loc = _bare(error["loc"])
    code = CODES.get(error["type"], error["type"] if error["type"].startswith("KAM") else "KAM004")
    keys = ids_of(document.tree, loc)
    key = str(keys[-1]) if keys else document.path
    place = document.place(loc, at_key=code == "KAM003")
    doubts = [keys]
    if loc and isinstance(loc[-1], int):
        doubts.append(keys[:-1])
    if code == "KAM003":
        message, hint, meant = _unknown_key(kind, loc)
        if meant:
            doubts.append((*keys[:-1], meant))
    elif code == "KAM005":
        message, hint = f'"{key}" is missing here.', f"Add a line `{key}: …`."
        doubts.extend([keys[:-1], keys[:-2]])
    else:
        message, hint = _wrong_value(error, str(loc[-1]) if loc and not isinstance(loc[-1], int) else "this entry")
    return Problem(account, _subject(document, keys), message, hint, code, place), doubts


def _bare(loc: tuple[Key, ...]) -> tuple[Key, ...]:
    """The key path of a validation error without pydantic's own marks."""
    return tuple(step for step in loc if step != "[key]")


def _wrong_value(error: ErrorDetails, key: str) -> tuple[str, str]:
    written = error.get("input")
    shown = f'"{key}" is "{_short(written)}"' if isinstance(written, str) else f'"{key}" does not fit'
    if error["type"].startswith("KAM"):
        return f"{shown}: {error['msg']}.", ""
    if error["type"] == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "")
        allowed = [word.strip() for word in expected.replace(" or ", ", ").split(",")]
        return f"{shown}; it can be {expected}.", _did_you_mean(str(written).lower(), allowed)
    if error["type"] in {"tuple_type", "list_type"}:
        return f'{shown}: a list belongs here, one line an entry, each beginning with "- ".', ""
    if error["type"] in {"dict_type", "model_type", "model_attributes_type"}:
        return f"{shown}: indented lines of the form `key: value` belong below it.", ""
    return f"{shown}: this value cannot be used here.", ""


def _short(text: str, length: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _did_you_mean(word: str, allowed: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(allowed), 1, 0.6)
    return f'Did you mean "{near[0]}"?' if near else ""


def _unknown_key(kind: Any, loc: tuple[Key, ...]) -> tuple[str, str, str]:
    key = str(loc[-1])
    allowed = _keys_at(kind, loc[:-1])
    near = difflib.get_close_matches(key.lower(), allowed, 1, 0.6)
    message = f'kamgen knows no key "{key}" here, so nobody would read it.'
    if near:
        return message, f'Did you mean "{near[0]}"?', near[0]
    return message, f"It knows: {', '.join(allowed)}.", ""


def _keys_at(kind: Any, loc: tuple[Key, ...]) -> list[str]:
    for step in loc:
        kind = child_type(kind, step)
    kind = bare_type(kind)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def child_type(kind: Any, step: Key) -> Any:
    """The type one step down from a record, mapping or list type."""
    kind = bare_type(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        return fields[str(step)].annotation if step in fields else None
    arguments = get_args(kind)
    return arguments[1] if get_origin(kind) is dict else arguments[0] if arguments else None


def bare_type(kind: Any) -> Any:
    """A type without its annotations and without "or None"."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(part for part in get_args(kind) if part is not type(None))
        else:
            return kind


def _prune(tree: Any, errors: list[ErrorDetails], fallback: Mapping[str, str]) -> bool:
    """Take the refused values out of the tree, in place; False when nothing is left to take out."""
    cuts: set[tuple[Key, ...]] = set()
    for error in errors:
        loc = _bare(error["loc"])
        if error["type"] != "missing":
            cuts.add(loc)
        elif len(loc) == 1 and loc[0] in fallback:
            tree[loc[0]] = fallback[str(loc[0])]
        else:
            cuts.add(loc[:-1])
    if () in cuts:
        return False
    for cut in sorted(cuts, key=lambda keys: [str(k).zfill(6) if isinstance(k, int) else k for k in keys], reverse=True):
        _cut(tree, cut)
    return True


def _cut(tree: Any, keys: tuple[Key, ...]) -> None:
    for key in keys[:-1]:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return
    last = keys[-1]
    if isinstance(tree, list) and isinstance(last, int) and last < len(tree):
        del tree[last]
    elif isinstance(tree, dict):
        tree.pop(last, None)
