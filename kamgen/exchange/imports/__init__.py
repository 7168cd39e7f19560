"""`kamgen import`: exports of a CRM or ERP become a workspace.

A preset is a folder of SQL files, one a target, and a small preset.yml about the export. The stages:

    export folder ──rows──▶ tables ──query──▶ rows of each target ──compose──▶ accounts, team, offer, CSV
                                                                └──workspace──▶ differences ──write──▶ files
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.exchange.imports.compose import Composed, compose
from kamgen.exchange.imports.preset import load_preset
from kamgen.exchange.imports.query import run_queries
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.workspace import read_workspace

__all__ = ["ImportReport", "run_import"]


def run_import(
    preset_or_folder: str,
    source: Path,
    root: Path,
    *,
    shift_years: int | None = None,
    as_of: date | None = None,
    today: date | None = None,
) -> ImportReport:
    """Import the exports in `source` into the workspace at `root`, and say what came of it.

    `preset_or_folder` names a shipped preset, else a folder of SQL files. `shift_years` and `as_of` win over
    the preset's own; `today` is taken where neither says a day. Existing account, team and offer files are
    only compared; sales.csv and deliveries.csv are written whole. Nothing is written before everything is
    computed, and then all files or none. Raises KamgenError when the preset or the export as a whole cannot be
    used; rows that cannot be used are in the report.
    """
    preset = load_preset(preset_or_folder).adjusted(shift_years=shift_years, as_of=as_of, today=today)
    report = ImportReport(preset=preset.name, source=str(source), shift_years=preset.shift_years)
    answers = run_queries(preset, source, report)
    workspace = read_workspace(root)
    composed = compose(answers, workspace, report)
    _write(composed, root, report)
    return report


def _write(composed: Composed, root: Path, report: ImportReport) -> None:
    changed = {path: text for path, text in composed.exports.items() if not _holds(root / path, text)}
    for path in [path for path, text in changed.items() if report.unread and _only_heading(text)]:
        if (root / path).exists():
            del changed[path]
            report.notes.append(f"{path} was left as it was: not one row of the new export could be used")
    write_files({root / path: text for path, text in {**composed.new_files, **changed}.items()})
    report.created += composed.new_files
    report.rewritten += changed
    report.unchanged += [path for path in composed.exports if path not in changed]


def _only_heading(text: str) -> bool:
    return text.count("\n") <= 1


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
