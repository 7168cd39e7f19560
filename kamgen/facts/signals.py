"""Signals: trends that notes name, so that what one customer said reaches the managers of the others.

A trend is known by the slug of its words: "Mixed small orders" and `mixed-small-orders` are one. Whatever is found
here may be shown: private notes count, among the accounts and among the notes, and are never named; a trend that only
private notes name is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.model.identity import slug
from kamgen.model.portfolio import Account, Note, Portfolio

_AHEAD = timedelta(days=1)  # where the author sits it may be tomorrow already


@dataclass(frozen=True, slots=True)
class Sighting:
    """A note that names a trend: in which account, and who of ours and theirs were there."""

    account: Account
    note: Note

    @property
    def on(self) -> date:
        """The day of the note."""
        return self.note.on

    @property
    def who(self) -> tuple[str, ...]:
        """Ours who were there, by id."""
        return self.note.head.who


@dataclass(frozen=True, slots=True)
class Signal:
    """A trend: `words` as its first public note writes it.

    `sightings` are the public ones, oldest first, at least one. `accounts` and `notes` count the private ones as well.
    """

    id: str
    words: str
    sightings: tuple[Sighting, ...]
    accounts: int
    notes: int

    @property
    def first(self) -> Sighting:
        """The first public sighting: when, where and by whom."""
        return self.sightings[0]

    @property
    def last(self) -> Sighting:
        """The newest public sighting."""
        return self.sightings[-1]

    @property
    def shared(self) -> bool:
        """Whether several accounts' notes name it."""
        return self.accounts > 1

    @property
    def seen_in(self) -> tuple[Account, ...]:
        """The accounts that may be named, in the order in which the trend showed up there."""
        return tuple({sighting.account.slug: sighting.account for sighting in self.sightings}.values())


def signals(whole: Portfolio, public: Portfolio) -> tuple[Signal, ...]:
    """Every trend that a public note names: most accounts first, then the newest sighting, then the name.

    Counted over `whole`, shown from `public`. Notes later than tomorrow are mistakes and left out. One pass over all
    notes: call it once a run.
    """
    counted: dict[str, list[str]] = {}
    for account, note in _notes(whole):
        for name in _named(note):
            counted.setdefault(name, []).append(account.slug)
    seen: dict[str, list[tuple[Sighting, str]]] = {}
    for account, note in _notes(public):
        for name, words in _named(note).items():
            seen.setdefault(name, []).append((Sighting(account, note), words))
    return tuple(sorted((_signal(name, found, counted[name]) for name, found in seen.items()), key=_order))


def shared(found: Iterable[Signal]) -> tuple[Signal, ...]:
    """The trends that several accounts' notes name."""
    return tuple(signal for signal in found if signal.shared)


def _notes(portfolio: Portfolio) -> Iterator[tuple[Account, Note]]:
    latest = portfolio.as_of + _AHEAD
    for account in portfolio.accounts.values():
        for note in account.notes:
            if note.head.signals and note.on <= latest:
                yield account, note


def _named(note: Note) -> dict[str, str]:
    """The trends of one note, each once, with the words it uses first."""
    return {slug(words): words for words in reversed(note.head.signals) if words}


def _signal(name: str, seen: list[tuple[Sighting, str]], counted: list[str]) -> Signal:
    seen.sort(key=lambda pair: (pair[0].on, pair[0].account.slug, pair[0].note.id))
    sightings = tuple(sighting for sighting, _ in seen)
    return Signal(name, seen[0][1], sightings, len(set(counted)), len(counted))


def _order(signal: Signal) -> tuple[int, int, str]:
    return -signal.accounts, -signal.last.on.toordinal(), signal.id
