"""Text from an export is data: it comes out as the same text, in a file that stays inside the workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kamgen.exchange.imports import ImportReport

Import = Callable[..., ImportReport]

NAMES = [
    "foo: bar # baz",
    "{{ x }}",
    "{% x %}",
    "- a",
    "? a",
    "@x",
    "%y",
    "*x",
    "&x",
    "!x",
    "'quoted'",
    '"double"',
    "it's",
    "| x",
    "> x",
    "[a",
    "{a",
    "a, b",
    "line one\nline two\n\nline four",
    "tab\there",
    "#",
    "---",
    "...",
    "~",
    "null",
    "NO",
    "true",
    "1e3",
    "00123",
    "12:30",
    "2026-05-06",
    "=cmd()",
    "<script>alert(1)</script>",
    "../../x",
    "/etc/passwd",
    "..\\..\\x",
    "C:\\x",
    "con",
    "\u202egnp.exe",
    "\u2028",
    "\ufeffbom",
    "\x85",
    "\x07bell",
    "\x00",
    "😀",
    "日本語",
    "x" * 5000,
]


def quoted(*rows: tuple[str, str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("id", "name"), *rows])
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_read_back_as_they_were(tmp_path: Path, accounts_import: Import, name: str) -> None:
    report = accounts_import(
        quoted(("00123", name)),
        contacts="SELECT id AS crm_id, name, name AS title FROM customers",
        team="SELECT id AS key, name FROM customers",
        offer="SELECT id AS key, name FROM customers",
        sales="SELECT id AS crm_id, '2026-01' AS month, id AS product, 1 AS amount FROM customers",
    )
    if not name.strip():
        assert report.exit_code == 1
        return
    expected = name.strip()
    (path,) = (tmp_path / "root/accounts").glob("*.yml")
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        facts = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        assert facts["name"] == expected
        assert facts["crm_id"] == "00123"
        assert next(iter(facts["contacts"].values())) == {"name": expected, "title": expected}
    for file in ("team", "offer"):
        listed = yaml.safe_load((tmp_path / f"root/playbook/{file}.yml").read_text(encoding="utf-8"))
        assert [entry["name"] for entry in listed.values()] == [expected]
    written = sorted(path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file())
    assert set(written) == {"export", "preset", "root"}
    assert len(list((tmp_path / "root").rglob("*.*"))) == 4
    assert b"\r" not in path.read_bytes()


def test_an_empty_name_is_reported_and_its_sales_are_counted(tmp_path: Path, accounts_import: Import) -> None:
    report = accounts_import(
        "id,name\nA, \nB,Bee\n,Nobody\n",
        sales="SELECT id AS crm_id, '2026-01' AS month, 'x' AS product, 5 AS amount FROM customers",
    )
    assert [str(row) for row in report.unread] == [
        "accounts.sql: name Nobody, stage customer: crm_id is empty",
        "accounts.sql: crm_id A, stage customer: name is empty",
        "sales.sql: no account has the crm_id (none) (rows lost: 1)",
        "sales.sql: no account has the crm_id A (rows lost: 1)",
    ]
    assert report.exit_code == 1
    assert (tmp_path / "root/accounts/sales.csv").read_text() == "account,month,product,amount\nbee,2026-01,x,5.00\n"


def test_two_customers_with_one_name_become_two_accounts_for_good(tmp_path: Path, accounts_import: Import) -> None:
    rows = "id,name\nB2,Café\nA1,cafe\nC/3,CAFE!\n"
    report = accounts_import(rows)
    assert report.created == ["accounts/cafe.yml", "accounts/cafe-b2.yml", "accounts/cafe-c-3.yml"]
    assert report.notes == [
        'B2 "Café" becomes cafe-b2, since another account is called cafe',
        'C/3 "CAFE!" becomes cafe-c-3, since another account is called cafe',
    ]
    again = accounts_import(rows)
    assert (again.created, again.notes, again.differences) == ([], [], [])


def test_ids_within_an_account_and_a_list_are_told_apart(tmp_path: Path, accounts_import: Import) -> None:
    report = accounts_import(
        "id,name\nA,Foo\n",
        contacts="SELECT 'A' AS crm_id, unnest(['Ann Lee', 'Bo', 'bo', 'BO']) AS name",
        team="SELECT unnest(['1', '2']) AS key, 'Ann Lee' AS name",
    )
    facts = yaml.safe_load((tmp_path / "root/accounts/foo.yml").read_text())
    assert list(facts["contacts"]) == ["ann-lee-contact", "bo", "bo-2", "bo-2-2"]
    assert report.notes == ['team.sql: "Ann Lee" (2) becomes ann-lee-2, since ann-lee is taken']
