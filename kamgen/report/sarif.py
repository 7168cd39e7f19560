"""SARIF 2.1.0, for code scanning. The texts of the rules come from the rule book, never from a finding."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from kamgen.finding import Finding
from kamgen.report import Report
from kamgen.rules import Entry, rule_book

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SUPPRESSED = {"waiver": "Accepted for a while by a waiver.", "baseline": "Known since the baseline was written."}


def render(report: Report) -> str:
    """One run with the rules that were broken and all findings; suppressed ones say that they are."""
    codes = sorted({finding.code for finding in report.findings})
    helps = {finding.code: finding.help for finding in report.findings}
    driver = {
        "name": "kamgen",
        "version": report.version or "0",
        "rules": [_rule(rule_book()[code], helps[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, finding, codes.index(finding.code)) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(entry: Entry, help_address: str) -> dict[str, Any]:
    rule = entry.rule
    told: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": entry.summary},
        "fullDescription": {"text": entry.summary},
        "help": {"text": entry.manual.replace("**", ""), "markdown": entry.manual},
        "defaultConfiguration": {"level": LEVELS.get(_worst(entry), "none")},
    }
    return told | ({"helpUri": help_address} if help_address.startswith(("https://", "http://")) else {})


def _worst(entry: Entry) -> str:
    """The rule's level for the stage where it is strictest."""
    letters = entry.rule.levels
    return next((level for letter, level in zip("EWi", LEVELS, strict=True) if letter in letters), "")


def _result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    place = finding.place
    region = {"startLine": place.line, "startColumn": place.column}
    location = {"artifactLocation": {"uri": quote(report.prefix + place.path)}, "region": region}
    told: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": {"text": finding.text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": _fingerprints(finding),
    }
    if finding.suppressed:
        told["suppressions"] = [{"kind": "external", "justification": SUPPRESSED[finding.suppressed]}]
    return told


def _fingerprints(finding: Finding) -> dict[str, str]:
    """The identity, and a hash of it under the one name by which GitHub follows a finding from run to run."""
    short = hashlib.sha256(finding.id.encode()).hexdigest()[:16]
    return {"kamgenFinding/v1": finding.id, "primaryLocationLineHash": f"{short}:1"}
