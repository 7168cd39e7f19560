"""A draft finds the file of a key path, shows the workspace as it will be, and writes all of it or nothing."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kamgen.edit.draft import Draft
from kamgen.edit.sheet import CannotEdit
from kamgen.errors import KamgenError
from kamgen.read.workspace import read_workspace
from tests.conftest import write_files
from tests.edit.conftest import tree
from tests.read.samples import FILES

LIGHT = "name: Bon app'\nstage: prospect   # since May\n"
MORE = {
    "accounts/bon-app.yml": LIGHT,
    "accounts/bon-app/notes/2026-03-01-call.md": "---\r\nkind: call\r\n---\r\n# A call\r\n",
    "accounts/half/account.yml": "name: Half\nstage: prospect\n",
}
ACTION = "put-the-forecast-sheet-on-their-intranet"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, {**FILES, **MORE}).resolve()


def changed(draft: Draft) -> dict[str, str | None]:
    """The changed files by their paths below the root; of a changed one only the lines that came."""
    shown: dict[str, str | None] = {}
    for path, text in draft.changed.items():
        old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        shown[path.relative_to(draft.root).as_posix()] = (
            None if text is None else "\n".join(line for line in text.splitlines() if line not in old)
        )
    return shown


def test_a_folder_has_a_file_for_each_part(root: Path) -> None:
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "done"), "2026-05-05")
    draft.set("ernst-handel", ("contacts", "roland-mendel", "leaves"), "2026-07-31")
    draft.set("ernst-handel", ("partnership", "asks-our-advice", "on"), "2026-04-01")
    draft.set("ernst-handel", ("audits", "2026-03-18", "marks"), "8")
    draft.set("ernst-handel", ("stage",), "customer")
    folder = "accounts/ernst-handel"
    assert changed(draft) == {
        f"{folder}/plan.yml": f"    id: {ACTION}\n    done: 2026-05-05",
        f"{folder}/contacts.yml": "  leaves: 2026-07-31",
        f"{folder}/partnership.yml": "asks-our-advice: {evidence: Asked us to comment, on: 2026-04-01}",
        f"{folder}/audits/2026-03-18.yml": "marks: 8",
        f"{folder}/account.yml": "stage: customer",
    }


def test_a_light_account_has_one_file(root: Path) -> None:
    draft = Draft(root)
    draft.set("bon-app", ("plan", "reviewed"), "2026-05-05")
    draft.append("bon-app", ("plan", "implementation"), {"what": "Call Laurence"})
    draft.set("bon-app", ("contacts", "laurence-lebihan"), {"name": "Laurence Lebihan"})
    assert draft.text("accounts/bon-app.yml") == (
        LIGHT
        + "plan:\n  reviewed: 2026-05-05\n  implementation:\n    - what: Call Laurence\n      id: call-laurence\n"
        + "contacts:\n  laurence-lebihan:\n    name: Laurence Lebihan\n"
    )


def test_a_part_that_is_not_there_gets_its_file(root: Path) -> None:
    draft = Draft(root)
    draft.set("half", ("contacts", "ida", "name"), "Ida")
    draft.append("half", ("plan", "implementation"), {"what": "Meet Ida"})
    draft.set("half", ("plan", "reviewed"), "2026-05-05")
    assert changed(draft) == {
        "accounts/half/contacts.yml": "ida:\n  name: Ida",
        "accounts/half/plan.yml": "implementation:\n  - what: Meet Ida\n    id: meet-ida\nreviewed: 2026-05-05",
    }


def test_a_part_in_the_main_file_of_a_folder_stays_there(root: Path) -> None:
    write_files(root, {"accounts/half/account.yml": "name: Half\nstage: key\nplan: {reviewed: 2026-01-01}\n"})
    draft = Draft(root)
    draft.set("half", ("plan", "reviewed"), "2026-05-05")
    assert changed(draft) == {"accounts/half/account.yml": "plan: {reviewed: 2026-05-05}"}


def test_a_part_that_may_be_in_a_broken_file_is_not_begun_anew(root: Path) -> None:
    write_files(root, {"accounts/half/account.yml": "name: Half\nstage: key\ncontacts:\n  ida: {name: 'Ida\n"})
    draft = Draft(root)
    with pytest.raises(CannotEdit, match=r"^accounts/half/account\.yml, line 4: A quotation mark is opened here"):
        draft.set("half", ("contacts", "carl", "name"), "Carl")
    assert draft.changed == {}


def test_what_ended_in_an_earlier_year_has_its_own_file(root: Path) -> None:
    write_files(root, {"accounts/ernst-handel/plan-2025.yml": "implementation:\n  - what: Old\n    done: 2025-05-01\n"})
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", "old", "because"), "x")
    assert changed(draft) == {"accounts/ernst-handel/plan-2025.yml": "    id: old\n    because: x"}
    assert draft.home("ernst-handel", ("plan", "implementation", ACTION)).path.endswith("/plan.yml")
    assert draft.home("ernst-handel", ("plan", "implementation", "neither")).path.endswith("/plan.yml")


def test_ids_are_written_into_what_is_touched(root: Path) -> None:
    draft = Draft(root)
    plan = "accounts/ernst-handel/plan.yml"
    draft.set(
        "ernst-handel", ("plan", "intelligence", "strengths", "weekly-depot-visits-are-welcomed", "on"), "2026-05-01"
    )
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "what"), "Something else")
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "who"), "roland-mendel")
    stage = ("plan", "intentions", "no-empty-shelves", "stages", "joint-forecast-for-graz")
    draft.set("ernst-handel", (*stage, "done"), "2026-05-01")
    text = draft.text(plan)
    claim = "    - what: Weekly depot visits are welcomed\n      id: weekly-depot-visits-are-welcomed\n"
    assert f"{claim}      on: 2026-05-01\n" in text
    assert "  - what: Something else\n    who: roland-mendel\n    due: 2026-05-15\n" in text
    assert f"    goal: no-empty-shelves\n    id: {ACTION}\n" in text
    assert "{what: Joint forecast for Graz, due: 2026-06-30, id: joint-forecast-for-graz, done: 2026-05-01}" in text


def test_an_item_that_is_put_anew_keeps_its_id(root: Path) -> None:
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", ACTION), {"what": "Something else"})
    assert f"  - what: Something else\n    id: {ACTION}\n" in draft.text("accounts/ernst-handel/plan.yml")


def test_what_is_so_already_changes_nothing(root: Path) -> None:
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "due"), "2026-05-15")
    draft.set("ernst-handel", ("team",), ["laura-callahan"])
    draft.set("ernst-handel", ("team",), "laura-callahan")
    draft.set("ernst-handel", ("contacts", "helga-brandt", "covered_by"), ["andrew-fuller"])
    draft.replace("playbook/team.yml", draft.text("playbook/team.yml"))
    assert draft.changed == {}


def test_a_refused_change_changes_nothing(root: Path) -> None:
    draft = Draft(root)
    with pytest.raises(CannotEdit, match=r"^accounts/ernst-handel/plan\.yml: The text holds an invisible control"):
        draft.set("ernst-handel", ("plan", "implementation", ACTION, "because"), "a\x07")
    assert draft.changed == {}


def test_ids_are_new_in_their_list(root: Path) -> None:
    draft = Draft(root)
    path = ("plan", "implementation")
    new = {"what": "Put the forecast sheet on their intranet", "due": "2026-09-01"}
    assert draft.append("ernst-handel", path, new) == f"{ACTION}-2"
    assert draft.append("ernst-handel", path, new) == f"{ACTION}-3"
    assert draft.append("ernst-handel", path, {"id": "own", "what": "x"}) == "own"
    assert draft.append("ernst-handel", ("decisions",), {"ask": "Free samples"}) == "free-samples"


def test_a_key_goes(root: Path) -> None:
    draft = Draft(root)
    draft.remove("ernst-handel", ("contacts", "helga-brandt", "private"))
    assert "private" not in draft.text("accounts/ernst-handel/contacts.yml")


def test_the_head_of_a_note(root: Path) -> None:
    draft = Draft(root)
    draft.set_in_note("bon-app", "2026-03-01-call", ("private",), "true")
    name = "accounts/bon-app/notes/2026-03-01-call.md"
    assert draft.text(name) == "---\nkind: call\nprivate: true\n---\n# A call\n".replace("\n", "\r\n")
    draft.write()
    assert (root / name).read_bytes() == b"---\r\nkind: call\r\nprivate: true\r\n---\r\n# A call\r\n"


@pytest.mark.parametrize("name", ["../account", "../../../team", "/etc/passwd", "..\\x", ".hidden", "not-there"])
def test_the_name_of_a_note_is_no_path(root: Path, name: str) -> None:
    draft = Draft(root)
    with pytest.raises(KamgenError, match=r"^There is no file "):
        draft.set_in_note("ernst-handel", name, ("kind",), "call")
    assert draft.changed == {}


def test_an_account_that_is_not_there(root: Path) -> None:
    with pytest.raises(KamgenError) as refusal:
        Draft(root).set("ernst-handl", ("stage",), "key")
    assert str(refusal.value) == 'There is no account "ernst-handl". Did you mean "ernst-handel"?'


def test_the_reader_sees_the_workspace_as_it_will_be(root: Path) -> None:
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "done"), "2026-05-05")
    draft.create("accounts/new/account.yml", "name: New\nstage: suspect\n")
    draft.create("accounts/new/notes/2026-05-05.md", "---\nkind: call\n---\n")
    draft.delete("accounts/bon-app.yml")
    draft.delete("accounts/bon-app/notes/2026-03-01-call.md")
    before = tree(root)
    read = read_workspace(root, lambda settings: (date(2026, 5, 6), True), draft.files)
    assert sorted(read.portfolio.accounts) == ["ernst-handel", "half", "new"]
    assert [note.id for note in read.portfolio.accounts["new"].notes] == ["2026-05-05"]
    plan = read.portfolio.accounts["ernst-handel"].record.plan
    assert plan is not None
    assert plan.implementation[0].done == date(2026, 5, 5)
    assert tree(root) == before
    draft.write()
    again = read_workspace(root, lambda settings: (date(2026, 5, 6), True))
    assert again.portfolio.accounts == read.portfolio.accounts
    assert again.problems == read.problems
    assert not (root / "accounts" / "bon-app").exists()


def test_a_new_account_can_be_changed_at_once(root: Path) -> None:
    draft = Draft(root)
    draft.create("accounts/new.yml", "name: New\nstage: suspect\n")
    draft.set("new", ("stage",), "prospect")
    draft.delete("accounts/bon-app.yml")
    draft.delete("accounts/bon-app/notes/2026-03-01-call.md")
    assert draft.text("accounts/new.yml") == "name: New\nstage: prospect\n"
    with pytest.raises(KamgenError, match="There is no account"):
        draft.set("bon-app", ("stage",), "key")


def test_new_files_do_not_replace_others(root: Path) -> None:
    draft = Draft(root)
    draft.create("accounts/bon-app.yml", LIGHT)
    assert draft.changed == {}
    with pytest.raises(CannotEdit) as refusal:
        draft.create("accounts/bon-app.yml", "name: Other\n")
    assert str(refusal.value) == ("accounts/bon-app.yml: A file of that name is there already. Choose another name.")
    for call in (draft.text, draft.delete, lambda name: draft.replace(name, "")):
        with pytest.raises(KamgenError, match=r"^There is no file accounts/none\.yml\.$"):
            call("accounts/none.yml")


@pytest.mark.parametrize("name", ["../x.yml", "/etc/x.yml", "accounts/../../x.yml", "out/x.yml", ""])
def test_nothing_is_written_outside(root: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "out").symlink_to(outside)
    draft = Draft(root)
    with pytest.raises(KamgenError, match=r"would stand outside the workspace"):
        draft.create(name, "x")
    assert list(outside.iterdir()) == []


def test_links_and_unreadable_files_are_left_alone(root: Path) -> None:
    (root / "accounts" / "half" / "contacts.yml").symlink_to(root / "accounts" / "ernst-handel" / "contacts.yml")
    (root / "accounts" / "half" / "plan.yml").write_bytes(b"reviewed: 2026-01-01 # M\xfcller\n")
    draft = Draft(root)
    with pytest.raises(CannotEdit, match=r"^accounts/half/contacts\.yml: This is a link\. Change the file"):
        draft.set("half", ("contacts", "x", "name"), "X")
    with pytest.raises(CannotEdit, match=r"^accounts/half/plan\.yml: The file holds a letter or sign on line 1"):
        draft.set("half", ("plan", "reviewed"), "2026-05-05")
    assert draft.changed == {}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    draft = Draft(root)
    draft.set("bon-app", ("stage",), "customer")
    draft.set("half", ("stage",), "customer")
    (root / "accounts" / "bon-app.yml").write_text("name: Theirs\nstage: key\n", encoding="utf-8")
    before = tree(root)
    with pytest.raises(KamgenError) as refusal:
        draft.write()
    assert str(refusal.value) == (
        "Nothing was written: somebody else has changed accounts/bon-app.yml meanwhile. Start again."
    )
    assert tree(root) == before


def test_what_somebody_else_created_meanwhile_is_not_overwritten(root: Path) -> None:
    draft = Draft(root)
    draft.create("accounts/new.yml", "name: New\nstage: suspect\n")
    (root / "accounts" / "new.yml").write_text("name: Theirs\n", encoding="utf-8")
    with pytest.raises(KamgenError, match="somebody else has changed"):
        draft.write()
    assert (root / "accounts" / "new.yml").read_text(encoding="utf-8") == "name: Theirs\n"


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["error", "key"])
@pytest.mark.parametrize("at", range(1, 4))
def test_interrupted_at_any_file_all_is_as_before(
    root: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException, at: int
) -> None:
    draft = Draft(root)
    draft.set("ernst-handel", ("plan", "implementation", ACTION, "done"), "2026-05-05")
    draft.set("ernst-handel", ("contacts", "roland-mendel", "leaves"), "2026-07-31")
    draft.set("half", ("plan", "reviewed"), "2026-05-05")
    before, calls, fsync = tree(root), 0, os.fsync

    def stopping(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise stop
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", stopping)
    with pytest.raises((KamgenError, KeyboardInterrupt)):
        draft.write()
    assert tree(root) == before
    monkeypatch.undo()
    draft.write()
    assert draft.changed == {}
    assert len({name for name, raw in tree(root).items() if before.get(name) != raw}) == 3
