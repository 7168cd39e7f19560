"""What was heard, measured and decided."""

from __future__ import annotations

from decimal import Decimal

from kamgen.edit.slips.begun import plan_begun
from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.things import is_it, things
from kamgen.errors import KamgenError
from kamgen.facts.texts import shown
from kamgen.model.account import Decision, Goal, Intelligence, Plan
from kamgen.model.slips import Decided, Heard, Measured
from kamgen.model.values import meant_number, parse_reading

_QUADRANTS = {"opportunity": "opportunities", "threat": "threats"}


def heard(desk: Desk, slip: Heard) -> tuple[str, ...]:
    """Write an opportunity or a threat, with who said so, and when; one that is there stays as it is."""
    desk.refuse_unread("plan")
    quadrant = _QUADRANTS[slip.sort]
    known = (desk.account.plan or Plan()).intelligence or Intelligence()
    if any(is_it(item, slip.what) for item in getattr(known, quadrant)):
        return ()
    at = ("plan", "intelligence", quadrant)
    begins = desk.account.plan is None
    desk.append(at, what=slip.what, source=slip.source, on=desk.day(slip.on), goal=slip.goal)
    return plan_begun(desk) if begins else ()


def reading(desk: Desk, slip: Measured) -> tuple[str, ...]:
    """Write the day and what was read under the goal's `readings`."""
    thing = next(one for one in things(desk.account, ["goal"]) if one.id == slip.goal)
    goal = (desk.account.plan or Plan()).intentions[slip.goal]
    if (goal.measure or "").partition(":")[0] == "sales":
        raise KamgenError(f'"{shown(goal.goal)}" is measured in sales.csv, so nobody needs to type what it shows.')
    _refuse_words(goal, slip.value)
    day = desk.day(slip.on)
    was = goal.readings.get(day)
    desk.set((*thing.path, "readings"), **{str(day): slip.value})
    return () if was in (None, slip.value) else (f'"{shown(goal.goal)}": on {day} it was {_shown(was)} before.',)


def _refuse_words(goal: Goal, value: Decimal | str) -> None:
    """Refuse words where all else that is known of a measure are figures: nothing could be computed with them."""
    known = [one for one in (goal.start, goal.aim, *goal.readings.values()) if one is not None]
    if isinstance(value, Decimal) or not known or not all(isinstance(one, Decimal) for one in known):
        return
    bare = value.replace("%", " ").strip()
    figure = meant_number(bare) or (bare if isinstance(parse_reading(bare), Decimal) else "")
    told = f"Write {figure}?" if figure else f"Write a figure, such as {_shown(known[-1])}."
    raise KamgenError(f'"{shown(goal.goal)}" is measured in figures, and "{shown(value)}" is none. {told}')


def _shown(value: Decimal | str | None) -> str:
    return format(value, "f") if isinstance(value, Decimal) else shown(str(value))


def decided(desk: Desk, slip: Decided) -> tuple[str, ...]:
    """Write `decided_on` and `outcome`."""
    thing = desk.find(slip.decision, ["decision"])
    assert isinstance(thing.record, Decision)
    if on := thing.record.decided_on:
        if thing.record.outcome == slip.outcome:
            return ()
        raise KamgenError(
            f'"{shown(thing.text)}" was decided on {on}: {thing.record.outcome or "without a word"}. '
            "If something else was decided since, ask for it as a decision of its own."
        )
    if thing.record.asked_on and desk.day(slip.on) < thing.record.asked_on:
        raise KamgenError(
            f'"{shown(thing.text)}" was asked on {thing.record.asked_on}, so it was not decided on {slip.on}.'
        )
    desk.set(thing.path, decided_on=desk.day(slip.on), outcome=slip.outcome)
    return ()
