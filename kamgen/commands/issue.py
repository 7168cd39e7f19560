"""`kamgen apply --from-issue`: what somebody said in an issue or a mail, for the workflows that take it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kamgen.commands.given import clock
from kamgen.edit.atomic import write_files

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--from-issue",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Instead of SLIP: the event of an issue (GitHub, GitLab) or a mail, as a file; prints the answer to it.",
    ),
    click.option(
        "--result",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="With --from-issue: also write what came of it, as JSON.",
    ),
    click.option("--trust-mail", is_flag=True, help="With --from-issue: the sender of the mail was checked (DKIM)."),
)


def issue_options(command: F) -> F:
    """Gives a command the options of an issue."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Issue:
    """What was asked for: the file of an issue or a mail, where the result goes, and whether a mail is trusted."""

    file: Path
    result: Path | None
    trust_mail: bool


def issue_alone(slips: Sequence[str], file: Path | None, result: Path | None, trust_mail: bool) -> Issue | None:
    """The issue that is to be applied, or None where slips are. Raises UsageError for neither, or for both."""
    if file and slips:
        raise click.UsageError("Give files of slips, or one issue with --from-issue.")
    if file:
        return Issue(file, result, trust_mail)
    if result or trust_mail:
        raise click.UsageError("--result and --trust-mail belong to --from-issue FILE.")
    if not slips:
        raise click.UsageError("Missing argument 'SLIP...'.")
    return None


def settle_issue(root: Path, as_of: date | None, issue: Issue, dry_run: bool) -> int:
    """Apply an issue or a mail, print the answer and write the result; the exit code: 1 when it was refused, else 0."""
    from kamgen.inbox import apply_issue

    handled = apply_issue(root, clock(as_of), issue.file, dry_run, issue.trust_mail)
    if issue.result:
        write_files({issue.result: handled.json()})
    click.echo(handled.answer, nl=False)
    return 1 if handled.outcome == "refused" else 0
