"""Progress: how far a goal has come on its way, against how much of its time has gone.

**Share of time**: days from `since` to today over days from `since` to `due`. **Share of way**: from `start` to the
newest reading over from `start` to `aim`; it works for figures that shall fall as well as for those that shall rise.
Both are 0 at the beginning and 1 at the end, can pass 1, and fall below 0 before the beginning or on the wrong way.

**Goals measured in sales** (`sales`, or `sales:FAMILY` for one product family) read themselves from sales.csv, in the
workspace's currency. Their start is what was sold in the twelve full months before the month of `since`; the reading
at the end of a month is what was sold in the twelve full months up to it. So both hold a whole year, and a season
cannot pass for progress; the aim is a year's sales too. Readings begin with the month of `since` and end with the
newest full month. Months that the export does not reach back to are not taken for zero: then there is no figure.
Where sales.csv is absent, what is typed under `start` and `readings` counts as for any other goal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kamgen.facts.plans import planned
from kamgen.facts.sales import YEAR, by_month, last_day, month_of, months_up_to, newest_full_month, shifted
from kamgen.facts.threads import worded_goals
from kamgen.model.account import Goal
from kamgen.model.portfolio import Account, Portfolio, Sale

Figure = Decimal | str
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a goal stands today.

    `time` and `way` are shares (0 to 1, see the module); None where a date or figure is missing, is no number, or start
    and end are the same. `start` and `readings` are those that count, by day, oldest first, none earlier than `since`.
    """

    time: Decimal | None = None
    way: Decimal | None = None
    start: Figure | None = None
    readings: Mapping[date, Figure] = field(default_factory=dict)

    @property
    def newest(self) -> tuple[date, Figure] | None:
        """The newest reading with its day."""
        day = max(self.readings, default=None)
        return None if day is None else (day, self.readings[day])


@dataclass(frozen=True, slots=True)
class Span:
    """The months that sales.csv covers: its first, and the newest full one."""

    first: str
    newest: str


def sales_family(goal: Goal) -> str | None:
    """The product family whose sales measure a goal, "" for all sales; None where it is measured in something else."""
    kind, _, family = (goal.measure or "").partition(":")
    return family if kind == "sales" else None


def reads_itself(portfolio: Portfolio, goal: Goal) -> bool:
    """Whether start and readings of a goal come from sales.csv, which is there (readable or not)."""
    there = portfolio.exports.sales is not None or "sales" in portfolio.unread
    return there and sales_family(goal) is not None


def is_expired(goal: Goal, as_of: date) -> bool:
    """Whether an open goal's last day has passed; on the day itself it has not."""
    return goal.open and goal.due is not None and goal.due < as_of


def sales_span(portfolio: Portfolio) -> Span | None:
    """The months that sales.csv covers; None without a full month. Compute it once a run: it looks at every row."""
    newest = newest_full_month(portfolio)
    rows = portfolio.exports.sales
    if newest is None or rows is None:
        return None
    return Span(min(row.month for found in rows.values() for row in found), newest)


def progress_of_goals(portfolio: Portfolio) -> Iterator[tuple[Account, str, Goal, Progress]]:
    """Every open goal that has been worded, with its account, id and progress."""
    span = sales_span(portfolio)
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            yield account, goal_id, goal, progress(portfolio, account, goal, span)


def progress(portfolio: Portfolio, account: Account, goal: Goal, span: Span | None) -> Progress:
    """How one goal stands today; `span` comes from `sales_span`."""
    from_sales = reads_itself(portfolio, goal)
    start, readings = _from_sales(portfolio, account, goal, span) if from_sales else (goal.start, _since(goal))
    newest = next(reversed(readings.values()), None)
    return Progress(share_of_time(goal, portfolio.as_of), share_of_way(start, goal.aim, newest), start, readings)


def share_of_time(goal: Goal, as_of: date) -> Decimal | None:
    """The part of a goal's time that has gone; None without `since` or `due`, or where they leave no time between."""
    if goal.since is None or goal.due is None or goal.due <= goal.since:
        return None
    return Decimal((as_of - goal.since).days) / (goal.due - goal.since).days


def on_its_way(goal: Goal, stands: Progress) -> bool:
    """Whether the newest reading had made as much of the way as time had gone on its day; False where nobody knows."""
    if stands.newest is None or stands.way is None:
        return False
    gone = share_of_time(goal, stands.newest[0])
    return gone is not None and stands.way >= gone


def all_or_nothing(goal: Goal, stands: Progress) -> bool:
    """Whether a measure goes in one step from `start` to `aim`, as 0 and 1 do for no and yes: there is no half of it.

    A share written as 0 to 1 is told by its readings.
    """
    figures = (stands.start, goal.aim, *stands.readings.values())
    whole = [one for one in figures if isinstance(one, Decimal) and one == one.to_integral_value()]
    return len(whole) == len(figures) and abs(whole[1] - whole[0]) == 1


def share_of_way(start: Figure | None, aim: Figure | None, reading: Figure | None) -> Decimal | None:
    """The part of the way that a reading has made; None where one is missing or no number, or start equals aim."""
    if not isinstance(start, Decimal) or not isinstance(aim, Decimal) or not isinstance(reading, Decimal):
        return None
    return (reading - start) / (aim - start) if aim != start else None


def _since(goal: Goal) -> dict[date, Figure]:
    # What was read before the work began says where it started, not how far it came.
    begun = goal.since or date.min
    return {day: goal.readings[day] for day in sorted(goal.readings) if day >= begun}


def _from_sales(
    portfolio: Portfolio, account: Account, goal: Goal, span: Span | None
) -> tuple[Figure | None, dict[date, Figure]]:
    rows = _rows_of(portfolio, account, goal)
    if span is None or rows is None:
        return None, {}
    sold = by_month(rows)
    earliest = shifted(span.first, YEAR - 1)  # the first month with a whole year behind it
    begun = month_of(goal.since) if goal.since else earliest
    before = shifted(begun, -1)
    start = _year_to(sold, before) if goal.since and earliest <= before <= span.newest else None
    readings: dict[date, Figure] = {}
    month = max(begun, earliest)
    while month <= span.newest:
        readings[last_day(month)] = _year_to(sold, month)
        month = shifted(month, 1)
    return start, readings


def _rows_of(portfolio: Portfolio, account: Account, goal: Goal) -> tuple[Sale, ...] | None:
    """The rows that count for a goal; None where sales.csv could not be read or does not tell the goal's site apart."""
    if portfolio.exports.sales is None:
        return None
    rows = portfolio.exports.sales.get(account.slug, ())
    if goal.site and rows and not any(row.site for row in rows):
        return None
    family = sales_family(goal)
    return tuple(row for row in rows if (not family or row.product == family) and goal.site in (None, row.site))


def _year_to(sold: Mapping[str, Decimal], month: str) -> Decimal:
    return sum((sold.get(one, _ZERO) for one in months_up_to(month, YEAR)), _ZERO)
