"""What stands in another account's plan word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import sub
from typing import NamedTuple

from kamgen.facts.placeholders import placeholders
from kamgen.facts.plans import open_actions, open_goals
from kamgen.facts.texts import Keys, Text, texts_of
from kamgen.model.account import Intelligence, Plan
from kamgen.model.portfolio import Account, Portfolio

_CHUNK = re.compile(r"\S+")
_PUNCTUATION = "\"'“”„‘’«»‹›()[]{}<>.,;:!?…*_`#|/-–—•"


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that shares a passage with other accounts: the longest one, and its length in words.

    `others` are the slugs of the first two accounts in which it begins alike, `count` says how many there are. An
    account whose text is private is counted and not named: the message stands in another account's pages.
    """

    account: str
    keys: Keys
    passage: str
    words: int
    others: tuple[str, ...]
    count: int


class _Windows(NamedTuple):
    """A piece of a text, and a number for every run of so many words in it: the sum of its word pairs' hashes.

    Pairs and not words, since a sum does not know the order of what it adds up.
    """

    account: str
    keys: Keys
    piece: str
    sums: list[int]
    private: bool


class _Passage(NamedTuple):
    """Runs of words that follow one another and all stand in several accounts: how many, and the first one's place."""

    runs: int
    start: int
    window: _Windows


# What is quoted on purpose, prompts, and addresses are nobody's copied words. A few words between quotation marks are
# part of a sentence of one's own, and stay in it.
_LEFT_OUT = re.compile(
    r"(?m)^[ \t]*>.*$|<[^<>]+>|\w+://\S+"
    r"|(?<![^\s(:])\"(?=\S)[^\"\n]{60,2000}(?<=\S)\"|[“„][^“”\n]{60,2000}[“”]|«[^«»\n]{60,2000}»"
)
_SIGNS_OF_IT = (">", "://", '"', "“", "„", "«")


def copies(portfolio: Portfolio, size: int) -> list[Copy]:
    """The texts of plans that share a passage of at least `size` words with another account's plan.

    Time grows with the length of all texts together: every run of words becomes a number, made from that of the run
    one word before it, and numbers are looked up.
    """
    windows = [w for account in portfolio.accounts.values() for w in _account_windows(account, portfolio, size)]
    numbers = _numbers(windows)
    found = _longest(windows, _in_several(numbers.values()))
    wanted = {passage.window.sums[passage.start] for passage in found}
    holders = _holders(numbers, wanted)
    named = _holders(_numbers(window for window in windows if not window.private), wanted) if found else {}
    return [_copy(passage, holders, named, size) for passage in found]


def _account_windows(account: Account, portfolio: Portfolio, size: int) -> Iterator[_Windows]:
    unfilled = placeholders(portfolio.settings.words.placeholder)
    if account.plan is None:
        return
    for keys, text in _judged_texts(account, account.plan):
        # Words have something between them: most texts are told apart by that before they are cut into words.
        if text.count(" ") + text.count("\n") < size // 2 or unfilled.in_value(text):
            continue
        for piece in _LEFT_OUT.split(text) if any(sign in text for sign in _SIGNS_OF_IT) else [text]:
            words = [word for chunk in piece.casefold().split() if (word := chunk.strip(_PUNCTUATION))]
            if len(words) >= size:
                heads = [0, *accumulate(map(hash, pairwise(words)))]
                sums = list(map(sub, heads[size - 1 :], heads))
                yield _Windows(account.slug, keys, piece, sums, _private(account.plan, keys))


def _judged_texts(account: Account, plan: Plan) -> Iterator[Text]:
    """The texts of the three sections as they are in force: what is done, reached or dropped is history."""
    for section, prose in account.sections.items():
        yield ("prose", section), prose
    yield from texts_of(Intelligence, plan.intelligence, ("plan", "intelligence"))
    for goal_id, goal in open_goals(plan).items():
        at = ("plan", "intentions", goal_id)
        yield (*at, "goal"), goal.goal
        yield from (((*at, "stages", stage.id), stage.what) for stage in goal.stages if stage.open)
    for action in open_actions(plan):
        yield ("plan", "implementation", action.id), action.what


def _private(plan: Plan, keys: Keys) -> bool:
    """Whether a text stands in a private goal, action or entry of the plan."""
    match keys:
        case ("plan", "intentions", name, *_):
            return plan.intentions[name].private
        case ("plan", "implementation", name):
            return any(action.private for action in plan.implementation if action.id == name)
        case ("plan", "intelligence", quadrant, name, *_):
            return any(item.private for item in getattr(plan.intelligence, quadrant) if item.id == name)
    return False


def _numbers(windows: Iterable[_Windows]) -> dict[str, set[int]]:
    """The numbers of each account's runs of words."""
    found: dict[str, set[int]] = {}
    for window in windows:
        found.setdefault(window.account, set()).update(window.sums)
    return found


def _in_several(accounts: Iterable[set[int]]) -> set[int]:
    """The numbers that occur in more than one account."""
    seen: set[int] = set()
    shared: set[int] = set()
    for own in accounts:
        shared |= seen & own
        seen |= own
    return shared


def _longest(windows: Iterable[_Windows], shared: set[int]) -> list[_Passage]:
    """The longest shared passage of each text, where several pieces of it were copied."""
    longest: dict[tuple[str, Keys], _Passage] = {}
    for window in windows:
        if shared.isdisjoint(window.sums):
            continue
        passage = _longest_run(window, shared)
        held = longest.get((window.account, window.keys))
        if held is None or passage.runs > held.runs:
            longest[window.account, window.keys] = passage
    return list(longest.values())


def _longest_run(window: _Windows, shared: set[int]) -> _Passage:
    best = start = length = 0
    for i, number in enumerate(window.sums):
        length = length + 1 if number in shared else 0
        if length > best:
            best, start = length, i - length + 1
    return _Passage(best, start, window)


def _holders(numbers: Mapping[str, set[int]], wanted: set[int]) -> dict[int, list[str]]:
    """The accounts in which each wanted run of words stands."""
    holders: dict[int, list[str]] = {number: [] for number in wanted}
    for account, own in numbers.items():
        for number in own & wanted:
            holders[number].append(account)
    return holders


def _copy(passage: _Passage, holders: Mapping[int, list[str]], named: Mapping[int, list[str]], size: int) -> Copy:
    runs, start, window = passage
    number = window.sums[start]
    others = tuple(slug for slug in named[number][:3] if slug != window.account)[:2]
    words = runs + size - 1
    spans = [chunk for chunk in _CHUNK.finditer(window.piece) if chunk[0].strip(_PUNCTUATION)]
    text = window.piece[spans[start].start() : spans[start + words - 1].end()]
    return Copy(window.account, window.keys, text, words, others, len(holders[number]) - 1)
