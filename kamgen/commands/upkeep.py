"""`kamgen close-year` and `kamgen rename`: what comes up once a year, and when something has the wrong name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kamgen.commands import completion
from kamgen.commands.apply import dry_run_option
from kamgen.commands.given import account_meant, as_of_option, clock
from kamgen.read.workspace import find_root

_THINGS = ("account", "person", "item")


def _things(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    complete = completion.people if ctx.params.get("kind") == "person" else completion.accounts
    return complete(ctx, param, incomplete)


@click.command(name="close-year", short_help="Move what ended last year out of the plans.")
@click.argument("what", nargs=-1, metavar="[YEAR] [ACCOUNT]...", shell_complete=completion.accounts)
@dry_run_option
@as_of_option
def close_year(what: Sequence[str], dry_run: bool, as_of: date | None) -> int:
    """Move the goals, actions, periods and decisions that ended in YEAR (last year) to plan-YEAR.yml beside the plan.

    Of the accounts named, else of all. Each gets a note of what came of the year. What moved is still read as a part of
    the plan, so nothing that refers to it breaks, and the history goes on.
    """
    from kamgen import upkeep  # what few commands need costs the others no time

    root = find_root(Path.cwd())
    year = int(what[0]) if what and len(what[0]) == 4 and what[0].isascii() and what[0].isdigit() else None
    names = [account_meant(root, name) for name in (what if year is None else what[1:])]
    click.echo(upkeep.close_year(root, clock(as_of), year, names, dry_run).text(), nl=False)
    return 0


@click.command(short_help="Give an account, a person or an item another id.")
@click.argument("kind", type=click.Choice(_THINGS), metavar="account|person|item")
@click.argument("old", shell_complete=_things)
@click.argument("new")
@dry_run_option
@as_of_option
def rename(kind: str, old: str, new: str, dry_run: bool, as_of: date | None) -> int:
    """Give an account, one of our people, or an item of an account the id NEW; every reference to OLD follows.

    An item is written ACCOUNT/ID: a contact, a site, a goal, or an entry of a list, such as ernst-handel/second-depot.
    The pages of accounts and people are still found at their old addresses.
    """
    from kamgen import upkeep

    root = find_root(Path.cwd())
    account, slash, item = old.partition("/")
    named = account_meant(root, old) if kind == "account" else old
    if kind == "item":
        named = account_meant(root, account) + slash + item
    click.echo(upkeep.rename(root, clock(as_of), kind, named, new, dry_run).text(), nl=False)
    return 0
