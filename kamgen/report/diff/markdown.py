"""As Markdown, fit for a comment on a pull request: by account, the most important first."""

from __future__ import annotations

from kamgen.finding import Finding
from kamgen.report import counted
from kamgen.report.diff import AccountDiff, Diff
from kamgen.report.markdown import COMMENT, escaped


def render(diff: Diff) -> str:
    """The summary, then each account with its changes; what does not fit into a comment is counted."""
    head = ["## What this changes", "", escaped(diff.summary), ""]
    head += [f"> {escaped(limit)}\n" for limit in diff.limits]
    parts = [_account(diff, one) for one in diff.ordered]
    fitting = _fitting(parts, COMMENT - len("\n".join(head)) - 200)
    left = len(parts) - len(fitting)
    more = [f"… and {counted(left, 'more account')}: run `kamgen diff` to see them all.", ""] if left else []
    return "\n".join([*head, *fitting, *more])


def _fitting(parts: list[str], most: int) -> list[str]:
    for number, part in enumerate(parts):
        most -= len(part) + 1
        if most < 0:
            return parts[:number]
    return parts


def _account(diff: Diff, one: AccountDiff) -> str:
    lines = [f"### {escaped(one.name)}", ""]
    lines += [f"- {escaped(change.text)}" for change in one.changes]
    lines += [f"- **introduced** {_finding(diff, finding)}" for finding in one.introduced]
    lines += [f"- **fixed** {_finding(diff, finding)}" for finding in one.fixed]
    return "\n".join([*lines, ""])


def _finding(diff: Diff, finding: Finding) -> str:
    place = f"{diff.prefix}{finding.place.path}:{finding.place.line}"
    return f"{finding.level} {finding.code}: {escaped(finding.message)} ({escaped(place)})"
