"""On the command line an account may be called by words of its name, wherever one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.commands.given import account_meant
from tests.conftest import Write
from tests.edit.slips.samples import FOLDER

FILES = {**FOLDER, "accounts/ernst-bau.yml": "name: Bau Ernst\nstage: suspect\n"}


@pytest.fixture
def root(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root := workspace(FILES))
    return root


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "Ernst Handel", "--select", "KAM001", "--as-of", "2026-05-06"], "1 account"),
        (["check", "bau", "--select", "KAM001", "--as-of", "2026-05-06"], "1 account"),
        (["close-year", "handel", "--dry-run", "--as-of", "2026-05-06"], "Nothing that ended in 2025"),
        (["rename", "account", "Bau Ernst", "bau-ernst", "--dry-run"], "ernst-bau is now bau-ernst."),
        (["rename", "item", "handel/more-cheese", "cheese", "--dry-run"], "more-cheese is now cheese."),
        (["pack", "handel", "--handover", "--as-of", "2026-05-06"], "Ernst Handel"),
        (["new", "note", "handel"], "accounts/ernst-handel/notes/"),
        (["new", "audit", "Handel"], "accounts/ernst-handel/audits/"),
        (["done", "handel", "intranet", "--dry-run", "--as-of", "2026-05-06"], '"Put the forecast sheet on their intr'),
    ],
)
def test_words_of_a_name_are_enough(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    code = main(arguments)
    said = capsys.readouterr()
    assert words in said.out
    assert (code in (0, 1), said.err) == (True, "")


@pytest.mark.parametrize("command", [["check"], ["pack"], ["close-year"], ["new", "note"], ["rename", "account"]])
def test_words_of_several_names_are_refused_with_all_of_them(
    root: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "ernst", *(["new"] if command[0] == "rename" else [])]) == 2
    said = 'kamgen: "ernst" can be 2 accounts: Bau Ernst (ernst-bau), Ernst Handel. Say which.\n'
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("name", ["nobody", "../nobody", "e", "7", "", "accounts"])
def test_what_means_no_account_comes_back_as_it_is(root: Path, name: str) -> None:
    assert account_meant(root, name) == name
