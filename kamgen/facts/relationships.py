"""Relationships: who of ours is tied to whom of theirs, in what shape, and what is lost if any one person leaves.

A **tie** joins one of ours, still with us, to one of their active contacts: `covered_by` says so, or the two have met
within the time in which that contact is to be met (`meet_every`, else the rhythm of the level). So a colleague who is
there every month counts although nobody has written it down, and cover by somebody who left does not.

Source of the words: a *bow-tie* is two people who touch, and everything hangs on them; a *diamond* is many to many, on
all three policy levels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kamgen.facts.meetings import booked, meet_every, meetings
from kamgen.facts.once import once_each
from kamgen.facts.plans import left_on, open_actions, open_goals, understood
from kamgen.model.account import Contact
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER, POLICY_LEVELS, PolicyLevel

ShapeWord = Literal["none", "bow-tie", "lopsided", "broad", "diamond"]

# From here on no single person holds more than half of the ties.
_BROAD = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Tie:
    """One of ours and one of theirs, by id; `covered` where `covered_by` says so, `last` when the two last met."""

    ours: str
    theirs: str
    covered: bool = True
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the relationship that is looked at by itself: their active contacts by id.

    `sites` is empty for the whole account, one site that has people of its own, or all the sites that have none.
    """

    sites: tuple[str, ...]
    contacts: Mapping[str, Contact]

    @property
    def subject(self) -> str:
        """The key path on which a finding about this part stands."""
        return subject("sites", self.sites[0]) if len(self.sites) == 1 else "contacts"


@dataclass(frozen=True, slots=True)
class Level:
    """A policy level: their active contacts on it, and those of ours who are tied to any of them, by id."""

    level: PolicyLevel
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How far a relationship is from hanging on one person.

    `index` is the share of the ties (0 to 1) that is left when the person who holds most of them leaves, on whichever
    side that is; None where there is no tie. 0 is a bow-tie, and the more people share the ties, the nearer it comes
    to 1. `word`: "none" without a tie; "bow-tie" at 0; "lopsided" under 0.5, since one person holds more than half;
    from 0.5 "diamond" where each policy level has a tie, else "broad". `our_hub` and `their_hub` are the one person of
    a side who holds every tie, if there is one.
    """

    index: Decimal | None
    word: ShapeWord
    our_hub: str | None = None
    their_hub: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost if one person leaves tomorrow: one of `ours`, else one of theirs.

    `ties` are theirs to lose, `alone` the people of the other side whom nobody else is tied to, `levels` the policy
    levels that have a tie today and would have none; `goals` and `actions` are open ones that name the person.
    """

    person: str
    ours: bool
    ties: tuple[Tie, ...] = ()
    alone: tuple[str, ...] = ()
    levels: tuple[PolicyLevel, ...] = ()
    goals: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def active_contacts(portfolio: Portfolio, account: Account) -> dict[str, Contact]:
    """Their people who are still there, by id, in the order of the file; somebody's last day counts."""
    return {name: contact for name, contact in account.contacts.items() if contact.active(portfolio.as_of)}


def judgeable(portfolio: Portfolio, account: Account) -> bool:
    """Whether everything that ties are made of was understood; else one that is missing may stand in the files."""
    parts_of_ties = ("contacts", "sites", "notes", "audits")
    return not portfolio.distrusted or all(understood(portfolio, account, part) for part in parts_of_ties)


def cover(portfolio: Portfolio, account: Account, contact: Contact) -> tuple[str, ...]:
    """Those of ours who cover a contact and are still with us, each once."""
    return tuple(person for person in dict.fromkeys(contact.covered_by) if left_on(portfolio, account, person) is None)


@once_each
def ties(portfolio: Portfolio, account: Account) -> tuple[Tie, ...]:
    """Every tie of an account, by contact in the order of the file, those who cover them first."""
    active = active_contacts(portfolio, account)
    if not active:
        return ()
    together = _last_together(portfolio, account)
    found: list[Tie] = []
    for name, contact in active.items():
        covering = cover(portfolio, account, contact)
        found += [Tie(person, name, True, together.get(name, {}).get(person)) for person in covering]
        for person, on in together.get(name, {}).items():
            if person not in covering and _lately(portfolio, contact, on) and _is_ours(portfolio, account, person):
                found.append(Tie(person, name, False, on))
    return tuple(found)


