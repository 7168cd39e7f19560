"""For a person at a terminal: by account, the most important first, one line a change."""

from __future__ import annotations

from collections.abc import Iterable

from kamgen.facts.texts import printable
from kamgen.finding import Finding
from kamgen.report.diff import AccountDiff, Diff


def render(diff: Diff) -> str:
    """The changes by account, what is not known, and the summary."""
    parts = [_account(one) for one in diff.ordered]
    return "\n".join([*parts, *diff.limits, diff.summary]) + "\n"


def _account(one: AccountDiff) -> str:
    lines = [change.text for change in one.changes]
    lines += [f"introduced: {_finding(finding)}" for finding in one.introduced]
    lines += [f"fixed: {_finding(finding)}" for finding in one.fixed]
    return headed(one.name, lines) + "\n"


def headed(name: str, lines: Iterable[str]) -> str:
    """An account's name, and below it what is told of it, further in."""
    return "\n".join([printable(name), "", *(f"  {printable(line)}" for line in lines)])


def _finding(finding: Finding) -> str:
    return f"{finding.level} {finding.code} {finding.message}"
