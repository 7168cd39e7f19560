"""Slips handed on, and what came of them in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kamgen.commands.given import clock
from kamgen.facts.texts import printable
from kamgen.model.slips import Slip

REFUSED = 1
AGREED = "It is for somebody else to agree: put it up as a pull request."
_ASK_THEM = "It is for somebody else to agree: ask them before anybody relies on it."


def settle(
    root: Path,
    as_of: date | None,
    slips: Sequence[Slip],
    dry_run: bool,
    sources: Sequence[str] = (),
    again: bool = False,
) -> int:
    """Apply slips, or tell what they would change; the exit code: 0 applied or already so, 1 refused.

    `sources` say where each slip stands, for messages; `again`: what changes was told before, and is not told again.
    """
    from kamgen.slips import Refused, apply_slips  # all that writes, which helps and completion do not need

    try:
        applied = apply_slips(root, clock(as_of), slips, dry_run, sources)
    except Refused as reason:
        click.echo(printable(f"kamgen: Nothing was written. {reason}"), err=True)
        return REFUSED
    click.echo(f"Written: {', '.join(applied.files)}\n" if again else applied.text(), nl=False)
    if applied.files and any(slip.agreement for slip in slips):
        click.echo(AGREED if _is_in_git(root.resolve()) else _ASK_THEM)
    return 0


def _is_in_git(root: Path) -> bool:
    """Whether there is a repository in which something can be put up for others."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))
