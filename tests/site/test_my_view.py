"""My view in a real browser: saying once who one is, what is one's own first, and forgetting it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import Watched
from tests.site.handmade import ADDRESS, Handmade, html, reading, shown, table

pytestmark = pytest.mark.browser

PEOPLE = (
    '<div data-kg-me><p>To my own page: <a data-kg-person="ann" href="people/ann/">Ann Lee</a>, '
    '<a data-kg-person="bob" href="people/bob/">Bob Ray</a></p></div>'
)


def items(*owners: str, tag: str = "li") -> str:
    """Items named A, B, C …, each with those whose it is."""
    return "".join(f'<{tag} data-kg-who="{owner}">Item {chr(65 + place)}</{tag}>' for place, owner in enumerate(owners))


def rows(*owners: str) -> str:
    """Rows named a, b, c …, each with those whose it is."""
    return "".join(
        f'<tr data-kg-who="{owner}"><th>{chr(97 + place)}</th><td data-v="{-place}">x</td></tr>'
        for place, owner in enumerate(owners)
    )


LISTS = (
    f"<ol data-kg-mine>{items('bob', '', 'ann bob', 'ann-mary', 'ann')}</ol>"
    f"<ul>{items('bob', 'ann')}</ul>"
    f"<div data-kg-mine><p>Words before</p>{items('bob', 'ann', tag='section')}<p>Words after</p></div>"
)
TABLE = table("accounts", "<th>Account</th><th>Sales</th>", rows("bob", "ann", "", "ann"), "data-kg-mine")
SITE = {
    "": html(PEOPLE + LISTS + TABLE),
    "people/ann/": html('<p data-kg-is="ann" hidden></p>', title="Ann Lee"),
    "accounts/": html(f'<div data-kg-filter="accounts">{TABLE}</div>', title="Accounts"),
}


def ranked(page: Page) -> list[str]:
    """The items of the ranked list, in their order, each with its number."""
    numbered = "all => all.map((li, place) => `${li.value || place + 1} ${li.lastChild.data}`)"
    return page.locator("ol > li").evaluate_all(numbered)


def become(page: Page, person: str) -> None:
    """Say who one is."""
    page.get_by_label("I am").select_option(person)


IN_ORDER = ["1 Item A", "2 Item B", "3 Item C", "4 Item D", "5 Item E"]


def test_the_readers_own_comes_first_and_keeps_its_number(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        assert page.locator("ol > li").all_inner_texts() == [f"Item {letter}" for letter in "ABCDE"]
        become(page, "ann")
        assert ranked(page) == ["3 Item C", "5 Item E", "1 Item A", "2 Item B", "4 Item D"]
        assert page.locator("ul:not(.kg-me) li").all_inner_texts() == ["Item A", "Item B"]  # nobody asked for it there
        assert [row[-1] for row in shown(page)] == ["b", "d", "a", "c"]
        become(page, "bob")
        assert ranked(page) == ["1 Item A", "3 Item C", "2 Item B", "4 Item D", "5 Item E"]
        assert [row[-1] for row in shown(page)] == ["a", "b", "c", "d"]


def test_what_is_no_item_keeps_its_place(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        become(page, "ann")
        words = page.locator("div[data-kg-mine]").evaluate("e => Array.from(e.children, (c) => c.lastChild.data)")
        assert words == ["Words before", "Item B", "Item A", "Words after"]


def test_what_is_ones_own_is_marked_in_words_as_well(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        assert page.locator(".kg-mine").count() == 0
        become(page, "ann")
        marked = page.locator("ol > li:has(.kg-mine)")
        assert marked.all_text_contents() == ["yours: Item C", "yours: Item E"]
        box = marked.first.locator(".kg-unseen").bounding_box()
        assert box is not None
        assert box["width"] <= 1


def test_it_is_remembered_on_every_page_and_leads_to_ones_own(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        become(page, "ann")
        link = page.get_by_role("link", name="My page: Ann Lee")
        assert link.get_attribute("href") == "people/ann/"
        assert page.get_by_text("Lists start with what is yours.").is_visible()
        page = site.go("accounts/")
        assert [row[-1] for row in shown(page)] == ["b", "d", "a", "c"]
        page = site.go("")
        assert page.get_by_label("I am").input_value() == "ann"
        assert ranked(page)[0] == "3 Item C"


def test_forgetting_gives_the_order_of_the_page_back_at_once(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        become(page, "ann")
        page.get_by_role("button", name="Not me").focus()
        page.keyboard.press("Enter")
        assert ranked(page) == IN_ORDER
        assert page.locator("ol > li[value]").count() == 0
        assert [row[-1] for row in shown(page)] == ["a", "b", "c", "d"]
        assert page.locator(".kg-mine").count() == 0
        assert not page.get_by_role("link", name="My page").is_visible()
        assert page.evaluate("document.activeElement.nodeName") == "SELECT"
        assert page.evaluate("localStorage.length") == 0
        assert ranked(site.go("")) == IN_ORDER


def test_a_table_that_the_reader_sorted_stays_sorted(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        page.get_by_role("button", name="Sales").click()
        become(page, "ann")
        assert [row[-1] for row in shown(page)] == ["d", "c", "b", "a"]
        page.get_by_role("button", name="Sales").click()
        page.get_by_role("button", name="Sales").click()
        assert [row[-1] for row in shown(page)] == ["b", "d", "a", "c"]


def test_only_mine_is_offered_to_whoever_is_known_and_stands_in_the_address(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("accounts/#/mine=yes")
        assert len(shown(page)) == 4
        assert not page.get_by_label("Only mine").is_visible()
        page = site.go("")
        become(page, "ann")
        page = site.go("accounts/")
        page.get_by_role("button", name="Filter, download").click()
        page.get_by_label("Only mine").focus()
        page.keyboard.press("Space")
        assert [row[-1] for row in shown(page)] == ["b", "d"]
        assert page.url == f"{ADDRESS}accounts/#/mine=yes"
        assert page.get_by_text("2 of 4 rows shown (only mine)").is_visible()
        page.reload()
        assert [row[-1] for row in shown(page)] == ["b", "d"]


def test_another_tab_follows(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("")
        other = page.context.new_page()
        other.goto(ADDRESS + "accounts/")
        become(page, "ann")
        other.locator(".kg-mine").first.wait_for(state="attached")
        assert [row[-1] for row in shown(other)] == ["b", "d", "a", "c"]
        page.get_by_role("button", name="Not me").click()
        other.locator(".kg-mine").first.wait_for(state="detached")
        assert [row[-1] for row in shown(other)] == ["a", "b", "c", "d"]


def test_a_persons_page_offers_this_is_me(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        page = site.go("people/ann/")
        button = page.get_by_role("button", name="This is me")
        button.focus()
        page.keyboard.press("Enter")
        assert page.get_by_text("This is your page.").is_visible()
        assert not button.is_visible()
        assert page.evaluate("document.activeElement.textContent") == "Not me"
        page.keyboard.press("Enter")
        assert button.is_visible()
        assert page.evaluate("document.activeElement.textContent") == "This is me"


BLOCKED = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
"""


