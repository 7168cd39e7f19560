"""Which of several is meant by what somebody typed, where it is a part of a name: whole words, and only one may fit."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from kamgen.facts.rewording import words
from kamgen.facts.texts import printable, shown
from kamgen.model.identity import slug

MOST_LISTED = 7
_SHORTEST = 2  # letters: one alone means nobody
_LIKE = 0.6  # the share of letters in common from which a name may be another one misspelt
_AS_LIKE = 0.1  # names that are as like as the likest but for this are asked for as well
_SPELT = 0.75  # the same for one word of a name: Carin and Karin, Maier and Meier

_Key = TypeVar("_Key")


def parts(text: str) -> frozenset[str]:
    """The words of a text or an id without case, accents and letters such as ß and ø."""
    return frozenset(slug(word) for word in words(text))


def fitting(word: str, known: Iterable[_Key], texts: Callable[[_Key], Sequence[str]]) -> list[_Key]:
    """What has all the words that were typed among the words of its texts; a number alone fits nothing."""
    asked = parts(word)
    if sum(map(len, asked)) < _SHORTEST or word.strip().isdecimal():
        return []
    return [one for one in known if asked <= parts(" ".join(texts(one)))]


def likest(word: str, known: Mapping[str, str]) -> list[str]:
    """The names that may have been meant by one that fits none, at most three; `known` are their texts by name."""
    wanted = slug(word[:200])
    sayings = {**{slug(text): name for name, text in known.items()}, **{name: name for name in known}}
    close = difflib.get_close_matches(wanted, list(sayings), 3, _LIKE)
    shares = [difflib.SequenceMatcher(None, one, wanted).ratio() for one in close]
    return list(
        dict.fromkeys(sayings[one] for one, share in zip(close, shares, strict=True) if share >= _enough(shares))
    )


def _enough(shares: Sequence[float]) -> float:
    return max(shares, default=0) - _AS_LIKE


def misspelt(name: str, known: str) -> bool:
    """Whether a name of two words or more is another one but for a few letters in each word."""
    typed, there = words(name), words(known)
    return len(typed) == len(there) > 1 and all(map(_spelt_alike, typed, there))


def _spelt_alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, slug(one), slug(other)).ratio() >= _SPELT


# --- In words -------------------------------------------------------------------------------------------


def person(name: str, *more: str | None) -> str:
    """Somebody as a message names them: Roland Mendel (Head of purchasing)."""
    told = ", ".join(printable(shown(one)) for one in more if one)
    return f"{printable(shown(name))} ({told})" if told else printable(shown(name))


def listed(labels: Sequence[str]) -> str:
    """The first few of many."""
    more = len(labels) - MOST_LISTED
    return ", ".join(labels[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def question(labels: Sequence[str]) -> str:
    """The question behind a sentence which of a few was meant, or ""."""
    return f" Did you mean {' or '.join(labels)}?" if labels else ""


def several(word: str, labels: Sequence[str], what: str) -> str:
    """That a word can mean several (`what`: people, accounts), with all of them as far as a message can hold them."""
    return f'"{printable(shown(word))}" can be {len(labels)} {what}: {listed(labels)}. Say which.'
