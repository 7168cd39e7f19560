"""The page of an account in a real browser: a briefing of at most four pages on paper, and narrow enough everywhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import Watched

pytestmark = pytest.mark.browser

LARGEST = [
    "quick-stop",
    "ernst-handel",
    "save-a-lot-markets",
    "rattlesnake-canyon-grocery",
    "hungry-owl-all-night-grocers",
]
LIGHT = ["alfreds-futterkiste", "mere-paillarde"]


@pytest.mark.parametrize("slug", LARGEST)
def test_on_paper_it_is_a_briefing_of_at_most_four_pages(site: Watched, slug: str) -> None:
    page = site.go(f"accounts/{slug}/")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4


def test_paper_is_white_whatever_the_scheme_of_the_screen(site: Watched) -> None:
    look = "(one) => { const { color, backgroundColor } = getComputedStyle(one); return [color, backgroundColor]; }"
    looks = []
    for scheme in ("light", "dark"):
        site.page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
        page = site.go("")
        looks.append([one.evaluate(look) for one in page.locator(".kg :is(td, .kg-badge, .kg-late)").all()])
    assert len(looks[0]) > 20
    assert looks[0] == looks[1]


def test_paper_keeps_what_a_briefing_needs_and_leaves_out_what_is_older(site: Watched) -> None:
    page = site.go("accounts/quick-stop/")
    page.emulate_media(media="print")
    for kept in (".kg-verdict", ".kg-why", "#overdue", ".kg-goal", "[data-kg-table=people]", "#swot", ".kg-note h3"):
        assert page.locator(kept).first.is_visible(), kept
    for left_out in (
        "#later",
        "#closed",
        "[data-kg-table=sales-by-month]",
        ".kg-note .kg-body",
        ".kg-findings .kg-hint",
    ):
        assert not page.locator(left_out).first.is_visible(), left_out


@pytest.mark.parametrize("slug", [*LARGEST, *LIGHT])
def test_it_never_scrolls_sideways(browser: Browser, address: str, slug: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}accounts/{slug}/")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.kg-account details').forEach((one) => { one.open = true; })")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 360


def test_ours_and_theirs_stand_side_by_side_where_there_is_room(site: Watched) -> None:
    page = site.go("accounts/quick-stop/")
    sides = page.locator(".kg-gate:has(#overdue) .kg-sides > div")
    ours, theirs = (side.bounding_box() for side in sides.all())
    assert ours
    assert theirs
    assert ours["y"] == theirs["y"]
    assert ours["x"] < theirs["x"]


def test_an_only_tie_is_told_in_words(site: Watched) -> None:
    page = site.go("accounts/save-a-lot-markets/#if-this-person-leaves")
    assert "Robert King is our only tie to" in page.locator(".kg-leaves").inner_text()
    page = site.go("accounts/quick-stop/")
    assert "Laura Callahan is our only tie to Katrin Vogel." in page.locator(".kg-leaves").inner_text()


def test_a_link_to_something_folded_opens_it(site: Watched) -> None:
    page = site.go("accounts/quick-stop/#action-tasting-cards")
    page.wait_for_timeout(200)
    assert page.locator("#action-tasting-cards").is_visible()
