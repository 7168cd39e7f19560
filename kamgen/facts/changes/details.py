"""Who they are to us: stage, roles, selection, promises, dates, what is booked, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from kamgen.facts.changes.change import Change, Kind, Two, moved, quoted, written
from kamgen.facts.rewording import Pair, paired, same
from kamgen.model.account import Item, KeyDate, Planned, Promise, Selection, Waiver
from kamgen.model.identity import text_keys

_ROLES = ("manager", "sponsor", "buddy")
_DETAILS = ("country", "region", "segment", "crm_id")
_ONE = TypeVar("_ONE", bound=Item)


def changes(two: Two) -> Iterator[Change]:
    """What changed in account.yml."""
    if not two.comparable("account"):
        return
    yield from _details(two)
    yield from _roles(two)
    yield from _selection(two)
    yield from _promises(two)
    yield from _dates(two)
    yield from _booked(two)
    yield from _waivers(two)


def _details(two: Two) -> Iterator[Change]:
    before, after = two.before, two.after
    if before.stage and after.stage and before.stage != after.stage:
        yield two.told(
            "stage-changed", ["stage"], f"Stage: {before.stage}, now {after.stage}.", before.stage, after.stage
        )
    if not same(before.name, after.name):
        text = f"Name: {quoted(before.name)}, now {quoted(after.name)}."
        yield two.told("detail-changed", ["name"], text, before.name, after.name)
    for key in _DETAILS:
        old, new = str(getattr(before.record, key)), str(getattr(after.record, key))
        if old != new and (key == "crm_id" or not same(old, new)):
            label = "Number in the CRM" if key == "crm_id" else key.capitalize()
            yield two.told(
                "detail-changed", [key], f"{label}: {old or 'not given'}, now {new or 'not given'}.", old, new
            )


def _roles(two: Two) -> Iterator[Change]:
    before, after = two.before.record, two.after.record
    for role in _ROLES:
        old, new = getattr(before, role), getattr(after, role)
        if old != new:
            text = f"{role.capitalize()}: {two.names([old] if old else [])}, now {two.names([new] if new else [])}."
            yield two.told("role-changed", [role], text, old, new)
    if set(before.team) != set(after.team):
        joined = [person for person in after.team if person not in before.team]
        left = [person for person in before.team if person not in after.team]
        said = [f"{two.names(joined)} joined"] * bool(joined) + [f"{two.names(left)} left"] * bool(left)
        yield two.told("role-changed", ["team"], f"Team: {'; '.join(said)}.", before.team, after.team)


def _selection(two: Two) -> Iterator[Change]:
    old, new = two.before.record.selection or Selection(), two.after.record.selection or Selection()
    said = []
    if set(old.definition) != set(new.definition):
        said.append("what makes them key")
    for name in [*new.scores, *(name for name in old.scores if name not in new.scores)]:
        was, now = old.scores.get(name), new.scores.get(name)
        if was != now:
            said.append(f"{name} {written(was) or 'not scored'}, now {written(now) or 'not scored'}")
    if not same(old.reason, new.reason):
        said.append("the reason")
    if old.agreed_on != new.agreed_on and new.agreed_on:
        said.append(f"agreed on {new.agreed_on}")
    if said:
        yield two.told("selection-changed", ["selection"], f"Selection: {'; '.join(said)}.")


def pairs_of(before: tuple[_ONE, ...], after: tuple[_ONE, ...], list_name: str) -> list[Pair[_ONE]]:
    """The items of a list, each with itself before."""
    keys = text_keys(list_name)
    return paired(before, after, _id, lambda item: " ".join(written(getattr(item, key)) for key in keys))


def _id(item: Item) -> str:
    return item.id


def _promises(two: Two) -> Iterator[Change]:
    for pair in pairs_of(two.before.record.promises, two.after.record.promises, "promises"):
        yield from _promise(two, pair)


def _promise(two: Two, pair: Pair[Promise]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    if new is None:
        assert old
        yield two.told("promise-gone", ["promises", old.id], f"A promise is gone: {quoted(old.what)}.")
        return
    at = ["promises", new.id]
    if old is None:
        yield two.told("promise-added", at, f"New promise: {quoted(new.what)}.")
        return
    if not same(old.what, new.what):
        yield two.told("promise-reworded", at, f"Promise reworded: {quoted(new.what)}.", old.what, new.what)
    if old.target != new.target:
        yield two.told("promise-changed", at, f"Another target for the promise {quoted(new.what)}.")
    if old.owner != new.owner:
        owner = two.names([new.owner] if new.owner else [])
        yield two.told("promise-changed", at, f"The promise {quoted(new.what)} is now {owner}'s.", old.owner, new.owner)
    for month in sorted(new.kept):
        value = new.kept[month]
        if old.kept.get(month) != value:
            broken = new.target is not None and not new.target.met_by(value)
            kind: Kind = "promise-broken" if broken else "promise-kept"
            verdict = "not kept" if broken else "kept" if new.target else "measured"
            text = f"{month}: {verdict} with {written(value)}: {quoted(new.what)}."
            yield two.told(kind, [*at, "kept", month], text, old.kept.get(month), value)


def _dates(two: Two) -> Iterator[Change]:
    for pair in pairs_of(two.before.record.dates, two.after.record.dates, "dates"):
        yield from _date(two, pair)


def _date(two: Two, pair: Pair[KeyDate]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    if new is None:
        assert old
        yield two.told("date-gone", ["dates", old.id], f"A date is gone: {quoted(old.what)} on {old.on}.")
    elif old is None:
        yield two.told("date-added", ["dates", new.id], f"New date: {quoted(new.what)} on {new.on}.")
    elif old.on != new.on:
        text = f"{quoted(new.what)} moved {moved(old.on, new.on)}."
        yield two.told("date-moved", ["dates", new.id], text, old.on, new.on)
    elif old.act_before != new.act_before:
        text = f"The day to act before moved {moved(old.act_before, new.act_before)}: {quoted(new.what)}."
        yield two.told("date-moved", ["dates", new.id], text, old.act_before, new.act_before)


def _booked(two: Two) -> Iterator[Change]:
    """Meetings have no text but kind and day: one gone and one come, of a kind and with the same people, has moved."""
    before, after = two.before.record.planned, two.after.record.planned
    for pair in paired(before, after, _id, lambda one: f"{one.what} {one.on}", _same_meeting):
        yield from _meeting(two, pair)


def _same_meeting(old: Planned, new: Planned) -> bool:
    return old.what == new.what and (set(old.with_) == set(new.with_) or set(old.who) == set(new.who))


def _meeting(two: Two, pair: Pair[Planned]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    if new is None:
        assert old
        yield two.told("meeting-gone", ["planned", old.id], f"No longer booked: {old.what} on {old.on}.")
    elif old is None:
        people = (*new.who, *new.with_)
        whom = f" ({two.names(people)})" if people else ""
        yield two.told("meeting-booked", ["planned", new.id], f"Booked: {new.what} on {new.on}{whom}.")
    elif old.on != new.on:
        text = f"The {new.what} moved {moved(old.on, new.on)}."
        yield two.told("meeting-moved", ["planned", new.id], text, old.on, new.on)


def _waivers(two: Two) -> Iterator[Change]:
    before, after = two.before.record.waivers, two.after.record.waivers
    for pair in paired(before, after, _id, lambda one: f"{one.rule} {one.subject}", _same_waiver):
        yield from _waiver(two, pair)


def _same_waiver(old: Waiver, new: Waiver) -> bool:
    """One whose subject got another id is the same: nobody accepts something else for the same reason."""
    return (old.rule, old.reason, old.until) == (new.rule, new.reason, new.until)


def _waiver(two: Two, pair: Pair[Waiver]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    if new is None:
        assert old
        yield two.told("waiver-gone", ["waivers", old.id], f"{old.rule} is no longer waived.")
    elif old is None or old.until != new.until:
        longer = "waived until" if old is None else "now waived until"
        text = f"{new.rule} is {longer} {new.until}: {quoted(new.reason)}."
        yield two.told("waiver-added", ["waivers", new.id], text, old.until if old else "", new.until)
