"""Every rule: its record and manual in order, its examples true, its cases as written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kamgen.rules import Entry, Example, OverTime, rule_book
from kamgen.rules.examples import account_text, commits, example_files
from tests.conftest import checked, lines, write_files
from tests.history import commit_on

HERE = Path(__file__).parent
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem[:6]}-{case['name'].replace(' ', '-')}")
    for path in sorted(HERE.glob("kam*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
BOOK = [pytest.param(entry, id=code) for code, entry in rule_book().items()]


def _given(case: dict[str, Any]) -> dict[str, str]:
    account = {"accounts/example.yml": account_text(case["account"])} if "account" in case else {}
    return example_files({**account, **case.get("files", {})})


def _written(root: Path, example: Example) -> Path:
    """A workspace with an example in it, and with the commits of one that only time can show."""
    if isinstance(example, OverTime):
        for day, files in commits(example):
            commit_on(root, day, files)
    return write_files(root, example_files(example))


@pytest.mark.parametrize(("stem", "case"), CASES)
def test_case(stem: str, case: dict[str, Any], tmp_path: Path) -> None:
    """A case: `account` (one light account) or `files`, what was `committed` before, and the lines to `expect`."""
    for day, earlier in case.get("committed", {}).items():
        commit_on(tmp_path, str(day), _given(earlier))
    write_files(tmp_path, _given(case))
    found = lines(checked(tmp_path, stem[:6].upper()))
    assert "\n".join(found) == case["expect"].strip()


@pytest.mark.parametrize("entry", BOOK)
def test_examples(entry: Entry, tmp_path: Path) -> None:
    """`bad` is reported and `good` is silent."""
    code = entry.rule.code
    assert checked(_written(tmp_path / "bad", entry.rule.bad), code).findings
    assert not checked(_written(tmp_path / "good", entry.rule.good), code).findings


@pytest.mark.parametrize("entry", BOOK)
def test_record_and_manual(entry: Entry) -> None:
    """Code, name, levels and manual are complete, and there are cases, one of them silent."""
    rule = entry.rule
    assert re.fullmatch(r"KAM\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert re.fullmatch(r"[EWi-]{4}|[EWi]", rule.levels)
    assert entry.check is not None or rule.family == 0
    for part in ("**Why it matters.**", "**To put it right.**", "**The method.**"):
        assert part in entry.manual, f"{rule.code}: the manual has no {part}"
    assert entry.summary.endswith(".")
    assert len(entry.summary) < 200
    cases = list(HERE.glob(f"{rule.code.lower()}_*.yml"))
    assert len(cases) == 1, f"{rule.code} has {len(cases)} case files"
    expected = [case["expect"] for case in yaml.safe_load(cases[0].read_text(encoding="utf-8"))]
    assert any(text.strip() for text in expected)
    assert any(not text.strip() for text in expected), f"{rule.code} has no silent case"


def test_codes_and_names_are_unique() -> None:
    """A name stands for one rule."""
    names = [entry.rule.name for entry in rule_book().values()]
    assert len(names) == len(set(names))
