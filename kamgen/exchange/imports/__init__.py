"""`kamgen import`: exports of a CRM or ERP become a workspace.

A preset is a folder of SQL files, one a target, and a small preset.yml about the export. The stages:

    export folder ──rows──▶ tables ──query──▶ rows of each target ──compose──▶ accounts, team, offer, CSV
                                                                └──workspace──▶ differences ──update──▶ edits
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.edit.safety import new_errors
from kamgen.exchange.imports.compose import Composed, compose
from kamgen.exchange.imports.preset import Preset, load_preset
from kamgen.exchange.imports.query import run_queries
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.update import drafted, in_one_line, owned_fields, refuse_unread
from kamgen.exchange.imports.workspace import Workspace, known_workspace
from kamgen.model.settings import Settings
from kamgen.read.workspace import read_workspace

__all__ = ["ImportReport", "run_import", "run_update"]

Clock = Callable[[Settings], tuple[date, bool]]


def run_import(
    preset_or_folder: str,
    source: Path,
    root: Path,
    *,
    shift_years: int | None = None,
    as_of: date | None = None,
    today: date | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Import the exports in `source` into the workspace at `root`, and say what came of it.

    `preset_or_folder` names a shipped preset, else a folder of SQL files. `shift_years` and `as_of` win over
    the preset's own; `today` is taken where neither says a day. Existing account, team and offer files are
    only compared; the CSV exports are written whole. Nothing is written before everything is computed, and then all
    files or none; in a dry run nothing at all. Raises KamgenError when the preset or the export as a whole cannot be
    used; rows that cannot be used are in the report.
    """
    preset = load_preset(preset_or_folder).adjusted(shift_years=shift_years, as_of=as_of, today=today)
    report = _report(preset, source, dry_run=dry_run)
    composed = _composed(preset, source, known_workspace(root), report)
    files = {**composed.new_files, **_changed_exports(composed, root, report)}
    if not dry_run:
        write_files({root / path: text for path, text in files.items()})
    return report


def run_update(preset_or_folder: str, source: Path, root: Path, clock: Clock, *, dry_run: bool = False) -> ImportReport:
    """Import the exports in `source` into the workspace at `root`, and write what the import owns into files there.

    kamgen.yml says what it owns. Where the result would hold a mistake in the data that is not there now, nothing is
    written and the mistake is in the report. `clock` says which day it is. Raises KamgenError as `run_import` does,
    and where kamgen.yml is wrong.
    """
    before = read_workspace(root, clock)
    owns = owned_fields(before)
    day = before.portfolio.as_of
    preset = load_preset(preset_or_folder).adjusted(shift_years=None, as_of=None, today=day)
    report = _report(preset, source, update=True, dry_run=dry_run)
    workspace = known_workspace(root)
    refuse_unread(workspace)
    composed = _composed(preset, source, workspace, report, owns)
    draft = drafted(root, composed.new_files, _changed_exports(composed, root, report), composed.edits, report)
    errors = new_errors(before, read_workspace(root, clock, draft.files)) if draft.changed else []
    report.refused += map(in_one_line, errors)
    if not (report.refused or dry_run):
        draft.write()
    return report


def _report(preset: Preset, source: Path, *, update: bool = False, dry_run: bool) -> ImportReport:
    return ImportReport(preset.name, str(source), preset.shift_years, update, dry_run)


def _composed(
    preset: Preset, source: Path, workspace: Workspace, report: ImportReport, owns: frozenset[str] = frozenset()
) -> Composed:
    answers = run_queries(preset, source, report)
    composed = compose(answers, workspace, report, owns, preset.as_of)
    report.created += composed.new_files
    return composed


def _changed_exports(composed: Composed, root: Path, report: ImportReport) -> dict[str, str]:
    """The exports that are to be written; those of which nothing came in stay as they are."""
    changed = {path: text for path, text in composed.exports.items() if not _holds(root / path, text)}
    for path in [path for path, text in changed.items() if report.unread and _only_heading(text)]:
        if (root / path).exists():
            del changed[path]
            report.notes.append(f"{path} was left as it was: not one row of the new export could be used")
    report.rewritten += changed
    report.unchanged += [path for path in composed.exports if path not in changed]
    return changed


def _only_heading(text: str) -> bool:
    return text.count("\n") <= 1


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
