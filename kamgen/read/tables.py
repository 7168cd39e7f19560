"""The exports in accounts/*.csv: sales, budget, deliveries, activities. One row a key; no row means zero."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from kamgen.finding import Place, Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Activity, Budgeted, Delivered, Sale
from kamgen.model.values import parse_day

Row = TypeVar("Row", Sale, Budgeted, Delivered, Activity)
Cells = Mapping[str, str]

_NUMBER = re.compile(r"-?\d+(\.\d+)?").fullmatch
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])").fullmatch
_COUNT = re.compile(r"\d+").fullmatch


class BadCell(Exception):
    """A cell that cannot be used; its text says what and what would be right."""


@dataclass(frozen=True, slots=True)
class Table:
    """How one export is read: its columns, and the row and its key that come of a line."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    row: Callable[[str, Cells], Any]
    key: tuple[str, ...]


def _number(cells: Cells, column: str) -> Decimal:
    text = cells[column]
    if not _NUMBER(text):
        raise BadCell(f'{column} is "{text}"; write a plain number with a decimal point, such as 1200.50')
    return Decimal(text)


def _count(cells: Cells, column: str) -> int:
    if not _COUNT(cells[column]):
        raise BadCell(f'{column} is "{cells[column]}"; write a whole number')
    return int(cells[column])


def _month(cells: Cells) -> str:
    text = cells["month"]
    if not _MONTH(text):
        raise BadCell(f'month is "{text}"; write year and month, such as 2026-04')
    return text


def _day(cells: Cells) -> date:
    try:
        return parse_day(cells["date"])
    except PydanticCustomError as error:
        raise BadCell(f'date is "{cells["date"]}": {error.message()}') from error


def _sale(account: str, cells: Cells) -> Sale:
    margin = _number(cells, "margin") if cells.get("margin") else None
    return Sale(account, _month(cells), cells["product"], _number(cells, "amount"), margin, cells.get("site", ""))


def _budgeted(account: str, cells: Cells) -> Budgeted:
    return Budgeted(account, _month(cells), _number(cells, "amount"), cells.get("site", ""))


def _delivered(account: str, cells: Cells) -> Delivered:
    made, late = _count(cells, "deliveries"), _count(cells, "late")
    if late > made:
        raise BadCell(f"{late} late of {made} deliveries: more late ones than there were")
    return Delivered(account, _month(cells), made, late, cells.get("site", ""))


def _activity(account: str, cells: Cells) -> Activity:
    return Activity(account, _day(cells), cells["contact"], cells["who"], cells["kind"], cells.get("site", ""))


TABLES = {
    "sales": Table(
        "sales", ("month", "product", "amount"), ("margin", "site"), _sale, ("month", "product", "site")
    ),
    "budget": Table("budget", ("month", "amount"), ("site",), _budgeted, ("month", "site")),
    "deliveries": Table("deliveries", ("month", "deliveries", "late"), ("site",), _delivered, ("month", "site")),
    "activities": Table(
        "activities",
        ("date", "contact", "who", "kind"),
        ("site",),
        _activity,
        ("date", "contact", "who", "kind", "site"),
    ),
}


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is who in the exports: account slugs by CRM number, and the ids that may stand in a row."""

    slugs: frozenset[str]
    by_crm_id: Mapping[str, str]


def read_table(
    table: Table, text: str, path: str, directory: Directory
) -> tuple[dict[str, tuple[Any, ...]], list[Problem]]:
    """The rows of one export by account, and a problem for each row that cannot be used (KAM014)."""
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    problems: list[Problem] = []
    header = [name.strip().lower() for name in next(reader, [])]
    lines = text.split("\n")
    missing = _missing(table, header)
    if missing:
        place = Place(path, 1, 1, lines[0])
        columns = ", ".join(("account", *table.required))
        hint = f"The first line must name the columns: {columns}. Columns are separated by commas or semicolons."
        return {}, [Problem("", f"files/{table.name}.csv", f"There is no column {missing}.", hint, "KAM014", place)]
    rows: dict[str, list[Any]] = {}
    seen: set[tuple[str, ...]] = set()
    strangers: dict[str, list[int]] = {}
    for cells, line in _cells(reader, header):
        try:
            account = _account(cells, directory)
            if not account:
                strangers.setdefault(cells.get("account") or cells.get("crm_id", ""), []).append(line)
                continue
            row = table.row(account, cells)
            key = (account, *(cells.get(column, "") for column in table.key))
            if key in seen:
                raise BadCell("this row is given twice (same account, " + ", ".join(table.key[:2]) + ")")
        except BadCell as bad:
            problems.append(_bad_row(table, cells, str(bad), Place(path, line, 1, _line(lines, line))))
            continue
        seen.add(key)
        rows.setdefault(account, []).append(row)
    problems += (_stranger(table, name, at, Place(path, at[0], 1, _line(lines, at[0]))) for name, at in strangers.items())
    return {account: tuple(found) for account, found in rows.items()}, problems


def _cells(reader: Any, header: list[str]) -> Iterator[tuple[Cells, int]]:
    width = len(header)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as bad:
            yield {"account": f"({bad})"}, line
            continue
        if values is None:
            return
        if not any(values):
            continue
        cells = {name: value.strip() for name, value in zip(header, values, strict=False)}
        if len(values) != width:
            cells[""] = f"{len(values)} cells where the first line names {width} columns"
        yield cells, line


def _account(cells: Cells, directory: Directory) -> str:
    """The row's account slug, or "" when nobody knows it."""
    if "" in cells:
        raise BadCell(f"the row has {cells['']}; is there a comma in a text that is not in quotes?")
    slug, crm_id = cells.get("account", ""), cells.get("crm_id", "")
    return slug if slug in directory.slugs else directory.by_crm_id.get(crm_id, "")


def _missing(table: Table, header: list[str]) -> str:
    if "account" not in header and "crm_id" not in header:
        return '"account"'
    return ", ".join(f'"{column}"' for column in table.required if column not in header)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _line(lines: list[str], line: int) -> str:
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _stranger(table: Table, name: str, lines: list[int], place: Place) -> Problem:
    rows = "this row counts" if len(lines) == 1 else f"{len(lines)} rows, from here on, count"
    return Problem(
        "",
        subject(table.name, name or "(empty)"),
        f'There is no account "{name}": {rows} for nothing.',
        f"Add accounts/{name or '<slug>'}.yml, or correct the name where the file is exported.",
        "KAM014",
        place,
    )


def _bad_row(table: Table, cells: Cells, what: str, place: Place) -> Problem:
    names = [cells.get(column, "") for column in ("account", "crm_id", *table.key)]
    return Problem(
        "",
        subject(table.name, *(name for name in names if name)),
        f"This row cannot be used: {what}.",
        "Mend it in the system that exports it, and export again; the row counts for nothing until then.",
        "KAM014",
        place,
    )
