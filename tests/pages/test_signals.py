"""Signals: trends of several accounts first, links to the notes, who should hear of them, and nothing private."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kamgen.pages import Page
from kamgen.pages.signals import render
from tests.conftest import write_files
from tests.pages.reader import read, targets
from tests.pages.test_pages import site_of, words
from tests.pages.test_programme import TEAM


def account(name: str, manager: str, segment: str = "Hotels") -> str:
    return f"name: {name}\nstage: key\nmanager: {manager}\nsegment: {segment}\n"


def note(title: str, *signals: str, who: str = "ann-adams", more: str = "") -> str:
    return f"---\nkind: visit\nwho: [{who}]\nsignals: [{', '.join(signals)}]\n{more}---\n# {title}\n\nText.\n"


FULL = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "accounts/alpenkost/account.yml": account("Alpenkost", "ann-adams"),
    "accounts/bergland/account.yml": account("Bergland", "ann-adams", "Shops"),
    "accounts/cafe.yml": account("Cafe", "bob-brown"),
    "accounts/alpenkost/notes/2026-03-12-visit.md": note("They want <b>larger</b> sizes", "larger-sizes", "night"),
    "accounts/bergland/notes/2026-04-22-call.md": note("Larger boxes", "Larger sizes", who="cas-cole"),
    "accounts/bergland/notes/2026-04-23-talk.md": note(
        "XSECRET talk", "night", "xsecret-merger", more="private: true\n"
    ),
} | {f"accounts/alpenkost/notes/2025-01-{day:02}-call.md": note(f"Call {day}", "small-boxes") for day in range(1, 13)}


def page_of(root: Path, files: Mapping[str, str]) -> Page:
    """The page of a workspace; it must be well-formed, and lead to pages that are there."""
    site = site_of(write_files(root, dict(files)))
    (page,) = render(site)
    found = read(page)
    assert found.faults == []
    assert {target for target, _ in targets(page, found)} <= site.addresses
    return page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(tmp_path_factory.mktemp("signals"), FULL)


@pytest.fixture(scope="module")
def text(page: Page) -> str:
    return words(page)


def test_the_verdict_comes_first(text: str) -> None:
    assert (
        "2 trends are seen in several accounts. The most widely seen: Larger sizes, in 2 accounts. 1 more is known "
        "from one account only. Of 2 of them, colleagues with accounts of the same trade should hear."
    ) in text


def test_a_trend_of_several_accounts(page: Page, text: str) -> None:
    assert (
        "In 2 accounts and 2 notes: Alpenkost, Bergland. First at Alpenkost on 12 Mar 2026, heard by Ann Adams; "
        "last 22 Apr 2026 14 days ago."
    ) in text
    assert "Should hear of it: Bob Brown, who looks after accounts of the same trade. Worth asking at: Cafe." in text
    assert '<h3 id="signal-larger-sizes">Larger sizes</h3>' in page.html
    assert 'href="#signal-larger-sizes"' in page.html
    assert 'href="../accounts/bergland/#note-2026-04-22-call"' in page.html
    assert "Alpenkost: They want <b>larger</b> sizes" in text


def test_those_of_several_accounts_stand_before_single_ones(text: str) -> None:
    assert text.index("Seen in several accounts") < text.index("Known from one account so far") < text.index("Call 12")


def test_older_notes_are_linked_where_they_stand_and_long_lists_are_cut(page: Page, text: str) -> None:
    assert 'href="../accounts/alpenkost/notes/#note-2025-01-03-call"' in page.html
    assert "2025-01-02-call" not in page.html
    assert "and 2 older notes." in text


def test_private_notes_count_and_are_not_told(page: Page, text: str) -> None:
    assert "In 2 accounts and 2 notes: Alpenkost. First at Alpenkost" in text
    assert "xsecret" not in page.html.lower()


def test_whose_it_is(page: Page) -> None:
    assert '<section class="kg-signal" data-kg-who="bob-brown ann-adams cas-cole">' in page.html


# --- When there is nothing --------------------------------------------------------------------------


def test_without_notes(tmp_path: Path) -> None:
    told = words(page_of(tmp_path, {"accounts/one.yml": "name: One\nstage: key\n"}))
    assert "No signal is written down yet. There is no note yet." in told
    assert "name it in the head of the note: signals: [larger-sizes]" in told


def test_one_trend_that_one_colleague_should_hear_of(tmp_path: Path) -> None:
    files = {path: text for path, text in FULL.items() if "2026-04-23" not in path}
    assert "Bob Brown should hear of Larger sizes." in words(page_of(tmp_path, files))


def test_notes_without_signals(tmp_path: Path) -> None:
    files = {"accounts/one/account.yml": "name: One\nstage: key\n", "accounts/one/notes/2026-04-01-a.md": note("A")}
    assert "which of it is a trend, nobody has marked." in words(page_of(tmp_path, files))


def test_one_account_and_no_segment(tmp_path: Path) -> None:
    files = {
        "accounts/one/account.yml": "name: One\nstage: key\n",
        "accounts/one/notes/2026-04-01-a.md": note("A", "x"),
    }
    told = words(page_of(tmp_path, files))
    assert "No trend is seen in several accounts yet. 1 is known from one account: ask the others." in told
    assert "Give the accounts a segment, and this page says who else should hear of a trend." in told
