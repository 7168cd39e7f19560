"""A command for each kind of slip, made from its record: `kamgen done ACCOUNT ITEM`, `kamgen leaves ACCOUNT …`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from kamgen.commands import given
from kamgen.commands.apply import dry_run_option
from kamgen.commands.fields import asked_by, parameter
from kamgen.commands.given import account_meant, as_of_option
from kamgen.commands.outcome import AGREED, settle
from kamgen.errors import KamgenError
from kamgen.model.slips import SLIPS, Slip, as_slip
from kamgen.read.workspace import find_root

Run = Callable[..., int]


class SlipCommand(click.Command):
    """A command that may ask, and says that nothing was written when it is stopped before the end."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """As all commands have it, whoever made the context: click keeps what it was told first."""
        return ["-h", "--help"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what was typed, and ask for what is missing."""
        if given.on_terminal():
            given.editable()
        if not ctx.resilient_parsing:
            self._expect_known(ctx, args)
        with nothing_written_when_stopped():
            return super().parse_args(ctx, args)

    def _expect_known(self, ctx: click.Context, args: list[str]) -> None:
        """Refuse what belongs to nothing before the first question is asked: most often words without quotes."""
        known, more, _ = self.make_parser(ctx).parse_args(list(args))
        help_option = self.get_help_option(ctx)
        if more and not (help_option and known.get(help_option.name or "")):
            said = " ".join(str(word) for word in more)
            raise click.UsageError(f'Nothing is known to do with "{said}". Put several words in "quotes".', ctx)


@contextmanager
def nothing_written_when_stopped() -> Iterator[None]:
    """Say so when somebody stops with Ctrl-C while questions are asked."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing was written.", err=True)
        raise


def command(kind: str) -> click.Command:
    """The command of a kind of slip."""
    return made_of(kind, _run(kind))


def made_of(kind: str, run: Run, more: Iterable[click.Parameter] = ()) -> SlipCommand:
    """A command with the fields of a kind of slip for parameters, and the record's own words for its help."""
    record = SLIPS[kind]
    text = inspect.cleandoc(record.__doc__ or "")
    made = SlipCommand(
        kind,
        callback=run,
        params=[*(parameter(asked) for asked in asked_by(kind)), *more],
        short_help=text.partition("\n")[0],
        help=f"{text}\n\n{AGREED}" if record.agreement else text,
    )
    return as_of_option(dry_run_option(made))


def _run(kind: str) -> Run:
    def run(as_of: date | None, dry_run: bool, **values: Any) -> int:
        root = find_root(Path.cwd())
        return settle(root, as_of, [slip_of(kind, root, values)], dry_run)

    return run


def slip_of(kind: str, root: Path, values: Mapping[str, Any]) -> Slip:
    """A slip from what was typed; raises KamgenError where the record does not take it."""
    try:
        return as_slip(told_in_file(kind, {**values, "account": account_meant(root, values["account"])}))
    except ValidationError as failed:
        error = failed.errors(include_url=False)[0]
        where = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), kind)
        raise KamgenError(f'"{error.get("input")}" cannot be used for "{where}": {error["msg"]}.') from failed


def told_in_file(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as a file of slips has it; what was left out is left out of it."""
    said = {key: value for key, value in values.items() if value not in (None, "", (), [])}
    # Several values of one option come as a list for each time it was given.
    flat = {key: [one for part in value for one in part] if _nested(value) else value for key, value in said.items()}
    return {"slip": kind, "account": flat.pop("account"), **flat}


def _nested(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(part, list) for part in value)
