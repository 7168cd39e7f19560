"""`kamgen new`: files with prompts, read without a mistake, over nothing that is there."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kamgen.edit.atomic import write_files
from kamgen.read.workspace import Read, read_workspace
from tests.edit.conftest import Run, tree, uncommented

HOSTILE = {
    "../../x": "x",
    "- a: b # c": "a-b-c",
    "'single' and \"double\"": "single-and-double",
    "NO": "no",
    "00123": "00123",
    "2026-02-30": "2026-02-30",
    "{{ 7 * 7 }} {% raw %}": "7-7-raw",
    "<script>alert(1)</script>": "script-alert-1-script",
    "&anchor *alias !tag": "anchor-alias-tag",
    "@home | > %": "home",
    "Two\nlines\tand\u2028more": "two-lines-and-more",
    "Königlich Essen 🙂": "koniglich-essen",
    "﷽ 株式会社": "x-",
    "\ufffe\ufeff odd": "odd",
    "x" * 300: "x" * 48,
}


def read(root: Path) -> Read:
    return read_workspace(root, lambda settings: (date(2026, 5, 6), True))


@pytest.mark.parametrize("stage", ["key", "customer"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_data(started: Path, kamgen: Run, name: str, stage: str) -> None:
    outside = tree(started.parent).keys()
    made = kamgen("new", "account", "--stage", stage, "--", name)
    assert made.code == 0, made.err
    new = tree(started.parent).keys() - outside
    assert all(path.startswith("workspace/accounts/") for path in new)
    found = read(started)
    account = next(one for slug, one in found.portfolio.accounts.items() if slug != "example-foods")
    assert account.name == " ".join(name.split())
    assert account.slug.startswith(HOSTILE[name])
    assert account.stage == stage
    assert [p for p in found.problems if p.code != "KAM016"] == []


@pytest.mark.parametrize("name", ["", "  \n ", "bell\a", "\x1b[31mred", "???", ": #", "🙂"])
def test_a_name_of_nothing_is_refused(started: Path, kamgen: Run, name: str) -> None:
    before = tree(started)
    refused = kamgen("new", "account", "--", name)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert tree(started) == before


def test_a_key_account_asks_its_questions(started: Path, kamgen: Run) -> None:
    made = kamgen("new", "account", "Ernst Handel", "--stage", "key")
    assert made.out == (
        "Made accounts/ernst-handel/account.yml\n"
        "Made accounts/ernst-handel/contacts.yml\n"
        "Made accounts/ernst-handel/plan.yml\n"
        "Made accounts/ernst-handel/partnership.yml\n"
        "Put your answers in place of the questions between < and >; kamgen check ernst-handel lists those left.\n"
    )
    texts = [path.read_text() for path in started.glob("accounts/ernst-handel/*")]
    prompts = sum(len(re.findall(r" <.+>$", text, re.MULTILINE)) for text in texts)
    found = json.loads(kamgen("check", "--format", "json").out)["findings"]
    assert [one["message"] for one in found if one["code"].startswith("KAM0")] == []
    left = [one for one in found if one["code"] == "KAM105"]
    assert len(left) == prompts > 15


def test_light_accounts_leave_nothing_to_find(started: Path, kamgen: Run) -> None:
    for stage in ("customer", "prospect", "suspect"):
        made = kamgen("new", "account", f"A {stage}", "--stage", stage)
        assert made.out.startswith(f"Made accounts/a-{stage}.yml\n")
    assert kamgen("check", "--fail-on", "warning").code == 0


@pytest.mark.parametrize("stage", ["key", "customer", "prospect", "suspect"])
def test_every_suggested_line_can_be_used(started: Path, kamgen: Run, stage: str) -> None:
    kamgen("new", "account", "Foo", "--stage", stage)
    for path in [*started.glob("accounts/foo.yml"), *started.glob("accounts/foo/*.yml")]:
        path.write_text(uncommented(path.read_text()))
    found = read(started)
    record = found.portfolio.accounts["foo"].record
    assert [(problem.code, problem.subject, problem.message) for problem in found.problems] == []
    assert record.manager == "alex-sample"
    assert len(record.contacts) == (3 if stage == "key" else 1)
    assert len(record.partnership or {}) == (len(found.portfolio.playbook.indicators) if stage == "key" else 0)


def test_examples_name_our_own_people(started: Path, kamgen: Run) -> None:
    kamgen("new", "account", "Foo", "--stage", "key")
    text = (started / "accounts/foo/account.yml").read_text()
    assert "# manager: alex-sample " in text
    assert "# sponsor: sam-example " in text
    assert "# team: [alex-sample, sam-example]" in text


@pytest.mark.parametrize("kind", ["file", "folder", "spelling"])
def test_a_slug_that_is_taken_is_refused(started: Path, kamgen: Run, kind: str) -> None:
    there = {"file": "foo.yml", "folder": "foo/account.yml", "spelling": "Foo.yml"}[kind]
    write_files({started / "accounts" / there: "name: Foo\nstage: key\n"})
    before = tree(started)
    refused = kamgen("new", "account", "  Foo!", "--stage", "key")
    shown = there.removesuffix("/account.yml")
    assert refused.code == 2
    assert (
        refused.err == f'kamgen: There is an account "foo" already: accounts/{shown}. Give the new one another name.\n'
    )
    assert tree(started) == before


def test_a_note_of_a_light_account(started: Path, kamgen: Run) -> None:
    made = kamgen("new", "note", "example-foods", "--as-of", "2026-05-06", "--title", 'Walked "the" depot: all {good}')
    path = "accounts/example-foods/notes/2026-05-06-walked-the-depot-all-good.md"
    assert made.out.startswith(f"Made {path}\n")
    text = (started / path).read_text()
    assert text.startswith("---\nkind: visit\n")
    assert "\n# with: [maria-muster]\n# who: [alex-sample]\n" in text
    assert '\n# Walked "the" depot: all {good}\n' in text
    assert read(started).problems == []


def test_the_commented_lines_of_a_note_are_true(started: Path, kamgen: Run) -> None:
    kamgen("new", "note", "example-foods", "--as-of", "2026-05-06", "--kind", "issue", "--title", "Late")
    path = started / "accounts/example-foods/notes/2026-05-06-late.md"
    path.write_text(uncommented(path.read_text()))
    found = read(started)
    assert found.problems == []
    assert found.portfolio.accounts["example-foods"].notes[0].head.with_ == ("maria-muster",)


def test_notes_of_one_day_stand_side_by_side(started: Path, kamgen: Run) -> None:
    for _ in range(3):
        assert kamgen("new", "note", "Example Foods", "--as-of", "2026-05-06", "--kind", "call").code == 0
    names = sorted(path.name for path in (started / "accounts/example-foods/notes").iterdir())
    assert names == ["2026-05-06-call-2.md", "2026-05-06-call-3.md", "2026-05-06-call.md"]
    assert read(started).problems == []


def test_what_has_left_is_not_offered(started: Path, kamgen: Run) -> None:
    team = started / "playbook/team.yml"
    team.write_text(team.read_text().replace("title: Account Manager", "title: Account Manager\n  leaves: 2026-05-01"))
    kamgen("new", "note", "example-foods", "--as-of", "2026-05-06", "--title", "x")
    assert "# who: [sam-example]\n" in (started / "accounts/example-foods/notes/2026-05-06-x.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["note", "exmple-foods"], 'There is no account "exmple-foods". Did you mean "example-foods"?'),
        (["note", "../x"], 'There is no account "../x".'),
        (["audit", "nobody"], 'There is no account "nobody".'),
        (
            ["note", "example-foods", "--kind", "isue"],
            'There is no kind of note "isue". Did you mean "issue"? '
            "There is: visit, call, meeting, review, touch, value, issue, signal, internal.",
        ),
    ],
)
def test_what_does_not_exist_is_named(started: Path, kamgen: Run, arguments: list[str], told: str) -> None:
    before = tree(started)
    refused = kamgen("new", *arguments)
    assert (refused.code, refused.err) == (2, f"kamgen: {told}\n")
    assert tree(started) == before


def test_an_audit_shows_what_was_said_last_time(started: Path, kamgen: Run) -> None:
    folder = started / "accounts/example-foods/audits"
    write_files(
        {
            folder
            / "2025-03-01.yml": "answers:\n  pressures:\n    answer: Rents\n  main-aims:\n    answer: More shops\n",
            folder / "2026-03-01.yml": 'answers:\n  pressures:\n    answer: "Staff:\\n  - scarce\\a"\n',
        }
    )
    made = kamgen("new", "audit", "example-foods", "--as-of", "2026-05-06")
    assert made.out.startswith("Made accounts/example-foods/audits/2026-05-06.yml\n")
    text = (folder / "2026-05-06.yml").read_text()
    assert "  # Last time (2026-03-01): Staff: - scarce\n  pressures:\n    answer: <What did they say?>\n" in text
    assert "  # Last time (2025-03-01): More shops\n  main-aims:\n" in text
    assert "# who: [sam-example]\n# with: [maria-muster]\n" in text
    found = read(started)
    assert found.problems == []
    held = found.portfolio.accounts["example-foods"].audits[-1]
    assert list(held.audit.answers) == list(found.portfolio.playbook.menu)


def test_a_sheet_with_all_its_questions_is_one_finding(started: Path, kamgen: Run) -> None:
    kamgen("new", "audit", "example-foods", "--as-of", "2026-05-06")
    asked = len(read(started).portfolio.playbook.menu)
    found = json.loads(kamgen("check", "--as-of", "2026-05-06", "--select", "KAM105", "--format", "json").out)
    (left,) = found["findings"]
    assert left["subject"] == "audits.2026-05-06"
    assert left["message"] == f"{asked} questions of the audit of 2026-05-06 still have no answer."


def test_an_audit_takes_the_workspaces_own_menu(started: Path, kamgen: Run) -> None:
    menu = "how-so:\n  part: past\n  ask: |\n    How so?\n    answers: {}\n"
    menu += "what-next:\n  part: future\n  ask: What's next?\n"
    write_files({started / "playbook/audit-menu.yml": menu})
    kamgen("new", "audit", "example-foods", "--as-of", "2026-05-06")
    text = (started / "accounts/example-foods/audits/2026-05-06.yml").read_text()
    assert "  # How so? answers: {}\n  how-so:\n" in text
    assert "On being a key account" not in text
    assert read(started).problems == []


def test_one_audit_a_day(started: Path, kamgen: Run) -> None:
    kamgen("new", "audit", "example-foods", "--as-of", "2026-05-06")
    before = tree(started)
    refused = kamgen("new", "audit", "example-foods", "--as-of", "2026-05-06")
    assert refused.code == 2
    assert "accounts/example-foods/audits/2026-05-06.yml" in refused.err
    assert tree(started) == before


def test_nothing_is_written_through_a_link_out_of_the_workspace(started: Path, tmp_path: Path, kamgen: Run) -> None:
    (tmp_path / "elsewhere").mkdir()
    (started / "accounts/example-foods").symlink_to(tmp_path / "elsewhere")
    refused = kamgen("new", "note", "example-foods", "--title", "x")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert tree(tmp_path / "elsewhere") == {}


def test_a_full_disk_leaves_no_half_account(started: Path, monkeypatch: pytest.MonkeyPatch, kamgen: Run) -> None:
    real, calls = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(28, "No space left on device", str(self))
        return real(self, target)

    before = tree(started)
    monkeypatch.setattr(Path, "replace", replace)
    refused = kamgen("new", "account", "Foo", "--stage", "key")
    assert refused.code == 2
    assert refused.err.startswith("kamgen: Nothing was written: ")
    assert tree(started) == before
    assert not (started / "accounts/foo").exists()
