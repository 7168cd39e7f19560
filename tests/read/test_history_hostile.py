"""Histories as life writes them: broken, moved, private, rebased; nothing may fail, and nothing be guessed."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kamgen.facts.ledger import Entry, ledger
from kamgen.facts.past import changed_since, public_ledger, steps_back
from kamgen.model.portfolio import Portfolio
from kamgen.project import Clock, with_history
from kamgen.read.workspace import read_workspace
from tests.conftest import NOW
from tests.history import DAYS, commit, git

ACCOUNT = "name: A\nstage: key\n"
COUNT = "{what: Agree the stock count with Linz, due: 2026-%s}"


def plan(*actions: str, goals: str = "", reviewed: str = "2026-01-05") -> str:
    listed = "".join(f"  - {action}\n" for action in actions)
    return f"reviewed: {reviewed}\n{goals}" + (f"implementation:\n{listed}" if actions else "")


def begin(root: Path) -> Path:
    root.mkdir(exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch", "main")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    begin(tmp_path)
    commit(tmp_path, DAYS[0], {"accounts/a/account.yml": ACCOUNT, "accounts/a/plan.yml": plan(COUNT % "01-31")})
    return tmp_path


def portfolio(root: Path, as_of: date = date(2026, 5, 6)) -> Portfolio:
    return with_history(root, read_workspace(root, Clock(NOW, as_of).day).portfolio)


def entries(root: Path, slug: str = "a") -> list[Entry]:
    known = portfolio(root)
    return list(ledger(known, known.accounts[slug]))


def dates(root: Path, slug: str = "a") -> list[tuple[str, list[str], str]]:
    return [(one.id, [str(day.due)[5:] for day in one.dates], one.fate) for one in entries(root, slug)]


def kinds(root: Path, slug: str = "a") -> list[tuple[str, list[str]]]:
    known = portfolio(root)
    steps = steps_back(known, known.accounts[slug])
    return [(str(step.on), sorted(change.kind for change in step.changes)) for step in steps]


ONE = "agree-the-stock-count-with-linz"


def test_a_file_that_was_broken_for_a_while(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/plan.yml": "implementation: [{what: Agree"})
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open")]
    assert kinds(root) == [(DAYS[2], ["action-moved"]), (DAYS[0], ["account-added"])]


def test_a_light_file_that_was_broken_for_a_while(tmp_path: Path) -> None:
    begin(tmp_path)
    text = f"{ACCOUNT}plan: {{implementation: [{COUNT % '01-31'}]}}\n"
    commit(tmp_path, DAYS[0], {"accounts/a.yml": text})
    commit(tmp_path, DAYS[1], {"accounts/a.yml": text + "{{{\n"})
    commit(tmp_path, DAYS[2], {"accounts/a.yml": text.replace("01-31", "03-31")})
    assert dates(tmp_path) == [(ONE, ["01-31", "03-31"], "open")]
    assert kinds(tmp_path) == [(DAYS[2], ["action-moved"]), (DAYS[0], ["account-added"])]


def test_what_was_private_once_stays_private(root: Path) -> None:
    secret = "{what: Ask whether Roland goes, due: 2026-02-28%s}"
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "01-31", secret % ", private: true")})
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(COUNT % "01-31")})
    known = portfolio(root)
    account = known.accounts["a"]
    assert [entry.what for entry in ledger(known, account)][1:] == ["Ask whether Roland goes"]
    assert [entry.id for entry in public_ledger(known, account)] == [ONE]
    assert changed_since(known, account, date(2026, 2, 10)) == ()


def test_an_id_that_changed(root: Path) -> None:
    commit(
        root,
        DAYS[1],
        {"accounts/a/plan.yml": plan("{id: linz, what: Agree the stock count with Linz, due: 2026-03-31}")},
    )
    assert dates(root) == [("linz", ["01-31", "03-31"], "open")]


def test_a_contact_with_another_id_is_the_same_person(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/contacts.yml": "roland: {name: Roland Mendel, stance: critic}\n"})
    commit(root, DAYS[2], {"accounts/a/contacts.yml": "roland-mendel: {name: Roland Mendel, stance: neutral}\n"})
    assert kinds(root)[0] == (DAYS[2], ["stance-changed"])


def test_two_items_with_one_text(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "01-31", COUNT % "02-28")})
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(COUNT % "02-28")})
    commit(root, DAYS[3], {"accounts/a/plan.yml": plan(COUNT % "02-28", COUNT % "02-28")})
    assert all(fate == "open" for _, _, fate in dates(root)[:1])


GOALS = "intentions:\n  shelves:\n    goal: No gaps\n    stages:\n      - {what: Baseline, due: 2026-02-28}\n"


def test_an_action_that_became_a_stage_has_not_vanished(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "01-31", goals=GOALS)})
    moved = plan(goals=f"{GOALS}      - {COUNT % '03-31'}\n")
    commit(root, DAYS[2], {"accounts/a/plan.yml": moved})
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open"), ("baseline", ["02-28"], "open")]
    assert kinds(root)[0] == (DAYS[2], ["action-changed", "step-moved"])
    commit(root, DAYS[3], {"accounts/a/plan.yml": plan(COUNT % "03-31", goals=GOALS)})
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open"), ("baseline", ["02-28"], "open")]
    assert kinds(root)[0] == (DAYS[3], ["action-changed"])


def test_the_stages_of_a_goal_with_another_id_are_the_same(root: Path) -> None:
    goals = GOALS.replace("goal: No gaps", "goal: No gaps on any shelf")
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(goals=goals)})
    later = goals.replace("  shelves:", "  no-gaps:").replace("02-28", "03-31")
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(goals=later)})
    assert dates(root)[-1] == ("baseline", ["02-28", "03-31"], "open")
    assert kinds(root)[0] == (DAYS[2], ["step-moved"])


def test_an_account_that_went_and_came_back(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/account.yml": None, "accounts/a/plan.yml": None})
    commit(root, DAYS[2], {"accounts/a/account.yml": ACCOUNT, "accounts/a/plan.yml": plan(COUNT % "03-31")})
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open")]
    assert [found for _, found in kinds(root)] == [["account-added"], ["account-gone"], ["account-added"]]
    known = portfolio(root)
    assert changed_since(known, known.accounts["a"], date(2026, 2, 10)) is None


def test_names_with_marks_and_bytes_of_another_time(tmp_path: Path) -> None:
    begin(tmp_path)
    commit(tmp_path, DAYS[0], {"accounts/Große Kunden.yml": "name: Große Kunden\nstage: suspect\n"})
    (tmp_path / "accounts" / "Große Kunden.yml").rename(tmp_path / "accounts" / "grosse-kunden.yml")
    commit(tmp_path, DAYS[1], {"accounts/grosse-kunden.yml": "name: Große Kunden\nstage: prospect\n"})
    odd = os.fsdecode(b"accounts/grosse-kunden/notes/2026-02-01-caf\xe9.md")
    commit(tmp_path, DAYS[2], {odd: "---\nkind: call\n---\n# Hello\n"})
    for _ in range(2):
        assert kinds(tmp_path, "grosse-kunden")[1:] == [(DAYS[1], ["stage-changed"]), (DAYS[0], ["account-added"])]


def test_another_kind_of_line_end_is_no_news(root: Path) -> None:
    (root / "accounts" / "a" / "plan.yml").write_bytes(plan(COUNT % "01-31").replace("\n", "\r\n").encode())
    commit(root, DAYS[1], {})
    assert kinds(root) == [(DAYS[0], ["account-added"])]


def test_a_rebase_changes_nothing(root: Path) -> None:
    for day, due in zip(DAYS[1:], ("02-28", "03-31", "05-31"), strict=True):
        commit(root, day, {"accounts/a/plan.yml": plan(COUNT % due)})
    before, head = (entries(root), kinds(root)), git(root, "rev-parse", "HEAD")
    git(root, "rebase", "--quiet", "--force-rebase", "--root", day="2026-05-05")
    assert git(root, "rev-parse", "HEAD") != head
    assert (entries(root), kinds(root)) == before


def test_what_was_put_on_top_later_did_not_come_earlier(root: Path) -> None:
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(COUNT % "02-28")})
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    assert [str(day.since) for day in entries(root)[0].dates] == [DAYS[0], DAYS[2], DAYS[2]]


def test_a_clock_that_ran_ahead(root: Path) -> None:
    commit(root, "2031-01-01", {"accounts/a/plan.yml": plan(COUNT % "02-28", COUNT.replace("Linz", "Graz") % "02-28")})
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31", COUNT.replace("Linz", "Graz") % "02-28")})
    assert dates(root)[1] == (ONE, ["01-31", "02-28", "03-31"], "open")
    assert [str(state.on) for state in portfolio(root).history.states("a")] == [DAYS[0], DAYS[0], DAYS[1], "2026-05-06"]


def test_links_and_modules_are_no_files_of_an_account(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = begin(tmp_path_factory.mktemp("other") / "module")
    commit(other, DAYS[0], {"account.yml": ACCOUNT})
    (root / "accounts" / "b.yml").symlink_to("a/account.yml")
    head = git(other, "rev-parse", "HEAD").strip()
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},accounts/c")
    git(root, "add", "accounts/b.yml")
    git(root, "commit", "--quiet", "--message", "links", day=DAYS[1])
    states = portfolio(root).history.states
    assert [[state.account is None for state in states(name)[:-1]] for name in ("b", "c")] == [[True], []]


def test_a_workspace_below_the_top(tmp_path: Path) -> None:
    begin(tmp_path)
    inner = {"accounts/accounts/a/account.yml": ACCOUNT, "accounts/accounts/a/plan.yml": plan(COUNT % "01-31")}
    commit(tmp_path, DAYS[0], {**inner, "accounts/b.yml": ACCOUNT})
    commit(tmp_path, DAYS[1], {"accounts/accounts/a/plan.yml": plan(COUNT % "03-31")})
    assert dates(tmp_path / "accounts") == [(ONE, ["01-31", "03-31"], "open")]


def test_a_work_tree_of_a_bare_repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bare")
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    git(root, "clone", "--quiet", "--bare", str(root), str(folder / "plans.git"))
    git(folder / "plans.git", "worktree", "add", "--quiet", str(folder / "tree"), "main")
    assert (folder / "tree" / ".git").is_file()
    assert dates(folder / "tree") == [(ONE, ["01-31", "03-31"], "open")]
    assert (folder / "plans.git" / "kamgen-history.sqlite").is_file()


def test_where_nothing_can_be_kept(root: Path) -> None:
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    (root / ".git" / "kamgen-history.sqlite").mkdir()
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open")]


def test_where_gits_folder_may_only_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything was kept, and after: what is kept is used, what is new is read each time, nothing is told."""
    connect = sqlite3.connect

    def for_reading(path: Path, timeout: float) -> sqlite3.Connection:
        return connect(f"file:{path}?mode=ro", timeout=timeout, uri=True)

    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    memory = root / ".git" / "kamgen-history.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr("kamgen.read.fragments.sqlite3.connect", for_reading)
        assert dates(root) == [(ONE, ["01-31", "03-31"], "open")]
        assert not memory.exists()
    dates(root)
    commit(root, DAYS[2], {"accounts/a/plan.yml": plan(COUNT % "04-30")})
    (root / "accounts" / "a" / "plan.yml").write_text(plan(COUNT % "05-31"))
    kept = memory.read_bytes()
    monkeypatch.setattr("kamgen.read.fragments.sqlite3.connect", for_reading)
    for _ in range(2):
        assert dates(root) == [(ONE, ["01-31", "03-31", "04-30", "05-31"], "open")]
    assert memory.read_bytes() == kept
    assert portfolio(root).history.unknown == ""


