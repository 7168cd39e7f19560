"""The difference as JSON, format 1: fields are added, never changed."""

from __future__ import annotations

import json
from typing import Any

from kamgen.facts.changes import Change
from kamgen.finding import Finding
from kamgen.report.diff import AccountDiff, Diff


def render(diff: Diff) -> str:
    """The difference as one JSON document."""
    document = {
        "format": 1,
        "kamgen": diff.version,
        "as_of": diff.as_of.isoformat(),
        "base": diff.base,
        "head": diff.head,
        "limits": list(diff.limits),
        "summary": {
            "accounts": sum(1 for one in diff.ordered if one.slug),
            "changes": sum(len(one.changes) for one in diff.ordered),
            "introduced": sum(len(one.introduced) for one in diff.ordered),
            "fixed": sum(len(one.fixed) for one in diff.ordered),
        },
        "accounts": [_account(one) for one in diff.ordered],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _account(one: AccountDiff) -> dict[str, Any]:
    return {
        "account": one.slug,
        "name": one.name,
        "changes": [_change(change) for change in one.changes],
        "introduced": [_finding(finding) for finding in one.introduced],
        "fixed": [_finding(finding) for finding in one.fixed],
    }


def _change(change: Change) -> dict[str, str]:
    told = {"kind": change.kind, "subject": change.subject, "text": change.text}
    return told | {key: value for key, value in (("before", change.before), ("after", change.after)) if value}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "level": finding.level,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.place.path,
        "line": finding.place.line,
        "id": finding.id,
    }
