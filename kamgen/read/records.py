"""Plain trees into records. A value that is refused is left out, and everything else is still read."""

from __future__ import annotations

import copy
import difflib
import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kamgen.errors import did_you_mean
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.read.explain import Key, Mistake
from kamgen.read.source import file_subject
from kamgen.read.yaml import Document, ids_of

Loc = tuple[Key, ...]

CODES = {"missing": "KAM005", "extra_forbidden": "KAM003"}
MANY = 100  # so many mistakes of one file are told one by one; finding the place of each takes time
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")
_CURLY = "“”„‟‘’‚«»‹›"


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


def take(kind: Any, document: Document, account: str, fallback: Mapping[str, Any] | None = None) -> Taken:
    """A record of `kind` from a document.

    `fallback` is a tree of values that stand in for those that are refused or missing, so that an account without a
    name is still an account, and one bad line of kamgen.yml leaves the others in force.
    """
    taking = _Taking(kind, document, account, fallback or {})
    taking.problems += (_told(document, account, mistake) for mistake in document.mistakes[:MANY])
    taking.untold = len(document.mistakes[MANY:])
    for lost in document.lost:
        taking.distrusted.add((account, _subject(document, (lost,) if lost else ())))
    tree = {} if document.tree is None else document.tree
    if not isinstance(tree, dict):
        return taking.refused_whole(tree)
    for _ in range(20):
        try:
            return taking.taken(adapter(kind).validate_python(tree))
        except ValidationError as failed:
            errors = failed.errors(include_url=False)
        tree = copy.deepcopy(tree)
        # A misspelt key first: the one it was meant for is then not missing.
        for error in sorted(errors, key=lambda error: error["type"] == "missing"):
            taking.tell(error)
        if not taking.prune(tree, errors):
            break
    return taking.taken(None)


@dataclass(slots=True)
class _Taking:
    """A record being made: what is wrong so far, and which entries of lists were taken out, by their first places."""

    kind: Any
    document: Document
    account: str
    fallback: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)
    distrusted: set[tuple[str, str]] = field(default_factory=set)
    gone: dict[Loc, list[int]] = field(default_factory=dict)
    untold: int = 0

    def taken(self, record: Any) -> Taken:
        if self.untold:
            last = self.problems[-1]
            more = f"This file has {self.untold} mistakes more, which are not shown."
            name = file_subject(self.document.path)
            self.problems.append(replace(last, subject=name, message=more, hint="Put the others right first."))
        return Taken(record, self.problems, self.distrusted)

    def refused_whole(self, tree: object) -> Taken:
        """The whole file is a list or a text where keys belong."""
        if not self.document.mistakes:
            self.problems.append(_not_keys(self.document, self.account, tree))
        self.doubt(())
        return self.taken(None)

    def doubt(self, keys: tuple[str, ...]) -> None:
        """Let no rule complain that there is nothing at a key path."""
        self.distrusted.add((self.account, _subject(self.document, keys)))

    def tell(self, error: ErrorDetails) -> None:
        """Keep the problem behind a validation error, unless its cause is told already."""
        loc = self._original(_bare(error["loc"]))
        keys = ids_of(self.document.tree, loc)
        if len(self.problems) >= MANY:
            self.untold += 1
            self.doubt(keys)
            return
        known = (self.account, _subject(self.document, keys)) in self.distrusted
        known |= bool(self.document.mistakes) and not self.document.tree  # all of it was lost
        if not (known and error["type"] == "missing") and not self._told_as_mistake(loc):
            problem, meant = _problem(self.kind, self.document, self.account, error, loc, keys)
            self.problems.append(problem)
            for key in meant:
                self.doubt((*keys[:-1], key))
        self.doubt(keys)

    def _told_as_mistake(self, loc: Loc) -> bool:
        mistakes = self.document.mistakes[:MANY]
        return any(m.code == "KAM004" and m.path and loc[: len(m.path)] == m.path for m in mistakes)

    def _original(self, loc: Loc) -> Loc:
        """A place in the pruned tree as a place in the file."""
        path: Loc = ()
        for step in loc:
            if isinstance(step, int):
                for removed in self.gone.get(path, ()):
                    step += removed <= step
            path = (*path, step)
        return path

    def prune(self, tree: Any, errors: list[ErrorDetails]) -> bool:
        """Take refused values out of the tree, in place, or their fallbacks in; False when nothing would be left."""
        cuts: set[Loc] = set()
        for error in errors:
            loc = _bare(error["loc"])
            if (value := _at(self.fallback, loc)) is not None:
                _at(tree, loc[:-1])[loc[-1]] = value
            else:
                cuts.add(loc[:-1] if error["type"] == "missing" else loc)
        if () in cuts:
            return False
        originals = [(cut, self._original(cut)) for cut in sorted(cuts, key=_by_place, reverse=True)]
        for cut, original in originals:
            self._cut(tree, cut, original)
        return True

    def _cut(self, tree: Any, loc: Loc, original: Loc) -> None:
        parent, last = _at(tree, loc[:-1]), loc[-1]
        keys = ids_of(self.document.tree, original)
        self.doubt(keys)
        if isinstance(parent, list) and isinstance(last, int) and last < len(parent):
            del parent[last]
            self.gone[original[:-1]] = sorted([*self.gone.get(original[:-1], ()), int(original[-1])])
        elif isinstance(parent, dict):
            parent.pop(last, None)
        if not parent:  # nothing is left beside it, so that there seems to be nothing at all
            self.doubt(keys[:-1])


