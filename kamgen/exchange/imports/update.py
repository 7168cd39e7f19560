"""`--update`: what the import owns is written into the files that are there, by the smallest edits, or nothing is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kamgen.edit import spans
from kamgen.edit.draft import Draft
from kamgen.edit.spans import CannotEdit
from kamgen.errors import KamgenError
from kamgen.exchange.imports.report import Difference, ImportReport
from kamgen.exchange.imports.workspace import Workspace
from kamgen.finding import Finding
from kamgen.read.origins import SETTINGS_FILE
from kamgen.read.playbook import default_settings
from kamgen.read.workspace import EXPORT_CAP_KB, Read


def owned_fields(read: Read) -> frozenset[str]:
    """The fields that kamgen.yml lets an import write; KamgenError where kamgen.yml cannot be relied on."""
    for problem in read.problems:
        if problem.place and problem.place.path == SETTINGS_FILE:
            text = f"{problem.message} {problem.hint}".strip()
            raise KamgenError(f"{SETTINGS_FILE}:{problem.place.line}: {text}")
    return frozenset(read.portfolio.settings.imports.owns)


def refuse_unread(workspace: Workspace) -> None:
    """Refuse to go on without the lists by which people and products are known: their ids would be guessed."""
    for known in (workspace.team, workspace.offer):
        if known and known.facts is None:
            raise KamgenError(
                f"{known.path} cannot be read. Put it right first (`kamgen check` shows the line), and import again."
            )


def drafted(
    root: Path, new_files: dict[str, str], exports: dict[str, str], edits: list[Difference], report: ImportReport
) -> Draft:
    """The workspace as the import wants it; edits that only a hand can make are told."""
    # What is written whole is larger than what anybody writes by hand.
    draft = Draft(root, default_settings().limits.model_copy(update={"file_size_kb": Decimal(EXPORT_CAP_KB)}))
    for path, text in new_files.items():
        draft.create(path, text)
    for path, text in exports.items():
        _put_whole(draft, path, text)
    for edit in edits:
        try:
            _make(draft, edit)
        except CannotEdit as why:
            report.failed.append(f"{edit}. {why}")
        else:
            report.updated.append(edit)
    return draft


def in_one_line(error: Finding) -> str:
    """A finding for the report: place, code, what is wrong and what to do."""
    return f"{error.place.path}:{error.place.line}: {error.code} {error.text}"


def _put_whole(draft: Draft, path: str, text: str) -> None:
    try:
        put = draft.replace if (draft.root / path).exists() else draft.create
        put(path, text)
    except CannotEdit as why:
        raise KamgenError(f"{path} could not be replaced: {why.why} Or delete it. Nothing was written.") from why


def _make(draft: Draft, edit: Difference) -> None:
    value = edit.in_import if edit.entry is None else edit.entry
    if not edit.subject.endswith(".yml"):
        draft.set(edit.subject, edit.keys, value)
        return
    try:
        draft.replace(edit.subject, spans.put(draft.text(edit.subject), edit.keys, value))
    except CannotEdit as why:
        raise CannotEdit(why.why, why.line, edit.subject) from why
