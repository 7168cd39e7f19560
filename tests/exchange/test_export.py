"""`kamgen export`: the documented shape, nothing private, nothing that a spreadsheet runs, and no file of others."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.export import TABLES, export
from kamgen.exchange.export.table import overdue_days, rounded, table
from kamgen.exchange.export.written import as_csv, as_json
from kamgen.project import Checked
from tests.conftest import checked, write_files

ROOT = Path(__file__).parents[2]
SECRET = "Zephyrine"
TEAM = """
ann-lee: {name: Ann Lee, title: Account Manager}
bob-ray: {name: Bob Ray, title: Director, senior: true}
"""
ACCOUNT = """
name: "=Alpine Foods"
stage: key
country: Österreich
crm_id: "-0012"
manager: ann-lee
sponsor: bob-ray
promises:
  - {what: Answers the same day, owner: ann-lee, target: {at_least: 0.9}, kept: {2026-03: 0.95, 2026-04: 0.5}}
  - {what: "Zephyrine gets a call", private: true}
dates: [{what: Contract ends, on: 2026-12-31}]
"""
CONTACTS = """
roland: {name: Roland, level: influencer, covered_by: [ann-lee, bob-ray]}
zephyrine: {name: Zephyrine, level: instigator, covered_by: ann-lee, private: true}
"""
PLAN = """
reviewed: 2026-05-01
intelligence:
  strengths: [{what: Zephyrine likes us, private: true}, Depot visits are welcomed]
  opportunities:
    - {what: New depots, on: 2026-03-01, goal: shelves}
    - {what: Smaller orders, on: 2026-03-01}
    - {what: Zephyrine wants more, on: 2026-03-01, private: true}
  threats:
    - {what: A rival, on: 2026-03-01, parked: 2026-04-01, because: Too early}
    - {what: Leaks, on: 2026-03-01, goal: hidden}
intentions:
  shelves:
    goal: Their depots see no empty shelf
    owner: ann-lee
    agreed_with: [roland, zephyrine]
    measure: lines out of stock
    start: 14
    aim: 4
    readings: {2026-04-14: 9}
    since: 2026-01-01
    due: 2026-12-31
    stages: [{what: Baseline agreed, due: 2026-05-01}]
  hidden: {goal: Zephyrine trusts us, private: true, due: 2026-12-31}
implementation:
  - {what: "+ Put the sheet online", who: [ann-lee, zephyrine], due: 2026-04-30, goal: shelves}
  - {what: Call Zephyrine, who: ann-lee, due: 2026-04-30, private: true}
  - {what: Send the list, who: zephyrine, due: 2026-06-30, goal: hidden}
