"""`kamgen export`: the portfolio and every fact as CSV and JSON, for a BI tool. docs/export.md describes the shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.errors import KamgenError
from kamgen.exchange.export import accounts, business, partnership, plans, relations, selling
from kamgen.exchange.export.course import COURSE
from kamgen.exchange.export.table import Cell, Row, Source, Table
from kamgen.exchange.export.written import as_csv, as_json
from kamgen.facts.course import Course
from kamgen.finding import Finding
from kamgen.model.portfolio import Portfolio

FORMAT = 1  # tables and columns are added, never changed; a change of meaning makes it 2
DOCUMENT = "kamgen.json"
TABLES: tuple[Table, ...] = (
    *accounts.TABLES,
    *plans.TABLES,
    *relations.TABLES,
    *partnership.TABLES,
    *business.TABLES,
    *selling.TABLES,
)
_OURS = {"format", "kamgen", "as_of", "tables"}
_SOURCES = ("accounts", "playbook")


def export(
    portfolio: Portfolio,
    findings: Iterable[Finding],
    root: Path,
    folder: Path,
    version: str,
    courses: Mapping[str, Course] | None = None,
) -> str:
    """Write every table into a folder, all or none; the words that say what was written.

    `root` is the workspace's. The folder is new, empty, or holds an earlier export, whose files are written anew;
    nothing is ever deleted. With `courses` there is one table more, of how each account stood over the year; without
    them the one of an earlier export is emptied rather than left to grow old. Raises KamgenError for any other folder,
    and where there is no account.
    """
    if not portfolio.accounts:
        raise KamgenError(f"No account was found in {root / 'accounts'}, so there is nothing to export.")
    _refuse_unfit(folder, root)
    made = made_tables(portfolio, findings)
    if courses is not None or (folder / f"{COURSE.name}.csv").exists():
        made.append((COURSE, list(COURSE.rows(Source(portfolio, (), courses or {})))))
    files = {folder / f"{table.name}.csv": as_csv(table, rows) for table, rows in made}
    head: dict[str, Cell] = {
        "format": FORMAT,
        "kamgen": version,
        "as_of": portfolio.as_of,
        "currency": portfolio.settings.currency,
    }
    write_files({**files, folder / DOCUMENT: as_json(head, made)})
    return _told(portfolio, made, folder)


def made_tables(portfolio: Portfolio, findings: Iterable[Finding]) -> list[tuple[Table, list[Row]]]:
    """Every table with its rows; nothing private is in them."""
    source = Source(portfolio, tuple(findings))
    return [(table, list(table.rows(source))) for table in TABLES]


def _refuse_unfit(folder: Path, root: Path) -> None:
    try:
        read = next((name for name in _SOURCES if folder.resolve().is_relative_to((root / name).resolve())), None)
        is_file = folder.exists() and not folder.is_dir()
        is_free = is_file or not folder.is_dir() or _is_free(folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise KamgenError(f"{folder} cannot be looked into: {getattr(error, 'strerror', None) or error}.") from error
    if read:
        raise KamgenError(f"{folder} lies in {read}/, which kamgen reads. Export to a folder outside of it.")
    if is_file:
        raise KamgenError(f"{folder} is a file. Name a folder to export to.")
    if not is_free:
        raise KamgenError(f"{folder} holds other files. Name a new folder, an empty one, or that of an earlier export.")


def _is_free(folder: Path) -> bool:
    """Whether nothing of others can be overwritten; hidden files, such as .gitignore, do not count."""
    return _is_export(folder / DOCUMENT) or all(path.name.startswith(".") for path in folder.iterdir())


def _is_export(document: Path) -> bool:
    if not document.is_file():
        return False
    try:
        known = json.loads(document.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(known, dict) and set(known) >= _OURS


def _told(portfolio: Portfolio, made: list[tuple[Table, list[Row]]], folder: Path) -> str:
    rows = sum(len(found) for _, found in made)
    lines = [f"Exported {len(portfolio.accounts)} accounts to {folder}: {len(made)} tables with {rows} rows."]
    lines += [f"Each table is a CSV file; {DOCUMENT} holds all of them."]
    if unread := sorted(portfolio.unread):
        lines += [f"Not in it, since it could not be read: {', '.join(unread)}. `kamgen check` tells why."]
    return "\n".join(lines) + "\n"
