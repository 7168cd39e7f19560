"""Reading one CSV file of an export: every row, or the line and the reason why not.

Exports are dirty. The commonest fault is a comma in a text that no quotes protect: the row then has a column
too many. Such a row is repaired only when the preset names the columns that may hold stray commas, and only
if one way, and no other, of joining the surplus back into them passes every test of the preset. No column of
a row joined so may begin with a blank: a blank follows the comma of a text, never the comma between columns.
Whatever fits in no way, or in more than one, is reported and not guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path

from kamgen.errors import KamgenError
from kamgen.exchange.imports.preset import FileFacts, Fit
from kamgen.exchange.imports.report import UnreadRow

Row = tuple[str | None, ...]
Known = Callable[[str, str], frozenset[str]]

MAX_BYTES = 500_000_000
LINES_IN_A_CELL = 200  # a quote that is still open after so many lines was never meant to open
MAX_SURPLUS = 12


@dataclass(slots=True)
class Table:
    """The rows of one file: `lines` stands beside `rows`, `repaired` lists the lines that were put right."""

    file: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    unread: list[UnreadRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tests:
    """The preset's tests of one file, by column number."""

    commas_in: tuple[int, ...]
    needed: tuple[int, ...]
    fits: tuple[tuple[int, Fit, frozenset[str]], ...]
    nothing: frozenset[str]


def read_csv(path: Path, facts: FileFacts, nothing: frozenset[str], known: Known) -> Table:
    """All rows of a CSV file as text; None stands for an empty cell and for the texts in `nothing`."""
    lines = _text(path).split("\n")
    delimiter = _delimiter(lines[0])
    columns = _heading(path, lines[0], delimiter)
    table = Table(path.name, columns)
    tests = _tests(path, columns, facts, nothing, known)
    for number, cells in _records(lines, delimiter):
        _take(table, tests, number, cells, delimiter)
    return table


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise KamgenError(f"{path.name} is over {MAX_BYTES // 10**6} MB. Export fewer years, or use Parquet.")
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    # Bytes that are not UTF-8 stay visible as surrogates: they cost their row, not the file.
    text = data.decode(encoding, errors="surrogateescape" if encoding == "utf-8-sig" else "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _heading(path: Path, line: str, delimiter: str) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    if not any(columns):
        raise KamgenError(f"{path.name} has no heading: its first line must name the columns.")
    if not all(columns):
        raise KamgenError(f"{path.name} has a column without a name: give each column one in the first line.")
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise KamgenError(f"{path.name} names the column {twice[0]} twice: rename one of them.")
    if any("\ud800" <= char <= "\udfff" for char in line):
        raise KamgenError(f"{path.name} is not in UTF-8. Export it again as CSV in UTF-8.")
    return columns


def _tests(path: Path, columns: tuple[str, ...], facts: FileFacts, nothing: frozenset[str], known: Known) -> _Tests:
    for name in (*facts.commas_in, *facts.needed, *facts.fits):
        if name not in columns:
            raise KamgenError(f"{path.name} has no column {name}, which preset.yml names. It has {', '.join(columns)}.")
    fits = tuple(
        (columns.index(name), fit, known(*fit.known_from) if fit.known_from else frozenset())
        for name, fit in facts.fits.items()
    )
    positions = tuple(sorted(columns.index(name) for name in facts.commas_in))
    return _Tests(positions, tuple(columns.index(name) for name in facts.needed), fits, nothing)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record after the heading with its line number: its cells, or why it cannot be taken apart."""
    at = 1
    while at < len(lines):
        number, (cells, used) = at + 1, _record(lines, at, delimiter)
        if cells:
            yield number, cells
        at += used


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | str, int]:
    """The record that begins at a line, and how many lines it takes; a record that fails takes one."""
    if not lines[at].strip():
        return [], 1
    for used in range(1, min(LINES_IN_A_CELL, len(lines) - at) + 1):
        text = "\n".join(lines[at : at + used])
        if used > 1 and '"' not in lines[at + used - 1]:
            continue  # the open quote cannot close here
        try:
            return next(csv.reader(iter([text]), delimiter=delimiter, strict=True)), used
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                return f"a quote stands in the wrong place ({error})", 1
    return "a quote is opened and never closed", 1


def _take(table: Table, tests: _Tests, number: int, cells: list[str] | str, delimiter: str) -> None:
    if isinstance(cells, str):
        table.unread.append(UnreadRow(table.file, number, cells))
        return
    row, reason = _fitted(table.columns, tests, cells, delimiter)
    if row is None:
        table.unread.append(UnreadRow(table.file, number, reason))
        return
    if len(cells) != len(table.columns):
        table.repaired.append(number)
    table.rows.append(row)
    table.lines.append(number)


def _fitted(columns: tuple[str, ...], tests: _Tests, cells: list[str], delimiter: str) -> tuple[Row | None, str]:
    """The row, or None and the reason."""
    surplus = len(cells) - len(columns)
    if any("\ud800" <= char <= "\udfff" for cell in cells for char in cell):
        return None, "it is not in UTF-8; export the file again as CSV in UTF-8"
    if surplus == 0:
        row = _emptied(cells, tests.nothing)
        reason = _fault(columns, tests, row)
        return (None, reason) if reason else (row, "")
    counted = f"{len(columns)} columns expected, {len(cells)} found"
    if surplus < 0 or surplus > MAX_SURPLUS or not tests.commas_in:
        return None, counted
    joined = _joined(cells, tests.commas_in, surplus, delimiter)
    readings = [_emptied(row_cells, tests.nothing) for row_cells in joined]
    fitting = [row for row in readings if not _fault(columns, tests, row)]
    if len(fitting) == 1:
        return fitting[0], ""
    if fitting:
        return None, f"{counted}; the surplus commas can be placed in {len(fitting)} ways"
    fault = f": {_fault(columns, tests, readings[0])}" if len(readings) == 1 else ""
    return None, f"{counted}, and no placing of the surplus commas fits{fault}"


def _joined(cells: list[str], places: tuple[int, ...], surplus: int, delimiter: str) -> Iterator[list[str]]:
    """Every way of joining the surplus cells into the columns at `places`, left to right."""
    for chosen in combinations_with_replacement(places, surplus):
        row, at = [], 0
        for column in range(len(cells) - surplus):
            width = 1 + chosen.count(column)
            row.append(delimiter.join(cells[at : at + width]))
            at += width
        if not any(cell[:1].isspace() for cell in row):
            yield row


def _emptied(cells: list[str], nothing: frozenset[str]) -> Row:
    return tuple(None if not cell.strip() or cell in nothing else cell for cell in cells)


def _fault(columns: tuple[str, ...], tests: _Tests, row: Row) -> str:
    """The first test that a row fails, in words; "" when it passes them all."""
    for at in tests.needed:
        if row[at] is None:
            return f"{columns[at]} is empty"
    for at, fit, known in tests.fits:
        value = row[at]
        if value is not None and not _fits(value, fit, known):
            return f'{columns[at]} "{value}" {fit.told}'
    return ""


def _fits(value: str, fit: Fit, known: frozenset[str]) -> bool:
    if fit.known_from:
        return value in known
    if fit.pattern and not fit.pattern.fullmatch(value):
        return False
    return not fit.is_date or _is_day(value[:10])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
