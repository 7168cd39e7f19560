"""What is told on paper, as plain values: a document of sections with short lines, for a page and for Markdown alike.

Every text is plain and not yet escaped. Lists are cut where they are made, and say how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamgen.facts.agenda import first
from kamgen.facts.texts import shown

INTERNAL = "Internal: for our own use. What stands here is not for the customer."
LONGEST = 90  # signs; a line of a list is read at a glance


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: `lead` says in a word or two what it is ("" for nothing), `text` the rest."""

    text: str
    lead: str = ""

    @property
    def label(self) -> str:
        """The lead as it stands before the text."""
        return f"{self.lead}:" if self.lead and self.lead[-1] not in ".!?…:" else self.lead


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a small heading ("" for none), and how many more there are than are told."""

    lines: tuple[Line, ...] = ()
    title: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: `note` says what is not known, `empty` what it means that nothing stands here."""

    id: str
    title: str
    groups: tuple[Group, ...] = ()
    note: str = ""
    empty: str = "Nothing."

    @property
    def said(self) -> bool:
        """Whether there is anything in it."""
        return any(group.lines or group.title for group in self.groups)


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a line that says how it stands, a few facts, and the sections."""

    title: str
    summary: str
    facts: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()


def cut(text: str, length: int = LONGEST) -> str:
    """A text on one line, cut short where it is long."""
    return shown(" ".join(text.split()), length)


def group(lines: Iterable[Line], most: int, title: str = "") -> Group:
    """The first lines of a list, and how many more there are."""
    told, more = first(list(lines), most)
    return Group(tuple(told), title, more)


def ended(text: str) -> str:
    """A sentence with one full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
