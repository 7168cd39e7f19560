"""What an account's folder holds besides its YAML files: plan.md, notes, audits, attachments, strays."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kamgen.finding import Place
from kamgen.model.account import Audit, NoteHead, Plan
from kamgen.model.identity import ID_PATTERN, slug, subject
from kamgen.model.portfolio import SECTIONS, HeldAudit, Note
from kamgen.read import markdown
from kamgen.read.explain import Mistake
from kamgen.read.files import in_words
from kamgen.read.reading import Reading
from kamgen.read.records import take
from kamgen.read.source import TEMPLATE_CODE, Source, is_plan_of_year, listed
from kamgen.read.yaml import Document

_KNOWN_NAMES = ("account.yml", "contacts.yml", "plan.yml", "plan.md", "partnership.yml", "notes", "audits")
_DATED = re.compile(r"((?:19|20|21)\d{2}-\d{2}-\d{2})(?:-(.+))?", re.ASCII)
_NOTE_TAIL = re.compile(ID_PATTERN)
# A day as people write it in the name of a file: the year first, or the day first and the year last.
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20|21)\d{2})([-._ ]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20|21)\d{2}|\d{2})(?!\d)", re.ASCII)
# Where files with a date in their name belong, and what their names end with there.
_HOMES = {".md": ("notes", ".md"), ".markdown": ("notes", ".md"), ".txt": ("notes", ".md")}
_HOMES |= {".yml": ("audits", ".yml"), ".yaml": ("audits", ".yml")}


def read_folder(reading: Reading, inside: list[Path]) -> None:
    """Read what stands in an account's folder; its YAML parts have been read before."""
    for path in inside:
        if path.name == "notes":
            _read_dated(reading, path, ".md")
        elif path.name == "audits":
            _read_dated(reading, path, ".yml")
        elif path.name == "plan.md":
            _read_prose(reading, path)
        elif path.name not in _KNOWN_NAMES and not is_plan_of_year(path.name):
            reading.strays.append(path)
    for stray in _strays(reading):
        message = f'kamgen does not read "{reading.source.shown(stray)}" here.'
        reading.source.tell_file("KAM012", stray, message, _where_to(stray))


def _where_to(stray: Path) -> str:
    """What to do with a file that nothing reads."""
    if near := difflib.get_close_matches(stray.name.lower(), _KNOWN_NAMES, 1, 0.7):
        return f'Did you mean "{near[0]}"?'
    folder, ending = _HOMES.get(stray.suffix.lower(), ("", ""))
    if folder and stray.parent.name not in ("notes", "audits") and (name := _dated_name(stray.stem, ending)):
        return f"Move it into {folder}/." if name == stray.name else f"Move it into {folder}/, with the name {name}."
    return "Link to it from a note, move it elsewhere, or delete it."