def _at(tree: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _by_place(loc: Loc) -> list[str]:
    return [str(step).zfill(6) if isinstance(step, int) else step for step in loc]


def _told(document: Document, account: str, mistake: Mistake) -> Problem:
    keys = ids_of(document.tree, mistake.path)
    name = _subject(document, keys) if mistake.path else file_subject(document.path)
    if not mistake.path and len(document.mistakes) > 1:
        name += f":{document.mistakes.index(mistake) + 1}"
    place = document.spot(mistake.line, mistake.column)
    return Problem(account, name, mistake.message, mistake.hint, mistake.code, place)


def _subject(document: Document, keys: Iterable[str]) -> str:
    tail = subject(*keys)
    return ".".join(part for part in (document.at, tail) if part)


def _not_keys(document: Document, account: str, tree: object) -> Problem:
    kind = "a list" if isinstance(tree, list) else "running text"
    whole = "The head of this note" if document.path.endswith(".md") else "This file"
    hint = "Compare it with the same file of another account, or with the examples in the documentation."
    if isinstance(tree, str) and re.match(r"\s*[\w-]+:\S", tree):
        hint = "Put a space behind each colon."
    message = f"{whole} holds {kind}, where lines of the form `key: value` belong."
    name, place = document.at or file_subject(document.path), document.place(())
    return Problem(account, name, message, hint, "KAM004", place)


def _problem(
    kind: Any, document: Document, account: str, error: ErrorDetails, loc: Loc, keys: tuple[str, ...]
) -> tuple[Problem, list[str]]:
    """The problem behind a validation error, and the keys beside it that may have been meant."""
    code = CODES.get(error["type"], error["type"] if error["type"].startswith("KAM") else "KAM004")
    meant: list[str] = []
    if code == "KAM003":
        message, hint, meant = _unknown_key(kind, document, loc)
    elif code == "KAM005":
        message, hint = f'"{keys[-1]}" is missing here.', f"Add a line `{keys[-1]}: …`."
    else:
        is_key = error["loc"][-1:] == ("[key]",)
        message, hint = _wrong_value(error, str(loc[-1]) if isinstance(loc[-1], str) else "this entry", is_key)
    place = document.place(loc, at_key=code == "KAM003")
    return Problem(account, _subject(document, keys), message, hint, code, place), meant


def _bare(loc: Loc) -> Loc:
    """The key path of a validation error without pydantic's own marks."""
    return tuple(step for step in loc if step != "[key]")


def _wrong_value(error: ErrorDetails, key: str, is_key: bool) -> tuple[str, str]:
    written = error.get("input")
    shown = f'"{key}" is "{short(written)}"' if isinstance(written, str) else _shape(key, written)
    if is_key:
        shown = f'"{short(key)}" cannot be a key here'
    curly = isinstance(written, str) and bool(written) and (written[0] in _CURLY or written[-1] in _CURLY)
    hint = "Leave the curly quotation marks out." if curly else ""
    if error["type"].startswith("KAM"):
        return f"{shown}: {error['msg']}{'' if error['msg'].endswith('?') else '.'}", hint
    if error["type"] == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "")
        allowed = [word.strip() for word in expected.replace(" or ", ", ").split(",")]
        return f"{shown}; it can be {expected}.", hint or did_you_mean(str(written).lower(), allowed)
    if error["type"] in {"tuple_type", "list_type"}:
        return f"{shown}: a list belongs here, one line an entry, each beginning with a hyphen and a space.", ""
    if error["type"] in {"dict_type", "model_type", "model_attributes_type"}:
        return f"{shown}: indented lines of the form `key: value` belong below it.", _missing_space(written)
    return f"{shown}: this value cannot be used here.", hint


def _shape(key: str, written: object) -> str:
    """What stands at a key, where it is no text."""
    shapes = ((list, "is a list"), (dict, "has lines of the form `key: value` below it"))
    return f'"{key}" ' + next((words for kind, words in shapes if isinstance(written, kind)), "does not fit")


def _missing_space(written: object) -> str:
    if isinstance(written, str) and re.match(r"[\w-]+:\S", written):
        return "Is there a space behind each colon?"
    return ""


def short(text: str, length: int = 60) -> str:
    """A text as a message quotes it: on one line, cut where it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _unknown_key(kind: Any, document: Document, loc: Loc) -> tuple[str, str, list[str]]:
    """Message and hint for a key nobody reads, and the keys that may have been meant."""
    key, allowed = str(loc[-1]), _keys_at(kind, loc[:-1])
    message = f'kamgen knows no key "{short(key)}" here, so nobody would read it.'
    if _ODD_SPACES.search(key):
        hint = "A special space, as web pages and Word use it, stands in or before it: delete it and type it again."
        return message, hint, allowed
    if len(loc) > 1 and isinstance(loc[-2], int) and len(_at(document.tree, loc[:-1]) or ()) == 1:
        message = f'"{short(key)}" is taken for a key here, because of the colon behind it.'
        return message, 'If it is part of a text, put the whole text in straight "quotes".', allowed
    if home := _home_of(kind, loc):
        return message, f"It belongs below `{home}`, two spaces further in than that.", []
    near = difflib.get_close_matches(key.lower()[:80], allowed, 1, 0.6)
    if near:
        return message, f'Did you mean "{near[0]}"?', near
    return message, f"It knows: {', '.join(allowed)}.", []


def _home_of(kind: Any, loc: Loc) -> str:
    """The key beside an unknown one below which it would be known, or ""."""
    homes = (key for key in _keys_at(kind, loc[:-1]) if str(loc[-1]) in _keys_at(kind, (*loc[:-1], key)))
    return next(homes, "")


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
