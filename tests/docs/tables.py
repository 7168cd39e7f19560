"""Markdown tables and code in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`" if text else ""


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = [_row(heads), f"|{'---|' * len(heads)}", *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[object]) -> str:
    return "|" + "|".join(f" {text} " if (text := _cell(str(cell))) else " " for cell in cells) + "|"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def fenced(text: str, info: str) -> str:
    """Text in a fence that is longer than any fence in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text.strip(chr(10))}\n{fence}"
