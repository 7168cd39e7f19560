"""A Markdown table, most serious first: for a comment on a change, or the summary of a step."""

from __future__ import annotations

import re

from kamgen.finding import Finding
from kamgen.report import Report, counted, summary
from kamgen.rules import worst_first

# GitHub refuses comments of more than 65,536 characters, and summaries of a step of more than a megabyte.
COMMENT = 60_000
STEP_SUMMARY = 250_000  # characters; one may take four bytes

_HEAD = ["| Level | Rule | Account | Where | What, and what to do |", "|---|---|---|---|---|"]
# Whatever Markdown, HTML or GitHub (@names, #numbers, addresses) would make something of.
_SPECIAL = re.compile(r"([\\`*_\[\]|~$@<>&]|#(?=\d)|:(?=//|\w+:))")


def render(report: Report) -> str:
    """The findings as a table that fits into a comment, and the summary."""
    return document(report, COMMENT)


def document(report: Report, most: int) -> str:
    """The findings as a table of at most `most` characters; what does not fit is counted."""
    rows = [_row(report, finding) for finding in sorted(report.active, key=lambda one: worst_first(one.level))]
    fitting = _fitting(rows, most)
    parts = ["## kamgen", "", summary(report), ""]
    parts += [*_HEAD, *fitting, ""] if rows else []
    if left := len(rows) - len(fitting):
        parts += [f"… and {counted(left, 'more finding')}: run `kamgen check` to see them all.", ""]
    return "\n".join(parts)


def _fitting(rows: list[str], most: int) -> list[str]:
    """As many of the first rows as fit, with room for what stands around them."""
    left = most - 1000
    for number, row in enumerate(rows):
        left -= len(row) + 1
        if left < 0:
            return rows[:number]
    return rows


def _row(report: Report, finding: Finding) -> str:
    rule = f"{finding.code} {finding.name}"
    if finding.help.startswith(("https://", "http://")):
        rule = f"[{rule}]({_address(finding.help)})"
    account = report.names.get(finding.account, finding.account) if finding.account else "workspace"
    place = f"{report.prefix}{finding.place.path}:{finding.place.line}"
    return f"| {finding.level} | {rule} | {escaped(account)} | {escaped(place)} | {escaped(finding.text)} |"


def escaped(text: str) -> str:
    """Text as it reads, on one line: every sign with a meaning becomes a character reference."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[1])};", " ".join(text.split()))


def _address(text: str) -> str:
    return re.sub(r"[\s()|<>\\]", lambda match: f"%{ord(match[0]):02X}", text)
