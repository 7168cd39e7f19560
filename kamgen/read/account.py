"""One account: its file or its folder, read as one document, with its notes and audits."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kamgen.finding import Place, Problem
from kamgen.model.account import AccountFile, Audit, Contact, Evidence, NoteHead, Plan
from kamgen.model.identity import ID_PATTERN, IS_ID, slug, subject
from kamgen.model.portfolio import Account, HeldAudit, Note, Playbook
from kamgen.model.settings import Limits
from kamgen.model.values import IndicatorId, Stage
from kamgen.read import markdown, references
from kamgen.read.records import take
from kamgen.read.source import TEMPLATE_CODE, Source, listed
from kamgen.read.yaml import Document

PARTS = ("contacts", "plan", "partnership")
_KINDS: Mapping[str, Any] = {
    "contacts": dict[str, Contact],
    "plan": Plan,
    "partnership": dict[IndicatorId, Evidence],
}
_KNOWN_NAMES = ("account.yml", "contacts.yml", "plan.yml", "plan.md", "partnership.yml", "notes", "audits")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(.+))?")
_NOTE_TAIL = re.compile(ID_PATTERN)
_LISTS = ("dates", "planned", "promises", "waivers")


@dataclass(slots=True)
class Found:
    """Where an account's files are, before anything is read."""

    slug: str
    file: Path | None = None
    folder: Path | None = None


@dataclass(slots=True)
class Reading:
    """An account half read: its record is there, its references are not yet checked."""

    source: Source
    slug: str
    record: AccountFile
    stage: Stage | None
    files: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    audits: list[HeldAudit] = field(default_factory=list)
    attachments: set[str] = field(default_factory=set)
    strays: list[Path] = field(default_factory=list)


def read_account(found: Found, root: Path, limits: Limits) -> Reading:
    """Read an account's files. Wrong content becomes problems in the reading's source."""
    base = found.folder or found.file
    assert base is not None
    source = Source(root, limits, found.slug, base.relative_to(root).as_posix().removesuffix(".yml"))
    parts = _parts(source, found)
    reading = Reading(source, found.slug, *_record(source, found, parts))
    reading.files = {part: document.path for part, document in parts.items()}
    if found.folder:
        _read_folder(reading, found.folder)
    _check_ids(reading)
    return reading


def _parts(source: Source, found: Found) -> dict[str, Document]:
    """The documents of an account by the part they hold."""
    parts: dict[str, Document] = {}
    folder_file = found.folder / "account.yml" if found.folder else None
    own = folder_file if folder_file and _there(folder_file) else None
    if own and found.file:
        source.tell_file(
            "KAM009",
            found.file,
            f'The account "{found.slug}" stands twice: {source.relative(found.file)} and {source.relative(own)}. '
            "The folder's was read.",
            "Bring the two together in one of them and delete the other.",
        )
    base = own or found.file
    if base and (document := source.document(base, "account", "")):
        parts["account"] = document
    for part in PARTS if found.folder else ():
        path = found.folder / f"{part}.yml" if found.folder else None
        if path and _there(path) and (document := source.document(path, part, part)):
            parts[part] = document
    return parts


def _there(path: Path) -> bool:
    # A dangling link counts: its reader says what is wrong with it.
    return path.is_symlink() or path.exists()


def _record(source: Source, found: Found, parts: dict[str, Document]) -> tuple[AccountFile, Stage | None]:
    whole: dict[str, Any] = {}
    for part in PARTS:
        if part in parts:
            _refuse_second(source, parts, part)
            taken = take(_KINDS[part], parts[part], found.slug)
            source.take(taken.problems, taken.distrusted)
            whole[part] = taken.record
            if taken.record is None:
                source.unread.add(part)
    record = _base_record(source, found, parts)
    present = {part: value for part, value in whole.items() if value is not None}
    stage = None if (found.slug, "stage") in source.distrusted or "account" in source.unread else record.stage
    return record.model_copy(update=present), stage


