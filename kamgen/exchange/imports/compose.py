"""From the rows of the targets to the texts of the workspace's files, and to the edits of files that are there.

Pure: nothing is read or written here. What exists already is compared; what the import does not own is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from kamgen.exchange.imports.accounts import Placed, account_records, add_contacts, contact_names, place_accounts
from kamgen.exchange.imports.exports import Keys, export_text
from kamgen.exchange.imports.gone import gone_accounts, gone_contacts
from kamgen.exchange.imports.lists import list_file, list_ids
from kamgen.exchange.imports.query import Answers
from kamgen.exchange.imports.report import Difference, ImportReport
from kamgen.exchange.imports.targets import TARGETS
from kamgen.exchange.imports.values import Ids
from kamgen.exchange.imports.workspace import KnownFile, Workspace

TEAM_FILE = "playbook/team.yml"
OFFER_FILE = "playbook/offer.yml"


@dataclass(slots=True)
class Composed:
    """Texts by path below the root: new files, and exports that are rewritten whole; and edits of what is there."""

    new_files: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)
    edits: list[Difference] = field(default_factory=list)


def compose(
    answers: Answers, workspace: Workspace, report: ImportReport, owns: Collection[str] = (), today: date | None = None
) -> Composed:
    """The files that an import makes; differences, notes and rows that cannot be used go to the report.

    `owns` names the fields whose differences are edits. No activity is later than `today`.
    """
    composed = Composed()
    people = _list("team", TEAM_FILE, answers, workspace.team, composed, report)
    offer = _list("offer", OFFER_FILE, answers, workspace.offer, composed, report)
    known_people = (workspace.team.facts if workspace.team else None) or {}
    ours = {*(people or {}).values(), *known_people}
    records = account_records(answers.get("accounts", []), people, report)
    add_contacts(records, answers.get("contacts", []), ours, report)
    placed = place_accounts(records, workspace, ours, report)
    composed.new_files |= placed.files
    if people is None and known_people:
        people = {id_: id_ for id_ in known_people}
    contacts = contact_names(placed, records, workspace, with_new="contacts" in owns)
    keys = Keys(placed.slugs, offer, people, contacts, today)
    _add_exports(composed, answers, keys, report)
    _divide(composed, owns, report)
    _tell_gone(answers, placed, workspace, report)
    return composed


def _list(
    target: str,
    path: str,
    answers: Answers,
    known: KnownFile | None,
    composed: Composed,
    report: ImportReport,
) -> Ids | None:
    """Compose or compare one list file; its ids by key, None when the preset has no such target."""
    if target not in answers:
        return None
    ids = list_ids(target, answers[target], known, report)
    text = list_file(answers[target], ids, known, report)
    if text is not None:
        composed.new_files[path] = text
    return ids


def _add_exports(composed: Composed, answers: Answers, keys: Keys, report: ImportReport) -> None:
    for name, rows in answers.items():
        target = TARGETS[name]
        if target.export:
            composed.exports[f"accounts/{target.export}"] = export_text(target, rows, keys, report)


def _divide(composed: Composed, owns: Collection[str], report: ImportReport) -> None:
    """The differences of what the import owns become edits; the others stay in the report."""
    composed.edits = [one for one in report.differences if one.owned_as in owns]
    report.differences = [one for one in report.differences if one.owned_as not in owns]


def _tell_gone(answers: Answers, placed: Placed, workspace: Workspace, report: ImportReport) -> None:
    if not report.update or "accounts" not in answers:
        return
    report.gone += gone_accounts(answers["accounts"], workspace)
    if any("key" in row for row in answers.get("contacts", [])):
        report.gone += gone_contacts(placed.pairs, workspace)
    if report.gone and any(row.line is not None for row in report.unread):
        report.notes.append("who is told as gone below may stand in one of the rows that were not read")
