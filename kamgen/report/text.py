"""For a person at a terminal: by account, each finding with its line, a caret and the next step."""

from __future__ import annotations

import textwrap
from itertools import groupby

import click

from kamgen.finding import Finding
from kamgen.report import Report, summary
from kamgen.rules.baseline import in_words

WIDTH = 100
MOST_FIXED = 10
COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def render(report: Report) -> str:
    """Findings grouped by account, workspace first, and the summary."""
    ordered = sorted(report.active, key=lambda f: report.names.get(f.account, "").lower())
    parts = [_group(report, account, list(findings)) for account, findings in groupby(ordered, key=lambda f: f.account)]
    return "\n".join([*parts, *_fixed(report), *_limits(report), _style(report, summary(report), bold=True)]) + "\n"


def _limits(report: Report) -> list[str]:
    """What nobody can know in a clone that holds only the newest part of the history."""
    if report.known_since is None:
        return []
    told = f"This clone is shallow: what was before {report.known_since} is unknown to rules that look back."
    return [f"{told} `git fetch --unshallow` brings the rest.", ""]


def _fixed(report: Report) -> list[str]:
    """What is mended since the baseline was written, a few by name."""
    told = [f"Fixed: {in_words(report.names, identity)}" for identity in report.fixed[:MOST_FIXED]]
    more = len(report.fixed) - MOST_FIXED
    return [*told, *([f"… and {more} more."] if more > 0 else []), *([""] if told else [])]


def _group(report: Report, account: str, findings: list[Finding]) -> str:
    title = report.names.get(account, account) if account else "Workspace and playbook"
    head = _style(report, title, bold=True, underline=True)
    return "\n".join([head, "", *(_finding(report, finding) for finding in findings)])


def _finding(report: Report, finding: Finding) -> str:
    level = _style(report, finding.level, fg=COLOURS[finding.level], bold=True)
    place = finding.place
    lines = [f"  {level} {finding.code} {finding.name}  {place.path}:{place.line}:{place.column}"]
    lines += _wrapped(finding.message)
    lines += _excerpt(finding)
    lines += _wrapped(finding.hint)
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)


def _excerpt(finding: Finding) -> list[str]:
    """The line in the file and a caret below its column; a long line is cut around the column."""
    text, column = finding.place.text.replace("\t", " ").rstrip(), finding.place.column
    if not text.strip():
        return []
    start = max(0, column - 60) if len(text) > WIDTH else 0
    shown = "".join(c if c.isprintable() else "?" for c in text[start : start + WIDTH])
    number = str(finding.place.line)
    return [f"    {number} | {shown}", f"    {' ' * len(number)} | {' ' * (column - 1 - start)}^"]


def _style(report: Report, text: str, **how: object) -> str:
    return click.style(text, **how) if report.colour else text  # type: ignore[arg-type]
