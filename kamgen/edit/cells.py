"""Cells of an export under other names: everything else in the file stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kamgen.read.tables import columns

_BREAK = re.compile(r"(\r\n|\r|\n)")
_BOM = "\ufeff"


def renamed_cells(text: str, column: str, old: str, new: str, rows: Mapping[str, str]) -> str:
    """The text of a CSV file with another name in a column, where the cell holds exactly the old one.

    `rows` tells which rows are meant: those in which one of these columns has this value (none given: every row).
    """
    if old not in text:
        return text
    head = _BOM if text.startswith(_BOM) else ""
    parts = _BREAK.split(text[len(head) :])
    lines, ends = parts[0::2], [*parts[1::2], ""]
    first, delimiter, names = columns(lines)
    if column not in names:
        return text
    wanted = {names.index(name): value for name, value in rows.items() if name in names and value}
    cell = re.compile(rf'("(?:[^"]|"")*"|[^{delimiter}]*)({delimiter}|$)')
    found = [*lines[: first + 1]]
    for record in _records(lines[first + 1 :]):
        if any(old in line for line in record):
            found += _renamed(record, cell, names, names.index(column), old, new, wanted)
        else:
            found += record
    return head + "".join(line + end for line, end in zip(found, ends, strict=True))


def _records(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each row: a cell in quotes may go on over several."""
    at = 0
    while at < len(lines):
        end = at + 1
        quotes = lines[at].count('"')
        while quotes % 2 and end < len(lines):
            quotes += lines[end].count('"')
            end += 1
        if quotes % 2:  # a quotation mark that nobody closed
            end = at + 1
        yield lines[at:end]
        at = end


def _renamed(
    record: list[str], cell: re.Pattern[str], names: list[str], at: int, old: str, new: str, wanted: Mapping[int, str]
) -> list[str]:
    row = "\n".join(record)
    cells = list(cell.finditer(row))
    while len(cells) > 1 and not cells[-2][2]:
        cells.pop()  # behind the last cell nothing more is to be found
    values = [match[1].strip().strip('"').strip() for match in cells]
    meant = not wanted or any(index < len(values) and values[index] == value for index, value in wanted.items())
    if not meant or len(cells) != len(names) or values[at] != old:
        return record
    start, end = cells[at].span(1)
    return (row[:start] + row[start:end].replace(old, new, 1) + row[end:]).split("\n")
