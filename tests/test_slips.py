"""Slips from top to bottom: whose account, all of them or none, what it would break, and what is read for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kamgen.edit.slips.concerned import Concerned
from kamgen.errors import KamgenError
from kamgen.model.slips import as_slip
from kamgen.project import Clock
from kamgen.read.files import Disk
from kamgen.slips import Refused, apply_slips
from tests.conftest import NOW, Write
from tests.edit.conftest import tree
from tests.edit.slips.applying import applied
from tests.edit.slips.samples import FOLDER

DONE = {"slip": "done", "account": "ernst-handel", "item": "put-the-forecast-sheet-on-their-intranet"}
UNKNOWN = {**DONE, "item": "nothing"}


def refused(root: Path, *slips: Mapping[str, Any], sources: tuple[str, ...] = ()) -> Refused:
    before = tree(root)
    with pytest.raises(Refused) as told:
        apply_slips(root, Clock(NOW), [as_slip(one) for one in slips], sources=sources)
    assert tree(root) == before
    return told.value


def test_an_account_may_be_given_by_its_name(workspace: Write) -> None:
    root = workspace(FOLDER)
    assert applied(root, {**DONE, "account": "ERNST Handel"}).files == ("accounts/ernst-handel/plan.yml",)


ALPS = {
    "accounts/alpine-foods.yml": "name: Alpine Foods\nstage: suspect\n",
    "accounts/k-17/account.yml": "# Eighty shops\nname: 'Große Bäckerei Alpine'  # Graz\nstage: suspect\n",
    "accounts/broken.yml": b"\xff\xfe\x00",
}


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("ernst", "ernst-handel"),
        ("Shop", "other-shop"),
        ("foods", "alpine-foods"),
        ("grosse backerei alpine", "k-17"),
        ("Bäckerei", "k-17"),
    ],
)
def test_words_of_its_name_that_fit_one_account_alone_are_enough(workspace: Write, name: str, account: str) -> None:
    root = workspace({**FOLDER, **ALPS})
    heard = {"slip": "heard", "account": name, "sort": "threat", "what": "They close", "source": "Their boss"}
    assert applied(root, heard, dry_run=True).answers[0].account == account


def test_words_that_fit_several_accounts_are_told_with_all_of_them(workspace: Write) -> None:
    said = str(refused(workspace({**FOLDER, **ALPS}), {**DONE, "account": "alpine"}))
    assert said == '"alpine" can be 2 accounts: Alpine Foods, Große Bäckerei Alpine (k-17). Say which.'


def test_an_unknown_account_is_told(workspace: Write) -> None:
    said = str(refused(workspace(FOLDER), {**DONE, "account": "ernst-handl"}))
    assert said == 'There is no account "ernst-handl". Did you mean "ernst-handel"?'


@pytest.mark.parametrize("name", ["../../etc/passwd", "accounts/ernst-handel", "/", "..", "../ernst", "x" * 5000])
def test_no_account_leads_elsewhere(workspace: Write, name: str) -> None:
    assert str(refused(workspace(FOLDER), {**DONE, "account": name})).startswith("There is no account ")


def test_all_of_them_or_none(workspace: Write) -> None:
    error = refused(workspace(FOLDER), DONE, UNKNOWN)
    assert str(error).startswith('Slip 2 (done): There is no action, stage or goal "nothing" in Ernst Handel.')
    assert error.number == 2


def test_messages_say_where_a_slip_stands(workspace: Write) -> None:
    error = refused(workspace(FOLDER), DONE, UNKNOWN, sources=("may.yml:1", "may.yml:7"))
    assert str(error).startswith('may.yml:7: There is no action, stage or goal "nothing"')


def test_a_slip_sees_what_the_one_before_has_written(workspace: Write) -> None:
    root = workspace(FOLDER)
    heard = {"slip": "heard", "account": "other-shop", "sort": "threat", "what": "They close", "source": "Their boss"}
    applied(root, heard, {"slip": "drop", "account": "other-shop", "item": "They close", "why": "In years"})
    assert "because: In years" in (root / "accounts/other-shop.yml").read_text()


def test_a_mistake_that_it_would_bring_refuses_it_with_the_finding(workspace: Write) -> None:
    waiver = {"slip": "waiver", "account": "ernst-handel", "rule": "KAM9", "reason": "So", "until": "2026-06-01"}
    error = refused(workspace(FOLDER), {**waiver, "agreed_by": "andrew-fuller"})
    assert error.finding
    assert error.finding.code == "KAM008"
    assert str(error).startswith("It would put a mistake into accounts/ernst-handel/account.yml: KAM008 ")


def test_mistakes_that_are_there_already_do_not_stand_in_its_way(workspace: Write) -> None:
    broken = {"accounts/ernst-handel/notes/2026-05-01-x.md": "# No head\n", "accounts/other-shop.yml": "name: ["}
    assert applied(workspace({**FOLDER, **broken}), DONE).files


def test_only_the_accounts_concerned_are_read(workspace: Write) -> None:
    root = workspace({**FOLDER, "accounts/sales.csv": "account,month,amount\n", "accounts/Third Shop.yml": "name: T\n"})
    files = Concerned(Disk(root), root, {"ernst-handel", "third-shop"})
    assert sorted(files.names(root / "accounts")) == ["Third Shop.yml", "ernst-handel"]
    assert not files.exists(root / "accounts/sales.csv")
    assert files.names(root / "playbook") == Disk(root).names(root / "playbook")


def test_the_terminal_obeys_no_file(workspace: Write) -> None:
    text = FOLDER["accounts/ernst-handel/plan.yml"].replace("Put the forecast", "\\e[31mPut the forecast")
    root = workspace({**FOLDER, "accounts/ernst-handel/plan.yml": text})
    result = applied(root, {**DONE, "item": "31mput-the-forecast-sheet-on-their-intranet"})
    assert "31mPut the forecast" in result.text()
    assert "\x1b" not in result.text()


def test_nothing_said_is_nothing_written(workspace: Write) -> None:
    assert applied(workspace(FOLDER)).text() == "Nothing was written.\n"


def test_a_file_changed_meanwhile_is_not_overwritten(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves the plan in an editor while the slip is applied."""
    root = workspace(FOLDER)
    path = root / "accounts/ernst-handel/plan.yml"

    def meanwhile(*_: object) -> list[object]:
        path.write_text("# changed\n")
        return []

    monkeypatch.setattr("kamgen.slips.new_errors", meanwhile)
    with pytest.raises(KamgenError, match=r"somebody else has changed accounts/ernst-handel/plan\.yml meanwhile"):
        applied(root, DONE)
    assert path.read_text() == "# changed\n"
