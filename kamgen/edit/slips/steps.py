"""Actions, stages and goals: done, moved, dropped; and claims that are left for now."""

from __future__ import annotations

from datetime import date, timedelta

from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.things import Nameable
from kamgen.errors import KamgenError
from kamgen.facts.texts import shown
from kamgen.model.account import Action, Goal, StageGoal, SwotItem
from kamgen.model.slips import Done, Drop, Move, Thing

Step = Action | StageGoal | Goal
_LONGEST_AGO = timedelta(days=731)  # a day before that is mistyped
STEPS: tuple[Thing, ...] = ("action", "stage", "goal")


def done(desk: Desk, slip: Done) -> tuple[str, ...]:
    """Write `done`, of a goal `reached`."""
    finish(desk, desk.find(slip.item, STEPS), desk.day(slip.on))
    return ()


def move(desk: Desk, slip: Move) -> tuple[str, ...]:
    """Write a new `due` and, as `because`, why."""
    return put_off(desk, desk.find(slip.item, STEPS), slip.to, slip.why, desk.day(slip.on))


def drop(desk: Desk, slip: Drop) -> tuple[str, ...]:
    """Write `dropped` and `because`, of an opportunity or a threat `parked` and `because`."""
    thing = desk.find(slip.item, [*STEPS, "claim"])
    if isinstance(thing.record, SwotItem):
        park(desk, thing, thing.record, desk.day(slip.on), slip.why)
    else:
        give_up(desk, thing, desk.day(slip.on), slip.why)
    return ()


def finish(desk: Desk, thing: Nameable, on: date) -> None:
    """Write that an action or a stage is done, or a goal reached; one that was, keeps its day."""
    step = _step(thing)
    if ended(step):
        return
    if step.dropped:
        raise KamgenError(
            f"{_named(thing)} was dropped on {step.dropped}. If it was done after all, take `dropped` and `because` "
            "out of the file first."
        )
    if desk.today - on > _LONGEST_AGO:
        raise KamgenError(
            f"{on} is more than two years ago. Look at the year; if it is right, write the day into the file by hand."
        )
    desk.set(thing.path, **{"reached" if isinstance(step, Goal) else "done": on})


def put_off(desk: Desk, thing: Nameable, to: date, why: str, moved: date) -> tuple[str, ...]:
    """Write another date and why; it may not lie before the day on which it was `moved`.

    The reason stands as `because`: what explains how the thing stands in the plan.

    What has ended is not moved, and the answer says so: slips that were applied before may come again.
    """
    step = _step(thing)
    if on := ended(step):
        return (f"{_named(thing)} is done since {on}, so it was not moved.",)
    if step.dropped:
        return (f"{_named(thing)} was dropped on {step.dropped}, so it was not moved.",)
    if (step.due, step.because) != (to, why):
        if to < moved:
            raise KamgenError(f"{to} has passed: give a day from {moved} on.")
        desk.refuse_far(to)
        desk.set(thing.path, due=to, because=why)
    return ()


def give_up(desk: Desk, thing: Nameable, on: date, why: str) -> None:
    """Write that something is given up, and why; what was, keeps its day and its reason."""
    step = _step(thing)
    if step.dropped:
        return
    if day := ended(step):
        raise KamgenError(f"{_named(thing)} is done since {day}, so there is nothing to drop.")
    desk.set(thing.path, dropped=on, because=why)


def park(desk: Desk, thing: Nameable, claim: SwotItem, on: date, why: str) -> None:
    """Write that no goal answers a claim for now, and why; the newer day counts."""
    if claim.parked is None or claim.parked < on:
        desk.set(thing.path, parked=on, because=why)


def ended(step: Step) -> date | None:
    """The day on which something was done or reached."""
    return step.reached if isinstance(step, Goal) else step.done


def _step(thing: Nameable) -> Step:
    assert isinstance(thing.record, Step)
    return thing.record


def _named(thing: Nameable) -> str:
    return f'"{shown(thing.text)}"'
