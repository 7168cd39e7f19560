"""What many commands are given: the day they judge by, and an account."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from kamgen.model.days import as_written
from kamgen.model.values import parse_day
from kamgen.project import Clock


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as people say it, best of all YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with what would have been right."""
        try:
            return parse_day(as_written(value, date.today) if isinstance(value, str) else value)
        except PydanticCustomError as error:
            self.fail(f'"{value}": {error.message()}.', param, ctx)


# Eager, since what other values mean may hang on it: "yesterday" is the day before.
as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="Judge as of this day (YYYY-MM-DD).", is_eager=True
)


def day_of(params: Mapping[str, Any]) -> date | None:
    """The day of --as-of while a line is still being read, when what was left out is none of Python's values."""
    day = params.get("as_of")
    return day if isinstance(day, date) else None


def clock(as_of: date | None) -> Clock:
    """The clock of this run: the day asked for, SOURCE_DATE_EPOCH, and now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Clock(datetime.now(UTC), as_of, int(epoch) if epoch.isdigit() else None)


def on_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def editable() -> None:
    """Let answers be edited with the arrow keys, where the system can: sentences are asked for."""
    with suppress(ImportError):
        importlib.import_module("readline")


def account_meant(root: Path, name: str) -> str:
    """The account meant by its slug, its name, words of these, or the path of a file, from here or from the workspace.

    A word that means none comes back as it is. Raises KamgenError where more than one can be meant.
    """
    here = Path(name).resolve()
    if here.exists() and here.is_relative_to(accounts := (root / "accounts").resolve()) and here != accounts:
        return here.relative_to(accounts).parts[0].removesuffix(".yml")
    parts = Path(name).parts
    if "accounts" in parts[:-1]:
        return parts[parts.index("accounts") + 1].removesuffix(".yml")
    slug = name.removesuffix(".yml").rstrip("/")
    if not slug or any((root / "accounts" / there).exists() for there in (slug, f"{slug}.yml")):
        return slug
    from kamgen.edit.workspace import Workspace  # a slug needs nothing to be read

    return Workspace(root).meant(slug) or slug
