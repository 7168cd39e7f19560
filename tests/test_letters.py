"""`kamgen remind`: a person's own week in at most seven lines, in three forms, with nothing private."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kamgen.cli import main
from kamgen.facts.week import MOST
from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import write_files

HOME = "accounts/ernst-handel/"
ACCOUNT = """\
name: Ernst Handel
stage: key
manager: margaret-peacock
planned:
  - {what: visit, who: [laura-callahan], with: [roland-mendel], on: 2026-05-08}
"""
CONTACTS = "roland-mendel: {name: Roland Mendel}\nsilent: {name: Silent-XSECRET, private: true}\n"
PLAN = """\
reviewed: 2026-04-20
implementation:
  - {what: Put the forecast sheet on their intranet, who: laura-callahan, due: 2026-05-12}
  - {what: Agree the stock count, who: laura-callahan, due: 2026-04-30}
  - {what: Share the stock data, who: roland-mendel, due: 2026-04-28}
  - {what: Dine with XSECRET, who: laura-callahan, due: 2026-05-07, private: true}
  - {what: Plan the autumn, who: laura-callahan, due: 2026-05-13}
decisions:
  - {ask: Free samples, of: andrew-fuller, asked_on: 2026-04-20}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "mkdocs.yml": "site_name: T\nsite_url: https://plans.example/\n",
        "playbook/team.yml": TEAM,
        "playbook/kamgen.yml": SETTINGS,
        f"{HOME}account.yml": ACCOUNT,
        f"{HOME}contacts.yml": CONTACTS,
        f"{HOME}plan.yml": PLAN,
    }
    monkeypatch.chdir(write_files(tmp_path, files))
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["remind", *arguments]) == 0
    return capsys.readouterr().out


def lines(capsys: pytest.CaptureFixture[str], person: str) -> list[str]:
    known: dict[str, Any] = json.loads(told(capsys, person, "--format", "json"))
    (one,) = known["people"]
    return [line["text"] for line in one["lines"]]


def test_a_colleagues_week(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "laura-callahan") == [
        "Fri 8 May 2026: Visit planned, Ernst Handel (Laura Callahan, Roland Mendel). "
        "Know: we owe them since Thu 30 Apr 2026: Agree the stock count.",
        "Tue 12 May 2026: Put the forecast sheet on their intranet (Ernst Handel).",
        "Overdue since Thu 30 Apr 2026: Agree the stock count (Ernst Handel).",
    ]


def test_the_managers_week_waits_on_others(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "margaret-peacock")
    assert "Waiting on Roland Mendel since Tue 28 Apr 2026: Share the stock data (Ernst Handel)." in found
    assert "Waiting on Laura Callahan since Thu 30 Apr 2026: Agree the stock count (Ernst Handel)." in found


def test_a_decision_that_waits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "andrew-fuller") == ["To decide, asked on Mon 20 Apr 2026: Free samples (Ernst Handel)."]


def test_before_a_meeting_an_open_complaint_comes_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = f"{HOME}notes/2026-05-02-short.md"
    write_files(root, {note: "---\nkind: issue\n---\n# Two pallets short\n"})
    assert "Know: their complaint of Sat 2 May 2026 is open: Two pallets short." in lines(capsys, "laura-callahan")[0]
    write_files(
        root, {note: "---\nkind: visit\n---\n# Walked the depot\n", f"{HOME}plan.yml": "reviewed: 2026-04-20\n"}
    )
    assert "Know: last note, Sat 2 May 2026: Walked the depot." in lines(capsys, "laura-callahan")[0]


def test_at_most_seven_lines_and_one_of_each_sort(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = "".join(f"  - {{what: Step {n}, who: margaret-peacock, due: 2026-04-{n:02}}}\n" for n in range(1, 21))
    write_files(root, {f"{HOME}plan.yml": PLAN.replace("decisions:", f"{many}decisions:")})
    known = json.loads(told(capsys, "margaret-peacock", "--format", "json"))["people"][0]
    assert len(known["lines"]) == MOST
    assert {line["kind"] for line in known["lines"]} == {"meeting", "overdue", "waiting"}
    assert known["more"] == 16
    assert "- … and 16 more on [your page](https://plans.example/people/margaret-peacock/)." in told(
        capsys, "margaret-peacock"
    )


def test_everybody_with_something_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys)
    assert [line for line in said.splitlines() if line.startswith("## ")] == [
        "## Andrew Fuller, week from 2026-05-06",
        "## Laura Callahan, week from 2026-05-06",
        "## Margaret Peacock, week from 2026-05-06",
    ]
    assert "XSECRET" not in said
    assert "- Nothing is due." in told(capsys, "janet-leverling")


def test_the_text_of_an_e_mail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "laura-callahan", "andrew-fuller", "--format", "email")
    assert said.startswith("Subject: Your week from 2026-05-06\n\nGood morning Laura Callahan,\n\n- Fri 8 May 2026:")
    assert "Your page: https://plans.example/people/laura-callahan/" in said
    assert max(map(len, said.splitlines())) <= 72
    assert said.count("Subject: ") == 2


def test_somebody_nobody_knows(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", "laura-calahan"]) == 2
    assert 'Did you mean "laura-callahan"?' in capsys.readouterr().err
    assert main(["remind", "--format", "fax"]) == 2
