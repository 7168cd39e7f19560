"""GitHub's workflow commands: annotations. Most serious first, since GitHub shows only ten of a type."""

from __future__ import annotations

from kamgen.finding import Finding
from kamgen.report import Report, summary
from kamgen.rules import worst_first

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """One `::error …` line a finding, and the summary."""
    ordered = sorted(report.active, key=lambda finding: worst_first(finding.level))
    return "\n".join([*(_command(report, finding) for finding in ordered), summary(report)]) + "\n"


def _command(report: Report, finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": report.prefix + place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{finding.code} {finding.name}",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.level]} {told}::{_data(finding.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
