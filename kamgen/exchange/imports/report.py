"""What an import did, and how the terminal tells it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

SHOWN = 20  # rows of one file that are named one by one


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that could not be used. `line` counts from 1; None where the row is the answer of an SQL file."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that the workspace and the import tell differently; `subject` is an account's slug or a file."""

    subject: str
    field: str
    in_file: str
    in_import: str

    def __str__(self) -> str:
        return (
            f"{self.subject}: {self.field} is {self.in_file or 'not given'} in the file, "
            f"{self.in_import or 'not given'} in the import"
        )


@dataclass(slots=True)
class ImportReport:
    """What came of an import: paths are relative to the workspace's root."""

    preset: str = ""
    source: str = ""
    shift_years: int = 0
    created: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    unread: list[UnreadRow] = field(default_factory=list)
    repaired: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """1 when a row of the export could not be used, else 0: differences are news, not failures."""
        return 1 if self.unread else 0

    def text(self) -> str:
        """The report for a terminal, ending in one line that sums it up."""
        lines = [self._heading()]
        lines += _listing("Created", self.created)
        lines += _listing("Written", self.rewritten)
        lines += [
            f"Repaired: {_many(count, 'row')} of {name} (commas without quotes)"
            for name, count in self.repaired.items()
        ]
        lines += [f"Note: {note}" for note in self.notes]
        lines += [f"Differs: {difference}" for difference in self.differences]
        lines += self._unread_lines()
        return "\n".join([*lines, self._summary()]) + "\n"

    def _heading(self) -> str:
        moved = f", dates moved by {_many(self.shift_years, 'year')}" if self.shift_years else ""
        return f"Import {self.preset} from {self.source}{moved}"

    def _unread_lines(self) -> list[str]:
        lines, seen = [], Counter[str]()
        for row in self.unread:
            seen[row.file] += 1
            if seen[row.file] <= SHOWN:
                lines.append(f"Not read: {row}")
        return lines + [
            f"Not read: {_many(count - SHOWN, 'more row')} of {name}" for name, count in seen.items() if count > SHOWN
        ]

    def _summary(self) -> str:
        counts = (
            f"{len(self.created)} created",
            f"{len(self.rewritten)} written anew",
            f"{len(self.unchanged)} unchanged",
            _many(len(self.differences), "difference"),
            f"{_many(len(self.unread), 'row')} not read",
        )
        return ", ".join(counts) + "."


def _listing(word: str, paths: list[str]) -> list[str]:
    """Each path on a line; light accounts, which come by the hundred, are counted."""
    light = [path for path in paths if path.startswith("accounts/") and path.endswith(".yml")]
    if len(light) <= SHOWN:
        light = []
    lines = [f"{word}: {path}" for path in paths if path not in set(light)]
    return ([f"{word}: {len(light)} accounts in accounts/"] if light else []) + lines


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
