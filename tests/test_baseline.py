"""The baseline: an old workspace starts today, only new debt fails, and what is mended is told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.read.baseline import BASELINE
from tests.conftest import Write

ROOT = Path(__file__).parent.parent
ACTION = "    - {{what: {}, who: margaret-peacock, due: {}}}\n"
OLD = ACTION.format("Agree the stock count", "2026-01-30")
OPEN = ACTION.format("Print the labels", "2026-05-30")
NEW = ACTION.format("Call the depot", "2026-01-15")
ACCOUNT = "name: Alfreds\nstage: key\nmanager: margaret-peacock\nplan:\n  implementation:\n"
FILES = {
    "accounts/a.yml": ACCOUNT + OPEN + OLD,
    "playbook/team.yml": "margaret-peacock: {name: Margaret Peacock}\n",
    "playbook/kamgen.yml": "as_of: 2026-05-06\nrules: {KAM401: off, KAM406: off}\n",
}
OLD_ID = "KAM404|a|plan.implementation.agree-the-stock-count"
NEW_ID = "KAM404|a|plan.implementation.call-the-depot"


class Shell:
    """A workspace, and what commands in it print."""

    def __init__(self, root: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._write, self._capsys = root, write, capsys

    def write(self, path: str, text: str) -> None:
        """Write one file of the workspace."""
        self._write({path: text})

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command: its exit code, and all that it printed."""
        code = main(arguments)
        printed = self._capsys.readouterr()
        return code, printed.out + printed.err

    def check(self, *arguments: str) -> tuple[int, str]:
        """Run `kamgen check`, one line a finding."""
        return self.run("check", "--format", "concise", *arguments)

    @property
    def known(self) -> list[str]:
        """The identities in the baseline."""
        found: list[str] = json.loads((self.root / BASELINE).read_text(encoding="utf-8"))["findings"]
        return found


