"""activities.csv and budget.csv: keys become ids, every row is checked, and what cannot be taken is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.imports import ImportReport, run_import

Put = Callable[[str, str | bytes], Path]
Import = Callable[..., ImportReport]

TODAY = date(2026, 5, 6)
HEADING = "date,account,contact,who,kind\n"
PEOPLE = (
    "SELECT * FROM (VALUES ('A', 'Eva Lang', 'Buyer', '41'), ('A', 'Eva Lang', 'Owner', '42'), ('B', 'Bo', NULL, '43'))"
    " AS t(crm_id, name, title, key)"
)
TEAM = "SELECT '7' AS key, 'Ann Lee' AS name"
MET = "SELECT '2026-04-28' AS date, 'A' AS crm_id, '41' AS contact, '7' AS who, 'call' AS kind"


@pytest.fixture
def met(put: Put, tmp_path: Path) -> Callable[..., ImportReport]:
    """Import the activities that an SQL answers, of two customers with three people; more SQL files by name."""

    def run(activities: str, **sql: str) -> ImportReport:
        put("export/customers.csv", "id,name\nA,Foo\nB,Bar\n")
        accounts = "SELECT id AS crm_id, name, 'customer' AS stage FROM customers"
        texts = {"accounts": accounts, "contacts": PEOPLE, "team": TEAM, "activities": activities, **sql}
        for name, text in texts.items():
            put(f"preset/{name}.sql", text)
        return run_import(str(tmp_path / "preset"), tmp_path / "export", tmp_path / "root", today=TODAY)

    return run


@pytest.fixture
def activities(tmp_path: Path) -> Callable[[], str]:
    return lambda: (tmp_path / "root/accounts/activities.csv").read_text(encoding="utf-8").removeprefix(HEADING)


def test_keys_become_ids_and_days_come_in_order(met: Import, activities: Callable[[], str], tmp_path: Path) -> None:
    report = met(
        f"{MET} UNION ALL SELECT '2026-04-27', 'A', '42', '7', 'a, visit' "
        "UNION ALL SELECT DATE '2026-05-01', 'B', 'Bo', NULL, 'call' "
        "UNION ALL SELECT '2026-05-02', 'B', '', '7', 'call'"
    )
    assert (report.unread, report.notes) == ([], [])
    assert activities() == (
        '2026-04-27,foo,eva-lang-2,ann-lee,"a, visit"\n'
        "2026-04-28,foo,eva-lang,ann-lee,call\n"
        "2026-05-01,bar,bo,,call\n"
        "2026-05-02,bar,,ann-lee,call\n"
    )
    assert "    crm_id: '42'\n" in (tmp_path / "root/accounts/foo.yml").read_text()


@pytest.mark.parametrize(
    ("was", "cell", "reason"),
    [
        ("A", "C", "no account has the crm_id C (rows lost: 1)"),
        ("41", "43", 'foo has no contact "43" in its file (rows lost: 1)'),
        ("41", "Eva Lang", 'foo has no contact "Eva Lang" in its file (rows lost: 1)'),
        ("7", "8", 'who "8" is none of our people (rows lost: 1)'),
        (
            "2026-04-27",
            "2026-02-30",
            "date 2026-02-30, crm_id A, contact 41, who 7, kind call: "
            'date "2026-02-30": there is no such day; February 2026 has 28 days',
        ),
        (
            "2026-04-27",
            "28.4.2026",
            "date 28.4.2026, crm_id A, contact 41, who 7, kind call: "
            'date "28.4.2026": write dates as year-month-day, for example 2026-04-28',
        ),
        (
            "2026-04-27",
            "2026-05-08",
            "date 2026-05-08, crm_id A, contact 41, who 7, kind call: "
            "date 2026-05-08 lies ahead, and only what has happened belongs here",
        ),
        ("call", " ", "date 2026-04-27, crm_id A, contact 41, who 7: kind is empty"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_its_neighbour_is_taken(
    met: Import, activities: Callable[[], str], was: str, cell: str, reason: str
) -> None:
    other = MET.replace("04-28", "04-27").replace(f"'{was}'", f"'{cell}'")
    report = met(f"{MET} UNION ALL {other}")
    assert [str(row) for row in report.unread] == [f"activities.sql: {reason}"]
    assert activities() == "2026-04-28,foo,eva-lang,ann-lee,call\n"
    assert report.exit_code == 1


def test_rows_that_say_the_same_are_written_once(met: Import, activities: Callable[[], str]) -> None:
    report = met(f"{MET} UNION ALL {MET} UNION ALL {MET.replace('call', 'visit')}")
    assert report.notes == ["activities.sql: rows that say the same as another and were left out: 1"]
    assert activities() == "2026-04-28,foo,eva-lang,ann-lee,call\n2026-04-28,foo,eva-lang,ann-lee,visit\n"
    assert report.exit_code == 0


def test_people_are_those_of_the_file(put: Put, met: Import, activities: Callable[[], str]) -> None:
    put(
        "root/accounts/foo.yml",
        "name: Foo\nstage: key\ncrm_id: A\n"
        "contacts:\n  eva: {name: Eva Lang, crm_id: '41'}\n  ed: {name: Ed, crm_id: 9}\n",
    )
    report = met(f"{MET} UNION ALL {MET.replace('41', '9')} UNION ALL {MET.replace('41', 'ed').replace('28', '27')}")
    assert activities() == (
        "2026-04-27,foo,ed,ann-lee,call\n2026-04-28,foo,ed,ann-lee,call\n2026-04-28,foo,eva,ann-lee,call\n"
    )
    assert "foo: contacts.eva-lang-2 is not given in the file, Eva Lang in the import" in map(str, report.differences)
    report = met(MET.replace("41", "42"))
    assert [str(row) for row in report.unread] == ['activities.sql: foo has no contact "42" in its file (rows lost: 1)']
    assert "activities.csv was left as it was" in report.notes[-1]


def test_without_other_targets_ids_may_stand(put: Put, tmp_path: Path, activities: Callable[[], str]) -> None:
    put("root/accounts/foo.yml", "name: Foo\nstage: key\ncrm_id: A\ncontacts: {eva: {name: Eva Lang}}\n")
    put("root/playbook/team.yml", "ann-lee: {name: Ann Lee}\n")
    put("export/c.csv", "x\n1\n")
    rows = MET.replace("'41'", "'eva'").replace("'7'", "'ann-lee'")
    put("preset/activities.sql", f"{rows} UNION ALL {rows.replace('ann-lee', 'bo')}")
    report = run_import(str(tmp_path / "preset"), tmp_path / "export", tmp_path / "root")
    assert [str(row) for row in report.unread] == ['activities.sql: who "bo" is none of our people (rows lost: 1)']
    assert activities() == "2026-04-28,foo,eva,ann-lee,call\n"


def test_a_number_of_two_contacts_is_a_mistake_in_the_sql(met: Import) -> None:
    with pytest.raises(KamgenError, match=r"^contacts\.sql returns the key 41 twice for A: one row a contact\.$"):
        met(MET, contacts=PEOPLE.replace("'42'", "'41'"))


def test_a_budget_comes_in_to_the_cent(accounts_import: Import, tmp_path: Path) -> None:
    report = accounts_import(
        "id,name\nA,Foo\n",
        budget="SELECT * FROM (VALUES ('A', '2026-05', 10.005), ('A', '2026-04', 0), ('Z', '2026-04', 1), "
        "('A', '2026-4', 1), ('A', '2026-06', NULL), ('A', '0026-04', 1)) AS t(crm_id, month, amount)",
    )
    assert (tmp_path / "root/accounts/budget.csv").read_text() == (
        "account,month,amount\nfoo,2026-04,0.00\nfoo,2026-05,10.00\n"
    )
    assert [str(row) for row in report.unread] == [
        'budget.sql: crm_id A, month 2026-4, amount 1.000: month "2026-4" is not a month such as 2026-04',
        'budget.sql: crm_id A, month 2026-06: amount "" is not a number',
        'budget.sql: crm_id A, month 0026-04, amount 1.000: month is "0026-04"; '
        "a year and a month belong there, such as 2026-04",
        "budget.sql: no account has the crm_id Z (rows lost: 1)",
    ]


def test_a_budget_that_is_given_twice_is_a_mistake_in_the_sql(accounts_import: Import, tmp_path: Path) -> None:
    budget = "SELECT 'A' AS crm_id, '2026-04' AS month, unnest([1, 2]) AS amount"
    with pytest.raises(KamgenError, match=r"^budget\.sql returns foo, 2026-04 twice: group by crm_id, month\.$"):
        accounts_import("id,name\nA,Foo\n", budget=budget)
    assert not (tmp_path / "root").exists()


def test_what_kamgen_would_not_read_back_is_not_written(accounts_import: Import, tmp_path: Path) -> None:
    report = accounts_import(
        "id,name\nA,Foo\n", deliveries="SELECT 'A' AS crm_id, '2026-04' AS month, 1 AS deliveries, 2 AS late"
    )
    assert [row.reason for row in report.unread] == [
        "crm_id A, month 2026-04, deliveries 1, late 2: 2 late of 1 deliveries: more late ones than there were"
    ]