def test_where_the_browser_keeps_nothing_it_works_until_the_page_is_left(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        site.page.add_init_script(BLOCKED)
        page = site.go("")
        become(page, "ann")
        assert ranked(page)[0] == "3 Item C"
        page.get_by_role("button", name="Not me").click()
        assert ranked(page) == IN_ORDER
        become(page, "ann")
        assert ranked(site.go("")) == IN_ORDER


def test_somebody_who_is_no_longer_listed_may_choose_anew(browser: Browser) -> None:
    with reading(browser, SITE) as site:
        become(site.go(""), "bob")
        with_ann_alone = SITE[""].replace('<a data-kg-person="bob" href="people/bob/">Bob Ray</a>', "Bob Ray")
        site.page.context.route(ADDRESS, lambda route: route.fulfill(body=with_ann_alone, content_type="text/html"))
        page = site.go("")
        assert page.get_by_label("I am").input_value() == ""
        assert not page.get_by_role("link", name="My page").is_visible()


def test_without_script_the_people_are_links_and_lists_are_whole(browser: Browser) -> None:
    with reading(browser, SITE, java_script_enabled=False) as site:
        page = site.go("")
        assert page.get_by_role("link", name="Bob Ray").get_attribute("href") == "people/bob/"
        assert len(page.locator("ol > li").all()) == 5
        assert page.get_by_role("combobox").count() == 0
        assert not site.go("people/ann/").locator("[data-kg-is]").is_visible()


# --- Dates ----------------------------------------------------------------------------------------------

DATES = (
    '<time class="kg-built" datetime="2026-05-06T12:00:00Z">built</time>'
    '<p data-kg-due="2026-05-06">a</p><p data-kg-due="2022-05-06">b</p><p data-kg-when="2026-05-11">c</p>'
    '<p data-kg-when="2026-05-09">d</p>'
)


def read_at(site: Handmade, moment: str, attributes: str) -> list[str]:
    """The words of the dates, read at a moment."""
    site.page.clock.set_fixed_time(moment)
    site.page.context.route(
        ADDRESS, lambda route: route.fulfill(body=html(DATES, attributes=attributes), content_type="text/html")
    )
    return site.go("").locator(".kg p[data-kg-due], .kg p[data-kg-when]").all_inner_texts()


def test_dates_speak_from_the_day_of_reading_in_the_workspaces_numbers(browser: Browser) -> None:
    with reading(browser, {}, timezone_id="UTC") as site:
        words = read_at(site, "2026-05-10T12:00:00Z", 'data-kg-as-of="2026-05-06" data-kg-locale="de-DE"')
        assert words == ["overdue by 4 days", "overdue by 1.465 days", "in 1 day", "1 day ago"]
        assert site.page.locator(".kg-late").count() == 2
        assert site.page.locator(".kg-stale").count() == 0


def test_where_the_clock_stands_still_they_speak_from_that_day(browser: Browser) -> None:
    with reading(browser, {}, timezone_id="UTC") as site:
        words = read_at(site, "2026-06-10T12:00:00Z", 'data-kg-as-of="2026-05-06" data-kg-fixed')
        assert words == ["due today", "overdue by 1,461 days", "in 5 days", "in 3 days"]
        assert "35 days ago" in site.page.locator(".kg-stale").inner_text()


def test_a_tab_left_open_over_night_is_brought_up_to_date(browser: Browser) -> None:
    with reading(browser, {}, timezone_id="UTC") as site:
        assert read_at(site, "2026-05-06T12:00:00Z", 'data-kg-as-of="2026-05-06"')[0] == "due today"
        site.page.clock.set_fixed_time("2026-05-08T09:00:00Z")
        site.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert site.page.locator("p[data-kg-due]").first.inner_text() == "overdue by 2 days"


# --- The demo -------------------------------------------------------------------------------------------


def test_a_manager_of_the_demo_finds_their_own_on_every_page(site: Watched) -> None:
    page = site.go("")
    become(page, "janet-leverling")
    page.get_by_role("link", name="My page: Janet Leverling").click()
    page.wait_for_url("**/people/janet-leverling/")
    page.get_by_role("heading", level=1, name="Janet Leverling").wait_for()
    page.get_by_text("This is your page.").wait_for()
    page.locator(".md-tabs").get_by_role("link", name="Accounts").click()
    page.wait_for_url("**/accounts/")
    page.get_by_label("Only mine").check()
    shown_rows = page.locator("tbody tr:visible")
    assert shown_rows.count() > 5
    assert shown_rows.count() == page.locator('tbody tr[data-kg-who~="janet-leverling"]').count()