@pytest.fixture
def shell(workspace: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    root = workspace(FILES)
    monkeypatch.chdir(root)
    return Shell(root, workspace, capsys)


def test_what_is_wrong_today_does_not_count_any_more(shell: Shell) -> None:
    assert shell.check()[0] == 1
    code, out = shell.run("baseline")
    assert code == 0
    assert re.fullmatch(
        rf"Written: {BASELINE} with \d+ findings. From now on only new ones count. Keep it in git.\n", out
    )
    assert OLD_ID in shell.known
    assert shell.known == sorted(shell.known)
    code, out = shell.check("--fail-on", "info")
    assert code == 0
    assert out == (
        "1 account and 3 files checked as of 2026-05-06: 0 errors, 0 warnings, 0 infos "
        f"({len(shell.known)} in the baseline).\n"
    )


def test_suppressed_findings_stay_in_json(shell: Shell) -> None:
    shell.run("baseline")
    told = json.loads(shell.run("check", "--format", "json")[1])
    assert {finding["suppressed"] for finding in told["findings"]} == {"baseline"}
    assert told["summary"]["error"] == 0


def test_a_new_mistake_counts_and_only_that_is_listed(shell: Shell) -> None:
    shell.run("baseline")
    shell.write("accounts/a.yml", "# a comment moves every line\n" + ACCOUNT + NEW + OPEN + OLD)
    code, out = shell.check()
    assert code == 1
    assert [line.split(" ")[1] for line in out.splitlines()[:-1]] == ["KAM404"]
    assert "Call the depot" in out


def test_what_is_mended_is_told_and_taken_out(shell: Shell) -> None:
    shell.run("baseline")
    before = shell.known
    shell.write("accounts/a.yml", ACCOUNT + OPEN + OLD.replace("}", ", done: 2026-05-05}"))
    code, out = shell.run("check")
    assert code == 0
    assert "Fixed: KAM404 action-overdue, Alfreds: plan.implementation.agree-the-stock-count\n" in out
    assert "1 finding of the baseline fixed: `kamgen baseline` takes it out." in out
    assert json.loads(shell.run("check", "--format", "json")[1])["fixed"] == [OLD_ID]
    code, out = shell.run("baseline")
    assert out.splitlines() == [
        "Fixed: KAM404 action-overdue, Alfreds: plan.implementation.agree-the-stock-count",
        f"1 finding fixed and taken out. {BASELINE} holds {len(before) - 1} findings.",
    ]
    assert set(before) - set(shell.known) == {OLD_ID}
    assert "Fixed" not in shell.run("check")[1]


def test_a_second_baseline_never_hides_new_debt_unless_asked_to(shell: Shell) -> None:
    shell.run("baseline")
    shell.write("accounts/a.yml", ACCOUNT + NEW + OPEN + OLD)
    code, out = shell.run("baseline")
    assert code == 0
    assert "Nothing in it is fixed yet." in out
    assert "1 finding is not in it and counts. To take it in as well: kamgen baseline --renew" in out
    assert NEW_ID not in shell.known
    assert shell.check()[0] == 1
    shell.run("baseline", "--renew")
    assert NEW_ID in shell.known
    assert shell.check()[0] == 0


def test_what_cannot_be_judged_is_not_called_fixed(shell: Shell) -> None:
    shell.run("baseline")
    before = shell.known
    shell.write("accounts/a.yml", FILES["accounts/a.yml"].replace("plan:", "plan: [") + "x")
    code, out = shell.check()
    assert code == 1
    assert "fixed" not in out
    shell.run("baseline")
    assert shell.known == before
    shell.write("accounts/a.yml", FILES["accounts/a.yml"])
    shell.write("playbook/kamgen.yml", FILES["playbook/kamgen.yml"].replace("KAM401", "KAM404"))
    shell.run("baseline")
    assert OLD_ID in shell.known


def test_a_new_mistake_in_the_data_does_not_fix_what_it_hides(shell: Shell) -> None:
    shell.run("baseline")
    before = shell.known
    shell.write("accounts/a.yml", FILES["accounts/a.yml"].replace("2026-01-30", "30.1.2026"))
    code, out = shell.check()
    assert code == 1
    assert "KAM006" in out
    assert "fixed" not in out
    shell.run("baseline")
    assert shell.known == before


def test_an_account_that_is_gone_takes_its_findings_along(shell: Shell) -> None:
    shell.run("baseline")
    (shell.root / "accounts/a.yml").rename(shell.root / "accounts/b.yml")
    assert "b.yml" in shell.check()[1]
    shell.run("baseline")
    assert not [identity for identity in shell.known if identity.split("|")[1] == "a"]


def test_a_run_of_a_part_says_nothing_of_what_is_mended(shell: Shell) -> None:
    shell.run("baseline")
    shell.write("accounts/a.yml", ACCOUNT + OPEN)
    assert "fixed" in shell.check()[1]
    assert "fixed" not in shell.check("--select", "KAM4")[1]
    assert "fixed" not in shell.check("a")[1]


def test_waived_findings_and_mistakes_in_the_settings_stay_out_of_it(shell: Shell) -> None:
    waiver = "waivers:\n  - {rule: KAM404, reason: Building, agreed_by: margaret-peacock, until: 2026-06-01}\n"
    shell.write("accounts/a.yml", FILES["accounts/a.yml"] + waiver)
    shell.write("playbook/kamgen.yml", "as_of: 2026-05-06\nfail_on: errors\n")
    shell.run("baseline")
    assert not [identity for identity in shell.known if identity.startswith(("KAM404|", "KAM004|"))]
    assert shell.check()[0] == 2


def test_a_waiver_is_no_less_used_for_a_baseline(shell: Shell) -> None:
    shell.run("baseline")
    waiver = "waivers:\n  - {rule: KAM404, reason: Building, agreed_by: margaret-peacock, until: 2026-06-01}\n"
    shell.write("accounts/a.yml", FILES["accounts/a.yml"] + waiver)
    assert "KAM018" not in shell.check()[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<<<<<<< ours\n", "it is no JSON"),
        ("[]", '"format": 1 is missing'),
        ('{"format": 1, "findings": [1]}', '"findings" is no list of texts'),
        ("[" * 100_000, "it is no JSON"),
    ],
)
def test_a_broken_baseline_is_one_line_and_can_be_written_anew(shell: Shell, text: str, words: str) -> None:
    shell.write(BASELINE, text)
    for command in ("check", "baseline"):
        code, out = shell.run(command)
        assert code == 2
        assert words in out
        assert len(out.splitlines()) == 1
    assert shell.run("baseline", "--renew")[0] == 0
    assert shell.check()[0] == 0


def test_a_file_that_cannot_be_read_is_named_when_the_baseline_begins(shell: Shell) -> None:
    shell.write("accounts/b.yml", "name: [\n")
    assert "say that a file cannot be read. Mend these first" in shell.run("baseline")[1]


def test_the_demo_starts_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("accounts", "playbook"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert main(["baseline"]) == 0
    assert main(["check", "--fail-on", "info"]) == 0
    plan = tmp_path / "accounts/ernst-handel/plan.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("reviewed: 2026-", "reviewed: 2025-", 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--format", "concise"]) == 1
    found = capsys.readouterr().out.splitlines()[:-1]
    assert [line.split(" ")[1] for line in found] == ["KAM502"]
