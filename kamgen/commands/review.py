"""`kamgen review`: the 30-day review of an account, as a dialogue at a terminal or with everything given.

The dialogue makes one slip of what is answered, shows what that would change, and asks once; until then nothing is
written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml

from kamgen.commands import completion, given
from kamgen.commands.asking import ask_here
from kamgen.commands.dialogue import STEPS, hold
from kamgen.commands.fields import REVIEW, AskedOption, field, today_here
from kamgen.commands.given import account_meant, clock
from kamgen.commands.known import Known
from kamgen.commands.outcome import settle
from kamgen.commands.slip import SlipCommand, made_of, nothing_written_when_stopped, slip_of, told_in_file
from kamgen.errors import KamgenError
from kamgen.model.days import as_written
from kamgen.read.workspace import find_root

_UNCONFIRMED = "Nothing was written. To do it later, keep what you said in a file for `kamgen apply FILE`:\n"
_REFUSED = "What you said is not lost. Put right what stands above, then use this in a file for `kamgen apply FILE`:\n"
_STOPPED = "What you said is not lost. Keep it in a file for `kamgen apply FILE`"
_HOW = {"--done": "ITEM", "--move": "ITEM=DATE:WHY", "--drop": "ITEM:WHY"}
_WHAT = {
    "--done": "An action, stage or goal that is done; may be repeated.",
    "--move": "One that gets another date, and why; may be repeated.",
    "--drop": "One that is given up, and why; may be repeated.",
}


def command() -> SlipCommand:
    """The command `review`."""
    complete = completion.of(STEPS)
    more = [
        click.Option([name], multiple=True, metavar=how, help=_WHAT[name], shell_complete=complete)
        for name, how in _HOW.items()
    ]
    made = made_of(REVIEW, _run, more)
    made.short_help, made.help = "Hold the 30-day review of an account, as a dialogue.", _HELP
    for param in made.params:
        if isinstance(param, AskedOption):
            param.required = False  # the dialogue asks for it at its end
    return made


_HELP = """\
Write down that the 30-day review among ourselves was held, and what came of it.

At a terminal, with nothing but the ACCOUNT, it goes through the review with you: what is due and what became of it, the
point to reach, the next 90 days. Nothing is written until you say so.
"""


def _run(
    account: str,
    as_of: date | None,
    dry_run: bool,
    done: Sequence[str],
    move: Sequence[str],
    drop: Sequence[str],
    **values: Any,
) -> int:
    root = find_root(Path.cwd())
    slug = account_meant(root, account)
    said = bool(done or move or drop) or any(value for key, value in values.items() if key not in ("on", "by"))
    if given.on_terminal() and not said:
        return _dialogue(root, slug, as_of, dry_run, values)
    held_by = values["held_by"] or _who_held_it({"account": account, "as_of": as_of})
    day = values["on"] or str(Known(root, clock(as_of)).as_of)
    outcomes = [*_done(done, day), *_moved(move, as_of), *_dropped(drop)]
    slip = slip_of(REVIEW, root, {**values, "account": slug, "held_by": held_by, "outcomes": outcomes})
    return settle(root, as_of, [slip], dry_run)


def _who_held_it(typed: Mapping[str, Any]) -> Any:
    if given.on_terminal():
        with nothing_written_when_stopped():
            return ask_here(field(REVIEW, "held_by"), typed)
    context = click.get_current_context()
    param = next(param for param in context.command.params if param.name == "held_by")
    raise click.MissingParameter(ctx=context, param=param)


def _done(items: Sequence[str], day: str) -> Iterator[dict[str, str]]:
    return ({"item": item, "done": day} for item in items)


def _moved(texts: Sequence[str], as_of: date | None) -> Iterator[dict[str, str]]:
    for text in texts:
        item, sign, rest = text.partition("=")
        day, colon, why = rest.partition(":")
        if not (sign and colon and item.strip() and why.strip()):
            raise KamgenError(f'--move "{text}" needs the form ITEM=DATE:WHY, for example "{_MOVED}"')
        yield {"item": item.strip(), "to": as_written(day, partial(today_here, as_of)).strip(), "why": why.strip()}


_MOVED = "forecast-sheet=2026-05-29:Laura is ill until the 20th"


def _dropped(texts: Sequence[str]) -> Iterator[dict[str, str]]:
    for text in texts:
        item, colon, why = text.partition(":")
        if not (colon and item.strip() and why.strip()):
            raise KamgenError(f'--drop "{text}" needs the form ITEM:WHY, for example "trade-fair:They cancelled it"')
        yield {"item": item.strip(), "dropped": "true", "why": why.strip()}


def _dialogue(root: Path, name: str, as_of: date | None, dry_run: bool, said: Mapping[str, Any]) -> int:
    values = dict(said)
    with nothing_written_when_stopped(), _kept_when_stopped(values):
        hold(root, clock(as_of), name, said["on"], values)
        slip = slip_of(REVIEW, root, values)
        click.echo()
        refused = settle(root, as_of, [slip], dry_run=True)
        wanted = not (refused or dry_run) and click.confirm("\nWrite this?")
    if wanted:
        return settle(root, as_of, [slip], dry_run=False, again=True)
    if not dry_run:
        _print(_REFUSED if refused else _UNCONFIRMED, values)
    return refused


@contextmanager
def _kept_when_stopped(values: Mapping[str, Any]) -> Iterator[None]:
    """Print what was said till then, when somebody stops."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        if values.get("held_by"):
            _print(f"\n\n{_STOPPED}:\n", values)
        elif values.get("outcomes") or values.get("reached") or values.get("reach"):
            _print(f"\n\n{_STOPPED},\nand add who held the review as `held_by: …`:\n", values)
        raise


def _print(why: str, values: Mapping[str, Any]) -> None:
    told = yaml.safe_dump(told_in_file(REVIEW, values), allow_unicode=True, sort_keys=False, width=1000)
    click.echo(f"{why}\n{told}", nl=False)