def _refuse_second(source: Source, parts: dict[str, Document], part: str) -> None:
    base = parts.get("account")
    if base and isinstance(base.tree, dict) and base.tree.pop(part, None) is not None:
        source.tell(
            "KAM009",
            part,
            f'"{part}" stands twice: here and in {parts[part].path}. The file {part}.yml was read.',
            "Move what is missing there and delete it here.",
            base.place((part,)),
        )


def _base_record(source: Source, found: Found, parts: dict[str, Document]) -> AccountFile:
    fallback = {"name": found.slug, "stage": "suspect"}
    if "account" not in parts:
        if "account" not in source.unread and found.folder:
            source.distrusted.add((found.slug, "stage"))
            source.tell(
                "KAM005",
                "account",
                f'The folder "{found.folder.name}" has no account.yml, so nobody knows the account\'s name and stage.',
                "Add account.yml with the two lines `name: …` and `stage: customer` (or suspect, prospect, key).",
                Place(source.relative(found.folder)),
            )
        return AccountFile.model_validate(fallback)
    taken = take(AccountFile, parts["account"], found.slug, fallback)
    source.take(taken.problems, taken.distrusted)
    if taken.record is None:
        source.unread.add("account")
        return AccountFile.model_validate(fallback)
    record: AccountFile = taken.record
    return record


def _read_folder(reading: Reading, folder: Path) -> None:
    for path in listed(reading.source, folder):
        if path.name == "notes":
            _read_dated(reading, path, ".md")
        elif path.name == "audits":
            _read_dated(reading, path, ".yml")
        elif path.name == "plan.md":
            _read_prose(reading, path)
        elif path.name not in _KNOWN_NAMES:
            reading.strays.append(path)
    for stray in _strays(reading):
        near = difflib.get_close_matches(stray.name.lower(), _KNOWN_NAMES, 1, 0.7)
        reading.source.tell_file(
            "KAM012",
            stray,
            f'kamgen does not read "{stray.name}" here.',
            f'Did you mean "{near[0]}"?' if near else "Link to it from a note, move it elsewhere, or delete it.",
        )


def _strays(reading: Reading) -> Iterator[Path]:
    """Files that nothing reads and no note links to; a folder of nothing but attachments is none."""
    for path in reading.strays:
        if path.is_dir() and not path.is_symlink():
            inner = [p for p in path.rglob("*") if p.is_file()]
            if not inner or any(reading.source.relative(p) not in reading.attachments for p in inner):
                yield path
        elif reading.source.relative(path) not in reading.attachments:
            yield path


def _read_prose(reading: Reading, path: Path) -> None:
    source = reading.source
    text = source.text(path, "plan")
    if text is None:
        return
    reading.files["prose"] = source.relative(path)
    reading.sections, unknown = markdown.sections(text)
    if reading.record.plan is None and "plan" not in source.unread:
        reading.record = reading.record.model_copy(update={"plan": Plan()})
    lines = text.split("\n")
    for line, heading in unknown:
        near = difflib.get_close_matches(heading.lower(), ("intelligence", "intentions", "implementation"), 1, 0.6)
        source.tell(
            "KAM003",
            subject("prose", slug(heading)),
            f'plan.md has a heading "{heading}"; the sections are Intelligence, Intentions and Implementation.',
            f'Did you mean "{near[0].title()}"?' if near else "Use ### for headings within a section.",
            Place(reading.files["prose"], line, 1, lines[line - 1]),
        )
    _tell_template_lines(source, "prose", reading.files["prose"], lines)


