"""Earlier states put together from versions of files: each is read once, and the whole is as if it were read whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kamgen.model.portfolio import Account, History
from kamgen.model.settings import Settings
from kamgen.read.git import open_repository
from kamgen.read.history import read_history
from kamgen.read.snapshot import Snapshot
from kamgen.read.workspace import read_workspace
from tests.history import commit, git

TODAY = date(2026, 5, 6)
MAIN = "name: A\nstage: key\n"
PEOPLE = "anna: {name: Anna}\n"
PLAN = "reviewed: 2026-01-01\nimplementation: [{what: Count the stock, due: 2026-02-01}]\n"
VISIT = "---\nkind: visit\n---\n# A visit\n\n[A plan](../plan.pdf)\n"
YEAR = "implementation: [{what: Share the forecast, due: 2025-02-01, done: 2025-02-01}]\n"

Files = Mapping[str, str | None]


def clock(settings: Settings) -> tuple[date, bool]:
    return TODAY, True


def history(root: Path) -> History:
    portfolio = read_workspace(root, clock).portfolio
    return read_history(root, portfolio.accounts, portfolio.settings.limits, TODAY)


def begin(root: Path, *changes: Files) -> Path:
    """A repository in which an account `a` changes with every commit; the names are those below its folder."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    for number, files in enumerate(changes):
        below = {name if "accounts/" in name else f"accounts/a/{name}": text for name, text in files.items()}
        commit(root, f"2026-01-{number + 1:02}", below)
    return root


def read_whole(root: Path, revision: str) -> Account | None:
    """The account as the ordinary reader reads all of its files in a commit."""
    repository = open_repository(root)
    with repository.texts() as store:
        snapshot = Snapshot(root, repository.files(revision), store)
        account = read_workspace(root, clock, snapshot).portfolio.accounts.get("a")
    return replace(account, attachments=()) if account else None


CASES: Mapping[str, tuple[Files, ...]] = {
    "every part has a file, and one after the other changes": (
        {"account.yml": MAIN, "contacts.yml": PEOPLE, "plan.yml": PLAN, "notes/2026-01-01-visit.md": VISIT},
        {"contacts.yml": PEOPLE + "bert: {name: Bert}\n"},
        {"plan.yml": PLAN.replace("2026-02-01", "2026-03-01"), "audits/2026-01-02.yml": "marks: 7\n"},
        {"plan.md": "## Intelligence\n\nThey grow.\n", "partnership.yml": "asks-our-advice: {on: 2026-01-01}\n"},
        {"notes/2026-01-01-visit.md": None, "notes/2025-12-01.md": VISIT, "account.yml": f"{MAIN}country: Austria\n"},
    ),
    "a part stands in the main file and then has a file of its own": (
        {"account.yml": f"{MAIN}contacts: {{bert: {{name: Bert}}}}\nplan: {{reviewed: 2026-01-01}}\n"},
        {"contacts.yml": PEOPLE},
        {"plan.yml": PLAN},
        {"contacts.yml": None},
    ),
    "what ended was moved out of a plan that stands in the main file": (
        {"account.yml": f"{MAIN}plan: {{reviewed: 2026-01-01}}\n", "plan-2025.yml": YEAR},
        {"plan-2025.yml": YEAR.replace("forecast", "figures")},
        {"plan.yml": PLAN},
        {"plan-2025.yml": None, "plan.md": "## Nothing\n"},
    ),
    "prose alone is a plan": (
        {"account.yml": MAIN},
        {"plan.md": "## Intentions\n\nTo grow.\n"},
        {"plan.md": "Text.\n"},
    ),
    "a light file beside its notes": (
        {"accounts/a.yml": f"{MAIN}contacts: {{anna: {{name: Anna}}}}\n", "notes/2026-01-01.md": VISIT},
        {"notes/2026-01-02.md": VISIT},
        {"account.yml": MAIN},
        {"accounts/a.yml": None},
    ),
    "parts that were broken for a while": (
        {"account.yml": MAIN, "contacts.yml": "anna: [\n", "plan.yml": PLAN},
        {"contacts.yml": PEOPLE, "plan.yml": "implementation: 7\nreviewed: ???\n"},
        {"account.yml": "name: [\n", "plan.yml": PLAN},
        {"account.yml": MAIN, "notes/2026-01-01.md": "No head.\n", "audits/2026-01-01.yml": "- 7\n"},
        {"notes/2026-01-01.md": VISIT, "audits/2026-01-01.yml": "marks: 7\n", "notes/visit.md": VISIT},
        {"notes/visit.md": None, "stage": "x"},
    ),
    "a folder without a main file": (
        {"contacts.yml": PEOPLE},
        {"plan.md": "## Intentions\n\nTo grow.\n"},
        {"x.pdf": "x"},
    ),
}


@pytest.mark.parametrize("changes", CASES.values(), ids=list(CASES))
def test_a_state_is_as_if_it_were_read_whole(tmp_path: Path, changes: tuple[Files, ...]) -> None:
    root = begin(tmp_path, *changes)
    revisions = [f"HEAD~{back}" for back in reversed(range(len(changes)))]
    whole = [read_whole(root, revision) for revision in revisions]
    for _ in ("first", "from what was kept"):
        assert [state.account for state in history(root).states("a")][:-1] == whole
    newest_first = [state.account for state in reversed(history(root).states("a"))]
    assert newest_first[:0:-1] == whole


def test_what_is_not_committed_is_no_part_of_an_earlier_state(tmp_path: Path) -> None:
    root = begin(tmp_path, {"account.yml": f"{MAIN}contacts: {{bert: {{name: Bert}}}}\n"}, {"plan.yml": PLAN})
    whole = [read_whole(root, revision) for revision in ("HEAD~1", "HEAD")]
    for name, text in (("contacts.yml", PEOPLE), ("plan-2025.yml", YEAR), ("plan.md", "## Intentions\n\nTo grow.\n")):
        (root / "accounts" / "a" / name).write_text(text)
    assert [state.account for state in history(root).states("a")][:-1] == whole
    (root / "accounts" / "a" / "plan.yml").unlink()
    assert [state.account for state in history(root).states("a")][:-1] == whole


def test_each_version_of_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = CASES["every part has a file, and one after the other changes"]
    root = begin(tmp_path, *changes, {"notes/2026-01-03.md": VISIT}, {"notes/2026-01-04.md": VISIT})
    asked: Counter[str] = Counter()
    text = Snapshot.text

    def counted(snapshot: Snapshot, path: Path, cap_kb: int) -> str:
        name = path.relative_to(root / "accounts" / "a").as_posix()
        asked[f"{name} {snapshot.files[path.relative_to(root).as_posix()]}"] += 1
        return text(snapshot, path, cap_kb)

    monkeypatch.setattr(Snapshot, "text", counted)
    states = history(root).states("a")
    assert len([state.account for state in states]) == len(changes) + 3
    assert set(asked.values()) == {1}
    # What stands in the workspace as it did is not read again: of the contacts the first version alone, no audit.
    assert Counter(name.partition(" ")[0] for name in asked) == {
        "account.yml": 2,
        "contacts.yml": 1,
        "plan.yml": 2,
        "notes/2026-01-01-visit.md": 1,
    }
