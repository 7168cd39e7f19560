"""Notes: what happened, what went wrong, and that it was put right. Their text is data, whatever stands in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kamgen.edit.slips.desk import Desk, many_lines
from kamgen.edit.writing import scalar
from kamgen.errors import KamgenError
from kamgen.facts.rewording import same
from kamgen.facts.texts import shown
from kamgen.model.account import NoteHead
from kamgen.model.identity import numbered, slug
from kamgen.model.portfolio import Note
from kamgen.model.slips import Complaint, Noted, Resolved


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that is to be written; `lasting`: it says the same on whatever day it is written."""

    on: date
    kind: str
    title: str
    text: str = ""
    with_: Sequence[str] = ()
    who: Sequence[str] = ()
    about: Sequence[str] = ()
    private: bool = False
    lasting: bool = False


def note(desk: Desk, slip: Noted) -> tuple[str, ...]:
    """Write a note: its kind and who was there in the head, what was said below it."""
    add_note(desk, NewNote(desk.day(slip.on), slip.what, slip.title, slip.text, slip.with_, _ours(slip)))
    return ()


def complaint(desk: Desk, slip: Complaint) -> tuple[str, ...]:
    """Write a note of the kind `issue`."""
    who = (slip.by,) if slip.by else ()
    add_note(desk, NewNote(desk.day(slip.on), "issue", slip.title, slip.text, slip.with_, who))
    return ()


def _ours(slip: Noted) -> Sequence[str]:
    return slip.who or ((slip.by,) if slip.by else ())


def resolved(desk: Desk, slip: Resolved) -> tuple[str, ...]:
    """Write `resolved` into the note's head, and below its text what was done."""
    thing = desk.find(slip.complaint, ["complaint"])
    assert isinstance(thing.record, NoteHead)
    if thing.record.resolved:
        return ()
    on = desk.day(slip.on)
    there = next(note for note in desk.account.notes if note.id == thing.id)
    if there.on and on < there.on:
        raise KamgenError(f'"{shown(there.title)}" was written on {there.on}, so it was not put right on {on}.')
    desk.draft.set_in_note(desk.slug, thing.id, ("resolved",), on.isoformat())
    if slip.what:
        text = _with_paragraph(desk.draft.text(there.path), f"Put right on {on}: {slip.what}")
        desk.draft.replace(there.path, text)
    return ()


def _with_paragraph(text: str, paragraph: str) -> str:
    """A text with a paragraph more, in the line ends that it has."""
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(end * 2) else end if text.endswith("\n") else end * 2
    return f"{text}{gap}{paragraph}{end}"


# --- A new note -----------------------------------------------------------------------------------------


def add_note(desk: Desk, new: NewNote) -> None:
    """Write a note; one that says the same stays as it is, whatever was added to it."""
    desk.refuse_unread("notes")
    if any(_says_it(there, new) for there in desk.account.notes):
        return
    names = numbered(f"{desk.home}/notes/{new.on}-{slug(new.title)}", ".md")
    desk.draft.create(next(name for name in names if not _is_taken(desk, name)), _text(new))


def _says_it(there: Note, new: NewNote) -> bool:
    """Whether a note is the one that is to be written: people may have added to it since."""
    return (
        (new.lasting or there.on == new.on)
        and there.head.kind == new.kind
        and same(there.title, new.title)
        and {*new.with_, *new.who} <= {*there.head.with_, *there.head.who}
        and " ".join(new.text.split()) in " ".join(there.body.split())
    )


def _is_taken(desk: Desk, name: str) -> bool:
    path = desk.draft.root / name
    return os.path.lexists(path) or path in desk.draft.changed


def _text(new: NewNote) -> str:
    """A note's text. What people wrote stands below its head, where nothing of it can be taken for a key."""
    lines = ["---", f"kind: {new.kind}"]
    for key, names in (("with", new.with_), ("who", new.who), ("about", new.about)):
        lines += [f"{key}: [{', '.join(scalar(name) for name in names)}]"] if names else []
    lines += ["private: true"] if new.private else []
    lines += ["---", f"# {new.title}"]
    body = many_lines(new.text)
    return "\n".join([*lines, *(["", body] if body else [])]) + "\n"
