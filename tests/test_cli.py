"""The command line through `main`: output, exit codes, one-line errors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from kamgen import cli
from kamgen.cli import main
from tests.conftest import Write, write_files

CLEAN = {
    "accounts/a.yml": "name: Alfreds\nstage: customer\nmanager: margaret-peacock\n",
    "playbook/team.yml": "margaret-peacock: {name: Margaret Peacock}\n",
}
BROKEN = {**CLEAN, "accounts/b.yml": "name: Blauer See\nstage: costumer\n"}


@pytest.fixture
def inside(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> object:
    """Writes a workspace and goes there."""

    def go(files: Mapping[str, str | bytes]) -> Path:
        root = workspace(files)
        monkeypatch.chdir(root)
        return root

    return go


def test_a_clean_workspace_exits_0_and_says_what_was_checked(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside(CLEAN)
    assert main(["check", "--as-of", "2026-05-06"]) == 0
    assert capsys.readouterr().out == "1 account and 2 files checked as of 2026-05-06: 0 errors, 0 warnings, 0 infos.\n"


def test_findings_exit_1_and_show_the_line(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside(BROKEN)
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "error KAM004 wrong-value  accounts/b.yml:2:8\n" in out
    assert '"stage" is "costumer"' in out
    assert "    2 | stage: costumer\n      |        ^\n" in out
    assert 'Did you mean "customer"?' in out


def test_it_works_from_a_folder_below_and_for_named_accounts(inside: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = inside(BROKEN)
    monkeypatch.chdir(root / "accounts")
    assert main(["check", "a"]) == 0
    assert main(["check", "b"]) == 1
    assert main(["check", "accounts/b.yml"]) == 1
    assert main(["check", "b.yml"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "alfrets"], 'There is no account "alfrets".'),
        (["check", "--select", "KAM4O4"], 'There is no rule "KAM4O4". Did you mean "KAM4'),
        (["check", "--format", "pdf"], 'There is no format "pdf".'),
        (["check", "--as-of", "30/04/2026"], "for example 2026-04-30"),
        (["check", "--output", "json"], "needs the form FORMAT=FILE"),
        (["check", "--fail-on", "errors"], "'errors' is not one of"),
        (["rule", "KAM999"], 'There is no rule "KAM999".'),
        (["rule", "overdue"], '"action-overdue" or '),
        (["check", "--fo"], "`kamgen check --help` explains it."),
        (["check", "playbook/team.yml"], "Without a name, `kamgen check` checks everything."),
        (["serve", "--address", "8000"], "Write it like 127.0.0.1:8000."),
        (["chekc"], "No such command 'chekc'"),
        (["schema", "acount"], 'There is no kind "acount". Did you mean "account"?'),
        (["schema", "slip-doen"], 'There is no kind "slip-doen". Did you mean "slip-done"?'),
    ],
)
def test_a_wrong_command_is_one_line_and_exits_2(
    inside: Write, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    inside(CLEAN)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_without_accounts_exit_2(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside({})
    assert main(["check"]) == 2
    assert "No account was found" in capsys.readouterr().err


def test_outside_a_workspace_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert 'There is no folder "accounts"' in capsys.readouterr().err


def test_a_mistake_in_kamgen_yml_exits_2_and_is_a_finding(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside({**CLEAN, "playbook/kamgen.yml": "as_of: 2026-05-06\nfail_on: errors\n"})
    assert main(["check", "--format", "concise"]) == 2
    assert "playbook/kamgen.yml:2:10: KAM004" in capsys.readouterr().out


@pytest.mark.parametrize(("threshold", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on(inside: Write, threshold: str, code: int) -> None:
    inside(BROKEN)
    assert main(["check", "--fail-on", threshold]) == code


def test_select_and_ignore_take_codes_prefixes_and_names(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside(BROKEN)
    assert main(["check", "--select", "KAM004"]) == 1
    assert main(["check", "--select", "kam0"]) == 1
    assert main(["check", "--select", "wrong-value"]) == 1
    assert main(["check", "--select", "KAM006"]) == 0
    assert main(["check", "--ignore", "KAM0"]) == 0
    assert main(["check", "--select", "KAM0", "--ignore", "wrong-value"]) == 0


def test_reports_go_to_files_as_well(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    root = inside(BROKEN)
    assert main(["check", "--format", "github", "--output", "json=found.json"]) == 1
    assert json.loads((root / "found.json").read_text(encoding="utf-8"))["summary"]["error"] == 1
    assert capsys.readouterr().out.startswith("::error file=accounts/b.yml,line=2,col=8,title=KAM004 wrong-value::")


def test_paths_for_github_start_at_the_top_of_the_repository(
    inside: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    inside({f"plans/{name}": text for name, text in BROKEN.items()})
    monkeypatch.chdir(tmp_path / "plans")
    main(["check", "--format", "github"])
    assert capsys.readouterr().out.startswith("::error file=plans/accounts/b.yml,")


def test_the_clock_is_an_input(
    inside: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(CLEAN)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    main(["check"])
    assert "as of 2023-11-14" in capsys.readouterr().out
    inside({**CLEAN, "playbook/kamgen.yml": "as_of: 2026-01-02\n"})
    main(["check"])
    assert "as of 2026-01-02" in capsys.readouterr().out
    main(["check", "--as-of", "2026-02-03"])
    assert "as of 2026-02-03" in capsys.readouterr().out


def test_help_is_the_sites_own_rule_page(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inside({**BROKEN, "mkdocs.yml": "site_url: https://intranet.example/kam\nx: !ENV [A, b]\n"})
    main(["check", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["findings"][0]["help"] == "https://intranet.example/kam/rules/KAM004/"


def test_rule_prints_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "KAM404"]) == 0
    by_code = capsys.readouterr().out
    assert by_code.startswith("KAM404 action-overdue\n\nAn action is past its date")
    assert "Setting error_after" in by_code
    assert main(["rule", "action-overdue"]) == 0
    assert capsys.readouterr().out == by_code
    assert main(["rule"]) == 0
    assert "KAM404  WW--  action-overdue" in capsys.readouterr().out


def test_our_own_bug_keeps_its_traceback_and_exits_3(
    inside: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(CLEAN)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli.project, "check_workspace", broken)
    assert main(["check"]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_ctrl_c_exits_130(inside: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    inside(CLEAN)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.project, "check_workspace", interrupted)
    assert main(["check"]) == 130


def test_on_github_the_whole_table_goes_into_the_summary_of_the_step(
    inside: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inside(BROKEN)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    main(["check", "--format", "concise"])
    assert summary.read_text(encoding="utf-8") == "before\n"
    main(["check", "--format", "github"])
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## kamgen\n\n2 accounts and 3 files checked")
    assert "\n| error | KAM004 wrong-value | Blauer See | accounts/b.yml:2 | " in text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert main(["check", "--format", "github"]) == 2
    assert "could not be written" in capsys.readouterr().err


def test_several_formats_at_once(inside: Write, capsys: pytest.CaptureFixture[str]) -> None:
    root = inside(BROKEN)
    names = ("sarif", "gitlab", "junit", "markdown", "json", "concise")
    assert main(["check", *(word for name in names for word in ("--output", f"{name}={name}.out"))]) == 1
    assert all("KAM004" in (root / f"{name}.out").read_text(encoding="utf-8") for name in names)
    assert main(["check", "--output", "sarif=no/such/folder.sarif"]) == 2
    assert "could not be written" in capsys.readouterr().err


def test_settings_says_what_is_in_force_and_where_it_comes_from(
    inside: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = """\
