"""The demo's site in a real browser: searching, dates, width, paper, and no script at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import Watched
from tests.site.kinds import KINDS

pytestmark = pytest.mark.browser


def test_the_demos_clock_stands_still(site: Watched) -> None:
    page = site.go("accounts/quick-stop/")
    assert page.get_by_text("overdue by 47 days").first.is_visible()
    assert page.get_by_text("here the clock stands still").is_visible()


def test_where_the_clock_runs_the_words_are_brought_up_to_date(browser: Browser, built) -> None:  # type: ignore[no-untyped-def]
    plan = "plan: {implementation: [{what: Call them, who: ann, due: 2026-05-01}]}"
    root = built(
        {
            "playbook/team.yml": "ann: {name: Ann Lee}\n",
            "playbook/kamgen.yml": "timezone: UTC\n",
            "accounts/a.yml": f"name: A\nstage: customer\n{plan}\n",
        }
    )
    text = (root / "accounts/a/index.html").read_text(encoding="utf-8")
    open_clock = text.replace(" data-kg-fixed", "")  # the tests' builds have SOURCE_DATE_EPOCH, so their clock is fixed
    (root / "accounts/a/index.html").write_text(open_clock, encoding="utf-8")
    page = browser.new_page()
    page.clock.set_fixed_time("2026-06-10T12:00:00Z")
    page.goto((root / "accounts/a/index.html").as_uri())
    assert page.get_by_text("overdue by 40 days").first.is_visible()
    page.close()


def test_an_old_site_says_so(site: Watched) -> None:
    site.page.clock.set_fixed_time("2026-05-07T12:00:00Z")
    page = site.go("")
    assert not page.locator(".kg-stale").is_visible()
    site.page.clock.set_fixed_time("2026-06-10T12:00:00Z")
    page = site.go("accounts/")
    assert "35 days ago" in page.locator(".kg-stale").inner_text()


@pytest.mark.parametrize("path", KINDS)
def test_every_page_reads_without_script(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("h1").is_visible()
    assert len(page.locator("article.md-content__inner").inner_text()) > 100
    context.close()


@pytest.mark.parametrize("path", KINDS)
def test_no_page_scrolls_sideways_on_a_telephone(site: Watched, path: str) -> None:
    site.page.set_viewport_size({"width": 360, "height": 740})
    assert site.go(path).evaluate("document.documentElement.scrollWidth") <= 360
