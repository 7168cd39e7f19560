"""A pack as Markdown: a heading a section, a list of short lines, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.pages.telling import INTERNAL, Document, Group, Line, Section
from kamgen.report.markdown import escaped


def render(pack: Document) -> str:
    """The whole document."""
    head = [f"# {escaped(pack.title)}", f"**{INTERNAL}**"]
    facts = ["\n".join(_line(fact) for fact in pack.facts)] if pack.facts else []
    summary = [escaped(pack.summary)] if pack.summary else []
    sections = [part for section in pack.sections for part in _section(section)]
    return "\n\n".join([*head, *summary, *facts, *sections]) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    if section.note:
        yield f"_{escaped(section.note)}_"
    if not section.said:
        if section.empty:
            yield escaped(section.empty)
        return
    for group in section.groups:
        if group.title:
            yield f"### {escaped(group.title)}"
        if group.lines:
            yield _lines(group)


def _lines(group: Group) -> str:
    more = [f"- … and {group.more} more"] if group.more else []
    return "\n".join([*(_line(line) for line in group.lines), *more])


def _line(line: Line) -> str:
    lead = f"**{escaped(line.label)}** " if line.lead else ""
    return f"- {lead}{escaped(line.text)}"
