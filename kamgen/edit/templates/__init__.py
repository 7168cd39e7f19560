"""The texts of new files. Every `{{ … }}` of a template becomes one YAML value on one line, whatever it holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).resolve().parent


class _Written(str):
    """Text that is already fit for its place in a file."""


def render(template: str, **values: Any) -> str:
    """A file's text from a template and what goes into it."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    # Not HTML, so no autoescaping: `finalize` makes every value a safe piece of YAML instead.
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(told=_told, ids=_ids)
    return environment


def _safe(value: object) -> str:
    return value if isinstance(value, _Written) else scalar(str(value))


def scalar(text: str) -> str:
    """A text as a YAML value on one line, quoted only where YAML needs it."""
    line: str = yaml.safe_dump([text], allow_unicode=True, width=2**31, line_break="\n")
    return line.removeprefix("- ").rstrip("\n") if line.count("\n") == 1 else _quoted(text)


def _quoted(text: str) -> str:
    line: str = yaml.safe_dump([text], default_style='"', width=2**31)
    return line.removeprefix("- ").rstrip("\n")


def _ids(names: Iterable[str]) -> _Written:
    """Ids as they stand in a list between brackets."""
    return _Written(", ".join(scalar(name) for name in names))


def _told(text: str) -> _Written:
    """Text for a comment or a heading: one line, without characters that a YAML file may not hold."""
    flat = " ".join(text.split())
    return _Written("".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cs", "Cn")))
