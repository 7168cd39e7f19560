"""`kamgen apply`: slips from files, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kamgen.commands.given import as_of_option
from kamgen.commands.issue import issue_alone, issue_options, settle_issue
from kamgen.errors import KamgenError
from kamgen.read.workspace import find_root

dry_run_option = click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")

STDIN = "-"


@click.command(short_help="Write down what slips in files say has happened.")
@click.argument("files", nargs=-1, metavar="SLIP...", type=click.Path())
@issue_options
@dry_run_option
@as_of_option
def apply(
    files: Sequence[str],
    from_issue: Path | None,
    result: Path | None,
    trust_mail: bool,
    dry_run: bool,
    as_of: date | None,
) -> int:
    """Write what slips say into the account files, in their order, all of them or none, and tell what changed.

    SLIP is a YAML file with one slip or a list of them, or - for what comes in. A slip that is applied twice changes
    nothing the second time.
    """
    from kamgen.commands.outcome import settle
    from kamgen.read.slip_files import read_slips

    root = find_root(Path.cwd())
    if issue := issue_alone(files, from_issue, result, trust_mail):
        return settle_issue(root, as_of, issue, dry_run)
    found = [one for name in files for one in read_slips(_bytes(name), _shown(name))]
    if not found:
        raise KamgenError("There is no slip in it: a slip begins with a line such as `slip: done`.")
    return settle(root, as_of, [slip for slip, _ in found], dry_run, [place for _, place in found])


def _shown(name: str) -> str:
    return "The input" if name == STDIN else name


def _bytes(name: str) -> bytes:
    try:
        with click.open_file(name, "rb") as file:
            raw: bytes = file.read()
            return raw
    except FileNotFoundError as error:
        raise KamgenError(f'There is no file "{name}" here. Look at its name and at the folder you are in.') from error
    except OSError as error:
        raise KamgenError(f"{name} could not be read: {error.strerror or error}.") from error
