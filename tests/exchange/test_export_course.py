"""The table of the year in the export: there when it is asked for, and never an old one beside new ones."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.exchange.export.course import COURSE
from tests.history import commit_on

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account without a plan since March; the plan came in April."""
    home = tmp_path / "plans"
    settings = {"playbook/kamgen.yml": "as_of: 2026-05-06\n"}
    account = (
        "name: Alpine Foods\nstage: key\ncontacts: {roland: {name: Roland, covered_by: [ann-lee], private: true}}\n"
    )
    commit_on(home, "2026-03-10", {**settings, "accounts/alpine-foods.yml": account})
    commit_on(home, "2026-04-10", {"accounts/alpine-foods.yml": f"{account}plan: {{reviewed: 2026-04-10}}\n"})
    monkeypatch.chdir(home)
    return tmp_path


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "course.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_for_each_account_and_day(root: Path) -> None:
    assert main(["export", "--history", str(root / "out")]) == 0
    told = rows(root / "out")
    assert len(told) == 13
    assert [row["known"] for row in told] == ["false"] * 10 + ["true"] * 3
    assert told[0] == {"account": "alpine-foods", "on": "2025-05-31", "known": "false"} | dict.fromkeys(
        COURSE.columns[3:], ""
    )
    march, april, today = told[-3:]
    assert (march["on"], april["on"], today["on"]) == ("2026-03-31", "2026-04-30", "2026-05-06")
    assert (march["sections"], april["sections"]) == ("1", "3")  # no plan; a plan without its three parts
    assert (today["shape_index"], today["shape"], today["indicators"]) == ("0", "bow-tie", "0")
    for row in told[-3:]:
        assert int(row["findings"]) == sum(int(row[name]) for name in COURSE.columns[4:11])
    assert len(json.loads((root / "out" / "kamgen.json").read_text())["tables"]["course"]) == 13
    assert "oland" not in (root / "out" / "course.csv").read_text()


def test_unless_asked_for_it_is_not_there(root: Path) -> None:
    assert main(["export", str(root / "out")]) == 0
    assert not (root / "out" / "course.csv").exists()
    assert "course" not in json.loads((root / "out" / "kamgen.json").read_text())["tables"]


def test_an_old_one_is_emptied_rather_than_left(root: Path) -> None:
    for arguments in (["--history"], []):
        assert main(["export", *arguments, str(root / "out")]) == 0
    assert rows(root / "out") == []


def test_documented_columns_are_the_real_ones() -> None:
    page = (ROOT / "docs/history.md").read_text(encoding="utf-8")
    told = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in page.splitlines() if line.startswith("| `")]
    assert [name for names in told for name in names] == list(COURSE.columns)
