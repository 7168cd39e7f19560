"""The course of a year, judged: from git, by today's rules, on each month's own day; what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kamgen.facts.course import Course
from kamgen.facts.sales import shifted
from kamgen.rules.course import courses
from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import checked, write_files
from tests.history import commit_on, git

HOME = "accounts/ernst-handel/"
ACCOUNT = "name: Ernst Handel\nstage: customer\nmanager: margaret-peacock\n"
ACTION = "- {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-02-15%s}\n"
LATER = "- {what: Go through their orders of the summer, who: margaret-peacock, due: 2026-06-30}\n"


def files(plan: str = "", settings: str = SETTINGS, **more: str) -> dict[str, str]:
    told = {f"{HOME}{name}.yml": text for name, text in more.items()}
    playbook = {"playbook/team.yml": TEAM, "playbook/kamgen.yml": settings}
    return {**playbook, f"{HOME}account.yml": ACCOUNT, f"{HOME}plan.yml": plan or "reviewed: 2026-01-05\n", **told}


def plan(done: str = "") -> str:
    return f"reviewed: 2026-01-05\nimplementation:\n{ACTION % done}{LATER}"


def course(root: Path, slug: str = "ernst-handel") -> Course:
    result = checked(root)
    return courses(result.portfolio, result.findings)[slug]


def of_family(found: Course, family: int) -> str:
    """The findings of a family, one sign a month end and today: a digit, or "." where the state is unknown."""
    return "".join("." if point is None else str(point.families.get(family, 0)) for point in found.points)


def test_each_month_is_judged_on_its_own_day(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-01-05", files(plan()))
    commit_on(tmp_path, "2026-04-20", files(plan(", done: 2026-04-20")))
    # Nobody touched the file when the action fell due on 15 February; at the end of that month it was overdue.
    assert of_family(course(tmp_path), 4) == "........01100"


def test_what_is_not_committed_counts_for_today_alone(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-01-05", files(plan()))
    write_files(tmp_path, files(plan(", done: 2026-04-20")))
    assert of_family(course(tmp_path), 4) == "........01110"


def test_a_change_of_the_rules_is_no_change_of_the_account(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-01-05", files(plan(), f"{SETTINGS}rules: {{KAM404: off}}\n"))
    commit_on(tmp_path, "2026-04-20", files(plan(), SETTINGS))
    strict = of_family(course(tmp_path), 4)
    assert strict == "........01111"
    write_files(tmp_path, {"playbook/kamgen.yml": f"{SETTINGS}rules: {{KAM404: off}}\n"})
    assert of_family(course(tmp_path), 4) == "........00000"


def test_a_waiver_counts_while_it_stands(tmp_path: Path) -> None:
    waiver = """waivers:
  - {rule: KAM404, reason: Agreed, agreed_by: andrew-fuller, until: 2026-03-31}
"""
    commit_on(tmp_path, "2026-01-05", {**files(plan()), f"{HOME}account.yml": ACCOUNT + waiver})
    assert of_family(course(tmp_path), 4) == "........00011"


def test_only_what_is_in_the_account_counts(tmp_path: Path) -> None:
    """Slips of the pen (family 0) and the programme (family 7: no manager) are left out."""
    nobody = ACCOUNT.replace("manager: margaret-peacock\n", "fax: 12\n")
    commit_on(tmp_path, "2026-01-05", {**files(), f"{HOME}account.yml": nobody})
    found = course(tmp_path)
    assert {finding.code for finding in checked(tmp_path).findings} >= {"KAM003", "KAM710"}
    assert {0, 7}.isdisjoint(found.families)


def test_partnership_and_shape(tmp_path: Path) -> None:
    people = "roland: {name: Roland, level: influencer, covered_by: [%s]}\nanna: {name: Anna, covered_by: [%s]}\n"
    indicator = next(iter(checked(write_files(tmp_path / "x", {})).portfolio.playbook.indicators))
    evidence = f"{indicator}: {{evidence: Asked us to comment on the depot plan, on: 2026-03-12}}\n"
    one, other = "margaret-peacock", "laura-callahan"
    commit_on(tmp_path / "y", "2026-01-05", files(contacts=people % (one, one)))
    commit_on(tmp_path / "y", "2026-03-12", files(contacts=people % (one, other), partnership=evidence))
    told = [(one.indicators, str(one.shape), one.word) for one in course(tmp_path / "y").points if one]
    assert told == [(0, "0", "bow-tie")] * 2 + [(1, "0.5", "broad")] * 3


def test_a_month_in_which_a_part_could_not_be_read_is_unknown(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-01-05", files(plan()))
    commit_on(tmp_path, "2026-03-05", files("reviewed: [\n"))
    commit_on(tmp_path, "2026-04-05", files(plan()))
    assert of_family(course(tmp_path), 4) == "........01.11"
    write_files(tmp_path, files("reviewed: [\n"))
    found = course(tmp_path)
    assert of_family(found, 4) == "........01.1."
    assert found.now is None
    assert found.better_by == 0


def test_before_a_shallow_clone_begins_nothing_is_known(tmp_path: Path) -> None:
    for day in ("2025-03-01", "2025-09-01", "2026-01-05"):
        commit_on(tmp_path / "whole", day, files(plan(), contacts=f"roland: {{name: Roland, checked: {day}}}\n"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path / 'whole'}", str(clone))
    assert [point is None for point in course(tmp_path / "whole").points] == [False] * 13
    assert [point is None for point in course(clone).points] == [True] * 8 + [False] * 5


def test_without_git_only_today_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write_files(tmp_path, files(plan()))
    assert of_family(course(tmp_path), 4) == "............1"


def sales(months: Mapping[str, int]) -> str:
    return "account,month,product,amount\n" + "".join(
        f"ernst-handel,{month},tea,{amount}\n" for month, amount in months.items()
    )


def test_sales_are_those_of_today_up_to_each_day(tmp_path: Path) -> None:
    """They cool from December on; that no export had told so before today changes nothing."""
    months = [shifted("2024-01", step) for step in range(28)]
    key = {f"{HOME}account.yml": ACCOUNT.replace("customer", "key")}
    commit_on(tmp_path, "2025-01-05", {**files(), **key})
    write_files(tmp_path, {"accounts/sales.csv": sales(dict.fromkeys(months, 100))})
    steady = of_family(course(tmp_path), 2)
    write_files(tmp_path, {"accounts/sales.csv": sales({m: 5 if m >= "2025-12" else 100 for m in months})})
    cooled = of_family(course(tmp_path), 2)
    assert [int(now) - int(before) for now, before in zip(cooled, steady, strict=True)] == [0] * 8 + [1] * 5
