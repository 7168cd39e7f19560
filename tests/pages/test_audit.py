"""Audit menus: chosen from the account's gaps, with earlier answers and what came of them; themes are counts alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.facts.audits import MOST_FIRST, menu_for
from kamgen.pages import Page, audit
from tests.conftest import write_files
from tests.pages.reader import read
from tests.pages.test_pages import SECRETS, SMALL, site_of, words

HOME = "accounts/ernst-handel/audit/"
HELD = "accounts/ernst-handel/audits/2026-03-18.yml"
MENU = "playbook/audit-menu.yml"


def pages_with(tmp_path: Path, files: dict[str, str | bytes]) -> dict[str, Page]:
    """The audit pages of the small workspace with other files."""
    pages = {page.address: page for page in audit.render(site_of(write_files(tmp_path, SMALL | files)))}
    assert {address: faults for address, page in pages.items() if (faults := read(page).faults)} == {}
    return pages


def answered(*lines: str) -> dict[str, str | bytes]:
    """An audit with these answers, one line a question of the menu."""
    return {HELD: "who: [andrew-fuller]\nmarks: 7\nseen_as: supplier\nanswers:\n" + "".join(f"  {x}\n" for x in lines)}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("{answer: Two invoices}", "“Two invoices” → nothing came of it yet"),
        ("{answer: Two invoices, reason: Paid since}", "“Two invoices” → Paid since"),
        ("{answer: Empty shelves, goal: no-empty-shelves}", "“Empty shelves” → Goal: Shelves are full"),
        (
            "{answer: Count them, action: agree-the-stock-count}",
            "“Count them” → Agree the stock count, 30 Apr 2026 overdue by 6 days",
        ),
        (
            "{answer: A stand, action: share-a-stand}",
            "“A stand” → Share a stand, dropped 12 Mar 2026",
        ),
    ],
)
def test_what_came_of_an_answer(tmp_path: Path, answer: str, expected: str) -> None:
    page = pages_with(tmp_path, answered(f"unresolved: {answer}"))[HOME]
    quoted = words(Page("", "", page.html.replace("<q>", "“").replace("</q>", "”")))
    assert f"18 Mar 2026: {expected}" in quoted


def test_the_verdict_says_when_it_was_and_when_it_is_due(tmp_path: Path) -> None:
    text = words(pages_with(tmp_path, {})[HOME])
    assert "The next one: 18 Mar 2027 due in 316 days." in text
    assert "Last held on 18 Mar 2026 by Andrew Fuller with Roland Mendel: 7 out of ten, seen as a supplier." in text


def test_a_booked_audit_is_told_first(tmp_path: Path) -> None:
    account = str(SMALL["accounts/ernst-handel/account.yml"])
    booked = account.replace("planned:\n", "planned:\n  - {what: audit, on: 2026-06-12, who: andrew-fuller}\n")
    text = words(pages_with(tmp_path, {"accounts/ernst-handel/account.yml": booked})[HOME])
    assert "Booked for 12 Jun 2026 in 37 days, Andrew Fuller asks." in text


def test_a_finding_is_told_once_and_its_other_questions_come_after_those_for_others(tmp_path: Path) -> None:
    menu = """\
late: {part: past, ask: Late again?, for: KAM404}
later: {part: past, ask: And again?, for: KAM404}
reviewed: {part: past, ask: When do we talk?, for: KAM502}
calm: {part: past, ask: All well?}
"""
    text = words(pages_with(tmp_path, {MENU: menu})[HOME])
    asked = [text.index(ask) for ask in ("Late again?", "When do we talk?", "And again?", "All well?")]
    assert asked == sorted(asked)
    assert text.count("KAM404 Overdue since") == 1
    assert "And again? KAM404 as above" in text


def test_at_most_ten_questions_are_put_forward_and_none_is_lost(tmp_path: Path) -> None:
    menu = "".join(f"q{n}: {{part: past, ask: Question {n}?, for: KAM404}}\n" for n in range(MOST_FIRST + 3))
    site = site_of(write_files(tmp_path, SMALL | {MENU: menu}))
    account = site.public.accounts["ernst-handel"]
    made = menu_for(site.public, site.portfolio, account, site.findings_by_account["ernst-handel"])
    assert [asking.id for asking in made.first] == [f"q{n}" for n in range(MOST_FIRST)]
    assert [asking.id for asking in made.parts["past"]] == [f"q{n}" for n in range(MOST_FIRST, MOST_FIRST + 3)]


def test_a_private_goal_is_not_told_and_is_no_missing_one(tmp_path: Path) -> None:
    text = words(pages_with(tmp_path, SECRETS)[HOME])
    assert "18 Mar 2026: Nothing" in text
    assert "nothing came of it yet" not in text


def test_the_sheet_has_room_to_write_and_the_general_menu_has_none(tmp_path: Path) -> None:
    pages = pages_with(tmp_path, {})
    assert 'class="kg-write"' in pages[HOME].html
    assert "Marks out of ten" in words(pages[HOME])
    assert 'class="kg-write"' not in pages["audit/"].html


def test_themes_are_counts_without_names(tmp_path: Path) -> None:
    other = {
        "accounts/other.yml": "name: Other\nstage: key\nmanager: laura-callahan\n",
        "accounts/other/audits/2026-02-02.yml": "who: [andrew-fuller]\nseen_as: partner\nmarks: 9\nanswers:\n"
        "  unresolved: {answer: Their words-XYZ, reason: Ours}\n  pressures: {answer: Energy}\n",
    }
    files = other | answered("unresolved: {answer: Invoices, goal: no-empty-shelves}", "main-aims: {answer: }")
    text = words(pages_with(tmp_path, files)["audit/"])
    assert "2 of 2 key accounts have been audited: 1 sees a partner in us, 1 a supplier" in text
    assert "half of them give 8 out of ten or more" in text
    start = text.index("What audits tell us")
    themes = text[start : text.index("Past and present")]
    assert "What is still open between us that should have been settled by now? 2 0 1 1 0" in themes
    assert "What puts most pressure on you just now, whether or not we could do anything about it? 1 0 0 0 1" in themes
    for name in ("Ernst", "Other", "Andrew", "Margaret", "Laura", "Roland", "XYZ", "Energy"):
        assert name not in themes
    assert "main aims" not in themes


def test_the_general_menu_leads_to_each_account(tmp_path: Path) -> None:
    text = words(pages_with(tmp_path, {})["audit/"])
    assert "Ernst Handel 18 Mar 2026 49 days ago 18 Mar 2027 due in 316 days Margaret Peacock" in text