decisions: [{ask: Free samples, of: bob-ray, asked_on: 2026-04-20}, {ask: Dine with Zephyrine, private: true}]
"""
VISIT = """---
kind: visit
with: [roland, zephyrine]
signals: [Smaller orders]
---
# Depot
"""
CALL = """---
kind: call
with: [roland]
signals: [Smaller orders, Zephyrine leads]
private: true
---
# Zephyrine
"""
FILES = {
    "playbook/team.yml": TEAM,
    "playbook/offer.yml": "dairy: {name: Dairy}\n",
    "accounts/alpine/account.yml": ACCOUNT,
    "accounts/alpine/contacts.yml": CONTACTS,
    "accounts/alpine/plan.yml": PLAN,
    "accounts/alpine/partnership.yml": "asks-our-advice: {evidence: Zephyrine asked, on: 2026-03-12, private: true}\n"
    "value-shown: {evidence: They wrote what they saved, on: 2026-03-12}\n",
    "accounts/alpine/notes/2026-04-01-visit.md": VISIT,
    "accounts/alpine/notes/2026-05-05-zephyrine.md": CALL,
    "accounts/alpine/audits/2026-03-18.yml": "who: bob-ray\nwith: zephyrine\nmarks: 7\nseen_as: supplier\n"
    "answers: {unresolved: {answer: Two invoices}, marks: {answer: Zephyrine says seven, private: true}}\n",
    "accounts/beta.yml": "name: Beta\nstage: customer\n",
    "accounts/sales.csv": "account,month,product,amount\nalpine,2026-03,dairy,300.50\nalpine,2026-04,dairy,-0.50\n"
    "beta,2026-04,dairy,100\n",
    "accounts/budget.csv": "account,month,amount\nalpine,2026-04,250\n",
    "accounts/deliveries.csv": "account,month,deliveries,late\nalpine,2026-04,4,1\n",
}


@pytest.fixture
def judged(tmp_path: Path) -> Checked:
    """A small workspace in which somebody called Zephyrine is private, wherever she can be."""
    return checked(write_files(tmp_path / "house", FILES))


def exported(judged: Checked, folder: Path) -> str:
    return export(judged.portfolio, judged.findings, judged.root, folder, "1.2.3")


def document(folder: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((folder / "kamgen.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return known


def rows(judged: Checked, folder: Path, name: str) -> list[dict[str, Any]]:
    exported(judged, folder)
    found: list[dict[str, Any]] = document(folder)["tables"][name]
    return found


def contents(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_documented_columns_are_the_real_ones() -> None:
    page = (ROOT / "docs/export.md").read_text(encoding="utf-8").partition("## The tables")[2]
    told = {
        section.partition("\n")[0]: tuple(re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", section, re.MULTILINE))
        for section in page.split("\n### ")[1:]
    }
    assert told == {one.name: one.columns for one in TABLES}


def test_both_forms_hold_every_table(judged: Checked, tmp_path: Path) -> None:
    told = exported(judged, tmp_path / "out")
    known = document(tmp_path / "out")
    assert {key: known[key] for key in known if key != "tables"} == {
        "format": 1,
        "kamgen": "1.2.3",
        "as_of": "2026-05-06",
        "currency": "EUR",
    }
    assert told.startswith(f"Exported 2 accounts to {tmp_path / 'out'}: {len(TABLES)} tables with ")
    assert sorted(contents(tmp_path / "out")) == sorted(["kamgen.json", *(f"{one.name}.csv" for one in TABLES)])
    for one in TABLES:
        with (tmp_path / "out" / f"{one.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *lines = list(csv.reader(file))
        assert tuple(header) == one.columns
        assert len(lines) == len(known["tables"][one.name])
        assert lines, f"{one.name}: the test's workspace says nothing about it"


def test_nothing_private_leaves(judged: Checked, tmp_path: Path) -> None:
    assert any(SECRET.lower() in f"{f.subject}{f.message}".lower() for f in judged.findings)
    exported(judged, tmp_path / "out")
    for name, data in contents(tmp_path / "out").items():
        assert SECRET.lower() not in data.decode().lower(), name
        assert "trusts us" not in data.decode(), name


def test_private_things_count(judged: Checked, tmp_path: Path) -> None:
    alpine, _ = rows(judged, tmp_path / "out", "accounts")
    assert (alpine["open_goals"], alpine["open_actions"], alpine["indicators"]) == (2, 3, 2)
    load = {row["person"]: row["relationships"] for row in rows(judged, tmp_path / "out", "load")}
    assert load == {"ann-lee": 2, "bob-ray": 1}
    (signal,) = rows(judged, tmp_path / "out", "signals")
    assert (signal["notes"], signal["last_on"]) == (2, "2026-04-01")
    (roland,) = rows(judged, tmp_path / "out", "contacts")
    assert (roland["last_met"], roland["due"]) == ("2026-04-01", "2026-06-30")  # the private call is not told


def test_an_account(judged: Checked, tmp_path: Path) -> None:
    alpine, beta = rows(judged, tmp_path / "out", "accounts")
    wanted = {
        "account": "alpine",
        "name": "=Alpine Foods",
        "crm_id": "-0012",
        "sales": 300,
        "share": Decimal("0.75"),
        "deliveries": 4,
        "late_share": Decimal("0.25"),
        "overdue_actions": 2,
        "last_review": "2026-05-01",
        "next_review": "2026-05-31",
        "last_audit": "2026-03-18",
        "marks": 7,
        "team": [],
    }
    assert {key: alpine[key] for key in wanted} == wanted
    assert (beta["shape"], beta["shape_index"], beta["marks"], beta["last_audit"]) == ("none", None, None, None)
    known = rows(judged, tmp_path / "out", "findings")
    levels = [row["level"] for row in known if row["account"] == "alpine"]
    assert [alpine["errors"], alpine["warnings"], alpine["infos"]] == [
        levels.count(level) for level in ("error", "warning", "info")
    ]


def test_a_plan(judged: Checked, tmp_path: Path) -> None:
    items = rows(judged, tmp_path / "out", "swot")
    assert {row["item"]: (row["goal"], row["thread"]) for row in items} == {
        "depot-visits-are-welcomed": (None, None),
        "new-depots": ("shelves", "answered"),
        "smaller-orders": (None, "open"),
        "a-rival": (None, "parked"),
        "leaks": (None, "answered"),  # by a goal that is not told
    }
    (goal,) = rows(judged, tmp_path / "out", "goals")
    assert (goal["share_of_way"], goal["newest"], goal["torn"]) == (Decimal("0.5"), 9, [])
    assert goal["agreed_with"] == ["roland", "somebody"]
    (stage,) = rows(judged, tmp_path / "out", "stages")
    assert stage["overdue_days"] == 5
    first, second = rows(judged, tmp_path / "out", "actions")
    assert (first["who"], first["theirs"], first["overdue_days"]) == (["ann-lee", "somebody"], False, 6)
    assert (second["who"], second["theirs"], second["goal"], second["overdue_days"]) == (["somebody"], True, None, None)


def test_the_business(judged: Checked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [tuple(row.values()) for row in rows(judged, out, "sales_by_month")] == [
        ("alpine", "2026-03", Decimal("300.5"), None),
        ("alpine", "2026-04", Decimal("-0.5"), 250),
        ("beta", "2026-04", 100, None),
    ]
    assert [tuple(row.values()) for row in rows(judged, out, "promises_by_month")] == [
        ("alpine", "answers-the-same-day", "2026-03", Decimal("0.95"), True),
        ("alpine", "answers-the-same-day", "2026-04", Decimal("0.5"), False),
    ]
    assert [tuple(row.values()) for row in rows(judged, out, "concentration")] == [
        (1, "alpine", 300, Decimal("0.75"), Decimal("0.75"), True),
        (2, "beta", 100, Decimal("0.25"), 1, True),
    ]
    assert [(row["question"], row["loose"]) for row in rows(judged, out, "audit_answers")] == [("unresolved", True)]


def test_a_second_export_has_the_same_bytes(judged: Checked, tmp_path: Path) -> None:
    exported(judged, tmp_path / "one")
    exported(judged, tmp_path / "two")
    before = contents(tmp_path / "one")
    assert before == contents(tmp_path / "two")
    (tmp_path / "one/report.pbix").write_text("mine")
    (tmp_path / "one/accounts.csv").write_text("old")
    exported(judged, tmp_path / "one")
    assert contents(tmp_path / "one") == {**before, "report.pbix": b"mine"}


@pytest.mark.parametrize("kamgen_json", [None, "not JSON", "[]", '{"tables": 1}'])
def test_a_folder_with_other_files_is_refused(judged: Checked, tmp_path: Path, kamgen_json: str | None) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "accounts.csv").write_text("mine")
    if kamgen_json is not None:
        (folder / "kamgen.json").write_text(kamgen_json)
    before = contents(folder)
    with pytest.raises(KamgenError, match="holds other files"):
        exported(judged, folder)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "place", ["accounts", "accounts/alpine", "playbook", "playbook/new/deep", "export/../accounts/x"]
)
def test_folders_that_kamgen_reads_are_refused(judged: Checked, place: str) -> None:
    with pytest.raises(KamgenError, match="which kamgen reads"):
        exported(judged, judged.root / place)


def test_the_workspace_itself_and_a_file_are_refused(judged: Checked, tmp_path: Path) -> None:
    with pytest.raises(KamgenError, match="holds other files"):
        exported(judged, judged.root)
    (tmp_path / "file").write_text("")
    with pytest.raises(KamgenError, match="is a file"):
        exported(judged, tmp_path / "file")


def test_links_in_a_circle_are_refused(judged: Checked, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(KamgenError, match="loop"):
        exported(judged, tmp_path / "loop")


def test_a_link_to_the_accounts_is_refused(judged: Checked, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(judged.root / "accounts", target_is_directory=True)
    with pytest.raises(KamgenError, match="which kamgen reads"):
        exported(judged, tmp_path / "link")


def test_how_often_somebody_wants_to_be_met(tmp_path: Path) -> None:
    people = "\n".join(
        f"{name}: {{name: {name}{more}}}"
        for name, more in {"a": ", level: influencer", "b": ", meet_every: never", "c": ""}.items()
    )
    house = checked(write_files(tmp_path / "house", {**FILES, "accounts/alpine/contacts.yml": f"{people}\n"}))
    found = rows(house, tmp_path / "out", "contacts")
    assert [(row["meet_every"], row["wanted"]) for row in found] == [(90, True), (None, False), (None, False)]


def test_an_empty_folder_will_do(judged: Checked, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.gitignore").write_text("*")
    exported(judged, tmp_path / "out")
    assert document(tmp_path / "out")["format"] == 1


def test_no_account_is_an_error(tmp_path: Path) -> None:
    empty = checked(write_files(tmp_path / "house", {}))
    with pytest.raises(KamgenError, match="nothing to export"):
        exported(empty, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    broken = checked(write_files(tmp_path / "house", {**FILES, "accounts/sales.csv": "nonsense\n"}))
    assert "could not be read: sales." in exported(broken, tmp_path / "out")
    alpine = rows(broken, tmp_path / "out", "accounts")[0]
    assert (alpine["sales"], alpine["growth"], alpine["rank"]) == (None, None, None)
    assert rows(broken, tmp_path / "out", "concentration") == []


ONE = table("one", "a", lambda _: iter(()))


@pytest.mark.parametrize(
    ("cell", "in_csv", "in_json"),
    [
        ("=1+1", "'=1+1", '"=1+1"'),
        ("+49", "'+49", '"+49"'),
        ("-0012", "'-0012", '"-0012"'),
        ("@cmd", "'@cmd", '"@cmd"'),
        ("\tx", "'\tx", '"\\tx"'),
        ("＝1", "'＝1", '"＝1"'),
        ("a=1", "a=1", '"a=1"'),
        ("Käse, Öl", '"Käse, Öl"', '"Käse, Öl"'),
        (Decimal("-3.50"), "-3.5", "-3.5"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal("-0.0"), "0", "0"),
        (-2, "-2", "-2"),
        (True, "true", "true"),
        (None, '""', "null"),
        (date(2026, 4, 30), "2026-04-30", '"2026-04-30"'),
        (("-a", "b"), "'-a;b", '["-a", "b"]'),
        ((), '""', "[]"),
        ("half \ud800", "half ?", '"half ?"'),
    ],
)
def test_a_cell(cell: Any, in_csv: str, in_json: str) -> None:
    assert as_csv(ONE, [(cell,)]) == f"a\n{in_csv}\n"
    text = as_json({}, [(ONE, [(cell,)])])
    assert f'{{"a": {in_json}}}' in text


def test_figures() -> None:
    assert rounded(None) is None
    assert rounded(Decimal(1) / 3) == Decimal("0.333333")
    assert rounded(Decimal("1e40")) == Decimal("1e40")
    today = date(2026, 5, 6)
    assert overdue_days(today, True, today) is None
    assert overdue_days(date(2026, 5, 5), True, today) == 1
    assert overdue_days(date(2026, 5, 5), False, today) is None
    assert overdue_days(None, True, today) is None