@pytest.mark.parametrize("inside", ["papers", "notes"])
def test_a_module_in_the_folder_of_an_account(
    root: Path, tmp_path_factory: pytest.TempPathFactory, inside: str
) -> None:
    """Its files are read as they stand; what they were is kept in another repository, and so is unknown."""
    other = begin(tmp_path_factory.mktemp("other") / "module")
    commit(other, DAYS[0], {"2026-01-05-visit.md": "---\nkind: visit\n---\n# A visit\n"})
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), f"accounts/a/{inside}")
    git(root, *add)
    commit(root, DAYS[1], {"accounts/a/plan.yml": plan(COUNT % "03-31")})
    (root / "accounts" / "a" / inside / "2026-01-05-visit.md").write_text("---\nkind: call\n---\n# A call\n")
    assert dates(root) == [(ONE, ["01-31", "03-31"], "open")]
    states = [state.account for state in portfolio(root).history.states("a")]
    assert [len(account.notes) for account in states if account] == [0, 0, 1 if inside == "notes" else 0]
    assert {account.unread for account in states if account} == {frozenset()}


def test_a_day_before_the_first_commit(root: Path) -> None:
    known = portfolio(root, date(2025, 12, 24))
    account = known.accounts["a"]
    assert [len(entry.dates) for entry in ledger(known, account)] == [1]
    assert changed_since(known, account, date(2025, 12, 1)) is None


def test_what_was_committed_after_the_day_is_not_taken_for_what_was_before(root: Path) -> None:
    people = "roland: {name: Roland Mendel, stance: %s}\n"
    for day, stance in zip(DAYS[1:], ("critic", "neutral", "advocate"), strict=True):
        commit(root, day, {"accounts/a/contacts.yml": people % stance})
    for _ in range(2):
        states = portfolio(root, date(2026, 3, 10)).history.states("a")
        assert [state.account.contacts["roland"].stance for state in states[1:] if state.account] == [
            "critic",
            "neutral",
            "advocate",
        ]
