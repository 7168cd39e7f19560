"""Earlier states of accounts: which there were, what they held, and what is said where nothing can be known."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kamgen.model.portfolio import History
from kamgen.read.history import account_of_path, read_history
from kamgen.read.playbook import default_settings
from kamgen.read.workspace import read_workspace
from tests.history import DAYS, commit, git

TODAY = date(2026, 5, 6)


def light(name: str, stage: str = "prospect", **more: str) -> str:
    return f"name: {name}\nstage: {stage}\n" + "".join(f"{key}: {value}\n" for key, value in more.items())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A light account that became a folder and then a key account; another one that came and went."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, DAYS[0], {"accounts/a.yml": light("A"), "accounts/b.yml": light("B"), "accounts/sales.csv": "x\n"})
    commit(tmp_path, DAYS[1], {"accounts/a.yml": None, "accounts/a/account.yml": light("A", country="Austria")})
    commit(tmp_path, DAYS[2], {"accounts/b.yml": None, "playbook/team.yml": "anna: {name: Anna}\n"})
    commit(tmp_path, DAYS[3], {"accounts/a/account.yml": light("A", "key", country="Austria")})
    return tmp_path


def history(root: Path, as_of: date = TODAY) -> History:
    portfolio = read_workspace(root, lambda settings: (as_of, True)).portfolio
    return read_history(root, portfolio.accounts, default_settings().limits, as_of)


def seen(root: Path, name: str, as_of: date = TODAY) -> list[tuple[str, str | None, str]]:
    states = history(root, as_of).states(name)
    return [
        (str(s.on), s.account.stage if s.account else "none", s.account.record.country if s.account else "")
        for s in states
    ]


def test_a_file_that_became_a_folder_is_one_account(root: Path) -> None:
    assert seen(root, "a") == [
        ("2026-01-05", "prospect", ""),
        ("2026-02-05", "prospect", "Austria"),
        ("2026-04-05", "key", "Austria"),
        ("2026-05-06", "key", "Austria"),
    ]


def test_an_account_that_went(root: Path) -> None:
    assert seen(root, "b") == [("2026-01-05", "prospect", ""), ("2026-03-05", "none", ""), ("2026-05-06", "none", "")]


def test_what_is_not_committed_yet_is_the_last_state(root: Path) -> None:
    (root / "accounts" / "a" / "account.yml").write_text(light("A", "customer"))
    assert [stage for _, stage, _ in seen(root, "a")][-2:] == ["key", "customer"]


def test_what_came_after_the_day_is_not_known_yet(root: Path) -> None:
    assert [day for day, _, _ in seen(root, "a", date(2026, 3, 1))] == ["2026-01-05", "2026-02-05", "2026-03-01"]


def test_how_many_accounts_a_change_touched(root: Path) -> None:
    assert [state.touched for state in history(root).states("a")] == [2, 1, 1, 1]


def test_nobody_knows_such_an_account(root: Path) -> None:
    assert [state.account for state in history(root).states("nobody")] == [None]


def test_a_shallow_clone_says_from_when_on_it_knows(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))
    known = history(clone)
    assert (known.unknown, known.since) == ("", date(2026, 4, 5))
    assert history(root).since is None


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "accounts").mkdir()
    known = history(tmp_path)
    assert (known.unknown, known.states("a")) == ("the workspace lies in no git repository", ())


def test_what_was_read_once_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [state.account for state in history(root).states("a")]
    assert (root / ".git" / "kamgen-history.sqlite").is_file()
    monkeypatch.setattr("kamgen.read.history.read_account", None)
    assert [state.account for state in history(root).states("a")] == first


def test_a_spoilt_memory_costs_time_and_nothing_else(root: Path) -> None:
    first = [state.account for state in history(root).states("a")]
    path = root / ".git" / "kamgen-history.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE parts SET told = '{\"slug\": 1}'")
    assert [state.account for state in history(root).states("a")] == first
    for rest in path.parent.glob("kamgen-history.sqlite*"):
        rest.unlink()
    path.write_text("no database\n" * 500)
    assert [state.account for state in history(root).states("a")] == first


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("accounts/a.yml", "a"),
        ("accounts/a/notes/2026-01-01.md", "a"),
        ("accounts/Große Kunden.yml", "grosse-kunden"),
        ("accounts/sales.csv", ""),
        ("playbook/team.yml", ""),
        ("mkdocs.yml", ""),
    ],
)
def test_whose_file_it_is(path: str, owner: str) -> None:
    assert account_of_path(path) == owner


def test_an_account_that_was_renamed_keeps_its_past(root: Path) -> None:
    (root / "accounts" / "a").rename(root / "accounts" / "alpha")
    commit(root, "2026-04-20", {"accounts/alpha/contacts.yml": "anna: {name: Anna}\n"})
    assert [stage for _, stage, _ in seen(root, "alpha")] == ["prospect", "prospect", "key", "key", "key"]
    assert [stage for _, stage, _ in seen(root, "a")][-1] == "none"


def test_one_that_went_and_another_that_came_are_two(root: Path) -> None:
    commit(root, "2026-04-20", {"accounts/a/account.yml": None, "accounts/c.yml": light("C", "customer")})
    assert [stage for _, stage, _ in seen(root, "c")] == ["customer", "customer"]
