"""Actions, and the stages of goals: opened, closed, moved, dropped, vanished, reworded, given to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from kamgen.facts.changes.change import Change, Kind, Two, moved, quoted
from kamgen.facts.rewording import Pair, paired, same
from kamgen.model.account import Action, StageGoal

Step = Action | StageGoal
_What = Literal["action", "step"]


def changes(two: Two) -> Iterator[Change]:
    """What changed under `implementation`."""
    if not two.comparable("account", "plan"):
        return
    before, after = two.plans
    yield from steps(two, "action", ["plan", "implementation"], before.implementation, after.implementation)


def paired_steps(before: Iterable[Step], after: Iterable[Step]) -> list[Pair[Step]]:
    """Each action (or stage) with itself before: one gone and one come with the same goal and owner is one reworded."""
    return paired(before, after, _id, _text, _akin)


def _id(step: Step) -> str:
    return step.id


def _text(step: Step) -> str:
    return step.what


def _akin(old: Step, new: Step) -> bool:
    if not (isinstance(old, Action) and isinstance(new, Action)):
        return False
    return bool(old.goal) and old.goal == new.goal and bool(old.who) and set(old.who) == set(new.who)


def steps(two: Two, what: _What, at: Sequence[str], before: Iterable[Step], after: Iterable[Step]) -> Iterator[Change]:
    """What changed in a list of actions, or of a goal's stages, which stands at the path `at`."""
    for pair in paired_steps(before, after):
        old, new = pair.before, pair.after
        if new is None:
            assert old
            if old.open:
                due = f"due {old.due}" if old.due else "without a date"
                text = f"{_noun(what)} gone without a word: {_named(two, old)}, {due}."
                yield two.told(_kind(what, "vanished"), [*at, old.id], text)
        elif old is None:
            yield from _new(two, what, [*at, new.id], new)
        else:
            yield from _changed(two, what, [*at, new.id], old, new)


def _noun(what: _What) -> str:
    return "An action is" if what == "action" else "A stage is"


def _kind(what: _What, news: str) -> Kind:
    kind: Kind = f"{what}-{news}"  # type: ignore[assignment]
    return kind


def _named(two: Two, step: Step) -> str:
    who = f" ({two.names(step.who)})" if isinstance(step, Action) and step.who else ""
    return f"{quoted(step.what)}{who}"


def _new(two: Two, what: _What, at: Sequence[str], new: Step) -> Iterator[Change]:
    kind = "New action" if what == "action" else "New stage"
    if new.done:
        yield two.told(_kind(what, "done"), at, f"Done on {new.done}: {_named(two, new)}.", "", new.done)
    elif new.open:
        due = f"due {new.due}" if new.due else "without a date"
        text = f"{kind}: {_named(two, new)}, {due}."
        yield two.told(_kind(what, "added"), at, text)


def _changed(two: Two, what: _What, at: Sequence[str], old: Step, new: Step) -> Iterator[Change]:
    if new.done and not old.done:
        yield two.told(_kind(what, "done"), at, f"Done on {new.done}: {_named(two, new)}.", "", new.done)
    elif new.dropped and not old.dropped:
        because = f", because: {new.because}" if new.because else ", without a reason"
        text = f"Dropped on {new.dropped}{because}: {_named(two, new)}."
        yield two.told(_kind(what, "dropped"), at, text, "", new.dropped)
    elif new.open and not old.open:
        yield two.told(_kind(what, "reopened"), at, f"Open again: {_named(two, new)}.")
    if new.open and old.due != new.due:
        text = f"Moved {moved(old.due, new.due)}: {_named(two, new)}."
        yield two.told(_kind(what, "moved"), at, text, old.due, new.due)
    if not same(old.what, new.what):
        noun = "Action" if what == "action" else "Stage"
        text = f"{noun} reworded: {quoted(new.what)}, before {quoted(old.what)}."
        yield two.told(_kind(what, "reworded"), at, text, old.what, new.what)
    if isinstance(old, Action) and isinstance(new, Action):
        yield from _given(two, at, old, new)


def _given(two: Two, at: Sequence[str], old: Action, new: Action) -> Iterator[Change]:
    if set(old.who) != set(new.who):
        text = f"Now {two.names(new.who)}'s, before {two.names(old.who)}'s: {quoted(new.what)}."
        yield two.told("action-changed", at, text, old.who, new.who)
    if old.goal != new.goal:
        text = f"Serves another goal: {quoted(new.what)}."
        yield two.told("action-changed", at, text, old.goal, new.goal)