as_of: 2026-05-06
profile: start
company: [Northwind Traders, Northwind]
limits:
  key_accounts: 8
  nesting: -3
rules:
  action-overdue: {error_after: 14d, customer: info}
  KAM502: {level: error, key: {warn_after: soon}}
  KAM105: off
"""
    inside({**CLEAN, "playbook/kamgen.yml": settings})
    assert main(["settings"]) == 0
    told = {tuple(line.split()) for line in capsys.readouterr().out.splitlines()}
    for line in (
        "currency EUR default",
        "as_of 2026-05-06 playbook/kamgen.yml:1",
        "company Northwind Traders, Northwind playbook/kamgen.yml:3",
        "limits.key_accounts 8 playbook/kamgen.yml:5",
        "limits.nesting 20 default (playbook/kamgen.yml:6 cannot be used)",
        "rhythm.contact.instigator 180 days default",
        "KAM101 no-plan error - - - default",
        "KAM404 action-overdue warning info - - playbook/kamgen.yml:8",
        "error_after 14 days playbook/kamgen.yml:8",
        "KAM502 review-overdue error - - - playbook/kamgen.yml:9",
        "KAM105 placeholder-text - - - - playbook/kamgen.yml:10",
        "KAM401 action-without-owner info info - - profile start (playbook/kamgen.yml:2)",
    ):
        assert tuple(line.split()) in told, line


def test_the_hook_for_pre_commit_runs_a_command_that_exists(inside: Write) -> None:
    (hook,) = yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    inside(BROKEN)
    name, *arguments = hook["entry"].split()
    assert name == "kamgen"
    assert main(arguments) == 1
    wanted = re.compile(hook["files"]).search
    assert wanted("accounts/a/plan.yml")
    assert wanted("plans/playbook/kamgen.yml")
    assert not wanted("docs/accounts.md")


def test_export_writes_tables_and_refuses_the_workspaces_own_folders(
    inside: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    inside(CLEAN)
    target = tmp_path.parent / f"{tmp_path.name}-export"
    assert main(["export", str(target)]) == 0
    assert (target / "kamgen.json").is_file()
    assert (target / "accounts.csv").read_text(encoding="utf-8").count("\n") == 2
    assert main(["export", "accounts"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_mistake_in_the_settings_is_told_whatever_is_selected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "playbook/kamgen.yml": "as_of: 2026-05-06\nfail_onn: error\n",
        "accounts/a.yml": "name: A\nstage: suspect\n",
    }
    monkeypatch.chdir(write_files(tmp_path, files))
    assert main(["check", "--select", "KAM5", "--format", "concise"]) == 2
    assert "playbook/kamgen.yml:2" in capsys.readouterr().out


def test_kinds_of_slips_have_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert "slip-KIND" in capsys.readouterr().out
    assert main(["schema", "slip-done"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["slip"] == {"const": "done"} | {"type": "string"}


STOPPED = """
import os, signal, sys
from pathlib import Path

number = getattr(signal, sys.argv.pop(1))
swap = Path.replace

def replace(self, target):
    swap(self, target)
    if self.name.endswith(".new.tmp"):
        os.kill(os.getpid(), number)  # after the first of several files

Path.replace = replace
from kamgen.cli import entry
entry()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_told_to_end_while_it_writes_leaves_all_as_it_was(workspace: Write, name: str) -> None:
    account = "name: Acme\nstage: key\ncontacts:\n  ann-lee: {name: Ann Lee, level: instigator}\n"
    root = workspace({"accounts/acme.yml": account})
    arguments = ["leaves", "acme", "ann-lee", "--last-day", "2026-06-30", "--source", "told", "--as-of", "2026-05-06"]
    done = subprocess.run([sys.executable, "-c", STOPPED, name, *arguments], cwd=root, capture_output=True)
    assert done.returncode == 130
    assert [path.name for path in (root / "accounts").rglob("*") if path.is_file()] == ["acme.yml"]
    assert (root / "accounts/acme.yml").read_text(encoding="utf-8") == account
