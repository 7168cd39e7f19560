"""Findings as JSON, format 1: fields are added, never changed. Suppressed findings stay in it and say so."""

from __future__ import annotations

import json
from typing import Any

from kamgen.finding import LEVELS, Finding
from kamgen.report import Report


def render(report: Report) -> str:
    """The report as one JSON document."""
    document: dict[str, Any] = {
        "format": 1,
        "kamgen": report.version,
        "as_of": report.as_of.isoformat(),
        "summary": {
            "accounts": report.accounts,
            "files": report.files,
            **{level: report.count(level) for level in LEVELS},
        },
        "findings": [_finding(finding) for finding in report.findings],
    }
    if report.fixed:
        document["fixed"] = list(report.fixed)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "level": finding.level,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "account": finding.account,
        "subject": finding.subject,
        "id": finding.id,
        "help": finding.help,
    }
    return told | ({"suppressed": finding.suppressed} if finding.suppressed else {})
