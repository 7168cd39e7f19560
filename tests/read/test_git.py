"""Reading a repository: every state on the main line, older texts from git's store, and plain words where it fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kamgen.read.git import NoHistory, Repository, open_repository
from tests.history import DAYS, commit, git


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A repository with the workspace in a folder of it."""
    top = tmp_path / "repo"
    top.mkdir()
    git(top, "init", "--quiet", "--initial-branch", "main")
    commit(top, DAYS[0], {"plans/accounts/a.yml": "one\n", "plans/accounts/öl.yml": "x\n", "elsewhere.txt": "n\n"})
    commit(top, DAYS[1], {"plans/accounts/a.yml": "two\n", "plans/accounts/öl.yml": None})
    commit(top, DAYS[2], {"elsewhere.txt": "m\n"})
    return top / "plans"


def texts(repository: Repository, revision: str) -> dict[str, str]:
    with repository.texts() as store:
        return {path: store.read(name).decode() for path, name in repository.files(revision).items()}


def test_every_state_with_what_it_changed(plans: Path) -> None:
    repository = open_repository(plans)
    assert (repository.prefix, repository.shallow) == ("plans/", False)
    commits = repository.commits()
    assert [one.on for one in commits] == [date(2026, 1, 5), date(2026, 2, 5)]
    assert set(commits[0].files) == {"accounts/a.yml", "accounts/öl.yml"}
    assert commits[1].files["accounts/öl.yml"] is None
    assert texts(repository, "HEAD") == {"accounts/a.yml": "two\n"}
    assert texts(repository, commits[0].id) == {"accounts/a.yml": "one\n", "accounts/öl.yml": "x\n"}


def test_a_merge_is_one_step_on_the_day_of_the_merge(plans: Path) -> None:
    git(plans, "switch", "--quiet", "--create", "side")
    commit(plans, DAYS[2], {"accounts/a.yml": "three\n"})
    commit(plans, DAYS[2], {"accounts/a.yml": "four\n"})
    git(plans, "switch", "--quiet", "main")
    commit(plans, DAYS[2], {"accounts/b.yml": "new\n"})
    git(plans, "merge", "--quiet", "--no-ff", "--message", "merge", "side", day=DAYS[3])
    repository = open_repository(plans)
    newest = repository.commits()[-1]
    assert (newest.on, set(newest.files)) == (date(2026, 4, 5), {"accounts/a.yml"})
    with repository.texts() as store:
        name = newest.files["accounts/a.yml"]
        assert name
        assert store.read(name) == b"four\n"


def test_what_two_branches_have_in_common(plans: Path) -> None:
    repository = open_repository(plans)
    start = repository.resolve("HEAD")
    git(plans, "switch", "--quiet", "--create", "side")
    commit(plans, DAYS[3], {"accounts/a.yml": "three\n"})
    assert repository.base("main") == start
    with pytest.raises(NoHistory, match='no commit "nowhere"'):
        repository.base("nowhere")


@pytest.mark.parametrize("revision", ["--output=stolen", "-h", "HEAD:accounts/a.yml", "", "a b", "HEAD; ls"])
def test_a_revision_is_never_an_option(plans: Path, revision: str) -> None:
    with pytest.raises(NoHistory, match="git knows no commit"):
        open_repository(plans).files(revision)
    assert not list(plans.parent.rglob("stolen"))


def test_a_shallow_clone_says_so(plans: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{plans.parent}", "clone")
    assert open_repository(tmp_path / "clone" / "plans").shallow


def test_links_are_no_files(plans: Path) -> None:
    (plans / "accounts" / "link.yml").symlink_to("/etc/hostname")
    commit(plans, DAYS[3], {})
    repository = open_repository(plans)
    assert "accounts/link.yml" not in repository.files("HEAD")
    assert repository.commits()[-1].files == {"accounts/link.yml": None}


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoHistory, match="lies in no git repository"):
        open_repository(tmp_path)
    git(tmp_path, "init", "--quiet")
    with pytest.raises(NoHistory, match="nothing has been committed yet"):
        open_repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoHistory, match="git is not installed"):
        open_repository(tmp_path)


def test_an_object_that_is_not_there(plans: Path) -> None:
    with open_repository(plans).texts() as store, pytest.raises(NoHistory, match="lacks a part"):
        store.read("0" * 40)
