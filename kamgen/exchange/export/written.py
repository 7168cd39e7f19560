"""How values are written: as CSV for spreadsheets and BI tools, and as one JSON document."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import StringIO

from kamgen.exchange.export.table import Cell, Row, Table

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # making one a cell would be slow

# A spreadsheet takes a cell that begins with one of these for a formula, the wide forms of Asian keyboards included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(table: Table, rows: Iterable[Row]) -> str:
    """A table as CSV: a header, commas, Unix line ends; lists are joined with semicolons."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _harmless(_encodable(cell))
    if cell is None or isinstance(cell, bool | int | Decimal | date):
        return _plain(cell)
    return _harmless(_encodable(";".join(cell)))


def _plain(cell: bool | int | Decimal | date | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return _digits(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _digits(number: Decimal) -> str:
    """A number with a decimal point, never with an exponent, without zeros that say nothing."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _harmless(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _encodable(text: str) -> str:
    # Half of a surrogate pair may be written in YAML, and UTF-8 has no bytes for it.
    return text.encode("utf-8", "replace").decode("utf-8")


def as_json(head: Mapping[str, Cell], tables: Iterable[tuple[Table, Iterable[Row]]]) -> str:
    """All tables as one document: a row is an object, and stands on a line of its own."""
    named = ",\n".join(f"    {json.dumps(table.name)}: [{_objects(table, rows)}]" for table, rows in tables)
    return f'{{\n{_pairs(head, "  ", chr(10))},\n  "tables": {{\n{named}\n  }}\n}}\n'


def _objects(table: Table, rows: Iterable[Row]) -> str:
    told = [f"      {{{_pairs(dict(zip(table.columns, row, strict=True)), '', ' ')}}}" for row in rows]
    return "\n" + ",\n".join(told) + "\n    " if told else ""


def _pairs(values: Mapping[str, Cell], indent: str, after: str) -> str:
    return f",{after}".join(f"{indent}{json.dumps(key)}: {_json_value(cell)}" for key, cell in values.items())


def _json_value(cell: Cell) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool | int | Decimal):  # a number is written with all its digits
        return _plain(cell)
    if isinstance(cell, date):
        return f'"{cell.isoformat()}"'
    value = _encodable(cell) if isinstance(cell, str) else [_encodable(text) for text in cell]
    return _encoded(value)
