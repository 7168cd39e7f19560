"""Where the lines of a picture run: charts and gauges. Pages only place what is computed here.

Units are those of the picture's own box, from its top left corner. A box is stretched to the room that a page has, so
whatever must not be stretched (words, dots) is given in percent of the box. A path draws a whole series at once, in
the language of an SVG path: one shape is far cheaper than one a value.

Values that are not known (None) are gaps and never zero. The map of relationships is drawn in `facts.relation_map`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.relation_map import account_map, relation_map
from kamgen.facts.sales import Share

__all__ = [
    "HEIGHT",
    "Bars",
    "Curve",
    "Gauge",
    "Mark",
    "Spark",
    "account_map",
    "bars",
    "curve",
    "gauge",
    "relation_map",
    "rounded",
    "sparkline",
]

Values = Sequence[Decimal | None]
# A point of a curve: so many accounts, and words for it; or the share they carry between them.
Point = tuple[int, str] | tuple[int, Decimal | None, str]

# The height of a chart's box, and the width that a value has in it; whole numbers make short paths, quickly.
HEIGHT = 100
_STEP, _BAR = 10, 8

# More points than this cannot be told apart in a picture of a page's width.
_ENOUGH_POINTS = 160


def _brief(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def rounded(value: Decimal) -> Decimal:
    """A value as a picture's words tell it: whole from a hundred on, else with two decimals at most."""
    return round(value, 0 if abs(value) >= 100 else 2).normalize() + 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """A bar in a box 100 wide and 8 high: `filled` and `aim` are where they end, "" where nothing is known."""

    filled: str = ""
    aim: str = ""


def gauge(share: Decimal | None, aim: Decimal | None = None) -> Gauge:
    """A share from 0 to 1 as a bar, with an aim on the same scale; what lies beyond the ends stands at the end."""
    return Gauge(_percent(share), _percent(aim))


def _percent(share: Decimal | None) -> str:
    return "" if share is None else _brief(100 * min(max(float(share), 0.0), 1.0))


@dataclass(frozen=True, slots=True)
class Spark:
    """A line in a box `width` by `HEIGHT`, and the newest value as a dot; paths are "" where nothing is known.

    `first`, `last`, `lowest` and `highest` are the values themselves, None where there is none.
    """

    width: int = _STEP
    path: str = ""
    dot: str = ""
    first: Decimal | None = None
    last: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None


def sparkline(values: Values) -> Spark:
    """Values in time order as a line.

    The box reaches from the lowest to the highest value, but at least over a quarter of the largest one, so that a
    small change looks small. A value alone between two gaps is a point, and so is the only one of all.
    """
    known = [value for value in values if value is not None]
    if not known:
        return Spark()
    low, high = float(min(known)), float(max(known))
    scale = HEIGHT / (max(high - low, max(abs(low), abs(high)) / 4) or 1)
    top = (low + high) / 2 + HEIGHT / scale / 2
    points = [
        "" if value is None else f"{number * _STEP} {round((top - float(value)) * scale)}"
        for number, value in enumerate(values)
    ]
    newest = next(point for point in reversed(points) if point)
    width = max(_STEP * (len(points) - 1), 1)
    return Spark(width, _line(points), f"M{newest}h0", known[0], known[-1], min(known), max(known))


def _line(points: Sequence[str]) -> str:
    """A path through points; it begins anew behind a gap, and a point alone is a line of no length."""
    parts: list[str] = []
    for before, point, after in zip(["", *points], points, [*points[1:], ""], strict=False):
        if point:
            parts.append(f"{'L' if before else 'M'}{point}{'' if before or after else 'h0'}")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over or under a zero line that lies `zero` below the top, in a box `width` by `HEIGHT`.

    `path` draws all bars, `steps` a second series as a line of steps ("" without one). `highest` and `lowest` are of
    the bars, None without a value. `years` are the years that begin in the chart, with their place in percent.
    """

    width: int
    zero: int
    path: str = ""
    steps: str = ""
    highest: Decimal | None = None
    lowest: Decimal | None = None
    years: tuple[tuple[str, str], ...] = ()


def bars(values: Values, line: Values = (), months: Sequence[str] = ()) -> Bars:
    """One bar a value, the largest (of `line` too) as high as the box; negative values hang below the zero line.

    `line` belongs to the same months as the values, in the same order; `months` are written YYYY-MM.
    """
    known = [value for value in values if value is not None]
    scaled = [0.0, *(float(value) for value in (*values, *line) if value is not None)]
    scale = HEIGHT / ((max(scaled) - min(scaled)) or 1)
    zero = round(max(scaled) * scale)
    return Bars(
        _STEP * max(len(values), 1),
        zero,
        "".join(
            f"M{number * _STEP} {zero}v{-round(float(value) * scale)}h{_BAR}V{zero}z"
            for number, value in enumerate(values)
            if value
        ),
        "".join(_steps(line, zero, scale)),
        max(known, default=None),
        min(known, default=None),
        tuple(
            (month[:4], _brief(100 * number / len(months)))
            for number, month in enumerate(months)
            if month.endswith("-01")
        ),
    )


def _steps(line: Values, zero: int, scale: float) -> Iterator[str]:
    """A step a value; the line begins anew behind a gap."""
    pen_up = True
    for number, value in enumerate(line):
        if value is not None:
            level = zero - round(float(value) * scale)
            yield f"M{number * _STEP} {level}" if pen_up else f"V{level}"
            yield f"H{(number + 1) * _STEP}"
        pen_up = value is None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a curve, in percent from the top left, with its words; `x` and `y` are "" where it has no place."""

    words: str
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve in a box of 100 by 100, the area below it, and points on it or beside it.

    `accounts` is how many there are from left to right. `even` is the path that it would take if all were equal, `most`
    how far below the top four fifths lie. Paths are "" where there is nothing to draw.
    """

    accounts: int = 0
    path: str = ""
    area: str = ""
    even: str = ""
    most: str = ""
    marks: tuple[Mark, ...] = ()


def curve(shares: Sequence[Share], marks: Iterable[Point] = ()) -> Curve:
    """The concentration curve: accounts from left to right, the largest first; upwards the share they carry together.

    A mark (accounts, words) lies on the curve; (accounts, share, words) lies where it says, since the key accounts need
    not be the largest. Marks come out from left to right. Where credits lift the curve above 1, the box reaches as high
    as the curve.
    """
    if not shares:
        return Curve(marks=tuple(Mark(mark[-1]) for mark in marks))
    reached = [0.0, *(float(share.cumulative) for share in shares)]
    top, count = max(1.0, *reached), len(shares)
    thin = max(1, count // _ENOUGH_POINTS)
    kept = [number for number in range(count + 1) if number % thin == 0 or number == count]
    path = "M" + "L".join(f"{_brief(100 * number / count)} {_below(reached[number], top)}" for number in kept)
    return Curve(
        count,
        path,
        f"{path}V100H0z",
        f"M0 100L100 {_below(1, top)}",
        _below(0.8, top),
        tuple(_mark(mark, reached, top) for mark in sorted(marks, key=lambda mark: mark[0])),
    )


def _below(share: float, top: float) -> str:
    return _brief(100 - 100 * share / top)


def _mark(point: Point, reached: Sequence[float], top: float) -> Mark:
    accounts = min(max(point[0], 0), len(reached) - 1)
    share = point[1] if len(point) == 3 else Decimal(str(reached[accounts]))
    if share is None:
        return Mark(point[-1])
    return Mark(point[-1], _brief(100 * accounts / (len(reached) - 1)), _below(min(max(float(share), 0.0), top), top))
