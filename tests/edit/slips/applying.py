"""What the tests of slips share: applying them, and how a change looks."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kamgen.model.slips import Slip, as_slip
from kamgen.project import Clock
from kamgen.slips import Applied, apply_slips
from tests.conftest import NOW
from tests.edit.conftest import tree

CASES: Mapping[str, Any] = yaml.load(Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def slips_of(case: Any) -> list[Slip]:
    """The slips of a case: one alone, or a list."""
    return [as_slip(one) for one in (case if isinstance(case, list) else [case])]


def applied(root: Path, *slips: Slip | Mapping[str, Any], dry_run: bool = False) -> Applied:
    """Apply slips, or what stands in a file of slips, on 2026-05-06."""
    made = [one if isinstance(one, Slip) else as_slip(one) for one in slips]
    return apply_slips(root, Clock(NOW), made, dry_run)


def told(before: Mapping[str, bytes], root: Path) -> str:
    """The changed lines of every file, with the ends of lines where these are not the usual ones."""
    after = tree(root)
    parts = []
    for name in sorted({*before, *after}):
        old, new = _lines(before.get(name)), _lines(after.get(name))
        diff = list(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=0, lineterm=""))
        parts += [f"{line}\n" for line in diff if not line.startswith(("---", "@@"))]
    return "".join(parts)


def _lines(raw: bytes | None) -> list[str]:
    text = (raw or b"").decode()
    lines = text.replace("\r", "␍").split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], f"{lines[-1]}␄"]
