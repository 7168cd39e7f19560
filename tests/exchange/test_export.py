"""`kamgen export`: the documented shape, nothing private, nothing that a spreadsheet runs, and no file of others."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.export import TABLES, export
from kamgen.exchange.export.table import overdue_days, rounded, table
from kamgen.exchange.export.written import as_csv, as_json
from kamgen.facts.relationships import if_leaves
from kamgen.facts.threads import threads
from kamgen.facts.whitespace import white_space
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

REGIONS = {"North": (3, 3), "South": (5, 4)}


def _bought(slug: str, first: int, last: int, family: str, amount: int) -> Iterator[str]:
    """Rows of sales.csv; months are counted from January 2024."""
    return (f"{slug},{2024 + month // 12}-{month % 12 + 1:02},{family},{amount}\n" for month in range(first, last + 1))


def _wide() -> dict[str, str]:
    """Six key accounts in two regions, and three customers: one that rises, one without dairy, one that gave up meat.

    Sales run from May 2024 (month 4) to April 2026 (month 27); everybody buys as much every month.
    """
    files = {
        "playbook/offer.yml": "dairy: {name: Dairy}\nmeat: {name: Meat}\n",
        "playbook/criteria.yml": "criteria:\n  prestige: {name: Prestige}\n  access: {name: Opens doors}\n",
        "accounts/budget.csv": "account,month,amount\nnorth-1,2026-01,100\nnorth-1,2026-03,150\n",
    }
    rows: list[str] = []
    for region, (prestige, access) in REGIONS.items():
        for number in (1, 2, 3):
            slug = f"{region.lower()}-{number}"
            rows += [*_bought(slug, 4, 27, "dairy", 60), *_bought(slug, 4, 27, "meat", 40)]
            files[f"accounts/{slug}.yml"] = (
                f"name: {slug}\nstage: key\nregion: {region}\n"
                f"selection: {{scores: {{prestige: {prestige}, access: {access}}}}}\n"
            )
    rows += [*_bought("riser", 4, 21, "dairy", 100), *_bought("riser", 22, 27, "dairy", 300)]
    rows += [*_bought("riser", 4, 27, "meat", 80)]
    rows += [*_bought("hungry", 4, 27, "meat", 50)]
    rows += [*_bought("quitter", 4, 27, "dairy", 20), *_bought("quitter", 4, 22, "meat", 10)]
    for slug in ("riser", "hungry", "quitter"):
        files[f"accounts/{slug}.yml"] = f"name: {slug}\nstage: customer\n"
    files["accounts/hungry.yml"] += "wallet: {2025: 1200, 2026: 1200, 2020: 10}\n"
    files["accounts/hungry/notes/2026-04-26-late.md"] = "---\nkind: issue\n---\n# Two pallets late\n"
    files["accounts/hungry/notes/2026-04-27-secret.md"] = "---\nkind: issue\nprivate: true\n---\n# Zephyrine\n"
    files["accounts/sales.csv"] = "account,month,product,amount\n" + "".join(rows)
    return files


@pytest.fixture
def wide(tmp_path: Path) -> Checked:
    """A workspace in which accounts can be held against each other."""
    return checked(write_files(tmp_path / "wide", _wide()))


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


def test_both_forms_hold_every_table(judged: Checked, wide: Checked, tmp_path: Path) -> None:
    exported(wide, tmp_path / "wide-out")
    elsewhere = document(tmp_path / "wide-out")["tables"]
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
        assert lines or elsewhere[one.name], f"{one.name}: the tests' workspaces say nothing about it"


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


def test_what_hangs_on_a_person(tmp_path: Path) -> None:
    files = {path: text for path, text in FILES.items() if "/audits/" not in path}
    judged, out = checked(write_files(tmp_path / "house", files)), tmp_path / "out"
    found = {row["person"]: row for row in rows(judged, out, "if_leaves")}
    assert list(found) == ["ann-lee", "bob-ray", "roland"]  # and nobody private
    ann = found["ann-lee"]
    assert (ann["ours"], ann["ties"], ann["alone"], ann["only_tie_to"]) == (True, 2, 1, ["somebody"])
    assert (ann["levels"], ann["goals"], ann["actions"]) == (["instigator"], ["shelves"], ["put-the-sheet-online"])
    assert (found["roland"]["ties"], found["roland"]["only_tie_to"]) == (2, ["bob-ray"])
    (shape,) = rows(judged, out, "shapes")
    assert tuple(shape.values()) == ("alpine", [], 2, 3, Decimal("0.333333"), "lopsided", None, None)
    levels = {row["level"]: (row["contacts"], row["theirs"], row["ours"]) for row in rows(judged, out, "levels")}
    assert levels == {
        "instigator": (1, ["somebody"], ["ann-lee"]),
        "influencer": (1, ["roland"], ["ann-lee", "bob-ray"]),
        "implementer": (0, [], []),
    }


def test_torn_ends(judged: Checked, tmp_path: Path) -> None:
    found = [tuple(row.values())[1:4] for row in rows(judged, tmp_path / "out", "torn_ends")]
    assert found == [("unanswered", None, "smaller-orders")]  # the loose action is private


def test_our_view_beside_theirs(judged: Checked, tmp_path: Path) -> None:
    (row,) = rows(judged, tmp_path / "out", "partnership")
    assert (row["claimed"], row["evidenced"], row["fresh"], row["old"]) == (2, 2, 2, 0)  # the private one counts
    assert (row["audited_on"], row["marks"], row["seen_as"], row["views_differ"]) == (
        "2026-03-18",
        7,
        "supplier",
        False,
    )
    assert row["share"] == rounded(Decimal(2) / row["indicators"])
    (sighting,) = rows(judged, tmp_path / "out", "sightings")
    assert tuple(sighting.values()) == ("smaller-orders", "alpine", "2026-04-01", "2026-04-01-visit", [])


def test_the_year_so_far_against_budget(wide: Checked, tmp_path: Path) -> None:
    found = {row["account"]: row for row in rows(wide, tmp_path / "out", "budget")}
    assert len(found) == 9
    assert tuple(found["north-1"].values()) == (
        *("north-1", "2026-01", "2026-04", 400, 200, 250, -50, Decimal("0.8")),
        ["2026-02", "2026-04"],
    )
    assert (found["hungry"]["covered"], found["hungry"]["budget"], found["hungry"]["ratio"]) == (0, None, None)
    (whole,) = rows(wide, tmp_path / "out", "portfolio")
    assert (whole["covered_to_date"], whole["budget_to_date"], whole["budget_ratio"]) == (200, 250, Decimal("0.8"))
    assert whole["sold_to_date"] == sum(row["sold"] for row in found.values())


def test_what_they_might_buy(wide: Checked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    gaps = {(row["account"], row["family"]): row for row in rows(wide, out, "white_space")}
    hungry = gaps["hungry", "dairy"]
    # Eight others buy dairy. Six of them spend 0.6 of their money on it, which is the middle; hungry buys for 600.
    assert tuple(hungry.values())[2:] == ("Dairy", 0, 360, 360, 8, 8, "all")
    spaces = {row["account"]: row["white_space"] for row in rows(wide, out, "accounts")}
    assert spaces["hungry"] == 360
    shares = {row["year"]: tuple(row.values())[2:] for row in rows(wide, out, "wallet")}
    assert shares == {
        "2020": (10, None, 0, True, None, None),
        "2025": (1200, 600, 12, False, Decimal("0.5"), Decimal("0.5")),
        "2026": (1200, 200, 4, True, Decimal("0.166667"), Decimal("0.5")),
    }
    assert [tuple(row.values()) for row in rows(wide, out, "families_lost")] == [
        ("quitter", "meat", "Meat", 7, 70, "2025-11")
    ]


def test_the_long_tail(wide: Checked, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tail = rows(wide, out, "long_tail")
    assert [row["account"] for row in tail] == ["riser", "hungry", "quitter"]
    assert tuple(tail[0].values())[3:] == (2280, 1080, 1200, True)
    stages = {row["stage"]: (row["accounts"], row["buying"], row["sales"]) for row in rows(wide, out, "pipeline")}
    assert stages["key"] == (6, 6, 7200)
    assert stages["customer"] == (3, 3, 3360 + 600 + 310)
    assert stages["suspect"] == (0, 0, 0)
    assert [tuple(row.values()) for row in rows(wide, out, "step_up")] == [("riser", 3360, "north-1", None)]


def test_regions_side_by_side(wide: Checked, tmp_path: Path) -> None:
    assert [tuple(row.values()) for row in rows(wide, tmp_path / "out", "evenness")] == [
        ("North", 3, 3, Decimal("-1.5"), [], []),
        ("South", 3, 3, Decimal("1.5"), [], []),
    ]


def test_open_complaints(wide: Checked, tmp_path: Path) -> None:
    (told,) = rows(wide, tmp_path / "out", "complaints")
    assert tuple(told.values()) == ("hungry", "2026-04-26-late", "2026-04-26", "Two pallets late", 10)
    counted = {row["account"]: row["open_complaints"] for row in rows(wide, tmp_path / "out", "accounts")}
    assert counted["hungry"] == 2  # the private one counts and is not told


def test_the_demo_tells_what_the_facts_say(tmp_path: Path) -> None:
    demo = checked(ROOT)
    exported(demo, tmp_path / "out")
    tables, whole = document(tmp_path / "out")["tables"], demo.portfolio
    spaces = {slug: space.total for slug, space in white_space(whole).items()}
    assert {row["account"]: row["white_space"] for row in tables["accounts"] if row["white_space"] is not None} == {
        slug: rounded(total) for slug, total in spaces.items()
    }
    assert len(tables["white_space"]) == sum(len(space.gaps) for space in white_space(whole).values())
    plans = [account.plan for account in whole.accounts.values() if account.plan]
    torn = [threads(plan) for plan in plans]
    assert len(tables["torn_ends"]) == sum(
        sum(len(thread.torn) for thread in found.threads) + len(found.unanswered) + len(found.loose) for found in torn
    )
    leaving = {slug: if_leaves(whole, account) for slug, account in whole.accounts.items()}
    assert [(row["account"], row["person"], row["alone"]) for row in tables["if_leaves"]] == [
        (slug, person, len(loss.alone)) for slug in sorted(leaving) for person, loss in leaving[slug].items()
    ]
    assert sum(row["sales"] for row in tables["pipeline"]) == tables["portfolio"][0]["sales"]
    counted = Counter(row["account"] for row in tables["standings"] for _ in range(row["errors"] + row["warnings"]))
    told = {row["account"]: row["errors"] + row["warnings"] for row in tables["accounts"]}
    assert counted == {slug: number for slug, number in told.items() if number}


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
