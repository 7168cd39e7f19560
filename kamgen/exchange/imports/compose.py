"""From the rows of the targets to the texts of the workspace's files.

Pure: nothing is read or written here. What exists already is compared and told, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kamgen.exchange.imports.accounts import account_records, add_contacts, place_accounts
from kamgen.exchange.imports.exports import Keys, export_text
from kamgen.exchange.imports.lists import list_file, list_ids
from kamgen.exchange.imports.query import Answers
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.targets import TARGETS
from kamgen.exchange.imports.values import Ids
from kamgen.exchange.imports.workspace import KnownFile, Workspace

TEAM_FILE = "playbook/team.yml"
OFFER_FILE = "playbook/offer.yml"


@dataclass(slots=True)
class Composed:
    """Texts by path below the root: new files, and exports that are rewritten whole."""

    new_files: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)


def compose(answers: Answers, workspace: Workspace, report: ImportReport) -> Composed:
    """The files that an import makes; differences, notes and rows that cannot be used go to the report."""
    composed = Composed()
    people = _list("team", TEAM_FILE, answers, workspace.team, composed, report)
    offer = _list("offer", OFFER_FILE, answers, workspace.offer, composed, report)
    records = account_records(answers.get("accounts", []), people, report)
    ours = {*(people or {}).values(), *((workspace.team.facts if workspace.team else None) or {})}
    add_contacts(records, answers.get("contacts", []), ours, report)
    slugs, files = place_accounts(records, workspace, report)
    composed.new_files |= files
    for name, rows in answers.items():
        target = TARGETS[name]
        if target.export:
            composed.exports[f"accounts/{target.export}"] = export_text(target, rows, Keys(slugs, offer), report)
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