def booked_ties(portfolio: Portfolio, account: Account) -> tuple[Tie, ...]:
    """The ties that planned meetings are about to make: pairs of ours and active contacts who have none today."""
    active = active_contacts(portfolio, account)
    today = {(tie.ours, tie.theirs) for tie in ties(portfolio, account)}
    pairs = ((ours, theirs) for item in booked(portfolio, account) for ours in item.who for theirs in item.with_)
    return tuple(
        Tie(ours, theirs, False)
        for ours, theirs in dict.fromkeys(pairs)
        if theirs in active and (ours, theirs) not in today and _is_ours(portfolio, account, ours)
    )


def _last_together(portfolio: Portfolio, account: Account) -> dict[str, dict[str, date]]:
    """When each contact last met each of ours."""
    found: dict[str, dict[str, date]] = {}
    for meeting in meetings(portfolio, account):
        for theirs in meeting.with_:
            found.setdefault(theirs, {}).update(dict.fromkeys(meeting.who, meeting.on))
    return found


def _lately(portfolio: Portfolio, contact: Contact, on: date) -> bool:
    every = meet_every(portfolio.settings, contact)
    return every is not None and every != NEVER and portfolio.as_of - on <= every


def _is_ours(portfolio: Portfolio, account: Account, person: str) -> bool:
    """Whether a name from a note or a CRM is one of our people and still there; without a team every id is."""
    team = portfolio.playbook.team
    return (team is None or person in team) and left_on(portfolio, account, person) is None


def parts(portfolio: Portfolio, account: Account) -> tuple[Part, ...]:
    """What of a relationship is looked at by itself: each site, else the whole account.

    Contacts without a site belong to the whole house and count for every site. The sites without anybody of their own
    are one part, served by those of the whole house; where there are none of these either, each is a part with nobody.
    Without sites, or without any active contact, the whole account is the only part.
    """
    active = active_contacts(portfolio, account)
    sites = account.record.sites
    if not sites or not active:
        return (Part((), active),)
    house = {name for name, contact in active.items() if contact.site not in sites}
    peopled = {contact.site for contact in active.values()}
    found = [_part(site, house, active) for site in sites if site in peopled or not house]
    empty = tuple(site for site in sites if site not in peopled)
    if house and empty:
        found.append(Part(empty, {name: active[name] for name in active if name in house}))
    return tuple(found)


def _part(site: str, house: set[str], active: Mapping[str, Contact]) -> Part:
    belong = {name: contact for name, contact in active.items() if name in house or contact.site == site}
    return Part((site,), belong)


def where(account: Account, part: Part) -> str:
    """What stands before a sentence about a part: "Linz depot: ", or nothing for the whole account."""
    return f"{listed(account.record.sites[site].name for site in part.sites)}: " if part.sites else ""


def within(found: Iterable[Tie], part: Part) -> tuple[Tie, ...]:
    """The ties that lead to somebody of a part."""
    return tuple(tie for tie in found if tie.theirs in part.contacts)


def by_level(contacts: Mapping[str, Contact], found: Iterable[Tie]) -> tuple[Level, ...]:
    """The three policy levels, those who decide first: who of theirs is there, and who of ours is tied to them.

    A contact whose `level` nobody has given is on none.
    """
    tied: dict[str, list[str]] = {}
    for tie in found:
        tied.setdefault(tie.theirs, []).append(tie.ours)
    levels = []
    for level in POLICY_LEVELS:
        theirs = tuple(name for name, contact in contacts.items() if contact.level == level)
        levels.append(Level(level, theirs, tuple(dict.fromkeys(p for name in theirs for p in tied.get(name, ())))))
    return tuple(levels)


def shape(contacts: Mapping[str, Contact], found: Iterable[Tie]) -> Shape:
    """The shape of a relationship with these contacts and ties; `Shape` says what it measures."""
    all_ties = tuple(found)
    if not all_ties:
        return Shape(None, "none")
    ours, theirs = Counter(tie.ours for tie in all_ties), Counter(tie.theirs for tie in all_ties)
    most = max(*ours.values(), *theirs.values())
    index = 1 - Decimal(most) / len(all_ties)
    return Shape(index, _word(index, contacts, all_ties), _hub(ours), _hub(theirs))


