"""How the accounts stood over the year, on their pages and on home: in pictures, in words, and only when asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kamgen.pages import Page, Site, all_pages
from kamgen.rules.course import courses
from tests.conftest import checked, write_files
from tests.history import commit_on, git
from tests.pages.reader import read
from tests.pages.test_moved import ACTION, HOME, files

LIGHT = "name: %s\nstage: customer\nmanager: margaret-peacock\n"
ACTED = (
    "plan: {reviewed: 2026-05-01, implementation: "
    "[{what: Agree the stock count with Linz, who: margaret-peacock, due: %s}]}\n"
)


def pages(root: Path, over_time: bool = True) -> dict[str, Page]:
    result = checked(root)
    values = result.portfolio, tuple(result.findings)
    site = Site(*values, courses=courses(*values) if over_time else {})
    made = {page.address: page for page in all_pages(site)}
    assert [fault for page in made.values() for fault in read(page).faults] == []
    return made


def year(page: Page) -> str:
    said = " ".join(read(page).text.split())
    return said.partition("Over the last twelve months")[2].partition("The promise ledger")[0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Since January, with a second contact since March whom somebody else covers; an action is overdue since April."""
    one = "roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock]}\n"
    two = f"{one}anna-graf: {{name: Anna Graf, covered_by: [laura-callahan]}}\n"
    commit_on(tmp_path, "2026-01-20", files("2026-01-15", ACTION % "2026-04-15", contacts=one))
    commit_on(tmp_path, "2026-03-20", files("2026-03-15", ACTION % "2026-04-15", contacts=two))
    return tmp_path


def test_the_year_in_pictures_words_and_a_table(root: Path) -> None:
    page = pages(root)[HOME]
    said = year(page)
    assert "all judged by today’s rules and settings" in said
    assert "Before 31 Jan 2026: unknown (git does not know this account before then)." in said
    assert re.search(r"Errors and warnings .*?\d+ on 31 Jan 2026, \d+ now", said)
    assert "0 (bow-tie) on 31 Jan 2026, 0.5 (broad) now" in said
    assert "<dt>Partnership" not in page.html.partition('id="year"')[2]  # no sign of it at any time: no line
    assert page.html.count('class="kg-spark"') == 2
    table = page.html[page.html.index('data-kg-table="year"') :]
    assert re.findall(r'<th scope="row"><time[^>]*>([^<]*)', table)[:2] == ["6 May 2026", "30 Apr 2026"]
    assert table.partition("</table>")[0].count("unknown") == 8


def test_a_whole_year_is_told_as_such(tmp_path: Path) -> None:
    commit_on(tmp_path, "2025-01-20", files("2025-01-15", ACTION % "2025-04-15"))
    said = year(pages(tmp_path)[HOME])
    assert re.search(r"\d+ a year ago, \d+ now", said)
    assert "unknown" not in said


def test_what_is_not_known_is_said_and_never_zero(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))
    assert "Before 31 Mar 2026: unknown (shallow clone, which begins on 20 Mar 2026)." in year(pages(clone)[HOME])
    bare = write_files(tmp_path_factory.mktemp("bare"), files("2026-04-20", ACTION % "2026-04-30"))
    (bare / ".git").write_text("gitdir: nowhere\n")
    page = pages(bare)[HOME]
    assert year(page).strip().startswith("Unknown (")
    assert "kg-spark" not in page.html
    (root / HOME / "contacts.yml").write_text("roland: [\n")
    assert "on 31 Jan 2026, unknown now, since not all of its files can be read" in year(pages(root)[HOME])


def test_an_account_of_which_there_is_nothing_to_tell_tells_nothing(tmp_path: Path) -> None:
    commit_on(tmp_path, "2025-01-20", {"accounts/a.yml": "name: Alfreds\nstage: suspect\n"})
    write_files(tmp_path, {"accounts/b.yml": "name: Bonapp\nstage: key\n"})  # came today, and has no plan
    made = pages(tmp_path)
    assert not [slug for slug in "ab" if "What moved" in made[f"accounts/{slug}/"].html]


def test_a_plan_that_came_today_says_that_nothing_is_known(tmp_path: Path) -> None:
    commit_on(tmp_path, "2025-01-20", {"accounts/a.yml": "name: Alfreds\nstage: suspect\n"})
    write_files(tmp_path, files("2026-05-05", ACTION % "2026-06-15"))
    assert year(pages(tmp_path)[HOME]).strip().startswith("Unknown (git knows of no earlier month).")


def test_an_account_without_a_review_has_its_year_too(tmp_path: Path) -> None:
    commit_on(tmp_path, "2025-01-20", {"accounts/a.yml": "name: Alfreds\nstage: key\n"})
    html = pages(tmp_path)["accounts/a/"].html
    assert '<h2 id="moved">What moved</h2>' in html
    assert "Review pack" not in html


def test_unless_asked_for_nothing_is_said(root: Path) -> None:
    assert not [page for page in pages(root, over_time=False).values() if "twelve months, judged" in page.html]
    assert year(pages(root, over_time=False)[HOME]) == ""


def test_home_names_who_moved_furthest(tmp_path: Path) -> None:
    came = {f"accounts/{slug}.yml": LIGHT % slug.title() + ACTED % "2026-02-01" for slug in "abcdefg"}
    later = {f"accounts/x{slug}.yml": LIGHT % f"X{slug}" + ACTED % "2026-06-30" for slug in "abcdefg"}
    late = {"accounts/y.yml": LIGHT % "Y" + ACTED % "2025-12-01"}
    commit_on(tmp_path, "2026-01-05", {**files("2026-05-01"), **came, **later, **late})
    commit_on(tmp_path, "2026-04-02", {"accounts/y.yml": LIGHT % "Y" + ACTED % "2026-06-30"})
    commit_on(tmp_path, "2026-05-02", {**later, **{k: v.replace("06-30", "05-04") for k, v in later.items()}})
    said = " ".join(read(pages(tmp_path)[""]).text.split())
    assert "Worse: A, B, C, D, E" in said
    assert "F, G" not in said.partition("Worse:")[2][:40]
    assert said.index("What moved") < said.index("Worse: A")
    assert "Better: Y Worse: A" in said


def test_counts_of_what_is_private_are_all_that_comes_out(tmp_path: Path) -> None:
    hidden = "silent: {name: Silent-XSECRET, private: true, stance: opponent, covered_by: [laura-callahan]}\n"
    commit_on(tmp_path, "2026-01-20", files("2026-01-15", ACTION % "2026-04-15", contacts=hidden))
    made = pages(tmp_path)
    assert "(bow-tie)" in year(made[HOME])
    assert not [page for page in made.values() if "XSECRET" in page.html]
