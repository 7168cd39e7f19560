"""What was heard, measured and decided."""

from __future__ import annotations

from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.things import is_it, things
from kamgen.errors import KamgenError
from kamgen.facts.texts import shown
from kamgen.model.account import Decision, Intelligence, Plan
from kamgen.model.slips import Decided, Heard, Measured

_QUADRANTS = {"opportunity": "opportunities", "threat": "threats"}


def heard(desk: Desk, slip: Heard) -> tuple[str, ...]:
    """Write an opportunity or a threat, with who said so, and when; one that is there stays as it is."""
    desk.refuse_unread("plan")
    quadrant = _QUADRANTS[slip.sort]
    known = (desk.account.plan or Plan()).intelligence or Intelligence()
    if any(is_it(item, slip.what) for item in getattr(known, quadrant)):
        return ()
    at = ("plan", "intelligence", quadrant)
    desk.append(at, what=slip.what, source=slip.source, on=desk.day(slip.on), goal=slip.goal)
    return ()


def reading(desk: Desk, slip: Measured) -> tuple[str, ...]:
    """Write the day and what was read under the goal's `readings`."""
    thing = next(one for one in things(desk.account, ["goal"]) if one.id == slip.goal)
    goal = (desk.account.plan or Plan()).intentions[slip.goal]
    if (goal.measure or "").partition(":")[0] == "sales":
        raise KamgenError(f'"{shown(goal.goal)}" is measured in sales.csv, so nobody needs to type what it shows.')
    day = str(desk.day(slip.on))
    desk.set((*thing.path, "readings"), **{day: slip.value})
    return ()


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
    desk.set(thing.path, decided_on=desk.day(slip.on), outcome=slip.outcome)
    return ()
