"""Reviews and actions: what is overdue comes first, what is booked quiets what is due, private things count unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.pages import Page, actions, reviews
from tests.conftest import write_files
from tests.pages.reader import read
from tests.pages.test_pages import SMALL, site_of, words

ACCOUNT = "accounts/ernst-handel/account.yml"
PLAN = "accounts/ernst-handel/plan.yml"


def page_of(tmp_path: Path, old: str = "", new: str = "") -> Page:
    """The page of reviews of the small workspace, with something else in account.yml."""
    text = str(SMALL[ACCOUNT])
    assert old in text
    (page,) = reviews.render(site_of(write_files(tmp_path, SMALL | {ACCOUNT: text.replace(old, new)})))
    assert read(page).faults == []
    return page


def text_of(tmp_path: Path, old: str = "", new: str = "") -> str:
    """Its words."""
    return words(page_of(tmp_path, old, new))


def test_overdue_first_then_by_thirty_days(tmp_path: Path) -> None:
    text = text_of(tmp_path)
    assert "1 overdue, 1 date within 30 days." in text
    parts = ("Overdue", "Within 30 days", "In 31 to 60 days", "In 61 to 90 days", "Later", "In your calendar")
    headings = [text.index(f"{part} ", 150) for part in parts]
    assert headings == sorted(headings)
    assert "31 Mar 2026 overdue by 36 days Review of the plan due Go through the plan together" in text
    assert (
        "28 May 2026 in 22 days Review planned Andrew Fuller with Roland Mendel Ernst Handel Margaret Peacock" in text
    )
    assert "30 Jun 2026 due in 55 days Last day to act: Frame contract ends Nothing is planned for it yet." in text
    assert "15 Jul 2026 due in 70 days The 90 days end" in text
    assert "18 Mar 2027 due in 316 days Audit due" in text


def test_what_is_overdue_is_marked_late(tmp_path: Path) -> None:
    assert '<span class="kg-rel kg-late" data-kg-due="2026-03-31">overdue by 36 days</span>' in page_of(tmp_path).html


def test_a_booked_audit_quiets_the_one_that_is_due(tmp_path: Path) -> None:
    booked = "planned:\n  - {what: audit, on: 2026-06-12, who: andrew-fuller}\n"
    text = text_of(tmp_path, "planned:\n", booked)
    assert "12 Jun 2026 in 37 days Audit planned Andrew Fuller Questions to ask" in text
    assert "Audit due" not in text


def test_an_audit_that_is_booked_in_private_quiets_it_too(tmp_path: Path) -> None:
    booked = "planned:\n  - {what: audit, on: 2026-06-12, who: andrew-fuller, private: true}\n"
    text = text_of(tmp_path, "planned:\n", booked)
    assert "Audit" not in text.replace("Audit menu", "")


def test_an_audit_that_was_planned_and_of_which_nothing_tells(tmp_path: Path) -> None:
    lapsed = "planned:\n  - {what: audit, on: 2026-04-29, who: andrew-fuller}\n"
    assert "It was planned for 29 Apr 2026, and nothing tells of it." in text_of(tmp_path, "planned:\n", lapsed)


@pytest.mark.parametrize(
    ("about", "expected"),
    [("[frame-contract-ends]", False), ("[deliveries]", True)],
)
def test_a_last_day_to_act_that_has_gone_by_stays_until_something_is_planned(
    tmp_path: Path, about: str, expected: bool
) -> None:
    action = f"  - {{what: See them, who: margaret-peacock, due: 2026-05-20, about: {about}}}\n"
    plan = str(SMALL[PLAN]).replace("implementation:\n", f"implementation:\n{action}")
    account = str(SMALL[ACCOUNT]).replace("act_before: 2026-06-30", "act_before: 2026-04-30")
    (page,) = reviews.render(site_of(write_files(tmp_path, SMALL | {PLAN: plan, ACCOUNT: account})))
    late = "30 Apr 2026 overdue by 6 days Last day to act: Frame contract ends Nothing is planned for it yet."
    assert (late in words(page)) is expected
    assert "31 Dec 2026 in 239 days Frame contract ends" in words(page)


def test_what_was_never_held_has_no_day(tmp_path: Path) -> None:
    files = {
        "accounts/new.yml": "name: New Key\nstage: key\nsponsor: andrew-fuller\n"
        "contacts: {eva: {name: Eva, level: instigator}}\nplan: {period: {ends: 2026-07-01, reach: First talk}}\n"
    }
    (page,) = reviews.render(site_of(write_files(tmp_path, SMALL | files)))
    text = words(page)
    assert "3 never held" in text
    for what in ("The plan was never reviewed", "No audit is on record", "No senior review is on record"):
        assert f"no day yet {what}" in text


def test_a_senior_review_held_in_private_is_neither_told_nor_asked_for(tmp_path: Path) -> None:
    files = {
        "accounts/new.yml": "name: New Key\nstage: key\nsponsor: andrew-fuller\n"
        "contacts: {eva: {name: Eva, level: instigator}}\n",
        "accounts/new/notes/2026-04-02-dinner.md": "---\nkind: meeting\nwho: [andrew-fuller]\nwith: [eva]\n"
        "private: true\n---\n# Dinner\n",
    }
    (page,) = reviews.render(site_of(write_files(tmp_path, SMALL | files)))
    assert "Senior review" not in words(page)
    assert "No senior review" not in words(page)
    assert "No audit is on record" in words(page)


def test_rows_say_whose_they_are_and_what_kind(tmp_path: Path) -> None:
    html = page_of(tmp_path).html
    assert '<tr data-kg-who="margaret-peacock andrew-fuller"><td data-v="2026-03-31">' in html
    assert '<td data-f="Plan review">' in html
    assert '<td data-f="Booked|Senior review">' in html
    assert 'href="reviews.ics">All accounts</a>' in html
    assert 'href="../people/margaret-peacock/reviews.ics">Margaret Peacock</a>' in html


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST", 1)
    text = words(page_of(tmp_path))
    assert "And 1 more, on the accounts’ pages and in the calendar." in text


def test_actions_show_goal_owner_and_account(tmp_path: Path) -> None:
    (page,) = actions.render(site_of(write_files(tmp_path, SMALL)))
    text = words(page)
    assert "3 open actions, 1 overdue; 1 lies with the customers." in text
    row = "30 Apr 2026 overdue by 6 days Agree the stock count for: Shelves are full Margaret Peacock ours Ernst Handel"
    assert row in text
    assert "Share stock data for: Shelves are full Roland Mendel theirs Ernst Handel" in text
    # What they are to do is on the list of whoever has to ask for it.
    assert page.html.count('<tr data-kg-who="margaret-peacock">') == 3


def test_a_long_list_of_actions_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    (page,) = actions.render(site_of(write_files(tmp_path, SMALL)))
    assert "The first 2 actions by due day; 1 more stands on the accounts’ pages" in words(page)
    assert "Plan the year after" not in words(page)
