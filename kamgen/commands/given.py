"""What many commands are given: the day they judge by, and an account."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from kamgen.model.values import parse_day
from kamgen.project import Clock


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; fails with what would have been right."""
        try:
            return parse_day(value)
        except PydanticCustomError as error:
            self.fail(f'"{value}": {error.message()}.', param, ctx)


as_of_option = click.option("--as-of", type=Day(), metavar="DATE", help="Judge as of this day (YYYY-MM-DD).")


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
    """The account meant by a slug or by the path of one of its files, seen from here or from the workspace."""
    here = Path(name).resolve()
    if here.exists() and here.is_relative_to(accounts := (root / "accounts").resolve()) and here != accounts:
        return here.relative_to(accounts).parts[0].removesuffix(".yml")
    parts = Path(name).parts
    if "accounts" in parts[:-1]:
        return parts[parts.index("accounts") + 1].removesuffix(".yml")
    return name.removesuffix(".yml").rstrip("/")