def _tell_template_lines(source: Source, name: str, path: str, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if "{{" in line or "{%" in line:
            column = min(i for i in (line.find("{{"), line.find("{%")) if i >= 0) + 1
            source.tell("KAM016", name, *TEMPLATE_CODE, Place(path, number, column, line))
            return


def _read_dated(reading: Reading, folder: Path, ending: str) -> None:
    read_one = _read_note if ending == ".md" else _read_audit
    for path in listed(reading.source, folder):
        if path.is_dir() or path.suffix != ending:
            if path.suffix in (".md", ".yml", ".yaml"):
                _tell_name(reading.source, path, folder.name, ending)
            else:
                reading.strays.append(path)
            continue
        on = _date_of(path.stem)
        if on is None or not _well_named(path.stem):
            _tell_name(reading.source, path, folder.name, ending)
        if on:
            read_one(reading, path, on)
        else:
            reading.source.unread.add(folder.name)


def _date_of(stem: str) -> date | None:
    match = _DATED.match(stem)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _well_named(stem: str) -> bool:
    match = _DATED.fullmatch(stem)
    return bool(match and (match[2] is None or _NOTE_TAIL.fullmatch(match[2])))


def _tell_name(source: Source, path: Path, kind: str, ending: str) -> None:
    example = "2026-03-12-graz-visit.md" if ending == ".md" else "2026-03-18.yml"
    match = _DATED.match(path.stem)
    if match and _date_of(path.stem):
        tail = slug(match[2]) if match[2] else ""
        example = f"{match[1]}{'-' + tail if tail else ''}{ending}"
    source.tell_file(
        "KAM013",
        path,
        f'The name "{path.name}" in {kind}/ must begin with a real date and go on with small letters, digits and hyphens.',
        f"Rename it, for example to {example}.",
    )


def _read_note(reading: Reading, path: Path, on: date) -> None:
    source = reading.source
    text = source.text(path, "notes")
    if text is None:
        return
    head_text, body, body_line = markdown.split_front_matter(text)
    relative, at = source.relative(path), subject("notes", path.stem)
    document = source.parsed(head_text, relative, "notes", at)
    document.lines = text.split("\n")
    taken = take(NoteHead, document, reading.slug, {"kind": "internal"})
    source.take(taken.problems, taken.distrusted)
    head = taken.record or NoteHead(kind="internal")
    reading.notes.append(Note(path.stem, on, relative, head, markdown.title(body), body))
    if "{{" in body or "{%" in body:
        _tell_template_lines(source, at, relative, [""] * (body_line - 1) + body.split("\n"))
    for line, target in markdown.relative_links(body):
        _check_link(reading, path, target, document.spot(body_line + line - 1, 1), at)


def _check_link(reading: Reading, note: Path, target: str, place: Place, at: str) -> None:
    source = reading.source
    folder = note.parent.parent
    try:
        resolved = (note.parent / target).resolve()
        inside = resolved.is_relative_to(folder.resolve()) and resolved.is_file()
    except (OSError, ValueError):
        resolved, inside = note, False
    if not inside:
        hint = "Correct the path, or put the file into this account's folder (links out of it do not reach the site)."
        source.tell("KAM019", f"{at}.{subject(target)}", f'The link to "{target}" leads nowhere.', hint, place)
        return
    if resolved.suffix in (".md", ".yml"):
        return
    size = resolved.stat().st_size
    if size > int(source.limits.attachment_size_kb) * 1024:
        source.tell_file(
            "KAM010",
            resolved,
            f'The attachment "{resolved.name}" is {size / 1024 / 1024:.1f} MB; '
            f"at most {int(source.limits.attachment_size_kb) // 1024} MB are published.",
            "Make it smaller, or link to the place where it is kept.",
        )
        return
    reading.attachments.add(source.relative(folder / resolved.relative_to(folder.resolve())))


def _read_audit(reading: Reading, path: Path, on: date) -> None:
    source = reading.source
    document = source.document(path, "audits", subject("audits", path.stem))
    if document is None:
        return
    taken = take(Audit, document, reading.slug)
    source.take(taken.problems, taken.distrusted)
    if taken.record is None:
        source.unread.add("audits")
    else:
        reading.audits.append(HeldAudit(path.stem, on, source.relative(path), taken.record))


def _check_ids(reading: Reading) -> None:
    """Ids in their form (KAM004), and none twice in one list (KAM009)."""
    record = reading.record
    plan = record.plan or Plan()
    mappings = {("contacts",): record.contacts, ("sites",): record.sites, ("plan", "intentions"): plan.intentions}
    for keys, mapping in mappings.items():
        for name in mapping:
            if not IS_ID(name):
                _tell_id(reading, (*keys, name), name)
    for keys, items in _item_lists(record, plan):
        seen: set[str] = set()
        for item in items:
            if item.id in seen:
                _tell_twice(reading, (*keys, item.id), item.id)
            elif not IS_ID(item.id):
                _tell_id(reading, (*keys, item.id), item.id)
            seen.add(item.id)


def _item_lists(record: AccountFile, plan: Plan) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in _LISTS:
        yield (name,), getattr(record, name)
    for name in ("implementation", "decisions", "past_periods"):
        yield ("plan", name), getattr(plan, name)
    for name in ("strengths", "weaknesses", "opportunities", "threats"):
        if plan.intelligence:
            yield ("plan", "intelligence", name), getattr(plan.intelligence, name)
    for goal_id, goal in plan.intentions.items():
        yield ("plan", "intentions", goal_id, "stages"), goal.stages


def _tell_id(reading: Reading, keys: tuple[str, ...], name: str) -> None:
    reading.source.problems.append(
        Problem(
            reading.slug,
            subject(*keys),
            f'"{name}" cannot be an id: ids are small letters, digits and hyphens.',
            f'Write "{slug(name)}", here and wherever it is used.',
            "KAM004",
        )
    )


def _tell_twice(reading: Reading, keys: tuple[str, ...], name: str) -> None:
    reading.source.problems.append(
        Problem(
            reading.slug,
            subject(*keys),
            f'Two entries of this list have the id "{name}".',
            "Word one of them differently, or give it an `id:` of its own.",
            "KAM009",
        )
    )


def finished(reading: Reading, playbook: Playbook, as_of: date) -> Account:
    """The account with every reference and date checked against the playbook and itself."""
    source, record = reading.source, reading.record
    plan = record.plan
    known = _known(reading, playbook)
    checked = references.Checked(reading.slug, known, as_of)
    source.problems += references.check(AccountFile, record, (), checked)
    for note in reading.notes:
        source.problems += references.check(NoteHead, note.head, ("notes", note.id), checked)
        _refuse_future(source, note.on, as_of, ("notes", note.id), note.path)
    for held in reading.audits:
        source.problems += references.check(Audit, held.audit, ("audits", held.id), checked)
        _refuse_future(source, held.on, as_of, ("audits", held.id), held.path)
    for name in sorted(set(record.contacts) & set(playbook.team or ())):
        source.problems.append(
            Problem(
                reading.slug,
                subject("contacts", name),
                f'The contact "{name}" has the id of one of our people, so nobody could tell them apart.',
                "Give the contact another id.",
                "KAM009",
            )
        )
    return Account(
        slug=reading.slug,
        stage=reading.stage,
        record=record if plan or not reading.sections else record.model_copy(update={"plan": Plan()}),
        files=reading.files,
        sections=reading.sections,
        notes=tuple(sorted(reading.notes, key=lambda note: (note.on, note.id))),
        audits=tuple(sorted(reading.audits, key=lambda held: (held.on, held.id))),
        attachments=tuple(sorted(reading.attachments)),
        unread=frozenset(source.unread),
    )


def _known(reading: Reading, playbook: Playbook) -> references.Known:
    record, unread = reading.record, reading.source.unread
    plan = record.plan or Plan()
    planned = not unread & {"plan", "account"}
    return {
        "ours": playbook.team,
        "contact": None if unread & {"contacts", "account"} else record.contacts,
        "goal": plan.intentions if planned else None,
        "action": [action.id for action in plan.implementation] if planned else None,
        "site": record.sites if "account" not in unread else None,
        "topic": ("deliveries", "sales"),
        "date": [item.id for item in record.dates],
        "not-known-yet": ("not-known-yet",),
        "indicator": playbook.indicators,
        "question": playbook.menu,
        "criterion": playbook.criteria.criteria,
        "definition": playbook.criteria.definitions,
        "family": playbook.offer,
    }


def _refuse_future(source: Source, on: date, as_of: date, keys: tuple[str, ...], path: str) -> None:
    if (on - as_of).days > 1:
        source.tell(
            "KAM015",
            subject(*keys),
            f"This {keys[0].removesuffix('s')} is dated {on}, which lies in the future (today is {as_of}).",
            "Correct the date at the beginning of the file's name.",
            Place(path),
        )
