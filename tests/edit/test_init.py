"""`kamgen init`: a workspace that passes its own check and builds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.edit.conftest import Run, tree, uncommented


def test_a_new_workspace_has_no_findings(started: Path, kamgen: Run) -> None:
    checked = kamgen("check")
    assert checked.code == 0
    assert checked.out.endswith(": 0 errors, 0 warnings, 0 infos.\n")


@pytest.mark.parametrize("day", ["2020-01-01", "2036-12-31"])
def test_nothing_in_it_goes_stale(started: Path, kamgen: Run, day: str) -> None:
    assert kamgen("check", "--as-of", day, "--fail-on", "warning").code == 0


def test_it_is_clean_under_the_full_profile(started: Path, kamgen: Run) -> None:
    settings = started / "playbook" / "kamgen.yml"
    settings.write_text(settings.read_text().replace("profile: start", "profile: full"))
    assert kamgen("check", "--fail-on", "warning").code == 0


def test_every_commented_setting_is_a_setting(started: Path, kamgen: Run) -> None:
    settings = started / "playbook" / "kamgen.yml"
    used = uncommented(settings.read_text().partition("# Delete")[2])
    assert used.count("\n#") == 2, used  # two headings
    settings.write_text("profile: start\n#" + used)
    checked = kamgen("check")
    assert (checked.code, checked.out.count("kamgen.yml")) == (0, 0), checked.out


def test_it_says_what_was_made_and_what_to_do_next(tmp_path: Path, kamgen: Run) -> None:
    made = kamgen("init", str(tmp_path / "our accounts"))
    assert "  accounts/example-foods.yml\n" in made.out
    assert f'  cd "{tmp_path / "our accounts"}"\n  kamgen check ' in made.out


def test_files_that_are_there_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kamgen: Run) -> None:
    mine = {"README.md": b"mine", ".gitignore": b"*.log\n", ".git/HEAD": b"ref", ".vscode/settings.json": b"{}"}
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    monkeypatch.chdir(tmp_path)
    made = kamgen("init", ".")
    assert made.code == 0
    assert made.out.startswith("A workspace was made in this folder, beside what is there already:\n")
    assert "Left as it was: README.md\n" in made.out
    assert "Please see to it that .gitignore has a line with site/ in it.\n" in made.out
    assert mine.items() <= tree(tmp_path).items()
    assert "  cd " not in made.out
    assert kamgen("check").code == 0


@pytest.mark.parametrize("taken", ["accounts/", "mkdocs.yml"])
def test_a_workspace_is_never_made_over_another(tmp_path: Path, kamgen: Run, taken: str) -> None:
    (tmp_path / taken).mkdir() if taken.endswith("/") else (tmp_path / taken).write_text("")
    before = tree(tmp_path)
    refused = kamgen("init", str(tmp_path))
    name = taken.rstrip("/")
    assert refused.code == 2
    assert refused.err == f"kamgen: {tmp_path} holds {name} already. Name a new or an empty folder.\n"
    assert tree(tmp_path) == before


def test_a_workspace_is_never_made_within_another(started: Path, kamgen: Run) -> None:
    before = tree(started)
    for folder in ("accounts/new", "playbook", "other/deep"):
        refused = kamgen("init", folder)
        assert refused.code == 2
        assert (
            refused.err == f"kamgen: {folder} lies in the workspace {started.resolve()}. Name a folder outside of it.\n"
        )
    assert tree(started) == before


def test_a_file_is_no_place_for_a_workspace(tmp_path: Path, kamgen: Run) -> None:
    (tmp_path / "notes.txt").write_text("")
    refused = kamgen("init", str(tmp_path / "notes.txt"))
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_it_builds_a_site(started: Path, kamgen: Run) -> None:
    assert kamgen("new", "account", "Ernst Handel", "--stage", "key").code == 0
    built = subprocess.run([sys.executable, "-m", "kamgen", "build"], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    site = started / "site"
    for page in (
        "",
        "accounts/",
        "accounts/example-foods/",
        "accounts/ernst-handel/",
        "audit/",
        "findings/",
        "playbook/",
    ):
        assert (site / page / "index.html").is_file(), page
    playbook = (site / "playbook" / "index.html").read_text()
    assert "Must not lose" in playbook or "must not lose" in playbook  # a macro's table
    assert "{{" not in playbook
    assert not list(site.rglob("*.yml"))
    assert not list(started.glob(".site*"))
