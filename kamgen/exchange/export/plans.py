"""Tables of the plans: the situation, the goals with their progress, the stages, actions and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.exchange.export.table import Row, Source, overdue_days, rounded, side_by_side, table
from kamgen.facts.progress import progress, sales_span
from kamgen.facts.publication import theirs
from kamgen.facts.swot import CLAIMS, Quadrant
from kamgen.facts.threads import is_answered, is_parked, swot_items, threads
from kamgen.model.account import Goal, Plan, SwotItem
from kamgen.model.portfolio import Account


def _plans(source: Source) -> Iterator[tuple[Account, Plan, Plan]]:
    """The accounts with a plan: the account and its plan as they may be shown, and the whole plan."""
    for shown, whole in source.accounts():
        if shown.plan is not None and whole.plan is not None:
            yield shown, shown.plan, whole.plan


def _swot(source: Source) -> Iterator[Row]:
    for account, shown, whole in _plans(source):
        items = side_by_side(
            (item for _, item in swot_items(shown.intelligence)), (item for _, item in swot_items(whole.intelligence))
        )
        quadrants = (quadrant for quadrant, _ in swot_items(shown.intelligence))
        for quadrant, (item, judged) in zip(quadrants, items, strict=True):
            yield (
                *(account.slug, quadrant, item.id, item.what, item.source, item.on, item.goal),
                *(item.parked, item.because, _thread(whole, quadrant, judged)),
            )


def _thread(plan: Plan, quadrant: Quadrant, item: SwotItem) -> str | None:
    """Whether a goal answers an item; judged on the whole plan, since the goal may be private."""
    if is_answered(plan, item):
        return "answered"
    if is_parked(item):
        return "parked"
    return "open" if quadrant in CLAIMS else None  # strengths and weaknesses speak for themselves


def _goals(source: Source) -> Iterator[Row]:
    span = sales_span(source.public)
    for account, shown, whole in _plans(source):
        torn = {thread.id: thread.torn for thread in threads(whole).threads}
        for goal_id, goal in shown.intentions.items():
            stands = progress(source.public, account, goal, span)
            day, newest = stands.newest or (None, None)
            yield (
                *(account.slug, goal_id, goal.goal, goal.for_, goal.owner, goal.agreed_with, goal.who, goal.site),
                *(goal.measure, stands.start, goal.aim, day, newest, rounded(stands.time), rounded(stands.way)),
                *(goal.since, goal.due, goal.reached, goal.dropped, goal.because),
                *(overdue_days(goal.due, goal.open, source.as_of), torn.get(goal_id, ())),
            )


def _torn_ends(source: Source) -> Iterator[Row]:
    """Judged on the whole plan, since what holds a thread together may be private; told of what may be shown."""
    for account, shown, whole in _plans(source):
        found = threads(whole)
        for thread in found.threads:
            if thread.id in shown.intentions:
                yield from ((account.slug, end, thread.id, None, thread.goal.goal) for end in thread.torn)
        for _, item in found.unanswered:
            if not item.private:
                yield account.slug, "unanswered", None, item.id, item.what
        for action in found.loose:
            if not action.private:
                yield account.slug, "loose", None, action.id, action.what


def _readings(source: Source) -> Iterator[Row]:
    span = sales_span(source.public)
    for account, goal_id, goal in _each_goal(source):
        for day, value in progress(source.public, account, goal, span).readings.items():
            yield account.slug, goal_id, day, value


def _each_goal(source: Source) -> Iterator[tuple[Account, str, Goal]]:
    for account, shown, _ in _plans(source):
        for goal_id, goal in shown.intentions.items():
            yield account, goal_id, goal


def _stages(source: Source) -> Iterator[Row]:
    for account, goal_id, goal in _each_goal(source):
        for stage in goal.stages:
            late = overdue_days(stage.due, stage.open and goal.open, source.as_of)
            yield (
                *(account.slug, goal_id, stage.id, stage.what, stage.due, stage.done, stage.dropped),
                *(stage.because, late),
            )


def _actions(source: Source) -> Iterator[Row]:
    for account, plan, _ in _plans(source):
        for action in plan.implementation:
            yield (
                *(account.slug, action.id, action.what, action.who, theirs(account, action.who), action.goal),
                *(action.site, action.due, action.done, action.dropped, action.because),
                overdue_days(action.due, action.open, source.as_of),
            )


def _decisions(source: Source) -> Iterator[Row]:
    for account, plan, _ in _plans(source):
        for one in plan.decisions:
            yield account.slug, one.id, one.ask, one.of, one.asked_on, one.decided_on, one.outcome


TABLES = (
    table("swot", "account quadrant item what source on goal parked because thread", _swot),
    table(
        "goals",
        "account goal what for owner agreed_with who site measure start aim newest_on newest share_of_time"
        " share_of_way since due reached dropped because overdue_days torn",
        _goals,
    ),
    table("torn_ends", "account end goal item what", _torn_ends),
    table("readings", "account goal on value", _readings),
    table("stages", "account goal stage what due done dropped because overdue_days", _stages),
    table("actions", "account action what who theirs goal site due done dropped because overdue_days", _actions),
    table("decisions", "account decision ask of asked_on decided_on outcome", _decisions),
)
