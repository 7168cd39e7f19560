"""The baseline: the findings that a workspace started with, kept in one file by their identities."""

from __future__ import annotations

import json
from pathlib import Path

from kamgen.errors import KamgenError
from kamgen.read.files import Unreadable, read_text

BASELINE = "kamgen-baseline.json"
FORMAT = 1
CAP_KB = 64 * 1024


def read_baseline(root: Path) -> frozenset[str] | None:
    """The identities in the baseline, or None where there is no such file; KamgenError where it is no baseline."""
    path = root / BASELINE
    if not (path.exists() or path.is_symlink()):
        return None
    try:
        told = json.loads(read_text(path, root.resolve(), CAP_KB))
    except Unreadable as reason:
        raise KamgenError(f"The file {BASELINE} {reason} {reason.hint}") from reason
    except (ValueError, RecursionError) as error:
        raise KamgenError(f"{BASELINE} is not as kamgen wrote it: it is no JSON. {_ADVICE}") from error
    return _identities(told)


def _identities(told: object) -> frozenset[str]:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise KamgenError(f'{BASELINE} is not as kamgen wrote it: "format": {FORMAT} is missing. {_ADVICE}')
    found = told.get("findings")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise KamgenError(f'{BASELINE} is not as kamgen wrote it: "findings" is no list of texts. {_ADVICE}')
    return frozenset(found)


_ADVICE = "Take it from git again, or write it anew with: kamgen baseline --renew"