def _strays(reading: Reading) -> Iterator[Path]:
    """Files that nothing reads and no note links to; a folder of nothing but attachments is none."""
    for path in reading.strays:
        inner = reading.source.origin.below(path)
        if not inner or any(reading.source.relative(p) not in reading.attachments for p in inner):
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
        near = difflib.get_close_matches(heading.lower()[:80], SECTIONS, 1, 0.6)
        source.tell(
            "KAM003",
            subject("prose", slug(heading)),
            f'plan.md has a heading "{heading}"; its sections are Intelligence, Intentions and Implementation.',
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
        if path.suffix != ending or reading.source.origin.is_folder(path):
            if path.suffix.lower() in (".md", ".markdown", ".txt", ".yml", ".yaml"):
                _tell_name(reading.source, path, ending)
                reading.source.miss(folder.name)
            else:
                reading.strays.append(path)
            continue
        on = _date_of(path.stem)
        if on is None or not _well_named(path.stem):
            _tell_name(reading.source, path, ending)
        if on:
            read_one(reading, path, on)
        else:
            reading.source.miss(folder.name)


def _date_of(stem: str) -> date | None:
    match = _DATED.match(stem)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _well_named(stem: str) -> bool:
    match = _DATED.fullmatch(stem)
    return bool(match and (match[2] is None or _NOTE_TAIL.fullmatch(match[2])))


def _tell_name(source: Source, path: Path, ending: str) -> None:
    example = "2026-03-12-graz-visit.md" if ending == ".md" else "2026-03-18.yml"
    meant = _dated_name(path.stem, ending)
    wanted = "begins with a real date, goes on with small letters, digits and hyphens, and ends with"
    thing = "a note" if ending == ".md" else "an audit"
    source.tell_file(
        "KAM013",
        path,
        f'"{source.shown(path)}" is no name for {thing}: that {wanted} {ending}.',
        f"Rename it to {meant}." if meant else f"Rename it, for example to {example}.",
    )


def _dated_name(stem: str, ending: str) -> str:
    """The name that a file with a day anywhere in its name should have; "" where there is none in the calendar."""
    if match := _YEAR_FIRST.search(stem):
        day = f"{match[1]}-{match[3]}-{match[4]}"
    elif match := _DAY_FIRST.search(stem):
        day = f"{match[3] if len(match[3]) == 4 else '20' + match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    else:
        return ""
    rest = f"{stem[: match.start()]} {stem[match.end() :]}"
    tail = f"-{slug(rest)}" if any(char.isalnum() for char in rest) else ""
    return f"{day}{tail}{ending}" if _date_of(day) else ""


def _read_note(reading: Reading, path: Path, on: date) -> None:
    source = reading.source
    text = source.text(path, "notes")
    if text is None:
        return
    front = markdown.split_front_matter(text)
    relative, at = source.relative(path), subject("notes", path.stem)
    document = source.parsed(front.yaml, relative, "notes", at)
    document.lines = text.split("\n")
    head = _note_head(reading, document, front)
    reading.notes.append(Note(path.stem, on, relative, head, markdown.title(front.body), front.body))
    if "{{" in front.body or "{%" in front.body:
        _tell_template_lines(source, at, relative, [""] * (front.body_line - 1) + front.body.split("\n"))
    for line, target in markdown.relative_links(front.body):
        _check_link(reading, path, target, document.spot(front.body_line + line - 1, 1), at)


def _note_head(reading: Reading, document: Document, front: markdown.FrontMatter) -> NoteHead:
    source, unknown_kind = reading.source, {"kind": "internal"}
    if front.state != "closed":
        document.mistakes.append(_about_head(front))
        document.tree = unknown_kind
    taken = take(NoteHead, document, reading.slug, unknown_kind)
    source.take(taken.problems, taken.distrusted)
    if taken.distrusted or front.state != "closed":
        source.miss("notes")  # nobody can tell whom it says to have been met
    return taken.record or NoteHead(kind="internal")


def _about_head(front: markdown.FrontMatter) -> Mistake:
    if front.state == "open":
        message = "The head of this note begins with --- here and never ends."
        return Mistake("KAM001", 1, 1, message, "Put a line with --- below its last key.")
    return Mistake(
        "KAM005",
        1,
        1,
        "This note has no head, so nobody knows what kind of note it is, and with whom.",
        "Begin the file with the three lines `---`, `kind: visit` and `---`.",
    )


def _check_link(reading: Reading, note: Path, target: str, place: Place, at: str) -> None:
    source = reading.source
    found = source.origin.linked(note, target)
    if found is None:
        hint = "Correct the path, or put the file into this account's folder: what lies outside is not published."
        source.tell("KAM019", f"{at}.{subject(target)}", f'The link to "{target}" leads nowhere.', hint, place)
    elif found[0].suffix not in (".md", ".yml"):
        _attach(reading, *found)


def _attach(reading: Reading, path: Path, size: int) -> None:
    source = reading.source
    cap = int(source.limits.attachment_size_kb) * 1024
    if size <= cap:
        reading.attachments.add(source.relative(path))
        return
    source.tell_file(
        "KAM010",
        path,
        f'The attachment "{path.name}" is too large ({in_words(size)}): files up to {in_words(cap)} are published.',
        "Make it smaller, or link to the place where it is kept.",
    )


def _read_audit(reading: Reading, path: Path, on: date) -> None:
    source = reading.source
    document = source.document(path, "audits", subject("audits", path.stem))
    if document is None:
        return
    taken = take(Audit, document, reading.slug)
    source.take(taken.problems, taken.distrusted)
    if taken.record is None:
        source.miss("audits")
    else:
        reading.audits.append(HeldAudit(path.stem, on, source.relative(path), taken.record))
