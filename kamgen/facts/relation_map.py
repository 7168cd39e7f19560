"""The map of a relationship: ours on one side, theirs by policy level on the other, and a line for each tie.

What a tie is, `facts.relationships` defines. A line is solid where one of ours covers one of theirs, dashed where the
two have only met; it is heavy where they met within the time in which that contact is to be met, and thin, and stops
short of the contact, where they did not. What is missing is drawn as a gap: a contact or one of ours without a tie, a
policy level with nobody.

Heights are in em of the map's own letters, so that lines and names keep together at every size; across, a line runs
from 0 (ours) to 100 (theirs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.facts.meetings import Relation, relations
from kamgen.facts.relationships import Tie, ties
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER, POLICY_LEVELS, PolicyLevel

# Heights of a level's heading and of a person, in em; the style sheet knows the same two.
HEADING, PERSON = 1.8, 2.6
# An em is so many units of the drawing: whole numbers make short paths.
_UNITS = 10


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our people: `leaves` is their last day with us, if it is known."""

    id: str
    name: str
    leaves: date | None = None
    ties: int = 0


@dataclass(frozen=True, slots=True)
class Theirs:
    """One of their people.

    `last` is when they were last met, `every` how often they are to be met (None or NEVER: not regularly), `cold` that
    they should have been met by now; `leaves` their last day, `successor` the name of who follows them, if known.
    """

    id: str
    name: str
    title: str = ""
    level: PolicyLevel | None = None
    last: date | None = None
    every: timedelta | None = None
    cold: bool = False
    leaves: date | None = None
    successor: str = ""
    ties: int = 0


