"""The review pack in a real browser: two pages of A4 on paper, nothing cut off on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import write_files
from tests.history import commit_on
from tests.site.conftest import MKDOCS_YML, Watched, build, served

pytestmark = pytest.mark.browser

PLANNED = [
    "quick-stop",
    "ernst-handel",
    "save-a-lot-markets",
    "rattlesnake-canyon-grocery",
    "hungry-owl-all-night-grocers",
]


HOME = "accounts/ernst-handel/"
LONG = "the depot managers in Graz and Linz agree with us on a weekly forecast for all that has to be kept cold {}"
ACTION = "  - {{id: a{0}, what: {1}, who: [laura-callahan, margaret-peacock], due: {2}, goal: g{3}}}\n"
GOAL = """\
  g{0}:
    {{goal: {1}, measure: lines out of stock per week in both depots counted by them each Monday, start: 14, aim: 3,
    readings: {{2026-04-14: 8}}, since: 2026-01-20, due: 2026-12-31}}
"""
CONTACT = "c{0}: {{name: Somebody Longname-Number{0}, level: implementer, covered_by: laura-callahan, leaves: {1}}}\n"


def crowded(later: int) -> dict[str, str]:
    """An account in which every list is too long, and every text too; `later` months from now."""
    days = range(1, 15)
    due = [f"2026-{4 + (day + later) % 4:02}-{day + 14:02}" for day in days]
    lists = {
        "intentions": "".join(GOAL.format(n, LONG.format(n)) for n in range(7)),
        "implementation": "".join(ACTION.format(n, LONG.format(n), due[n], n % 7) for n in range(14)),
        "decisions": "".join(f"  - {{ask: {LONG.format(n)}, of: andrew-fuller}}\n" for n in range(7)),
    }
    reached = f"past_periods: [{{ends: 2026-04-15, reach: {LONG}, reached: partly, because: {LONG}}}]\n"
    plan = f"reviewed: 2026-04-20\nperiod: {{ends: 2026-07-15, reach: {LONG} {LONG}}}\n{reached}"
    dates = "".join(
        f"  - {{what: {LONG.format(n)}, on: 2026-06-{n + 10}, act_before: 2026-05-{n + 10}}}\n" for n in days
    )
    return {
        "mkdocs.yml": MKDOCS_YML,
        "playbook/playbook.md": "# P\n",
        "playbook/team.yml": TEAM,
        "playbook/kamgen.yml": SETTINGS,
        f"{HOME}account.yml": f"name: Ernst Handel\nstage: key\nmanager: margaret-peacock\ndates:\n{dates}",
        f"{HOME}contacts.yml": "".join(CONTACT.format(n, f"2026-06-{n + 10}") for n in range(12)),
        f"{HOME}plan.yml": plan.replace("{}", "now") + "".join(f"{name}:\n{text}" for name, text in lists.items()),
    }


def test_where_every_list_is_too_long_it_is_still_two_pages(tmp_path: Path, browser: Browser) -> None:
    commit_on(tmp_path, "2026-04-20", crowded(0))
    notes = {f"{HOME}notes/2026-05-0{n}-x.md": f"---\nkind: issue\nwith: c1\n---\n# {LONG}\n" for n in range(1, 6)}
    write_files(tmp_path, {**crowded(1), **notes})
    assert build(tmp_path).returncode == 0
    with served(tmp_path / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}{HOME}review/")
        page.wait_for_load_state("networkidle")
        assert page.locator(".kg-pack li").count() > 55
        assert page.get_by_text(re.compile(r"^and \d+ more$")).count() >= 6
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


@pytest.mark.parametrize("slug", PLANNED)
def test_on_paper_it_is_two_pages(site: Watched, slug: str) -> None:
    pdf = site.go(f"accounts/{slug}/review/").pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_paper_says_that_it_is_internal_and_keeps_every_section(site: Watched) -> None:
    page = site.go("accounts/hungry-owl-all-night-grocers/review/")
    page.emulate_media(media="print")
    assert page.locator(".kg-internal").is_visible()
    assert not page.locator(".kg-pack .kg-on-screen").is_visible()
    for section in (
        "promised",
        "reach",
        "changed",
        "goals",
        "people",
        "complaints",
        "dates",
        "decisions",
        "next",
        "ask",
    ):
        assert page.locator(f"#{section}").is_visible(), section


def test_it_is_found_from_the_account_and_leads_back(site: Watched) -> None:
    page = site.go("accounts/ernst-handel/")
    page.get_by_role("link", name="Review pack").click()
    page.wait_for_url("**/accounts/ernst-handel/review/")
    page.locator(".kg-pack").get_by_role("link", name="Ernst Handel").click()
    page.wait_for_url("**/accounts/ernst-handel/")


def test_on_a_phone_nothing_is_wider_than_the_screen(site: Watched) -> None:
    page = site.go("accounts/quick-stop/review/")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
