"""The review pack as a page: there for every account with a plan, linked from what moved, nothing private on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.pages import Page, Site, all_pages
from kamgen.pages.pack import addresses
from tests.conftest import checked, write_files
from tests.history import commit_on
from tests.pages.reader import read, targets
from tests.test_packs import CONTACTS, HOME, JOINED, NOTES, files

ADDRESS = f"{HOME}review/"


def pages(root: Path) -> dict[str, Page]:
    result = checked(root)
    return {page.address: page for page in all_pages(Site(result.portfolio, tuple(result.findings)))}


def text(page: Page) -> str:
    found = read(page)
    assert found.faults == []
    return " ".join(found.text.split())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    commit_on(tmp_path, "2026-04-20", files("2026-04-30"))
    return write_files(tmp_path, {**files("2026-05-31", contacts=CONTACTS + JOINED), **NOTES})


def test_it_tells_what_the_command_tells(root: Path) -> None:
    said = text(pages(root)[ADDRESS])
    assert "Internal: for our own use. What stands here is not for the customer." in said
    assert "Moved: Agree the stock count (Margaret Peacock): from 30 Apr 2026 to 31 May 2026" in said
    assert "Partly reached: By 15 Apr 2026: Two depots share their stock. Linz only." in said
    assert 'Complaint of 2026-05-02: "Two pallets short".' in said
    assert "1 more is open and not shown here." in said
    assert "XSECRET" not in said
    assert "silent" not in said


def test_it_is_there_for_every_account_with_a_plan_and_linked_from_what_moved(root: Path) -> None:
    result = checked(root)
    assert list(addresses(Site(result.portfolio, tuple(result.findings)))) == [ADDRESS]
    made = pages(root)
    assert "accounts/alfki/review/" not in made
    assert (ADDRESS, "") in targets(made[HOME], read(made[HOME]))
    assert made[ADDRESS].repeats


def test_what_is_written_in_a_file_stays_text(root: Path) -> None:
    evil = "  - {what: '<img src=x onerror=alert(1)> {{ 7 * 7 }}', who: laura-callahan, due: 2026-05-20}\n"
    write_files(root, files("2026-05-31", evil))
    page = pages(root)[ADDRESS]
    assert "<img" not in page.html
    assert "{{ 7 * 7 }}" in text(page)


def test_an_empty_plan_has_a_page_that_says_so(tmp_path: Path) -> None:
    made = pages(write_files(tmp_path, {"accounts/a.yml": "name: A\nstage: key\nplan: {reviewed: 2026-04-20}\n"}))
    said = text(made["accounts/a/review/"])
    for empty in (
        "Nobody has said what is to be reached.",
        "There is no open goal.",
        "None is asked for in the plan.",
    ):
        assert empty in said
