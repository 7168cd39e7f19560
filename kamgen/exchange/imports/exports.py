"""sales.csv and its like: every row checked, keys turned into slugs and ids, sorted, written whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from kamgen.errors import KamgenError
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.targets import Column, Target
from kamgen.exchange.imports.values import Ids, Record, refuse, text_of, told
from kamgen.exchange.imports.write import csv_text

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Keys:
    """What the export's keys stand for; `offer` is None where products are any text."""

    accounts: Ids
    offer: Ids | None


class _UnknownAccount(Exception):
    """A row of a customer that is no account."""


def export_text(target: Target, rows: list[Record], keys: Keys, report: ImportReport) -> str:
    """The CSV file of a target; rows that cannot be used go to the report, an unknown account's as one."""
    present = rows[0].keys() if rows else {column.name for column in target.columns if column.needed}
    columns = [column for column in target.columns if column.name in present]
    lines: dict[tuple[str, ...], list[str]] = {}
    unknown: Counter[str] = Counter()
    for row in rows:
        try:
            cells = [_cell(column, row[column.name], keys) for column in columns]
        except _UnknownAccount as error:
            unknown[str(error)] += 1
        except ValueError as error:
            refuse(target.name, f"{told(row)}: {error}", report)
        else:
            _put(lines, target, columns, cells)
    for crm_id, count in sorted(unknown.items()):
        refuse(target.name, f"no account has the crm_id {crm_id} (rows lost: {count})", report)
    heading = ["account" if column.kind == "crm_id" else column.name for column in columns]
    return csv_text(heading, [lines[key] for key in sorted(lines)])


def _put(lines: dict[tuple[str, ...], list[str]], target: Target, columns: list[Column], cells: list[str]) -> None:
    key = tuple(cell for column, cell in zip(columns, cells, strict=True) if column.name in target.key)
    if key in lines:
        raise KamgenError(f"{target.name}.sql returns {', '.join(key)} twice: group by {', '.join(target.key)}.")
    lines[key] = cells


def _cell(column: Column, value: object, keys: Keys) -> str:
    text = " ".join(text_of(value).split())  # a cell stays on its line
    if column.kind == "crm_id":
        return _account(text, keys.accounts)
    if column.kind == "offer":
        return _product(column.name, text, keys.offer)
    if column.kind == "month" and not _MONTH.fullmatch(text):
        raise ValueError(f'{column.name} "{text}" is not a month such as 2026-04')
    if column.kind == "amount":
        return _amount(column, text)
    if column.kind == "count" and not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f'{column.name} "{text}" is not a whole number')
    return text


def _account(crm_id: str, accounts: Ids) -> str:
    if crm_id not in accounts:
        raise _UnknownAccount(crm_id or "(none)")
    return accounts[crm_id]


def _product(name: str, text: str, offer: Ids | None) -> str:
    if not text:
        raise ValueError(f"{name} is empty")
    if offer is None:
        return text
    if text not in offer:
        raise ValueError(f'{name} "{text}" is not a key of offer.sql')
    return offer[text]


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
