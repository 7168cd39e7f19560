"""What moved since the last review, on the account's page: the news of git, and nothing that is private."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.pages import Site, all_pages
from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import checked, write_files
from tests.history import commit_on, git
from tests.pages.reader import read

HOME = "accounts/ernst-handel/"
ACCOUNT = "name: Ernst Handel\nstage: key\nmanager: margaret-peacock\n"
ACTION = "{what: Agree the stock count with Linz, who: margaret-peacock, due: %s}"
SECRET = "{what: Win over Silent-XSECRET, who: margaret-peacock, private: true, due: %s}"


def files(reviewed: str, *actions: str, contacts: str = "") -> dict[str, str]:
    plan = f"reviewed: {reviewed}\nimplementation: [{', '.join(actions)}]\n"
    return {
        "playbook/team.yml": TEAM,
        "playbook/kamgen.yml": SETTINGS,
        f"{HOME}account.yml": ACCOUNT,
        f"{HOME}plan.yml": plan,
        f"{HOME}contacts.yml": contacts or "roland-mendel: {name: Roland Mendel}\n",
    }


def page_text(root: Path, address: str) -> str:
    result = checked(root)
    site = Site(result.portfolio, tuple(result.findings))
    page = next(page for page in all_pages(site) if page.address == address)
    found = read(page)
    assert found.faults == []
    return " ".join(found.text.split())


def text(root: Path) -> str:
    said = page_text(root, HOME)
    return said[said.index("What moved since the last review") : said.index("The next 90 days")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Reviewed on 20 April; since then an action was moved and a contact came."""
    commit_on(tmp_path, "2026-03-01", files("2026-02-20", ACTION % "2026-03-31"))
    commit_on(tmp_path, "2026-04-20", files("2026-04-20", ACTION % "2026-04-30"))
    contacts = "roland-mendel: {name: Roland Mendel}\nanna-graf: {name: Anna Graf}\n"
    commit_on(tmp_path, "2026-04-29", files("2026-04-20", ACTION % "2026-05-31", contacts=contacts))
    return tmp_path


def test_what_moved_and_the_ledger(root: Path) -> None:
    said = text(root)
    assert 'Moved from 2026-04-30 to 2026-05-31: "Agree the stock count with Linz" (Margaret Peacock).' in said
    assert "New contact: Anna Graf." in said
    assert "1 promise of this plan" in said
    assert "31 Mar 2026 → 30 Apr 2026 → 31 May 2026 moved 2 times" in said


def test_home_tells_the_most_important_change_of_each_account(root: Path) -> None:
    said = page_text(root, "")
    assert 'Ernst Handel: Moved from 2026-04-30 to 2026-05-31: "Agree the stock count with Linz"' in said
    assert "Anna Graf" not in said


def test_nothing_moved(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-04-20", files("2026-04-20", ACTION % "2026-04-30"))
    assert "Nothing has changed since 20 Apr 2026" in text(tmp_path)


def test_where_nothing_is_known_it_says_so(tmp_path: Path, root: Path) -> None:
    bare = write_files(tmp_path / "bare", files("2026-04-20", ACTION % "2026-04-30"))
    (bare / ".git").write_text("gitdir: nowhere\n")
    assert "Since 20 Apr 2026: unknown (" in text(bare)
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))
    assert "unknown (shallow clone, which begins on 29 Apr 2026)" in text(clone)


def test_a_review_before_the_first_commit_is_not_known(tmp_path: Path) -> None:
    commit_on(tmp_path, "2026-04-29", files("2026-04-20", ACTION % "2026-04-30"))
    assert "unknown (no state of that day is in git)" in text(tmp_path)


def test_what_is_private_or_was_does_not_come_out(tmp_path: Path) -> None:
    hidden = "silent: {name: Silent-XSECRET, private: true, stance: critic}\n"
    told = "silent: {name: Silent-XSECRET, private: true, stance: opponent, covered_by: [laura-callahan]}\n"
    open_ = "roland-mendel: {name: Roland Mendel}\n"
    commit_on(tmp_path, "2026-03-01", files("2026-02-20", SECRET % "2026-03-31", contacts=open_ + hidden))
    commit_on(tmp_path, "2026-04-20", files("2026-04-20", SECRET % "2026-04-30", contacts=open_ + hidden))
    public = (SECRET % "2026-05-31").replace(", private: true", "").replace("Silent-XSECRET", "them")
    write_files(tmp_path, files("2026-04-20", SECRET % "2026-05-31", public, contacts=open_ + told))
    said = text(tmp_path)
    assert "XSECRET" not in said
    assert "XSECRET" not in page_text(tmp_path, "")
    assert "Win over them" in said
