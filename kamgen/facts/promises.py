"""Promises: what being a key account means in practice, and whether it was kept, month by month.

A month is written YYYY-MM. A month is judged once it is wholly over: half a month's figure says little. A figure for
the current month shows that somebody measures, and is not judged yet. Months that have not begun are mistakes and left
out. What a figure has to reach is the promise's `target`; without one it is measured and not judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamgen.facts.sales import month_of, shifted
from kamgen.model.account import Promise

# So many full months in a row without a figure, and nobody knows any more whether the promise is kept.
UNMEASURED_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """A month in which a promise was measured, and whether it was kept (None: no target is set)."""

    month: str
    value: Decimal
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """How one promise was kept.

    `months` are the full months with a figure, oldest first. `unmeasured` counts the full months since the newest
    figure of any month (0: up to date); None where it was never measured.
    """

    promise: Promise
    months: tuple[Kept, ...] = ()
    unmeasured: int | None = None

    @property
    def newest(self) -> Kept | None:
        """The newest full month with a figure; None where there is none."""
        return self.months[-1] if self.months else None

    @property
    def broken(self) -> bool:
        """Whether the newest full month with a figure misses the target."""
        return self.newest is not None and self.newest.kept is False

    @property
    def broken_for(self) -> int:
        """How many figures in a row, up to the newest, miss the target."""
        met = [month.kept is not False for month in reversed(self.months)]
        return met.index(True) if True in met else len(met)

    @property
    def kept_share(self) -> Decimal | None:
        """The part of the judged months in which it was kept, from 0 to 1; None where no month was judged."""
        judged = [month.kept for month in self.months if month.kept is not None]
        return Decimal(sum(judged)) / len(judged) if judged else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """The months without a figure between the first and the newest that have one, oldest first."""
        measured = {month.month for month in self.months}
        between, gaps = min(measured, default=""), []
        while self.newest and between < self.newest.month:
            if between not in measured:
                gaps.append(between)
            between = shifted(between, 1)
        return tuple(gaps)


def record(promise: Promise, as_of: date) -> Record:
    """How a promise was kept up to the newest month that was wholly over before a day."""
    this_month = month_of(as_of)
    full = shifted(this_month, -1)
    begun = sorted(month for month in promise.kept if month <= this_month)
    if not begun:
        return Record(promise)
    months = tuple(_judged(promise, month) for month in begun if month <= full)
    return Record(promise, months, max(0, _number(full) - _number(begun[-1])))


def records(promises: Iterable[Promise], as_of: date) -> list[Record]:
    """How each promise was kept, in the order of the file."""
    return [record(promise, as_of) for promise in promises]


def _judged(promise: Promise, month: str) -> Kept:
    value, target = promise.kept[month], promise.target
    judges = target is not None and (target.at_least is not None or target.at_most is not None)
    return Kept(month, value, target.met_by(value) if target and judges else None)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
