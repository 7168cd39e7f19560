"""The example preset works as it stands, and docs/import.md shows it and the columns as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from kamgen.exchange.imports import run_import
from kamgen.exchange.imports.preset import SHIPPED
from kamgen.exchange.imports.targets import TARGETS
from kamgen.model.settings import Owned

Put = Callable[[str, str | bytes], Path]

DOCS = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
EXAMPLE = sorted(path for path in (SHIPPED / "example").iterdir() if path.suffix in {".sql", ".yml"})

EXPORT = {
    "customers.csv": "id;name;country;account_manager_id\n"
    "00123;Müller & Söhne;Austria;7\n00124;Foo; Inc.;UK;\n00125;Bar;n/a;7\n",
    "contacts.csv": "id,customer_id,first_name,last_name,job_title\n41,00123,Eva,Müller,Owner\n42,00124,,Price,Buyer\n",
    "employees.csv": "id,first_name,last_name,job_title,manager_id\n"
    "7,Ann,Lee,Account Manager,8\n8,Bo,Ray,Sales Director,\n",
    "product_groups.csv": "id,name\nT,Tea\nC,Coffee\n",
    "invoices.csv": "customer_id,invoiced_on,product_group_id,net_amount\n"
    "00123,2026-04-30,T,10.006\n00123,2026-04-01,T,1\n00124,2026-05-02,C,-3.5\n00999,2026-04-30,T,9\n",
    "shipments.csv": "customer_id,required_on,shipped_on\n"
    "00123,2026-04-10,2026-04-11\n00123,2026-04-10,2026-04-10\n00123,2026-04-30,\n00123,2026-05-20,\n",
    "budgets.csv": "customer_id,month,net_amount\n00123,2026-04,100\n00123,2026-04,20.5\n00124,2026-04,abc\n",
    "activities.csv": "held_on,customer_id,contact_id,employee_id,activity_type\n"
    "2026-04-28,00123,41,7,TEL\n2026-05-03,00124,,8,Meeting\n2026-05-04,00124,42,8,MAIL\n"
    "2026-06-01,00123,41,7,VIS\n2026-04-30,00123,42,7,VIS\n2026-04-29,00123,99,7,VIS\n",
}


def test_the_example_runs_on_plain_files(put: Put, tmp_path: Path) -> None:
    for name, text in EXPORT.items():
        put(f"export/{name}", text)
    report = run_import("example", tmp_path / "export", tmp_path / "root", today=date(2026, 5, 6))
    assert report.text() == (
        f"Import example from {tmp_path / 'export'}\n"
        "Created: playbook/team.yml\n"
        "Created: playbook/offer.yml\n"
        "Created: accounts/muller-sohne.yml\n"
        "Created: accounts/foo-inc.yml\n"
        "Created: accounts/bar.yml\n"
        "Written: accounts/sales.csv\n"
        "Written: accounts/deliveries.csv\n"
        "Written: accounts/budget.csv\n"
        "Written: accounts/activities.csv\n"
        "Repaired: 1 row of customers.csv (commas without quotes)\n"
        'Not read: invoices.csv:5: customer_id "00999" is not in id of customers\n'
        'Not read: budgets.csv:4: net_amount "abc" is not a number\n'
        'Not read: activities.csv:7: contact_id "99" is not in id of contacts\n'
        'Not read: activities.sql: muller-sohne has no contact "42" in its file (rows lost: 1)\n'
        "5 created, 4 written anew, 0 unchanged, 0 differences, 4 rows not read.\n"
    )
    accounts = tmp_path / "root" / "accounts"
    assert (accounts / "muller-sohne.yml").read_text(encoding="utf-8") == (
        "name: Müller & Söhne\nstage: customer\ncountry: Austria\nregion: Central Europe\ncrm_id: '00123'\n"
        "manager: ann-lee\ncontacts:\n  eva-muller:\n    name: Eva Müller\n"
        "    title: Owner\n    level: instigator\n    crm_id: '41'\n"
    )
    assert (accounts / "bar.yml").read_text() == "name: Bar\nstage: prospect\ncrm_id: '00125'\nmanager: ann-lee\n"
    assert (accounts / "sales.csv").read_text() == (
        "account,month,product,amount\nfoo-inc,2026-05,coffee,-3.50\nmuller-sohne,2026-04,tea,11.01\n"
    )
    assert (accounts / "deliveries.csv").read_text() == (
        "account,month,deliveries,late\nmuller-sohne,2026-04,3,2\nmuller-sohne,2026-05,1,0\n"
    )
    assert (accounts / "budget.csv").read_text() == "account,month,amount\nmuller-sohne,2026-04,120.50\n"
    assert (accounts / "activities.csv").read_text() == (
        "date,account,contact,who,kind\n"
        "2026-04-28,muller-sohne,eva-muller,ann-lee,call\n2026-05-03,foo-inc,,bo-ray,meeting\n"
    )


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: path.name)
def test_the_manual_shows_the_example_as_it_is(path: Path) -> None:
    language = "yaml" if path.suffix == ".yml" else "sql"
    assert f"### {path.name}\n\n```{language}\n{path.read_text(encoding='utf-8')}```\n" in DOCS


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_the_manual_lists_the_columns_as_they_are(target: object) -> None:
    known = TARGETS[target.name]  # type: ignore[attr-defined]
    section = DOCS.split(f"### {known.name}.sql columns\n")[1].split("###")[0]
    found = re.findall(r"^\| `(\w+)` \| (yes|no) \| (.*) \|$", section, re.MULTILINE)
    assert found == [(c.name, "yes" if c.needed else "no", c.meaning) for c in known.columns]


def test_the_manual_lists_what_an_import_may_own() -> None:
    section = DOCS.split("| Entry of `owns` |")[1].split("\n\n")[0]
    named = [name for row in section.splitlines() for name in re.findall(r"`([\w.]+)`", row.split("|")[1])]
    assert sorted(named) == sorted(get_args(Owned))


def test_a_manager_may_be_an_id_of_the_team_file(put: Put, tmp_path: Path) -> None:
    put("export/c.csv", "id\n1\n")
    put(
        "preset/accounts.sql",
        "SELECT id AS crm_id, 'Foo' AS name, 'suspect' AS stage, 'ann-lee' AS manager FROM c",
    )
    run_import(str(tmp_path / "preset"), tmp_path / "export", tmp_path / "root")
    assert (tmp_path / "root/accounts/foo.yml").read_text() == (
        "name: Foo\nstage: suspect\ncrm_id: '1'\nmanager: ann-lee\n"
    )
