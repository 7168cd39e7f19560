"""What was measured, as one table with a bar and a verdict for each row that has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours beside the other's. `measured` is what the bar, its upper limit, is held against.

    A bar that is not `held` is shown for information: a workload so small says more of starting than of the work.
    """

    accounts: int
    what: str
    figure: str
    other: str = ""
    measured: float | None = None
    bar: float | None = None
    unit: str = ""
    held: bool = True

    @property
    def over(self) -> bool:
        """Whether a bar that is held is broken."""
        return self.held and self._verdict() == "OVER"

    def _verdict(self) -> str:
        if self.bar is None or self.measured is None:
            return ""
        verdict = "OVER" if self.measured > self.bar else "ok"
        return verdict if self.held else f"({verdict.lower()})"

    def cells(self) -> tuple[str, ...]:
        """The row in words."""
        ratio = "" if self.measured is None or self.unit else f"{self.measured:.3f}"
        bar = "" if self.bar is None else f"≤ {self.bar:g}{self.unit}"
        return (f"{self.accounts:,}", self.what, self.figure, self.other, ratio, bar, self._verdict())


HEAD = ("accounts", "what", "kamgen", "the other", "ratio", "bar", "verdict")


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned columns under their heads."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]]) + "\n"