@dataclass(frozen=True, slots=True)
class MapLevel:
    """A policy level (None: not known) and who of theirs is on it; with nobody it is a gap."""

    level: PolicyLevel | None
    people: tuple[Theirs, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationMap:
    """A map: who stands where, and the lines as SVG paths in a box 100 wide and `units` high ("" where there is none).

    `ours` stand evenly spaced over the whole height, `levels` one below the other from the top; ten units are an em.
    `covered` are lines of cover in time, `late` of cover without a meeting in time, `met` of people who only met;
    `gaps` are the ends that reach nobody.
    """

    units: int
    ours: tuple[Ours, ...] = ()
    levels: tuple[MapLevel, ...] = ()
    covered: str = ""
    late: str = ""
    met: str = ""
    gaps: str = ""

    @property
    def contacts(self) -> int:
        """How many of theirs there are."""
        return sum(len(level.people) for level in self.levels)

    @property
    def untied(self) -> int:
        """How many of theirs nobody of ours is tied to."""
        return sum(not person.ties for level in self.levels for person in level.people)

    @property
    def empty_levels(self) -> tuple[PolicyLevel | None, ...]:
        """The policy levels on which we know nobody."""
        return tuple(level.level for level in self.levels if not level.people)


def account_map(portfolio: Portfolio, account: Account) -> RelationMap:
    """The map of an account: their active contacts; of ours the manager, the sponsor, the team, and whoever has a tie.

    Give it the public portfolio and account where the map is published.
    """
    found = ties(portfolio, account)
    record = account.record
    serving = [record.manager, record.sponsor, *record.team, *(tie.ours for tie in found)]
    team = portfolio.playbook.team or {}
    ours = [
        Ours(person, portfolio.person_name(account, person), team[person].leaves if person in team else None)
        for person in dict.fromkeys(person for person in serving if person)
        if not _gone(portfolio, person)
    ]
    theirs = [_theirs(portfolio, account, name, one) for name, one in relations(portfolio, account).items()]
    return relation_map(ours, theirs, found, portfolio.as_of)


def _gone(portfolio: Portfolio, person: str) -> bool:
    record = (portfolio.playbook.team or {}).get(person)
    return record is not None and record.leaves is not None and record.leaves < portfolio.as_of


def _theirs(portfolio: Portfolio, account: Account, name: str, relation: Relation) -> Theirs:
    contact = relation.contact
    after = contact.successor if contact.successor != "not-known-yet" else None
    return Theirs(
        name,
        contact.name,
        contact.title,
        contact.level,
        relation.last.on if relation.last else None,
        relation.every,
        relation.cold(portfolio.as_of),
        contact.leaves,
        portfolio.person_name(account, after) if after else "",
    )


def relation_map(ours: Iterable[Ours], theirs: Iterable[Theirs], found: Iterable[Tie], as_of: date) -> RelationMap:
    """The map of these people and ties, seen on a day; a tie to somebody who is not among them is left out.

    Ours are put into the order in which the fewest lines cross, theirs keep the order given within their level.
    """
    here, there = {one.id: one for one in ours}, {one.id: one for one in theirs}
    lines = [tie for tie in found if tie.ours in here and tie.theirs in there]
    levels = _levels([_tied_theirs(one, lines) for one in there.values()])
    places, below = _their_places(levels)
    order = _ordered([_tied_ours(one, lines) for one in here.values()], lines, places)
    height = max(below, len(order) * PERSON)
    ends = {one.id: (number + 0.5) * height / len(order) for number, one in enumerate(order)}
    kinds: dict[str, list[str]] = {"covered": [], "late": [], "met": []}
    for tie in lines:
        kind = "met" if not tie.covered else "late" if _is_late(tie, there[tie.theirs], as_of) else "covered"
        kinds[kind].append(_cord(ends[tie.ours], places[tie.theirs], 88 if kind == "late" else 100))
    return RelationMap(
        round(height * _UNITS),
        tuple(order),
        levels,
        **{kind: "".join(paths) for kind, paths in kinds.items()},
        gaps="".join(_gaps(order, ends, levels, places)),
    )


def _tied_ours(one: Ours, lines: Sequence[Tie]) -> Ours:
    return Ours(one.id, one.name, one.leaves, sum(tie.ours == one.id for tie in lines))


def _tied_theirs(one: Theirs, lines: Sequence[Tie]) -> Theirs:
    held = sum(tie.theirs == one.id for tie in lines)
    return Theirs(
        one.id, one.name, one.title, one.level, one.last, one.every, one.cold, one.leaves, one.successor, held
    )


def _levels(theirs: Sequence[Theirs]) -> tuple[MapLevel, ...]:
    """All three levels, those who decide first; people of unknown level last, where there are any."""
    every = [MapLevel(level, tuple(one for one in theirs if one.level == level)) for level in (*POLICY_LEVELS, None)]
    return tuple(level for level in every if level.level or level.people)


def _their_places(levels: Iterable[MapLevel]) -> tuple[dict[str, float], float]:
    """How far below the top the middle of each of theirs stands, by id, and where the last one ends."""
    places: dict[str, float] = {}
    below = 0.0
    for level in levels:
        below += HEADING
        for one in level.people:
            places[one.id] = below + PERSON / 2
            below += PERSON
        below += 0 if level.people else PERSON
    return places, below


def _ordered(ours: Sequence[Ours], lines: Sequence[Tie], places: Mapping[str, float]) -> list[Ours]:
    """Ours by the middle of the people they are tied to; who is tied to nobody comes last."""
    reached: dict[str, list[float]] = {}
    for tie in lines:
        reached.setdefault(tie.ours, []).append(places[tie.theirs])
    middle = {person: sum(held) / len(held) for person, held in reached.items()}
    return sorted(ours, key=lambda one: middle.get(one.id, float("inf")))


def _is_late(tie: Tie, contact: Theirs, as_of: date) -> bool:
    """Whether the two have not met within the time in which the contact is to be met."""
    if contact.every is None or contact.every == NEVER:
        return False
    return tie.last is None or as_of - tie.last > contact.every


def _cord(left: float, right: float, end: int) -> str:
    """A curve from one of ours to one of theirs; where it ends early, it has still gone the whole way up or down."""
    one, other = round(left * _UNITS), round(right * _UNITS)
    return f"M0 {one}C40 {one} {end - 40} {other} {end} {other}"


def _gaps(
    ours: Iterable[Ours], ends: Mapping[str, float], levels: Iterable[MapLevel], places: Mapping[str, float]
) -> Iterator[str]:
    """Short ends at those who have no tie, on either side."""
    yield from (f"M0 {round(ends[one.id] * _UNITS)}h12" for one in ours if not one.ties)
    loose = (one for level in levels for one in level.people if not one.ties)
    yield from (f"M100 {round(places[one.id] * _UNITS)}h-12" for one in loose)