def _word(index: Decimal, contacts: Mapping[str, Contact], found: tuple[Tie, ...]) -> ShapeWord:
    if index == 0:
        return "bow-tie"
    if index < _BROAD:
        return "lopsided"
    return "diamond" if all(level.ours for level in by_level(contacts, found)) else "broad"


def _hub(held: Counter[str]) -> str | None:
    return next(iter(held)) if len(held) == 1 else None


def account_shape(portfolio: Portfolio, account: Account) -> Shape:
    """The shape of the whole relationship with an account."""
    return shape(active_contacts(portfolio, account), ties(portfolio, account))


def bow_ties(portfolio: Portfolio, account: Account) -> list[tuple[Part, Shape]]:
    """The parts that hang on one person: the whole account where all of it does, else each such site.

    Where nobody has said who covers whom, that is what is missing; and of a site without people of its own, they are.
    """
    found = ties(portfolio, account)
    if not any(tie.covered for tie in found):
        return []
    active = active_contacts(portfolio, account)
    whole = shape(active, found)
    if whole.word == "bow-tie":
        return [(Part((), active), whole)]
    if not account.record.sites:
        return []
    peopled = {contact.site for contact in active.values()}
    own = (part for part in parts(portfolio, account) if not peopled.isdisjoint(part.sites))
    judged = ((part, shape(part.contacts, within(found, part))) for part in own)
    return [(part, form) for part, form in judged if form.word == "bow-tie"]


def if_leaves(portfolio: Portfolio, account: Account) -> dict[str, Loss]:
    """What is lost if any one person leaves, by id: our people with a tie first, then their active contacts."""
    found, active = ties(portfolio, account), active_contacts(portfolio, account)
    ours = {tie.ours: _loss(account, active, found, tie.ours, True) for tie in found}
    return ours | {name: _loss(account, active, found, name, False) for name in active if name not in ours}


def _loss(account: Account, contacts: Mapping[str, Contact], found: tuple[Tie, ...], person: str, ours: bool) -> Loss:
    gone = tuple(tie for tie in found if (tie.ours if ours else tie.theirs) == person)
    left = tuple(tie for tie in found if tie not in gone)
    others = {tie.theirs if ours else tie.ours for tie in left}
    lost = dict.fromkeys(tie.theirs if ours else tie.ours for tie in gone)
    before, after = by_level(contacts, found), by_level(contacts, left)
    goals, actions = named_in(account, person)
    return Loss(
        person,
        ours,
        gone,
        tuple(name for name in lost if name not in others),
        tuple(one.level for one, two in zip(before, after, strict=True) if one.ours and not two.ours),
        goals,
        actions,
    )


def only_ties(found: Iterable[Tie]) -> dict[str, tuple[str, ...]]:
    """By one of ours: the contacts to whom nobody else of ours is tied, in the order of the ties."""
    tied: dict[str, list[str]] = {}
    for tie in found:
        tied.setdefault(tie.theirs, []).append(tie.ours)
    alone: dict[str, tuple[str, ...]] = {}
    for theirs, ours in tied.items():
        if len(ours) == 1:
            alone[ours[0]] = (*alone.get(ours[0], ()), theirs)
    return alone


def named_in(account: Account, person: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the open goals and of the open actions that name a person, as owner, partner or topic."""
    if account.plan is None:
        return (), ()
    goals = tuple(
        name
        for name, goal in open_goals(account.plan).items()
        if person == goal.owner or person in (*goal.who, *goal.agreed_with, *goal.about)
    )
    actions = tuple(a.id for a in open_actions(account.plan) if person in (*a.who, *a.about))
    return goals, actions


def listed(names: Iterable[str], limit: int = 5) -> str:
    """Names as a sentence lists them: "A, B and C"; of more than `limit` the first ones, and how many more."""
    every = list(names)
    shown = every if len(every) <= limit else [*every[: limit - 1], f"{len(every) - limit + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "nobody"
