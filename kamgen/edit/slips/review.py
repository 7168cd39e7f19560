"""The 30-day review: that it was held, what became of each promise, the verdict, and the next 90 days."""

from __future__ import annotations

from datetime import date

from kamgen.edit.slips.begun import plan_begun
from kamgen.edit.slips.desk import Desk, fresh, one_line
from kamgen.edit.slips.steps import STEPS, finish, give_up, put_off
from kamgen.errors import KamgenError
from kamgen.facts.texts import shown
from kamgen.model.account import Period, Plan
from kamgen.model.identity import slug
from kamgen.model.slips import Outcome, Reviewed


def review(desk: Desk, slip: Reviewed) -> tuple[str, ...]:
    """Write `reviewed` and `reviewed_by`, the outcomes, the verdict among `past_periods`, and the next `period`."""
    desk.refuse_unread("plan")
    on = desk.day(slip.on)
    _refuse_twice(desk, slip)
    said = [line for outcome in slip.outcomes for line in _settle(desk, outcome, on)]
    plan = _plan(desk)
    if plan.reviewed and plan.reviewed > on:
        return (*said, f"The plan was reviewed since, on {plan.reviewed}: its point to reach stays as it is.")
    if plan.period and plan.period.ends < on and not slip.reached:
        raise KamgenError(
            f"The 90 days to {plan.period.ends} are over. Say whether their point was reached: yes, partly or no."
        )
    if not _is_next(plan.period, slip, on):
        _close(desk, slip, on)
        _open(desk, slip, on)
    begins = desk.account.plan is None
    if plan.reviewed != on:
        desk.set(("plan",), reviewed=on)
    if set(plan.reviewed_by) != set(slip.held_by):
        desk.set(("plan",), reviewed_by=slip.held_by)
    return (*said, *(plan_begun(desk) if begins else ()))


def _plan(desk: Desk) -> Plan:
    return desk.account.plan or Plan()


# --- What became of each --------------------------------------------------------------------------------


def _refuse_twice(desk: Desk, slip: Reviewed) -> None:
    seen: set[tuple[str, ...]] = set()
    for outcome in slip.outcomes:
        thing = desk.find(outcome.item, STEPS)
        if thing.path in seen:
            raise KamgenError(
                f'"{shown(thing.text)}" stands twice among the outcomes. Only one thing can become of it.'
            )
        seen.add(thing.path)


def _settle(desk: Desk, outcome: Outcome, on: date) -> tuple[str, ...]:
    thing, why = desk.find(outcome.item, STEPS), one_line(outcome.why)
    if [outcome.done is not None, outcome.to is not None, outcome.dropped].count(True) != 1:
        raise KamgenError(
            f'Say one thing of "{shown(thing.text)}": `done` with the day, a new date `to`, or `dropped`.'
        )
    if outcome.done:
        finish(desk, thing, outcome.done)
        return ()
    if not why:
        raise KamgenError(f'Say `why` "{shown(thing.text)}" {"moves" if outcome.to else "is dropped"}, in a sentence.')
    if outcome.to:
        return put_off(desk, thing, outcome.to, why, on)
    give_up(desk, thing, on, why)
    return ()


# --- The 90 days ----------------------------------------------------------------------------------------


def _is_next(period: Period | None, slip: Reviewed, on: date) -> bool:
    """Whether the period that stands there is the one that the slip opens, so that nothing is left to do."""
    if not (slip.reached or slip.reach or slip.ends):
        return True
    if period is None or not slip.reach:
        return False
    return period.reach == slip.reach and (period.ends == slip.ends if slip.ends else period.ends > on)


def _close(desk: Desk, slip: Reviewed, on: date) -> None:
    """Move the period to those that are past, with the verdict."""
    plan = _plan(desk)
    if plan.period is None:
        if slip.reached and not _is_closed(plan, slip):
            raise KamgenError("The plan has no point to reach, so there is no verdict on one. Leave `reached` out.")
        return
    if not slip.reached:
        return
    desk.append(
        ("plan", "past_periods"),
        id=fresh(slug(plan.period.reach or f"period to {plan.period.ends}"), [one.id for one in plan.past_periods]),
        ends=plan.period.ends,
        reach=plan.period.reach,
        reached=slip.reached,
        because=slip.because,
    )
    if not slip.reach:
        desk.draft.remove(desk.slug, ("plan", "period"))


def _is_closed(plan: Plan, slip: Reviewed) -> bool:
    """Whether the verdict of the slip is the newest one already."""
    newest = max(plan.past_periods, key=lambda one: one.ends, default=None)
    return newest is not None and (newest.reached, newest.because) == (slip.reached, slip.because)


def _open(desk: Desk, slip: Reviewed, on: date) -> None:
    """Write the next point to reach and its last day; without a day, as long from today as `rhythm.period` says."""
    period = _plan(desk).period
    if slip.ends and not slip.reach and (period is None or slip.reached):
        raise KamgenError("Say the next point to reach as well: a day alone is no plan.")
    if slip.ends and slip.ends <= on:
        raise KamgenError(f"The next 90 days would be over on {slip.ends}, before they begin. Give a later day.")
    if slip.reach:
        kept = period.ends if period and not slip.reached else on + desk.portfolio.settings.rhythm.period
        desk.set(("plan", "period"), ends=slip.ends or kept, reach=slip.reach)
    elif slip.ends:
        desk.set(("plan", "period"), ends=slip.ends)
