"""GitLab's Code Quality report. Its widget shows no rule, so the code stands in the description."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kamgen.finding import Finding
from kamgen.report import Report

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """One entry a finding that is not suppressed; the fingerprint is made of its identity, so it outlives an edit."""
    return json.dumps([_entry(report, finding) for finding in report.active], ensure_ascii=False, indent=2) + "\n"


def _entry(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "description": f"{finding.code} {finding.text}",
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(finding.id.encode()).hexdigest(),
        "severity": SEVERITIES[finding.level],
        "location": {"path": report.prefix + finding.place.path, "lines": {"begin": finding.place.line}},
    }
