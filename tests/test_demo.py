"""The demo workspace: what the README and the issue's readers are promised of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.model.values import POLICY_LEVELS
from tests.conftest import assert_golden, checked

ROOT = Path(__file__).parent.parent
KEY = {
    "ernst-handel",
    "hungry-owl-all-night-grocers",
    "quick-stop",
    "rattlesnake-canyon-grocery",
    "save-a-lot-markets",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo workspace."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("accounts", "playbook"):
        shutil.copytree(ROOT / name, root / name)
    return root


def test_its_findings_are_as_written(
    demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(demo)
    assert main(["check", "--format", "concise"]) == 1
    assert_golden(Path(__file__).parent / "golden" / "demo.txt", capsys.readouterr().out)


def test_it_has_91_accounts_and_five_complete_key_accounts(demo: Path) -> None:
    portfolio = checked(demo).portfolio
    stages = Counter(account.stage for account in portfolio.accounts.values())
    assert stages == {"customer": 84, "key": 5, "prospect": 2}
    assert len(portfolio.playbook.team or ()) == 9
    for slug in KEY:
        account = portfolio.accounts[slug]
        assert account.stage == "key"
        assert len(account.contacts) >= 8
        assert {contact.level for contact in account.contacts.values()} >= set(POLICY_LEVELS[1:])
        assert len(account.notes) >= 5
        assert account.audits
        assert account.record.partnership
        assert account.plan is not None
        assert account.plan.intentions


def test_one_key_account_is_in_good_order_and_each_of_the_others_is_not(demo: Path) -> None:
    wrong = {finding.account for finding in checked(demo).findings if not finding.suppressed}
    assert wrong & KEY == KEY - {"ernst-handel"}


def test_without_its_intentions_a_key_account_fails_with_file_and_line(
    tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(demo, tmp_path / "demo")
    plan = root / "accounts/ernst-handel/plan.yml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub(r"(?ms)^intentions:\n.*?(?=^\w)", "", text), encoding="utf-8")
    prose = root / "accounts/ernst-handel/plan.md"
    prose.write_text(re.sub(r"(?ms)^## Intentions\n.*?(?=^## |\Z)", "", prose.read_text(encoding="utf-8")))
    monkeypatch.chdir(root)
    assert main(["check", "ernst-handel", "--select", "KAM1", "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"^accounts/ernst-handel/plan\.yml:\d+:\d+: KAM103 ", out, re.MULTILINE)


def test_the_start_profile_is_calm(demo: Path, tmp_path: Path) -> None:
    root = shutil.copytree(demo, tmp_path / "demo")
    settings = root / "playbook/kamgen.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "profile: start\n", encoding="utf-8")
    portfolio = checked(root).portfolio
    managers = Counter(
        portfolio.accounts[finding.account].record.manager
        for finding in checked(root).findings
        if finding.account and finding.level != "info" and not finding.suppressed
    )
    assert max(managers.values()) <= 10
