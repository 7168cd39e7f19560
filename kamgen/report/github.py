"""GitHub's workflow commands: annotations. Most serious first, and no more than GitHub shows of a type."""

from __future__ import annotations

from kamgen.finding import LEVELS, Finding, Level
from kamgen.report import Report, counted, summary

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
SHOWN = 10  # of each type and step; GitHub drops the rest without a word


def render(report: Report) -> str:
    """One `::error …` line for each of the first findings of a level, what is left out, and the summary."""
    told = [line for level in LEVELS for line in _annotations(report, level)]
    return "\n".join([*told, *_left_out(report), summary(report)]) + "\n"


def _annotations(report: Report, level: Level) -> list[str]:
    found = [finding for finding in report.active if finding.level == level]
    return [_command(report, finding) for finding in found[:SHOWN]]


def _left_out(report: Report) -> list[str]:
    more = {level: report.count(level) - SHOWN for level in LEVELS}
    left = ", ".join(counted(number, f"more {level}") for level, number in more.items() if number > 0)
    return [f"Not shown beside the lines: {left}. The summary of this step lists them all."] if left else []


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
