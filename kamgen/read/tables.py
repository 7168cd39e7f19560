"""The exports in accounts/*.csv: sales, budget, deliveries, activities. One row a key; no row means zero."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from kamgen.finding import Place, Problem
from kamgen.model.identity import slug, subject
from kamgen.model.portfolio import Activity, Budgeted, Delivered, Sale
from kamgen.model.values import parse_day

Cells = Mapping[str, str]

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII).fullmatch
_MONTH = re.compile(r"(19|20|21)\d{2}-(0[1-9]|1[0-2])", re.ASCII).fullmatch
_COUNT = re.compile(r"\d{1,9}", re.ASCII).fullmatch
_MANY = 20  # so many bad rows are told one by one; then only how many more there are


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
        raise BadCell(f'{column} is "{text}"; a plain number with a decimal point belongs there, such as 1200.50')
    return Decimal(text)


def _count(cells: Cells, column: str) -> int:
    if not _COUNT(cells[column]):
        raise BadCell(f'{column} is "{cells[column]}"; a whole number belongs there')
    return int(cells[column])


def _month(cells: Cells) -> str:
    text = cells["month"]
    if not _MONTH(text):
        raise BadCell(f'month is "{text}"; a year and a month belong there, such as 2026-04')
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
    "sales": Table("sales", ("month", "product", "amount"), ("margin", "site"), _sale, ("month", "product", "site")),
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
    """Who is who in the exports: account slugs by CRM number, sites by account, and product families (None: any)."""

    slugs: frozenset[str]
    by_crm_id: Mapping[str, str]
    sites: Mapping[str, Container[str]] = field(default_factory=dict)
    products: Container[str] | None = None


def read_table(
    table: Table, text: str, path: str, directory: Directory
) -> tuple[dict[str, tuple[Any, ...]] | None, list[Problem]]:
    """The rows of one export by account, and a problem for each row that cannot be used (KAM014).

    Without the names of its columns an export is as good as absent: None.

    A name that nobody knows (an account: KAM014; a site or product family: KAM008) is told once, with how many rows.
    """
    reading = _TableReading(table, path, text.split("\n"), directory)
    first, delimiter, header = columns(reading.lines)
    wrong = _wrong_header(table, header, reading.lines[first])
    if wrong:
        return None, [Problem("", table.name, *wrong, "KAM014", reading.place(first + 1))]
    for cells, line in _rows(reading.lines, first + 1, delimiter, header):
        reading.take(cells, line)
    rows = {account: tuple(found) for account, found in reading.rows.items()}
    return rows, [*_shortened(table, reading.problems), *reading.strangers()]


@dataclass(slots=True)
class _TableReading:
    """One export as it is read."""

    table: Table
    path: str
    lines: list[str]
    directory: Directory
    rows: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def place(self, line: int) -> Place:
        return Place(self.path, line, 1, self.lines[line - 1] if 0 < line <= len(self.lines) else "")

    def take(self, cells: Cells, line: int) -> None:
        """Keep a row, or say why it counts for nothing."""
        try:
            self._take(cells, line)
        except BadCell as bad:
            self.problems.append(_bad_row(self.table, cells, str(bad), self.place(line)))

    def _take(self, cells: Cells, line: int) -> None:
        if bad := cells.get(""):
            raise BadCell(bad)
        account = self._account(cells)
        if account is None:
            self._note("account", cells.get("account") or cells.get("crm_id", ""), line)
            return
        row = self.table.row(account, cells)
        key = (account, *(cells.get(column, "") for column in self.table.key))
        if key in self.seen:
            same = ", ".join(("account", *self.table.key[:2]))
            raise BadCell(f"it is given twice, here and on line {self.seen[key]} (same {same})")
        self.seen[key] = line
        self.rows.setdefault(account, []).append(row)
        self._note_names(account, cells, line)

    def _account(self, cells: Cells) -> str | None:
        slug = cells.get("account", "")
        return slug if slug in self.directory.slugs else self.directory.by_crm_id.get(cells.get("crm_id", ""))

    def _note_names(self, account: str, cells: Cells, line: int) -> None:
        product, site = cells.get("product"), cells.get("site")
        if product is not None and self.directory.products is not None and product not in self.directory.products:
            self._note("product", product, line)
        if site and site not in self.directory.sites.get(account, ()):
            self._note(f"site of {account}", site, line)

    def _note(self, what: str, name: str, line: int) -> None:
        self.unknown.setdefault((what, name), []).append(line)

    def strangers(self) -> Iterator[Problem]:
        """A problem for each name that nobody knows."""
        for (what, name), found in self.unknown.items():
            rows = "this row" if len(found) == 1 else f"{len(found)} rows, from here on,"
            tell = _unknown_account if what == "account" else _unknown_name
            yield tell(self.table, what, name, rows, self)


def _unknown_account(table: Table, what: str, name: str, rows: str, reading: _TableReading) -> Problem:
    line = reading.unknown[what, name][0]
    count = "counts" if rows == "this row" else "count"
    near = difflib.get_close_matches(name.lower()[:60], reading.directory.slugs, 1, 0.8) if line < 5000 else []
    message = f'There is no account "{name}": {rows} {count} for nothing.'
    hint = f"Add accounts/{slug(name)}.yml, or correct the name where the file is exported."
    if near:
        hint = f'Did you mean "{near[0]}"? Correct the name where the file is exported.'
    if not name:
        message, hint = f"No account is named: {rows} {count} for nothing.", "Name one where the file is exported."
    return Problem("", subject(table.name, name or "(empty)"), message, hint, "KAM014", reading.place(line))


def _unknown_name(table: Table, what: str, name: str, rows: str, reading: _TableReading) -> Problem:
    place = reading.place(reading.unknown[what, name][0])
    named = f"{rows} {'names' if rows == 'this row' else 'name'}"
    if what == "product":
        message = f'There is no product family "{name}", but {named} it.'
        hint = "Add it to playbook/offer.yml, or correct the name where the file is exported."
    else:
        message = f'{what.removeprefix("site of ")} has no site "{name}", but {named} it.'
        hint = "Add it to the account under `sites`, or correct the name where the file is exported."
    return Problem("", subject(table.name, *what.split(" of "), name or "(empty)"), message, hint, "KAM008", place)


def columns(lines: list[str]) -> tuple[int, str, list[str]]:
    """The number of the line (from 0) that names the columns, what separates them, and their names in small letters."""
    first, delimiter = _first_line(lines)
    return first, delimiter, [name.strip().lower() for name in _split(lines[first], delimiter)]


def _first_line(lines: list[str]) -> tuple[int, str]:
    """The number of the line (from 0) that names the columns, and what separates them."""
    # Excel writes `sep=;` above the columns.
    first = 1 if lines[0].lower().startswith("sep=") and len(lines) > 1 else 0
    if first and lines[0][4:5] in (",", ";"):
        return first, lines[0][4]
    return first, ";" if lines[first].count(";") > lines[first].count(",") else ","


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _wrong_header(table: Table, header: list[str], line: str) -> tuple[str, str] | None:
    """Message and hint for a first line that does not name the columns as it should."""
    columns = ", ".join(("account", *table.required))
    hint = f"The first line must name the columns: {columns}. Commas or semicolons separate them."
    if not any(header):
        return "This file does not begin with the names of its columns.", hint
    for name in header:
        if name and header.count(name) > 1:
            return f'The column "{name}" is named twice.', "Give the second one another name, or take it out."
    missing = [column for column in table.required if column not in header]
    if "account" not in header and "crm_id" not in header:
        missing.insert(0, "account")
    if not missing:
        return None
    tabs = " Here tabs seem to separate them." if "\t" in line else ""
    return f"There is no column {' and none '.join(_quoted(name) for name in missing)}.", hint + tabs


def _quoted(name: str) -> str:
    return f'"{name}"'


def _rows(lines: list[str], first: int, delimiter: str, header: list[str]) -> Iterator[tuple[Cells, int]]:
    """The cells of each row by column, and its line (from 1); what is wrong with the row itself stands under ""."""
    at = first
    while at < len(lines):
        reader = csv.reader(lines[at:] if at > first else lines[first:], delimiter=delimiter)
        start = at
        at = len(lines)
        line = start
        for values, after in _read_on(reader, start):
            if after - line > 1 and (values is None or len(values) != len(header)):
                yield _cells(header, _split(lines[line], delimiter), _OPEN_QUOTE), line + 1
                at = line + 1  # a quotation mark that nobody closed has swallowed the lines below: begin there again
                break
            if values is None:
                yield _cells(header, [], "a cell in it is too long"), line + 1
            elif any(value.strip(" \t,;") for value in values):
                yield _cells(header, values, _miscounted(header, values)), line + 1
            line = after


_OPEN_QUOTE = "a quotation mark in it is opened and not closed"


def _read_on(reader: Any, start: int) -> Iterator[tuple[list[str] | None, int]]:
    """Each row's values (None: it cannot be taken apart), and the number of lines read after it."""
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            values = None
        yield values, start + reader.line_num


