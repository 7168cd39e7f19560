"""The components in a real browser: what a figure means can be read everywhere, and pictures keep to their words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page

from kamgen.model.portfolio import Portfolio
from kamgen.pages import Site
from kamgen.pages.reading import render
from kamgen.read.playbook import default_settings
from tests.pages.test_components import TODAY
from tests.site.handmade import cells, html, reading, table

pytestmark = pytest.mark.browser

WHAT = (
    '<details class="kg-what" name="kg-what"><summary aria-label="What is “{0}”?">?</summary>'
    '<span class="kg-what-text"><strong>{0}</strong> ' + "It says how much of it there is. " * 8 + "</span></details>"
)
HEADS = "".join(f"<th>Column {n} {WHAT.format(f'Column {n}')}</th>" for n in range(9))
TABLE = table("wide", HEADS, cells(*"123456789"))


def legend() -> str:
    """The body of the page that shows every component."""
    (page,) = render(Site(Portfolio(TODAY, default_settings(), {}), ()))
    return page.html[page.html.index("</h1>") + 5 :]


def inside(page: Page, part: Locator) -> bool:
    """Whether a part is shown in full, and within the window."""
    box, window = part.bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    across = box["x"] >= 0 and box["x"] + box["width"] <= window["width"]
    return across and box["y"] >= 0 and box["y"] + box["height"] <= window["height"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_a_meaning_is_read_whole_from_a_table_that_scrolls(browser: Browser, width: int, script: bool) -> None:
    size = {"width": width, "height": 640}
    with reading(browser, {"": html(TABLE)}, viewport=size, java_script_enabled=script) as site:
        page = site.go("")
        for name in ("Column 0", "Column 8"):
            sign = page.get_by_label(f"What is “{name}”?")
            sign.focus()
            page.keyboard.press("Enter")
            text = page.locator("details[open] > .kg-what-text")
            assert text.is_visible()
            assert inside(page, text)
            page.keyboard.press("Enter")
            assert text.count() == 0


def test_one_meaning_closes_the_other(browser: Browser) -> None:
    with reading(browser, {"": html(TABLE)}, viewport={"width": 1280, "height": 640}) as site:
        page = site.go("")
        page.get_by_label("What is “Column 0”?").click()
        page.get_by_label("What is “Column 1”?").click()
        assert page.locator("details[open]").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_component_is_wider_than_the_page(browser: Browser, width: int, scheme: str) -> None:
    size = {"width": width, "height": 800}
    with reading(browser, {"": html(legend())}, viewport=size, color_scheme=scheme) as site:
        page = site.go("")
        root = page.locator("html")
        assert root.evaluate("root => root.scrollWidth - root.clientWidth") <= 0
        assert all(picture.bounding_box() for picture in page.locator("svg[role=img]").all())


@pytest.mark.parametrize("width", [360, 1280])
def test_the_lines_of_a_map_end_beside_the_names(browser: Browser, width: int) -> None:
    with reading(browser, {"": html(legend())}, viewport={"width": width, "height": 800}) as site:
        page = site.go("")
        lines = page.locator(".kg-map-lines").bounding_box()
        ours = page.locator(".kg-map-ours").bounding_box()
        theirs = page.locator(".kg-map-theirs").bounding_box()
        last = page.locator(".kg-map-theirs > :last-child").bounding_box()
        assert lines
        assert ours
        assert theirs
        assert last
        for side in (ours, theirs):
            assert abs(lines["y"] - side["y"]) < 1
            assert abs(lines["height"] - side["height"]) < 1
        assert abs(last["y"] + last["height"] - lines["y"] - lines["height"]) < 1


def test_meanings_are_not_printed(browser: Browser) -> None:
    with reading(browser, {"": html(TABLE)}) as site:
        page = site.go("")
        page.emulate_media(media="print")
        assert page.locator(".kg-what:visible").count() == 0
