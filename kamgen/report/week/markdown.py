"""As Markdown: a section a person, a line a matter."""

from __future__ import annotations

from kamgen.facts.week import Week
from kamgen.report.markdown import escaped
from kamgen.report.week import Letter


def render(letter: Letter) -> str:
    """Every week as a list."""
    return "\n".join(_week(letter, week) for week in letter.weeks)


def _week(letter: Letter, week: Week) -> str:
    lines = [f"- {escaped(letter.sentence(line))}" for line in week.lines] or ["- Nothing is due."]
    page = letter.page(week.person)
    more = [f"- … and {week.more} more{f' on [your page]({page})' if page else ''}."] if week.more else []
    return "\n".join([f"## {escaped(letter.name(week.person))}, week from {letter.as_of}", "", *lines, *more, ""])
