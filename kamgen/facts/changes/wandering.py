"""Actions that became a stage of a goal, and stages that went elsewhere: they have neither gone nor come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kamgen.facts.changes.actions import Step
from kamgen.facts.changes.change import Change, Kind, Two, moved, quoted, written
from kamgen.facts.rewording import paired
from kamgen.model.account import Plan
from kamgen.model.identity import subject

_GONE = frozenset({"action-vanished", "step-vanished"})
_COME = frozenset({"action-added", "step-added", "action-done", "step-done"})
_Placed = tuple[str, Step]


def settled(two: Two, found: Sequence[Change]) -> Sequence[Change]:
    """The changes, with what only went to another list of the plan told as that."""
    kinds = {change.kind for change in found}
    if kinds.isdisjoint(_GONE) or kinds.isdisjoint(_COME):
        return found
    before, after = (dict(_placed(plan)) for plan in two.plans)
    gone = {one.subject: before[one.subject] for one in found if one.kind in _GONE}
    come = {one.subject: after[one.subject] for one in found if one.kind in _COME and one.subject not in before}
    told = list(found)
    for old, new in _pairs(gone, come):
        told = [one for one in told if not _replaced(one, old[0], new[0])]
        told += _moved_over(two, old[1], *new)
    return told


def _placed(plan: Plan) -> Iterator[_Placed]:
    """Every action and stage by its subject."""
    yield from ((subject("plan", "implementation", action.id), action) for action in plan.implementation)
    for name, goal in plan.intentions.items():
        yield from ((subject("plan", "intentions", name, "stages", stage.id), stage) for stage in goal.stages)


def _pairs(gone: Mapping[str, Step], come: Mapping[str, Step]) -> Iterator[tuple[_Placed, _Placed]]:
    pairs = paired(gone.items(), come.items(), lambda placed: placed[0], lambda placed: placed[1].what)
    for pair in pairs:
        if pair.before and pair.after:
            yield pair.before, pair.after


def _replaced(change: Change, old: str, new: str) -> bool:
    gone = change.kind in _GONE and change.subject == old
    return gone or (change.kind in {"action-added", "step-added"} and change.subject == new)


def _moved_over(two: Two, old: Step, at: str, new: Step) -> Iterator[Change]:
    if not new.open:
        return
    is_stage = ".stages." in at
    text = f"Now {'a stage of a goal' if is_stage else 'an action'}: {quoted(new.what)}."
    yield Change("action-changed", two.after.slug, at, text)
    if old.due != new.due:
        kind: Kind = "step-moved" if is_stage else "action-moved"
        text = f"Moved {moved(old.due, new.due)}: {quoted(new.what)}."
        yield Change(kind, two.after.slug, at, text, written(old.due), written(new.due))
