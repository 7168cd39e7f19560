"""Days as people say them at a terminal or in a form; in files a day is written in one way (`values.parse_day`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

_WITH_POINTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_BACK = {"today": timedelta(0), "yesterday": timedelta(days=1)}


def as_written(said: str, today: Callable[[], date]) -> str:
    """A day as a file has it: of 31.12.2026, "today" and "yesterday"; any other text as it stands.

    Whether there is such a day is not looked at. `today` is asked only where the words hang on it.
    """
    word = " ".join(said.split()).lower()
    if word in _BACK:
        return (today() - _BACK[word]).isoformat()
    if match := _WITH_POINTS.fullmatch(word):
        day, month, year = match.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return said
