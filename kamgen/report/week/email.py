"""As the text of an e-mail, plain and wrapped; several people's are parted by a line of equals signs."""

from __future__ import annotations

import textwrap

from kamgen.facts.texts import printable
from kamgen.facts.week import Week
from kamgen.report.week import Letter

WIDTH = 72


def render(letter: Letter) -> str:
    """Every week as an e-mail's text, with its subject on top."""
    return f"\n{'=' * WIDTH}\n\n".join(_week(letter, week) for week in letter.weeks)


def _week(letter: Letter, week: Week) -> str:
    lines = [_wrapped(letter.sentence(line)) for line in week.lines] or ["- Nothing is due."]
    if week.more:
        lines.append(f"- … and {week.more} more.")
    page = letter.page(week.person)
    foot = [f"Your page: {page}", ""] if page else []
    head = [f"Subject: Your week from {letter.as_of}", "", f"Good morning {letter.name(week.person)},", ""]
    return "\n".join([*head, *lines, "", *foot])


def _wrapped(text: str) -> str:
    return textwrap.fill(printable(text), WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
