"""Whether two texts say the same: what is only spelt, ordered or set differently is no news.

Source: comparisons treat one item gone and one come in the same list, with the same goal and owner or 60 % of the words
in common, as one item reworded.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

IN_COMMON = 0.6
# Two words are one word spelt differently when their letters agree this far ("recieve", "receive").
_SPELLING = 0.7
_WORD = re.compile(r"[^\W_]+(?:[.,][^\W_]+)*")
_ITEM = TypeVar("_ITEM")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """A text's words without case, marks and punctuation; a figure such as 1.5 is one word."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def same(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but spelling, punctuation, spaces and marks of formatting.

    Figures are never a matter of spelling.
    """
    if before == after:
        return True
    old, new = words(before), words(after)
    return old == new or (len(old) == len(new) and all(map(_same_word, old, new))) or "".join(old) == "".join(new)


def _same_word(old: str, new: str) -> bool:
    if old == new:
        return True
    if any(c.isdigit() for c in old + new) or min(len(old), len(new)) < 4:
        return False
    return SequenceMatcher(None, old, new).ratio() >= _SPELLING and old[0] == new[0]


def in_common(before: str, after: str) -> float:
    """The share (0 to 1) of the longer text's words that stand in the other one too."""
    old, new = Counter(words(before)), Counter(words(after))
    longer = max(old.total(), new.total())
    return (old & new).total() / longer if longer else 1.0


@dataclass(frozen=True, slots=True)
class Pair(Generic[_ITEM]):
    """An item as it was and as it is; None where it had not come yet, or is gone."""

    before: _ITEM | None
    after: _ITEM | None


def paired(
    before: Iterable[_ITEM],
    after: Iterable[_ITEM],
    name: Callable[[_ITEM], str],
    text: Callable[[_ITEM], str],
    akin: Callable[[_ITEM, _ITEM], bool] = lambda old, new: False,
) -> list[Pair[_ITEM]]:
    """The items of a list before and after, each with itself; `name` gives an item's id.

    Items that are in one list only are the same reworded when `akin` says so (the same goal and owner), or when 60 % of
    the words are the same; the likest ones first. In the order of the list after, then what is gone.
    """
    old, new = {name(item): item for item in before}, {name(item): item for item in after}
    gone = [item for key, item in old.items() if key not in new]
    come = [item for key, item in new.items() if key not in old]
    found = {name(new_one): old_one for old_one, new_one in _reworded(gone, come, text, akin)}
    matched = {id(item) for item in found.values()}
    pairs = [Pair(old.get(key, found.get(key)), item) for key, item in new.items()]
    return pairs + [Pair(item, None) for item in gone if id(item) not in matched]


def _reworded(
    gone: list[_ITEM], come: list[_ITEM], text: Callable[[_ITEM], str], akin: Callable[[_ITEM, _ITEM], bool]
) -> list[tuple[_ITEM, _ITEM]]:
    likely = []
    for i, old in enumerate(gone):
        for j, new in enumerate(come):
            share = in_common(text(old), text(new))
            if share >= IN_COMMON or same(text(old), text(new)) or akin(old, new):
                likely.append((-share, i, j))
    pairs, used_old, used_new = [], set[int](), set[int]()
    for _, i, j in sorted(likely):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((gone[i], come[j]))
    return pairs
