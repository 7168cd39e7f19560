"""Departures: whose leaving would cost us part of the relationship, where nobody is tied at all, and how each site is.

It builds on `relationships`: a tie joins one of ours to one of their active people. A departure **costs** something
where one of ours is the only tie to somebody, or where a policy level would be left without any tie. The sides are not
alike: that one of ours loses the only person they know there costs us nothing by itself. Everything is counted over the
whole account; a private contact is counted and never named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamgen.facts.relationships import (
    Level,
    Loss,
    Shape,
    active_contacts,
    by_level,
    if_leaves,
    parts,
    shape,
    ties,
    within,
)
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import PolicyLevel


@dataclass(frozen=True, slots=True)
class Departure:
    """What is lost if one person leaves: one of `ours`, else one of theirs.

    `alone` are those of theirs to whom only that person is tied (of ours; public ids), `unnamed` how many there are
    besides who may not be named. `levels` would be left without a tie. `goals` and `actions` count open ones that name
    the person.
    """

    person: str
    ours: bool
    alone: tuple[str, ...] = ()
    unnamed: int = 0
    levels: tuple[PolicyLevel, ...] = ()
    goals: int = 0
    actions: int = 0


@dataclass(frozen=True, slots=True)
class SiteTies:
    """How it stands with a part of an account: some sites, how many people we know there, the shape, and its gaps."""

    sites: tuple[str, ...]
    people: int
    shape: Shape
    gaps: tuple[Level, ...]


def departures(whole: Portfolio, account: Account) -> list[Departure]:
    """Whose leaving costs something: ours first, those who would leave most people alone on top."""
    found = [_departure(account, loss) for loss in if_leaves(whole, account).values() if _costs(account, loss)]
    return sorted(found, key=lambda one: (not one.ours, -len(one.alone) - one.unnamed, -len(one.levels)))


def _costs(account: Account, loss: Loss) -> bool:
    if loss.ours:
        return bool(loss.alone or loss.levels)
    return bool(loss.levels) and not account.contacts[loss.person].private


def _departure(account: Account, loss: Loss) -> Departure:
    alone = loss.alone if loss.ours else ()
    named = tuple(name for name in alone if not account.contacts[name].private)
    return Departure(
        loss.person,
        loss.ours,
        named,
        len(alone) - len(named),
        loss.levels,
        len(loss.goals),
        len(loss.actions),
    )


def gaps(levels: Iterable[Level]) -> tuple[Level, ...]:
    """The policy levels on which we know nobody, or to which nobody of ours is tied."""
    return tuple(level for level in levels if not level.ours)


def account_gaps(whole: Portfolio, account: Account) -> tuple[Level, ...]:
    """The gaps of a whole account."""
    return gaps(by_level(active_contacts(whole, account), ties(whole, account)))


def sites(whole: Portfolio, account: Account) -> list[SiteTies]:
    """How it stands at each site; [] for an account without sites, or of which nobody is known."""
    if not account.record.sites or not active_contacts(whole, account):
        return []
    every = ties(whole, account)
    found = []
    for part in parts(whole, account):
        here = within(every, part)
        found.append(
            SiteTies(part.sites, len(part.contacts), shape(part.contacts, here), gaps(by_level(part.contacts, here)))
        )
    return found


def without_ties(whole: Portfolio, account: Account) -> tuple[str, ...]:
    """Their active people to whom nobody of ours is tied, by id; private ones are left out."""
    tied = {tie.theirs for tie in ties(whole, account)}
    active = active_contacts(whole, account)
    return tuple(name for name, contact in active.items() if name not in tied and not contact.private)
