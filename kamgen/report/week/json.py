"""As JSON, format 1: fields are added, never changed."""

from __future__ import annotations

import json
from typing import Any

from kamgen.facts.week import Line, Week
from kamgen.report.week import Letter


def render(letter: Letter) -> str:
    """Every week as one JSON document."""
    document = {
        "format": 1,
        "kamgen": letter.version,
        "as_of": letter.as_of.isoformat(),
        "people": [_week(letter, week) for week in letter.weeks],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _week(letter: Letter, week: Week) -> dict[str, Any]:
    return {
        "person": week.person,
        "name": letter.name(week.person),
        "page": letter.page(week.person),
        "lines": [_line(letter, line) for line in week.lines],
        "more": week.more,
    }


def _line(letter: Letter, line: Line) -> dict[str, Any]:
    return {
        "kind": line.sort,
        "account": line.account.slug,
        "on": line.on.isoformat() if line.on else None,
        "who": list(line.who),
        "what": line.what,
        "text": letter.sentence(line),
    }
