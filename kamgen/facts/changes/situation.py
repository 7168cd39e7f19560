"""Intelligence: what was added to the SWOT, what was answered or parked, and which texts were written anew."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.changes.change import Change, Kind, Two, quoted
from kamgen.facts.changes.details import pairs_of
from kamgen.facts.rewording import Pair, same, words
from kamgen.facts.swot import QUADRANTS, Quadrant
from kamgen.model.account import Intelligence, SwotItem
from kamgen.model.portfolio import SECTIONS

_TEXTS = {
    "business": "Their business",
    "culture": "Their culture",
    "aims": "Their aims",
    "pressures": "Pressures on them",
}
_ADDED: dict[Quadrant, Kind] = {
    "strengths": "strength-added",
    "weaknesses": "weakness-added",
    "opportunities": "opportunity-added",
    "threats": "threat-added",
}
_ONE_OF: dict[Quadrant, str] = {
    "strengths": "strength",
    "weaknesses": "weakness",
    "opportunities": "opportunity",
    "threats": "threat",
}


def changes(two: Two) -> Iterator[Change]:
    """What changed under `intelligence`, and in the prose of plan.md."""
    if not two.comparable("account", "plan"):
        return
    before, after = (plan.intelligence or Intelligence() for plan in two.plans)
    for quadrant in QUADRANTS:
        for pair in pairs_of(getattr(before, quadrant), getattr(after, quadrant), quadrant):
            yield from _item(two, quadrant, pair)
    for key, title in _TEXTS.items():
        at = ["plan", "intelligence", key]
        yield from _text(two, at, title, getattr(before, key), getattr(after, key))
    if two.comparable("prose"):
        for section in SECTIONS:
            old, new = two.before.sections.get(section, ""), two.after.sections.get(section, "")
            yield from _text(two, ["prose", section], f"{section.capitalize()} in plan.md", old, new)


def _item(two: Two, quadrant: Quadrant, pair: Pair[SwotItem]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    one = _ONE_OF[quadrant]
    if new is None:
        assert old
        text = f"No longer listed as {_a(one)}: {quoted(old.what)}."
        yield two.told("swot-gone", ["plan", "intelligence", quadrant, old.id], text)
        return
    at = ["plan", "intelligence", quadrant, new.id]
    if old is None:
        source = f" ({new.source})" if new.source else ""
        yield two.told(_ADDED[quadrant], at, f"New {one}: {quoted(new.what)}{source}.")
        return
    if new.goal and new.goal != old.goal:
        yield two.told("swot-answered", at, f"A goal now answers the {one} {quoted(new.what)}.", old.goal, new.goal)
    if new.parked and new.parked != old.parked:
        because = f", because: {new.because}" if new.because else ""
        yield two.told("swot-parked", at, f"Parked{because}: {quoted(new.what)}.", old.parked, new.parked)
    if not same(old.what, new.what):
        text = f"{one.capitalize()} reworded: {quoted(new.what)}, before {quoted(old.what)}."
        yield two.told("swot-reworded", at, text, old.what, new.what)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _text(two: Two, at: list[str], title: str, old: str, new: str) -> Iterator[Change]:
    if same(old, new):
        return
    before, after = len(words(old)), len(words(new))
    if not before:
        text = f"{title}: written ({after} words)."
    elif not after:
        text = f"{title}: taken out."
    else:
        text = f"{title}: rewritten ({before} words, now {after})."
    yield two.told("text-changed", at, text)
