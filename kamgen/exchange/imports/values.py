"""Small things that every target needs of its rows: text, ids that are free, rows that cannot be used."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from kamgen.exchange.imports.report import ImportReport, UnreadRow
from kamgen.model.identity import slug

Record = dict[str, Any]
Ids = dict[str, str]  # a key of the export's own system → kamgen's id


def text_of(value: object) -> str:
    """A value as text without blanks around it; "" for none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def free_id(wanted: str, key: str, taken: Container[str]) -> str:
    """The id wanted; where it is taken, with its key behind it; where that is taken too, with a number."""
    if wanted not in taken:
        return wanted
    wanted = f"{wanted}-{slug(key)}"
    number, name = 2, wanted
    while name in taken:
        number, name = number + 1, f"{wanted}-{number}"
    return name


def usable(row: Record, target: str, needed: tuple[str, ...], report: ImportReport) -> bool:
    """Whether a row says all that it must; what is empty goes to the report."""
    for key in needed:
        if not text_of(row[key]):
            refuse(target, f"{told(row)}: {key} is empty", report)
            return False
    return True


def refuse(target: str, reason: str, report: ImportReport) -> None:
    """Report a row of an SQL file's answer that cannot be used."""
    report.unread.append(UnreadRow(f"{target}.sql", None, reason))


def told(row: Record) -> str:
    """A row in words: its columns that are not empty."""
    return ", ".join(f"{key} {text_of(value)}" for key, value in row.items() if text_of(value)) or "empty row"
