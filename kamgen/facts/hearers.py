"""Who should hear of a signal: what one customer said is worth asking at the others in the same trade.

**Definition.** Worth asking are the accounts in the segment of one that named the trend (segments are equal where their
words are) that have no public note on it themselves; an account without a segment is nobody's neighbour. Who should
hear of it are the managers of these accounts who are still with us, were not there when it was said, and manage no
account that named it.

**Limits.** Only public notes count, also for who knows already: an account must not be missing from the list because a
private note names the trend.

Source: one supplier that asked heard of the same shift in several accounts, in time to build for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamgen.facts.load import has_left
from kamgen.facts.signals import Signal
from kamgen.facts.texts import phrase
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import STAGES


@dataclass(frozen=True, slots=True)
class Hearing:
    """A signal, the accounts where it is worth asking (higher stages first), and who of ours should hear of it."""

    signal: Signal
    ask: tuple[Account, ...] = ()
    managers: tuple[str, ...] = ()


def hearings(found: Iterable[Signal], public: Portfolio) -> tuple[Hearing, ...]:
    """The signals in their order, each with who should hear of it; `public` is what may be shown."""
    neighbours = _by_segment(public)
    return tuple(_hearing(signal, neighbours, public) for signal in found)


def _by_segment(public: Portfolio) -> dict[str, list[Account]]:
    segments: dict[str, list[Account]] = {}
    for account in sorted(public.accounts.values(), key=_high_first):
        if segment := phrase(account.record.segment):
            segments.setdefault(segment, []).append(account)
    return segments


def _high_first(account: Account) -> tuple[int, str]:
    stage = STAGES.index(account.stage) if account.stage else len(STAGES)
    return stage, account.name.casefold()


def _hearing(signal: Signal, neighbours: dict[str, list[Account]], public: Portfolio) -> Hearing:
    seen = {account.slug for account in signal.seen_in}
    segments = dict.fromkeys(phrase(account.record.segment) for account in signal.seen_in)
    ask = [one for segment in segments for one in neighbours.get(segment, ()) if one.slug not in seen]
    knowing = {account.record.manager for account in signal.seen_in}
    knowing |= {person for sighting in signal.sightings for person in sighting.who}
    managers = dict.fromkeys(one.record.manager for one in ask)
    team = public.playbook.team or {}
    still = (p for p in managers if p and p in team and p not in knowing and not has_left(public, p))
    return Hearing(signal, tuple(sorted(ask, key=_high_first)), tuple(still))
