"""sales.csv and its like: every row checked, keys turned into slugs and ids, sorted, written whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from pydantic_core import PydanticCustomError

from kamgen.errors import KamgenError
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.targets import Column, Target
from kamgen.exchange.imports.values import Ids, Record, refuse, text_of, told
from kamgen.exchange.imports.write import csv_text
from kamgen.model.values import parse_day
from kamgen.read.tables import TABLES, BadCell

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CENT = Decimal("0.01")
_AHEAD = timedelta(days=1)  # where somebody sits it may be tomorrow already


@dataclass(frozen=True, slots=True)
class Keys:
    """What the export's keys stand for; `offer` and `people` are None where any text may stand.

    `contacts` is by account. Nothing has happened after `today`.
    """

    accounts: Ids
    offer: Ids | None = None
    people: Ids | None = None
    contacts: Mapping[str, Ids] = field(default_factory=dict)
    today: date | None = None


class _Stranger(Exception):
    """A row of somebody who is not known: told once for all their rows."""


def export_text(target: Target, rows: list[Record], keys: Keys, report: ImportReport) -> str:
    """The CSV file of a target; rows that cannot be used go to the report, those of one stranger as one."""
    present = rows[0].keys() if rows else {column.name for column in target.columns if column.needed}
    columns = [column for column in target.columns if column.name in present]
    lines: dict[tuple[str, ...], list[str]] = {}
    strangers: Counter[str] = Counter()
    repeated = 0
    for row in rows:
        try:
            cells = _cells(target, columns, row, keys)
        except _Stranger as error:
            strangers[str(error)] += 1
        except (ValueError, BadCell) as error:
            refuse(target.name, f"{told(row)}: {error}", report)
        else:
            repeated += _put(lines, target, columns, cells)
    for stranger, count in sorted(strangers.items()):
        refuse(target.name, f"{stranger} (rows lost: {count})", report)
    if repeated:
        report.notes.append(f"{target.name}.sql: rows that say the same as another and were left out: {repeated}")
    return csv_text([_heading(column) for column in columns], [lines[key] for key in sorted(lines)])


def _heading(column: Column) -> str:
    return "account" if column.kind == "crm_id" else column.name


def _put(lines: dict[tuple[str, ...], list[str]], target: Target, columns: list[Column], cells: list[str]) -> bool:
    """Put a row among the others; whether it was there already."""
    key = tuple(cell for column, cell in zip(columns, cells, strict=True) if column.name in target.key)
    if key in lines and not target.repeats:
        raise KamgenError(f"{target.name}.sql returns {', '.join(key)} twice: group by {', '.join(target.key)}.")
    is_there = key in lines
    lines[key] = cells
    return is_there


def _cells(target: Target, columns: list[Column], row: Record, keys: Keys) -> list[str]:
    """The cells of a row as they are written; what kamgen would not read back is refused here."""
    account = _account(_flat(row["crm_id"]), keys.accounts)
    cells = {_heading(column): _cell(column, _flat(row[column.name]), account, keys) for column in columns}
    TABLES[target.name].row(account, cells)
    return list(cells.values())


def _flat(value: object) -> str:
    return " ".join(text_of(value).split())  # a cell stays on its line


def _cell(column: Column, text: str, account: str, keys: Keys) -> str:
    match column.kind:
        case "crm_id":
            return account
        case "offer":
            return _product(column.name, text, keys.offer)
        case "person":
            return _person(column.name, text, keys.people)
        case "contact":
            return _contact(text, account, keys.contacts)
        case "day":
            return _day(column.name, text, keys.today)
        case "amount":
            return _amount(column, text)
        case "month" if not _MONTH.fullmatch(text):
            raise ValueError(f'{column.name} "{text}" is not a month such as 2026-04')
        case "count" if not re.fullmatch(r"[0-9]+", text):
            raise ValueError(f'{column.name} "{text}" is not a whole number')
        case "word" if not text:
            raise ValueError(f"{column.name} is empty")
    return text


def _account(crm_id: str, accounts: Ids) -> str:
    if crm_id not in accounts:
        raise _Stranger(f"no account has the crm_id {crm_id or '(none)'}")
    return accounts[crm_id]


def _product(name: str, text: str, offer: Ids | None) -> str:
    if not text:
        raise ValueError(f"{name} is empty")
    if offer is None:
        return text
    if text not in offer:
        raise ValueError(f'{name} "{text}" is not a key of offer.sql')
    return offer[text]


def _person(name: str, text: str, people: Ids | None) -> str:
    if text and people is not None and text not in people:
        raise _Stranger(f'{name} "{text}" is none of our people')
    return people[text] if text and people is not None else text


def _contact(text: str, account: str, contacts: Mapping[str, Ids]) -> str:
    if text and text not in contacts.get(account, {}):
        raise _Stranger(f'{account} has no contact "{text}" in its file')
    return contacts[account][text] if text else ""


def _day(name: str, text: str, today: date | None) -> str:
    try:
        day = parse_day(text)
    except PydanticCustomError as error:
        raise ValueError(f'{name} "{text}": {error.message()}') from error
    if today and day > today + _AHEAD:
        raise ValueError(f"{name} {text} lies ahead, and only what has happened belongs here")
    return day.isoformat()


def _amount(column: Column, text: str) -> str:
    """Two decimals; "" for an optional amount that is not there.

    Half a cent goes to the even cent: always up would make the total of many rows too high.
    """
    if not text and not column.needed:
        return ""
    try:
        amount = Decimal(text).quantize(_CENT, ROUND_HALF_EVEN)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise ValueError(f'{column.name} "{text}" is not a number')
    return format(amount + 0, "f")  # + 0 makes -0.00 plain
