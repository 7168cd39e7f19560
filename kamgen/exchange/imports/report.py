"""What an import did, and how the terminal tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kamgen.facts.texts import printable

SHOWN = 20  # rows of one file that are named one by one
REFUSED = (
    "Nothing was written, because the result would hold the mistakes above. "
    "Put them right in the files or where they come from, and import again."
)


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
    """A fact that the workspace and the import tell differently.

    `subject` is an account's slug or a file of the playbook, `keys` the path in it. For an entry that the file does
    not have, `entry` holds all of it, and `in_import` its name.
    """

    subject: str
    keys: tuple[str, ...]
    in_file: str
    in_import: str
    entry: Mapping[str, str] | None = None

    @property
    def field(self) -> str:
        """The path in words: contacts.roland-mendel.title."""
        return ".".join(self.keys)

    @property
    def owned_as(self) -> str:
        """How kamgen.yml lets an import own it: region, contacts.title; contacts, team or offer for a new entry.

        That an account is key is never an import's to change: people choose key accounts. "" stands for that.
        """
        if self.keys == ("stage",) and self.in_file == "key":
            return ""
        if self.subject.endswith(".yml"):
            return ".".join((PurePosixPath(self.subject).stem, *self.keys[1:]))
        return ".".join((self.keys[0], *self.keys[2:]))

    @property
    def change(self) -> str:
        """What becomes of it once the import has its way."""
        if self.entry is not None:
            return f"{self.subject}: {self.field} ({self.in_import})"
        return f"{self.subject}: {self.field} to {self.in_import} (was {self.in_file or 'not given'})"

    def __str__(self) -> str:
        return (
            f"{self.subject}: {self.field} is {self.in_file or 'not given'} in the file, "
            f"{self.in_import or 'not given'} in the import"
        )


@dataclass(slots=True)
class ImportReport:
    """What came of an import: paths are relative to the workspace's root.

    `updated` are the fields that the import wrote into files that were there, `failed` what it could not write, and
    `gone` what the export no longer names. When something was `refused`, or in a dry run, nothing was written.
    """

    preset: str = ""
    source: str = ""
    shift_years: int = 0
    update: bool = False
    dry_run: bool = False
    created: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    updated: list[Difference] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unread: list[UnreadRow] = field(default_factory=list)
    repaired: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 when the whole import was refused; 1 when a row or a change was left out; else 0.

        Differences are news, not failures.
        """
        if self.refused:
            return 2
        return 1 if self.unread or self.failed else 0

    def text(self) -> str:
        """The report for a terminal, ending in one line that sums it up."""
        lines = [self._heading()]
        lines += _listing(self._verb("Created", "create"), self.created)
        lines += _listing(self._verb("Written", "write"), self.rewritten)
        lines += self._updated_lines()
        lines += [
            f"Repaired: {_many(count, 'row')} of {name} (commas without quotes)"
            for name, count in self.repaired.items()
        ]
        lines += [f"Note: {note}" for note in self.notes]
        lines += [f"Gone: {gone}" for gone in self.gone]
        lines += [f"Differs: {difference}" for difference in self.differences]
        lines += [f"Not written: {failure}" for failure in self.failed]
        lines += self._unread_lines()
        lines += [f"Refused: {finding}" for finding in self.refused]
        return "\n".join(printable(line) for line in [*lines, *self._ending()]) + "\n"

    def _heading(self) -> str:
        moved = f", dates moved by {_many(self.shift_years, 'year')}" if self.shift_years else ""
        return f"Import {self.preset} from {self.source}{moved}"

    def _verb(self, done: str, planned: str) -> str:
        return f"Would {planned}" if self.dry_run or self.refused else done

    def _updated_lines(self) -> list[str]:
        lines, seen = [], Counter[tuple[str, str]]()
        for change in self.updated:
            verb = self._verb("Updated", "update") if change.entry is None else self._verb("Added", "add")
            seen[verb, change.owned_as] += 1
            if seen[verb, change.owned_as] <= SHOWN:
                lines.append(f"{verb}: {change.change}")
        more = {kind: count - SHOWN for kind, count in seen.items() if count > SHOWN}
        return lines + [f"{verb}: {name}, {count} more" for (verb, name), count in more.items()]

    def _unread_lines(self) -> list[str]:
        lines, seen = [], Counter[str]()
        for row in self.unread:
            seen[row.file] += 1
            if seen[row.file] <= SHOWN:
                lines.append(f"Not read: {row}")
        return lines + [
            f"Not read: {_many(count - SHOWN, 'more row')} of {name}" for name, count in seen.items() if count > SHOWN
        ]

    def _ending(self) -> list[str]:
        counts = [f"{len(self.created)} created", f"{len(self.rewritten)} written anew"]
        if self.update:
            counts.append(f"{_many(len(self.updated), 'field')} updated")
        counts += [
            f"{len(self.unchanged)} unchanged",
            _many(len(self.differences), "difference"),
            f"{_many(len(self.unread), 'row')} not read",
        ]
        if self.refused:
            return [REFUSED]
        return [", ".join(counts) + ".", *(["Nothing was written: this was a dry run."] if self.dry_run else [])]


def _listing(word: str, paths: list[str]) -> list[str]:
    """Each path on a line; light accounts, which come by the hundred, are counted."""
    light = [path for path in paths if path.startswith("accounts/") and path.endswith(".yml")]
    if len(light) <= SHOWN:
        light = []
    lines = [f"{word}: {path}" for path in paths if path not in set(light)]
    return ([f"{word}: {len(light)} accounts in accounts/"] if light else []) + lines


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
