"""Where the bars of a small chart stand. Units are those of the picture's own box, from its top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars over or under a zero line that lies `zero` below the top.

    `path` draws all bars at once, in the language of an SVG path: one shape is far cheaper than one a bar.
    """

    width: int
    height: int
    zero: float
    path: str


def bars(values: Sequence[Decimal], width: int = 480, height: int = 80) -> Bars:
    """One bar a value, the largest as high as the box; negative values hang below the zero line."""
    top = max([*values, Decimal(0)])
    span = (top - min([*values, Decimal(0)])) or Decimal(1)
    scale = height / float(span)
    zero = round(float(top) * scale, 1)
    step = width / max(len(values), 1)
    wide = round(step * 0.8, 1)
    drawn = (
        f"M{round(i * step, 1)} {zero}v{-round(float(value) * scale, 1)}h{wide}V{zero}z"
        for i, value in enumerate(values)
        if value
    )
    return Bars(width, height, zero, "".join(drawn))
