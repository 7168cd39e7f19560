"""Texts: their words, how messages quote them, and every text that an account holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kamgen.model.account import AccountFile, Audit, Intelligence, Item, NoteHead, Plan
from kamgen.model.portfolio import Account
from kamgen.model.values import Kind, Ref

Keys = tuple[str, ...]
# A text of an account with the key path on which it stands; a plain pair, since there are tens of thousands.
Text = tuple[Keys, str]
Collect = Callable[[Any, Keys, list[Text]], None]

_WORDS = re.compile(r"\w+")
# Scripts that put no spaces between words: Thai to Khmer, kana, Chinese characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def count_words(text: str) -> int:
    """How many words a text has; where a script puts no spaces, two characters count as one."""
    if text.isascii():
        return len(_WORDS.findall(text))
    return len(_WORDS.findall(_UNSPACED.sub(" ", text))) + len(_UNSPACED.findall(text)) // 2


def phrase(text: str) -> str:
    """The words of a text alone, for comparing: small letters, one space between, no punctuation."""
    return " ".join(_WORDS.findall(text.casefold()))


def shown(text: str, length: int = 80) -> str:
    """A text as a message quotes it: on one line, and of no more than so many characters."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[: length - 2]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + " …"


def printable(text: str) -> str:
    """A text without control characters: it quotes files, and a terminal would obey them."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def says_only(text: str, phrases: Collection[str]) -> bool:
    """Whether a text is nothing but one of some phrases, or several of them strung together."""
    known, beginnings = _known_phrases(tuple(phrases))
    said = phrase(text)
    if said in known or not said.startswith(beginnings):
        return said in known
    return all(phrase(part) in known for part in _JOINTS.split(text.casefold()) if phrase(part))


_JOINTS = re.compile(r"[,;/&+]|\band\b|\bthen\b")


@lru_cache(maxsize=4)
def _known_phrases(phrases: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    known = frozenset(phrase(one) for one in phrases)
    return known, tuple(known)


def texts_of(kind: Any, record: Any, at: Keys = ()) -> list[Text]:
    """Every free text in a record of a type, in the order of the model; ids, dates and choices are none.

    The text that an item of a list is known by stands on the item's own path, since the item may be that text alone.
    """
    found: list[Text] = []
    collect = _collector(kind)
    if collect and record is not None:
        collect(record, at, found)
    return found


def document_texts(account: Account) -> list[Text]:
    """Every free text in an account's document, audits and the heads of notes; not the notes' bodies."""
    found = texts_of(AccountFile, account.record)
    for held in account.audits:
        found += texts_of(Audit, held.audit, ("audits", held.id))
    for note in account.notes:
        if note.head.signals:
            found += texts_of(NoteHead, note.head, ("notes", note.id))
    return found


def section_texts(account: Account, section: str) -> Iterator[Text]:
    """Every text of one of the plan's three sections, the prose in plan.md first; collected only as far as asked."""
    if prose := account.sections.get(section):
        yield ("prose", section), prose
    for collect, part, tail in _parts(section, getattr(account.plan, section, None)):
        found: list[Text] = []
        collect(part, ("plan", section, *tail), found)
        yield from found


def _parts(section: str, held: Any) -> Iterator[tuple[Collect, Any, Keys]]:
    """A section cut into its keys, goals or actions, each with how its texts are collected."""
    if isinstance(held, Intelligence):
        for name, collect in _field_collectors(Intelligence).items():
            if part := getattr(held, name):
                yield collect, part, (name,)
    elif held:
        entries = [{key: value} for key, value in held.items()] if isinstance(held, dict) else [(one,) for one in held]
        for entry in entries:
            yield _field_collectors(Plan)[section], entry, ()


@cache
def _collector(kind: Any) -> Collect | None:
    """How the texts in values of a type are collected; None where there can be none."""
    marks: list[Any] = []
    while get_origin(kind) in (Annotated, Union, UnionType):
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            marks += more
        else:
            # "A number or a few words" is a text for us, "or None" says nothing.
            parts = [part for part in get_args(kind) if part is not type(None)]
            kind = str if str in parts else parts[0]
    if kind is str:
        return _collect_text if _is_text(marks) else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _record_collector(kind)
    if get_origin(kind) in (tuple, dict):
        inner = _collector(get_args(kind)[0 if get_origin(kind) is tuple else 1])
        return inner and (_list_collector(inner) if get_origin(kind) is tuple else _mapping_collector(inner))
    return None


def _is_text(marks: Iterable[Any]) -> bool:
    """Whether a str is words of somebody's own, and not the id of a thing."""
    refs = [mark for mark in marks if isinstance(mark, Ref) and mark.kinds != ("measure",)]
    return not refs and any(isinstance(mark, Kind) for mark in marks)


def _collect_text(value: Any, keys: Keys, found: list[Text]) -> None:
    if value and isinstance(value, str):
        found.append((keys, value))


def _record_collector(kind: type[BaseModel]) -> Collect | None:
    own = ("what", "ask") if issubclass(kind, Item) else ()
    fields = [
        (name, () if name in own else (kind.model_fields[name].alias or name,), inner)
        for name, inner in _field_collectors(kind).items()
    ]
    if not fields:
        return None

    def collect(record: Any, keys: Keys, found: list[Text]) -> None:
        values = record.__dict__
        for name, tail, inner in fields:
            value = values[name]
            if not value:
                continue
            if inner is _collect_text:  # the most frequent case, without a call
                if isinstance(value, str):
                    found.append((keys + tail, value))
            else:
                inner(value, keys + tail, found)

    return collect


@cache
def _field_collectors(kind: type[BaseModel]) -> dict[str, Collect]:
    """For each field of a record in which texts can stand, how they are collected."""
    found: dict[str, Collect] = {}
    for name, field in kind.model_fields.items():
        annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        if inner := _collector(annotation):
            found[name] = inner
    return found


def _list_collector(inner: Collect) -> Collect:
    def collect(values: Any, keys: Keys, found: list[Text]) -> None:
        for value in values:
            inner(value, (*keys, value if isinstance(value, str) else value.id), found)

    return collect


def _mapping_collector(inner: Collect) -> Collect:
    def collect(values: Any, keys: Keys, found: list[Text]) -> None:
        for key, value in values.items():
            inner(value, (*keys, str(key)), found)

    return collect