def _miscounted(header: list[str], values: list[str]) -> str:
    if len(values) == len(header):
        return ""
    cells = "1 cell" if len(values) == 1 else f"{len(values)} cells"
    reason = " (is there a comma in a text without quotes?)" if len(values) > len(header) else ""
    return f"it has {cells}, and the first line names {len(header)} columns{reason}"


def _cells(header: list[str], values: list[str], bad: str) -> Cells:
    cells = {name: value.strip() for name, value in zip(header, values, strict=False)}
    return {**cells, "": bad} if bad else cells


def _bad_row(table: Table, cells: Cells, what: str, place: Place) -> Problem:
    names = [cells.get(column, "") for column in ("account", "crm_id", *table.key)]
    return Problem(
        "",
        subject(table.name, *(name for name in names if name)),
        f"This row counts for nothing: {what}.",
        "Put it right in the system that it comes from, and export again.",
        "KAM014",
        place,
    )


def _shortened(table: Table, problems: list[Problem]) -> list[Problem]:
    """The first of many bad rows, and how many more there are."""
    if len(problems) <= _MANY:
        return problems
    more = problems[_MANY:]
    message = f"{len(more)} more rows, from here on, count for nothing, for reasons like those above."
    return [*problems[:_MANY], replace(more[0], subject=table.name, message=message)]
