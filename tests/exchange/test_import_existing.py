"""What exists is compared and never changed; what is told is told once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.imports import ImportReport, run_import

Put = Callable[[str, str | bytes], Path]
Import = Callable[..., ImportReport]

TEAM = "SELECT '1' AS key, 'Ann Lee' AS name, 'Director' AS title, true AS senior"
MANAGED = "SELECT id AS crm_id, name, 'customer' AS stage, 'Spain' AS country, '1' AS manager FROM customers"


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_import_twice_writes_the_same_bytes_and_then_nothing(
    demo_root: Path, order_book: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    run_import("northwind", order_book, again)
    assert bytes_of(again) == bytes_of(demo_root)
    stamps = {path: path.stat().st_mtime_ns for path in again.rglob("*")}
    report = run_import("northwind", order_book, again)
    assert (report.created, report.rewritten, report.differences) == ([], [], [])
    assert len(report.unchanged) == 95
    assert {path: path.stat().st_mtime_ns for path in again.rglob("*")} == stamps


def test_hand_made_changes_stay_and_are_told(demo_root: Path, order_book: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(demo_root, root)
    account = root / "accounts/ernst-handel.yml"
    account.write_text(
        "# ours\nname: Ernst Handel\nstage: key\ncountry: Austria\nregion: DACH\ncrm_id: ERNSH\n"
        "manager: margaret-peacock\ncontacts: {roland-mendel: {name: Roland Mendel, level: instigator}}\n"
    )
    (root / "accounts/sales.csv").write_text("account,month\nold,2020-01\n")
    before = account.read_bytes()
    report = run_import("northwind", order_book, root)
    assert [str(difference) for difference in report.differences] == [
        "ernst-handel: region is DACH in the file, Western Europe in the import",
        "ernst-handel: manager is margaret-peacock in the file, robert-king in the import",
        "ernst-handel: contacts.roland-mendel.title is not given in the file, Sales Manager in the import",
    ]
    assert account.read_bytes() == before
    assert report.rewritten == ["accounts/sales.csv"]
    assert report.exit_code == 0


def test_a_folder_is_an_account_and_its_crm_id_counts_more_than_its_name(put: Put, accounts_import: Import) -> None:
    put("root/accounts/the-old-name/account.yml", "name: Old\nstage: customer\ncrm_id: 00123\n")
    put("root/accounts/the-old-name/contacts.yml", "pat: {name: Pat}\n")
    report = accounts_import(
        "id,name\n00123,New Name\n",
        contacts="SELECT id AS crm_id, 'Pat' AS name, 'Buyer' AS title FROM customers",
        sales="SELECT '00123' AS crm_id, '2026-01' AS month, 'x' AS product, 1 AS amount",
    )
    assert [str(difference) for difference in report.differences] == [
        "the-old-name: name is Old in the file, New Name in the import",
        "the-old-name: contacts.pat.title is not given in the file, Buyer in the import",
    ]
    assert (report.created, report.rewritten) == ([], ["accounts/sales.csv"])


def test_an_account_without_crm_id_is_known_by_its_name(put: Put, tmp_path: Path, accounts_import: Import) -> None:
    put("root/accounts/foo.yml", "name: Foo\nstage: prospect\n")
    report = accounts_import(
        "id,name\nA,Foo\n", sales="SELECT 'A' AS crm_id, '2026-01' AS month, 'x' AS product, 1 AS amount"
    )
    assert [str(difference) for difference in report.differences] == [
        "foo: stage is prospect in the file, customer in the import",
        "foo: crm_id is not given in the file, A in the import",
    ]
    assert (tmp_path / "root/accounts/sales.csv").read_text() == "account,month,product,amount\nfoo,2026-01,x,1.00\n"


@pytest.mark.parametrize("text", ["name: [", "- a\n", "", "a: *b\n", "name: \udce9", "x: " + "[" * 5000])
def test_a_file_that_cannot_be_read_is_left_alone(put: Put, accounts_import: Import, text: str) -> None:
    path = put("root/accounts/foo.yml", text.encode(errors="surrogateescape"))
    before = path.read_bytes()
    report = accounts_import("id,name\nA,Foo\n")
    assert report.notes == ["accounts/foo.yml cannot be read, so it was not compared"]
    assert (report.created, path.read_bytes()) == ([], before)


def test_people_and_families_keep_the_ids_of_the_file(put: Put, tmp_path: Path, accounts_import: Import) -> None:
    team = put("root/playbook/team.yml", "al: {name: Ann Lee, title: Boss}\n")
    put("root/playbook/offer.yml", "tea: {name: Beverages}\n")
    report = accounts_import(
        "id,name\nA,Foo\n",
        accounts=MANAGED,
        team=TEAM,
        offer="SELECT * FROM (VALUES ('7', 'Beverages'), ('8', 'Produce')) AS t(key, name)",
        sales="SELECT 'A' AS crm_id, '2026-01' AS month, 7 AS product, -0.006 AS amount",
    )
    assert "manager: al\n" in (tmp_path / "root/accounts/foo.yml").read_text()
    assert "foo,2026-01,tea,-0.01\n" in (tmp_path / "root/accounts/sales.csv").read_text()
    assert [str(difference) for difference in report.differences] == [
        "playbook/team.yml: al.title is Boss in the file, Director in the import",
        "playbook/team.yml: al.senior is not given in the file, true in the import",
        "playbook/offer.yml: produce is not given in the file, Produce in the import",
    ]
    assert team.read_text() == "al: {name: Ann Lee, title: Boss}\n"


def test_a_broken_team_file_is_left_alone(put: Put, accounts_import: Import) -> None:
    put("root/playbook/team.yml", "al: [\n")
    report = accounts_import("id,name\nA,Foo\n", accounts=MANAGED, team=TEAM)
    assert report.notes == ["playbook/team.yml cannot be read, so it was not compared"]


def test_a_file_that_cannot_be_written_leaves_no_rubbish(put: Put, tmp_path: Path, accounts_import: Import) -> None:
    (tmp_path / "root/accounts/sales.csv").mkdir(parents=True)
    with pytest.raises(KamgenError, match=r"^Nothing was written: .*sales\.csv: Is a directory\.$"):
        accounts_import(
            "id,name\nA,Foo\n", sales="SELECT 'A' AS crm_id, '2026-01' AS month, 'x' AS product, 1 AS amount"
        )
    assert sorted(path.name for path in (tmp_path / "root/accounts").iterdir()) == ["sales.csv"]


def test_an_export_without_one_usable_row_leaves_the_last_good_one(tmp_path: Path, accounts_import: Import) -> None:
    sales = "SELECT crm_id, month, product, amount FROM sold"
    accounts_import("id,name\nA,Foo\n", csv={"sold.csv": "crm_id,month,product,amount\nA,2026-01,x,1\n"}, sales=sales)
    good = (tmp_path / "root/accounts/sales.csv").read_text()
    report = accounts_import(
        "id,name\nA,Foo\n", csv={"sold.csv": "crm_id,month,product,amount\nA,January,x,1\n"}, sales=sales
    )
    assert report.unread
    assert (tmp_path / "root/accounts/sales.csv").read_text() == good
    assert report.notes == ["accounts/sales.csv was left as it was: not one row of the new export could be used"]
