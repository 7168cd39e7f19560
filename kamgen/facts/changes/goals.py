"""Goals: added, reached, dropped, moved, lowered, reworded, vanished; their stages and their readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kamgen.facts.changes.actions import steps
from kamgen.facts.changes.change import Change, Kind, Two, moved, quoted, written
from kamgen.facts.rewording import Pair, paired, same
from kamgen.model.account import Goal

_Named = tuple[str, Goal]


def changes(two: Two) -> Iterator[Change]:
    """What changed under `intentions`."""
    if not two.comparable("account", "plan"):
        return
    before, after = two.plans
    for pair in paired_goals(before.intentions, after.intentions):
        if pair.after is None:
            assert pair.before
            yield from _gone(two, *pair.before)
        elif pair.before is None:
            yield from _new(two, *pair.after)
        else:
            yield from _changed(two, pair.after[0], pair.before[1], pair.after[1])


def paired_goals(before: Mapping[str, Goal], after: Mapping[str, Goal]) -> list[Pair[_Named]]:
    """Each goal, with its id, and itself before."""
    return paired(before.items(), after.items(), _id, _text, _akin)


def _id(named: _Named) -> str:
    return named[0]


def _text(named: _Named) -> str:
    return named[1].goal


def _akin(old: _Named, new: _Named) -> bool:
    """Another id and other words, and still the same goal: what shows it, and who answers for it, stayed."""
    one, other = old[1], new[1]
    return bool(one.measure) and one.measure == other.measure and one.owner == other.owner and one.owner is not None


def _gone(two: Two, name: str, goal: Goal) -> Iterator[Change]:
    if goal.open:
        text = f"A goal is gone without a word: {quoted(goal.goal)}."
        yield two.told("goal-vanished", ["plan", "intentions", name], text)


def _new(two: Two, name: str, goal: Goal) -> Iterator[Change]:
    at = ["plan", "intentions", name]
    if goal.reached:
        yield two.told("goal-reached", at, f"Reached on {goal.reached}: {quoted(goal.goal)}.", "", goal.reached)
    elif goal.open:
        until = f", by {goal.due}" if goal.due else ""
        yield two.told("goal-added", at, f"New goal: {quoted(goal.goal)}{until}.")


def _changed(two: Two, name: str, old: Goal, new: Goal) -> Iterator[Change]:
    at = ["plan", "intentions", name]
    yield from _ended(two, at, old, new)
    if new.open and old.due != new.due:
        text = f"Goal moved {moved(old.due, new.due)}: {quoted(new.goal)}."
        yield two.told("goal-moved", at, text, old.due, new.due)
    if old.aim != new.aim:
        yield _aim(two, at, old, new)
    if not same(old.goal, new.goal):
        text = f"Goal reworded: {quoted(new.goal)}, before {quoted(old.goal)}."
        yield two.told("goal-reworded", at, text, old.goal, new.goal)
    if old.owner != new.owner:
        owner = two.names([new.owner] if new.owner else [])
        yield two.told("goal-changed", at, f"{owner} now answers for {quoted(new.goal)}.", old.owner, new.owner)
    if (old.measure or "") != (new.measure or "") and not same(old.measure or "", new.measure or ""):
        measures = f"{quoted(new.measure or 'nothing')}, before {quoted(old.measure or 'nothing')}"
        text = f"Measured by {measures}: {quoted(new.goal)}."
        yield two.told("goal-changed", at, text, old.measure, new.measure)
    for person in new.agreed_with:
        if person not in old.agreed_with:
            yield two.told("goal-changed", at, f"Agreed with {two.name(person)}: {quoted(new.goal)}.")
    for on in sorted(new.readings):
        if old.readings.get(on) != new.readings[on]:
            value = written(new.readings[on])
            text = f"{on}: {new.measure or 'the measure'} at {value} (aim {written(new.aim) or 'not given'})."
            yield two.told("reading-added", [*at, "readings", str(on)], text, old.readings.get(on), value)
    yield from steps(two, "step", [*at, "stages"], old.stages, new.stages)


def _ended(two: Two, at: Sequence[str], old: Goal, new: Goal) -> Iterator[Change]:
    if new.reached and not old.reached:
        yield two.told("goal-reached", at, f"Reached on {new.reached}: {quoted(new.goal)}.", "", new.reached)
    elif new.dropped and not old.dropped:
        because = f", because: {new.because}" if new.because else ", without a reason"
        text = f"Goal dropped on {new.dropped}{because}: {quoted(new.goal)}."
        yield two.told("goal-dropped", at, text, "", new.dropped)
    elif new.open and not old.open:
        yield two.told("goal-reopened", at, f"Goal open again: {quoted(new.goal)}.")


def _aim(two: Two, at: Sequence[str], old: Goal, new: Goal) -> Change:
    lower = lowered(old, new)
    how = {True: "Aim lowered", False: "Aim raised", None: "Aim changed"}[lower]
    text = f"{how} from {written(old.aim) or 'none'} to {written(new.aim) or 'none'}: {quoted(new.goal)}."
    kind: Kind = "goal-lowered" if lower else "goal-raised" if lower is False else "goal-changed"
    return two.told(kind, at, text, old.aim, new.aim)


def lowered(old: Goal, new: Goal) -> bool | None:
    """Whether a goal's aim moved towards its start; None where the three are no figures that can be compared."""
    start, was, now = new.start if new.start is not None else old.start, old.aim, new.aim
    if not (isinstance(was, Decimal) and isinstance(now, Decimal) and isinstance(start, Decimal)) or was == now:
        return None
    return (now < was) if was >= start else (now > was)
