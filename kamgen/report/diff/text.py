"""For a person at a terminal: by account, the most important first, one line a change."""

from __future__ import annotations

from kamgen.finding import Finding
from kamgen.report.diff import AccountDiff, Diff


def render(diff: Diff) -> str:
    """The changes by account, what is not known, and the summary."""
    parts = [_account(one) for one in diff.ordered]
    return "\n".join([*parts, *diff.limits, diff.summary]) + "\n"


def _account(one: AccountDiff) -> str:
    lines = [one.name, ""]
    lines += [f"  {_printable(change.text)}" for change in one.changes]
    lines += [f"  introduced: {_finding(finding)}" for finding in one.introduced]
    lines += [f"  fixed: {_finding(finding)}" for finding in one.fixed]
    return "\n".join([*lines, ""])


def _finding(finding: Finding) -> str:
    return f"{finding.level} {finding.code} {_printable(finding.message)}"


def _printable(text: str) -> str:
    """A text without control characters: it quotes files, and a terminal would obey them."""
    return "".join(c if c.isprintable() else " " for c in text)
