"""`kamgen diff`: what a change does to the accounts, as text, Markdown and JSON; formatting alone is no change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from kamgen.cli import main
from tests.conftest import assert_golden
from tests.history import DAYS, commit, git

GOLDEN = Path(__file__).parent / "golden" / "diff"
TEAM = "margaret-peacock: {name: Margaret Peacock}\nandrew-fuller: {name: Andrew Fuller, senior: true}\n"
PLAN = """\
reviewed: 2026-04-20
intentions:
  no-empty-shelves:
    goal: Their depots see us as the supplier that ended out-of-stocks
    owner: margaret-peacock
    measure: lines out of stock
    start: 14
    aim: 3
    due: 2026-12-31
implementation:
  - {what: Put the forecast sheet on their intranet, who: margaret-peacock, due: 2026-05-15, goal: no-empty-shelves}
  - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20, goal: no-empty-shelves}
"""
FILES: dict[str, str | None] = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "accounts/ernst-handel/account.yml": "name: Ernst Handel\nstage: customer\nmanager: margaret-peacock\n",
    "accounts/ernst-handel/plan.yml": PLAN,
    "accounts/frankenversand.yml": "name: Frankenversand\nstage: prospect\ncrm_id: FRANK\n",
    "accounts/old-shop.yml": "name: Old Shop\nstage: suspect\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, DAYS[0], FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["diff", *arguments]) == 0
    return capsys.readouterr().out


def change(root: Path) -> None:
    """A branch with news of every sort."""
    git(root, "switch", "--quiet", "--create", "april")
    plan = PLAN.replace("aim: 3", "aim: 5").replace("2026-05-15", "2026-04-15").replace("Linz,", "Linz and Graz,")
    commit(
        root,
        DAYS[3],
        {
            "accounts/ernst-handel/plan.yml": plan,
            "accounts/ernst-handel/contacts.yml": "roland: {name: 'Roland <Mendel>', stance: critic}\n",
            "accounts/ernst-handel/notes/2026-04-02-linz.md": "---\nkind: issue\n---\n# Two pallets | short\n",
            "accounts/frankenversand.yml": None,
            "accounts/franken.yml": "name: Franken\nstage: customer\ncrm_id: FRANK\n",
            "accounts/old-shop.yml": None,
            "accounts/new-shop.yml": "name: New Shop\nstage: suspect\n",
            "playbook/team.yml": TEAM + "anna: {name: Anna}\n",
        },
    )


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_news_in_every_form(root: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    change(root)
    told = said(capsys, "main", "april", "--format", form)
    if form == "json":
        known = json.loads(told)
        assert known["format"] == 1
        known["kamgen"] = "VERSION"
        told = json.dumps(known, indent=2, ensure_ascii=False) + "\n"
    assert_golden(GOLDEN / f"diff.{form}", told)


def test_a_branch_is_compared_with_where_it_left_the_main_branch(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "switch", "--quiet", "--create", "april")
    commit(root, DAYS[1], {"accounts/old-shop.yml": "name: Old Shop\nstage: prospect\n"})
    git(root, "switch", "--quiet", "main")
    commit(root, DAYS[2], {"accounts/frankenversand.yml": None})
    git(root, "switch", "--quiet", "april")
    (root / "accounts" / "old-shop.yml").write_text("name: Old Shop\nstage: customer\n")
    told = said(capsys)
    assert "Stage: suspect, now customer." in told
    assert "Frankenversand" not in told


REWRITTEN = {
    "indented anew": yaml.safe_dump(yaml.safe_load(PLAN), indent=8, default_flow_style=False, sort_keys=False),
    "in flow style": yaml.safe_dump(yaml.safe_load(PLAN), default_flow_style=True, sort_keys=False),
    "in another order": yaml.safe_dump(yaml.safe_load(PLAN), default_flow_style=False, sort_keys=True),
    "quoted": yaml.safe_dump(yaml.safe_load(PLAN), default_style='"', sort_keys=False)
    .replace("!!int ", "")
    .replace("!!timestamp ", ""),
    "with comments and windows line ends": "# plan\r\n" + PLAN.replace("\n", "\r\n"),
    "items in another order": PLAN[: PLAN.index("  - {what: Put")]
    + "".join(reversed(PLAN[PLAN.index("  - {what: Put") :].splitlines(keepends=True))),
}


@pytest.mark.parametrize("text", REWRITTEN.values(), ids=REWRITTEN)
def test_formatting_is_no_change(root: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "accounts" / "ernst-handel" / "plan.yml").write_bytes(text.encode())
    told = said(capsys)
    assert told == "Nothing changed for any account between the last commit and the files as they are now.\n"


def test_a_file_moved_into_a_folder_is_no_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "accounts" / "old-shop").mkdir()
    (root / "accounts" / "old-shop.yml").rename(root / "accounts" / "old-shop" / "account.yml")
    assert "Nothing changed" in said(capsys)


def test_a_change_of_the_rules_is_no_change_of_the_accounts(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "playbook" / "kamgen.yml").write_text("as_of: 2026-05-06\nrules: {KAM101: off, KAM304: off}\n")
    told = said(capsys)
    assert "fixed:" not in told
    assert "playbook/kamgen.yml changed" in told


def test_without_git_it_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "accounts").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert main(["diff"]) == 2
    assert capsys.readouterr().err.strip().endswith("What changed is unknown: the workspace lies in no git repository.")


def test_a_shallow_clone_is_told(
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change(root)
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(root, "clone", "--quiet", "--depth", "1", "--branch", "april", f"file://{root}", str(clone))
    monkeypatch.chdir(clone)
    assert "what was before is unknown" in said(capsys)
    assert main(["diff", "main"]) == 2
    assert 'git knows no commit "main", and this clone is shallow.' in capsys.readouterr().err
    main(["check", "--changed-since", "HEAD~1"])
    assert 'git knows no commit "HEAD~1", and this clone is shallow.' in capsys.readouterr().err
    main(["check"])
    assert "This clone is shallow: what was before 20" in capsys.readouterr().out


def test_a_report_goes_into_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root)
    told = said(capsys, "main", "--output", "markdown=diff.md")
    assert "Aim lowered" in told
    assert (root / "diff.md").read_text().startswith("## What this changes")
    assert main(["diff", "--format", "html"]) == 2


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["check", "--format", "concise", *arguments])
    return code, capsys.readouterr().out


def test_old_debts_do_not_stand_in_the_way_of_a_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(root, DAYS[1], {"accounts/broken.yml": "name: Broken\nstage: key\nmanager: nobody\n"})
    assert checked(capsys)[0] == 1
    git(root, "switch", "--quiet", "--create", "april")
    commit(root, DAYS[3], {"accounts/old-shop.yml": "name: Old Shop\nstage: prospect\n"})
    code, told = checked(capsys, "--changed-since", "main")
    assert code == 0
    assert "broken.yml" not in told
    assert "1 account and" in told


def test_what_a_change_breaks_stands_in_its_way(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "accounts" / "new.yml").write_text("name: New\nstage: customer\nmanager: nobody\n")
    code, told = checked(capsys, "--changed-since", "main")
    assert code == 1
    assert "accounts/new.yml:3" in told


def test_a_change_of_the_playbook_is_judged_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "playbook" / "team.yml").write_text(TEAM + "anna: {nam: Anna}\n")
    code, told = checked(capsys, "--changed-since", "main")
    assert code == 1
    assert "playbook/team.yml:3" in told


def test_a_change_that_touches_no_account(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(root, DAYS[1], {"README.md": "hello\n", "accounts/broken.yml": "name: B\nstage: key\nmanager: nobody\n"})
    git(root, "switch", "--quiet", "--create", "april")
    commit(root, DAYS[3], {"README.md": "hello again\n"})
    code, told = checked(capsys, "--changed-since", "main")
    assert (code, told.count("\n")) == (0, 1)
    assert "0 accounts" in told


def test_changed_since_nobody_knows_when(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--changed-since", "nowhere"]) == 2
    assert 'What changed is unknown: git knows no commit "nowhere".' in capsys.readouterr().err
    assert main(["check", "old-shop", "--changed-since", "main"]) == 2
