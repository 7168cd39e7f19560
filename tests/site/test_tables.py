"""Tables in a real browser: sorting, filtering, the filter in the address, facets, and what is taken away as CSV."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from kamgen.pages import SCRIPT, assets
from tests.site.conftest import Watched
from tests.site.handmade import ADDRESS, cells, html, reading, shown, table

pytestmark = pytest.mark.browser

STAGES = ("Key account", "Prospect")
HEADS = (
    '<th>Account</th> <th data-kg-select>Stage</th> <th class="kg-num">Sales</th> <th>Due</th>'
    ' <th data-kg-select="State">All</th>'
)


def account(name: str, stage: str, sales: str, due: str, state: str, managers: str = "Ann Lee") -> str:
    """A row as on the page of accounts; `sales` and `due` as data-v, "" for nothing known."""
    shown_due = (
        f'<time datetime="{due}">a day</time> <span class="kg-rel" data-kg-due="{due}">soon</span>' if due else ""
    )
    return (
        f'<tr data-by-manager="{managers}" data-by-region="West"><th scope="row"><a href="#">{name}</a></th> '
        f'<td>{stage}</td> <td class="kg-num" data-v="{sales}">USD {sales}</td> <td>{shown_due}</td> '
        f'<td data-v="{len(state)}.2" data-f="{state}"><span class="kg-badge">{state}: 2</span></td></tr>'
    )


ROWS = "".join(
    [
        account("Zebra", "Prospect", "900", "2026-05-20", "errors"),
        account("Äpfel AG", "Key account", "1200", "2026-05-01", "in order", "Ann Lee|Bob Ray"),
        account("alpha", "Key account", "", "", "errors", "Bob Ray"),
        account("Beta", "Prospect", "-50", "2026-05-06", "warnings"),
        account("Gamma 10", "Prospect", "1000", "", "errors"),
        account("Gamma 9", "Prospect", "1000", "2025-12-31", "in order"),
        *(account(f"Small {number}", "Prospect", str(number), "", "in order") for number in range(3)),
    ]
)
ACCOUNTS = table("accounts", HEADS, ROWS, 'data-kg-by="Manager Region"')
PLAIN = table("staff", "<th>Person</th> <th>Relationships</th>", cells("Ann", "2") + cells("Bob", "1"))
PAGE = html(ACCOUNTS + PLAIN)
NAMES = ["Zebra", "Äpfel AG", "alpha", "Beta", "Gamma 10", "Gamma 9", "Small 0", "Small 1", "Small 2"]


def region(page: Page, name: str) -> Locator:
    """A table's box."""
    return page.locator(f'[data-kg-table="{name}"]')


def names(page: Page, name: str = "accounts") -> list[str]:
    """The first cells of a table's rows that are shown."""
    return region(page, name).locator("tbody tr:visible > :first-child").all_inner_texts()


def press(page: Page, button: str, *, table: str = "") -> None:
    """Use a button by the keyboard alone."""
    within = page.get_by_role("group", name=f"Filter and download: {table}") if table else page
    within.get_by_role("button", name=button).first.focus()
    page.keyboard.press("Enter")


def taken(page: Page, button: str = "Download CSV") -> tuple[str, str]:
    """The name and the whole text of the file that the button gives."""
    with page.expect_download() as download:
        press(page, button)
    content = Path(download.value.path()).read_bytes().decode("utf-8")
    return download.value.suggested_filename, content


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV text."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# --- Sorting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        (
            "Account",
            ["alpha", "Äpfel AG", "Beta", "Gamma 9", "Gamma 10", "Zebra"],
            ["Zebra", "Gamma 10", "Gamma 9", "Beta", "Äpfel AG", "alpha"],
        ),
        (
            "Sales",
            ["Beta", "Zebra", "Gamma 10", "Gamma 9", "Äpfel AG", "alpha"],
            ["Äpfel AG", "Gamma 10", "Gamma 9", "Zebra", "Beta", "alpha"],
        ),
        (
            "Due",
            ["Gamma 9", "Äpfel AG", "Beta", "Zebra", "alpha", "Gamma 10"],
            ["Zebra", "Beta", "Äpfel AG", "Gamma 9", "alpha", "Gamma 10"],
        ),
    ],
)
def test_a_column_sorts_by_its_values_and_what_is_empty_comes_last(
    browser: Browser, column: str, up: list[str], down: list[str]
) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        head = region(page, "accounts").get_by_role("columnheader", name=column)
        press(page, column)
        assert [name for name in names(page) if not name.startswith("Small")] == up
        assert head.get_attribute("aria-sort") == "ascending"
        press(page, column)
        assert [name for name in names(page) if not name.startswith("Small")] == down
        assert head.get_attribute("aria-sort") == "descending"
        press(page, column)
        assert names(page) == NAMES
        assert page.locator("[aria-sort]").count() == 0


def test_rows_that_are_equal_keep_their_order(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        press(page, "Account")
        press(page, "Stage")
        assert names(page)[:4] == ["alpha", "Äpfel AG", "Beta", "Gamma 9"]


def test_the_bodies_of_a_table_are_kept_apart_and_keep_their_headings(browser: Browser) -> None:
    bodies = "".join(
        f'<tbody><tr><th colspan="2" scope="rowgroup">{title}</th></tr>{rows}</tbody>'
        for title, rows in (("Ours", cells("b", "1") + cells("a", "2")), ("Theirs", cells("d", "4") + cells("c", "3")))
    )
    body = f'<div data-kg-table="t"><table><thead><tr><th>What</th><th>N</th></tr></thead>{bodies}</table></div>'
    with reading(browser, {"": html(body)}) as site:
        page = site.go("")
        press(page, "What")
        assert shown(page) == ["Ours", "a", "b", "Theirs", "c", "d"]
        press(page, "Filter, download")
        page.get_by_label("Contains").fill("d")
        assert shown(page) == ["Theirs", "d"]


def test_heads_over_groups_and_heads_without_words_stay_as_they_are(browser: Browser) -> None:
    head = (
        '<tr data-kg-group><th rowspan="2">Account</th><th colspan="2">2025</th><th colspan="2">2026</th></tr>'
        "<tr><th>Sales</th><th></th><th>Sales</th><td></td></tr>"
    )
    rows = cells("a", "3", "x", "1", "") + cells("b", "1", "y", "2", "")
    body = f'<div data-kg-table="t"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
    with reading(browser, {"": html(body)}) as site:
        page = site.go("")
        heads = page.locator("thead").get_by_role("button")
        assert [button.inner_text() for button in heads.all()] == ["Account", "Sales", "Sales"]
        heads.nth(1).click()
        assert shown(page) == ["b", "a"]
        heads.nth(2).click()
        assert shown(page) == ["a", "b"]
        press(page, "Filter, download")
        assert taken(page)[1] == "\ufeffAccount,Sales 2025,,Sales 2026\r\na,3,x,1\r\nb,1,y,2\r\n"


def test_an_explanation_in_a_head_stays_outside_its_button(browser: Browser) -> None:
    means = '<details class="kg-what"><summary>?</summary><div>What it means</div></details>'
    body = table("t", f"<th>Sales {means}</th><th>B</th>", cells("2", f"b {means}") + cells("1", "a"))
    with reading(browser, {"": html(body)}) as site:
        page = site.go("")
        page.get_by_text("?").first.click()
        assert page.get_by_text("What it means").first.is_visible()
        assert shown(page) == ["2", "1"]
        press(page, "Sales")
        assert shown(page) == ["1", "2"]
        press(page, "Filter, download")
        assert rows_of(taken(page)[1]) == [["Sales", "B"], ["1", "a"], ["2", "b"]]


def test_numbers_in_the_workspaces_own_signs_sort_as_numbers(browser: Browser) -> None:
    rows = "".join(f'<tr><td>{name}</td><td class="kg-num">{value}</td></tr>' for name, value in
                   (("a", "1.200,5"), ("b", "99"), ("c", "1.100"), ("d", "")))  # fmt: skip
    body = table("t", "<th>Name</th><th>Sales</th>", rows)
    attributes = 'data-kg-as-of="2026-05-06" data-kg-fixed data-kg-locale="de-DE"'
    with reading(browser, {"": html(body, attributes=attributes)}) as site:
        page = site.go("")
        press(page, "Sales")
        assert shown(page) == ["b", "c", "a", "d"]
        press(page, "Filter, download")
        assert [row[1] for row in rows_of(taken(page)[1])] == ["Sales", "99", "1100", "1200.5", ""]


# --- Filtering ----------------------------------------------------------------------------------------


def test_words_are_found_in_any_order_without_accents_and_capitals(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        page.get_by_label("Contains").first.fill("KEY apfel")
        assert names(page) == ["Äpfel AG"]
        assert page.get_by_text("1 of 9 rows shown (Contains: KEY apfel)").is_visible()
        page.get_by_label("Contains").first.fill("no such words")
        assert names(page) == []
        assert page.get_by_text("None of 9 rows fits").is_visible()
        press(page, "Show all")
        assert names(page) == NAMES
        assert page.evaluate("document.activeElement.type") == "search"
        assert page.url == ADDRESS


def test_selects_come_from_columns_and_from_what_has_no_column(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        labels = page.get_by_role("group", name="Accounts").locator("label")
        assert [label.evaluate("label => label.firstChild.data") for label in labels.all()] == [
            "Contains",
            "Manager",
            "Stage",
            "State",
        ]  # all rows are in one region: there is nothing to choose
        page.get_by_label("Manager").select_option("Bob Ray")
        assert names(page) == ["Äpfel AG", "alpha"]
        page.get_by_label("State").select_option("errors")
        assert names(page) == ["alpha"]
        assert page.get_by_text("1 of 9 rows shown (Manager: Bob Ray, State: errors)").is_visible()


def test_people_in_one_cell_are_choices_of_their_own(browser: Browser) -> None:
    rows = cells('<a href="#">Ann</a>, Carl of theirs, <a href="#">Bob</a>') + cells('<a href="#">Bob</a>') + cells("")
    with reading(browser, {"": html(table("t", "<th data-kg-select>Who</th>", rows))}) as site:
        page = site.go("")
        press(page, "Filter, download")
        options = page.get_by_label("Who").locator("option")
        assert [option.inner_text() for option in options.all()] == ["all", "Ann", "Bob", "Carl of theirs"]
        page.get_by_label("Who").select_option("Carl of theirs")
        assert len(shown(page)) == 1


def test_a_small_table_keeps_its_filter_folded_and_opens_it_by_keyboard(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        staff = page.get_by_role("group", name="Staff")
        assert not staff.get_by_label("Contains").is_visible()
        toggle = staff.get_by_role("button", name="Filter, download")
        toggle.focus()
        page.keyboard.press("Enter")
        assert toggle.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Tab")
        page.keyboard.type("bob")
        assert names(page, "staff") == ["Bob"]
        assert names(page) == NAMES


def test_a_telephone_folds_every_filter(browser: Browser) -> None:
    with reading(browser, {"": PAGE}, viewport={"width": 360, "height": 740}) as site:
        page = site.go("")
        assert not page.get_by_label("Contains").first.is_visible()
        press(page, "Filter, download")
        assert page.get_by_label("Stage").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_cannot_be_sorted_or_filtered_is_left_as_it_is(browser: Browser) -> None:
    torn = table("torn", "<th>A</th><th>B</th>", '<tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr>')
    single = table("single", "<th>A</th>", cells("one"))
    with reading(browser, {"": html(torn + table("none", "<th>A</th>", "") + single)}) as site:
        page = site.go("")
        assert page.locator(".kg-sort, label").count() == 0
        assert [button.inner_text() for button in page.get_by_role("button").all()] == ["Download CSV (1 row)"]


GROUPED = html(
    '<div data-kg-filter="actions">'
    + "".join(
        f'<section data-kg-group><h2>{week} <a class="headerlink" href="#">¶</a></h2>'
        + table(f"actions-{number}", "<th>What</th><th data-kg-select>Who</th>", rows)
        + "</section>"
        for number, (week, rows) in enumerate(
            [
                ("Overdue <small>(2)</small>", cells("Write", "Ann") + cells("Call", "Bob")),
                ("Week of 4 May", cells("Visit", "Bob") + cells("Ask", "Carl")),
                ("Week of 11 May", cells("Thank", "Ann")),
            ]
        )
    )
    + "</div>",
    title="Actions",
)


def test_one_filter_stands_over_several_tables_and_headings_go_with_their_rows(browser: Browser) -> None:
    with reading(browser, {"": GROUPED}) as site:
        page = site.go("")
        press(page, "Filter, download")
        assert page.get_by_label("Who").count() == 1
        page.get_by_label("Who").select_option("Ann")
        assert shown(page) == ["Write", "Thank"]
        assert [heading.inner_text()[:7] for heading in page.locator("h2:visible").all()] == ["Overdue", "Week of"]
        assert page.url == f"{ADDRESS}#/who=Ann"
        name, content = taken(page)
        assert name == "actions-2026-05-06.csv"
        assert rows_of(content) == [
            ["Group", "What", "Who"],
            ["Overdue", "Write", "Ann"],
            ["Week of 11 May", "Thank", "Ann"],
        ]


def test_tables_under_one_filter_are_sorted_alike(browser: Browser) -> None:
    with reading(browser, {"": GROUPED}) as site:
        page = site.go("")
        press(page, "What")
        assert shown(page) == ["Call", "Write", "Ask", "Visit", "Thank"]
        assert page.locator("[aria-sort=ascending]").count() == 3


# --- The address --------------------------------------------------------------------------------------


def test_filter_and_order_stand_in_the_address_and_come_back(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        page.get_by_label("Stage").select_option("Prospect")
        page.get_by_label("Contains").first.fill('ga" &')
        assert page.evaluate("location.hash") == "#/find=ga%22+%26&stage=Prospect"
        page.get_by_label("Contains").first.fill("gam")
        press(page, "Account")
        press(page, "Account")
        assert page.evaluate("location.hash") == "#/find=gam&stage=Prospect&sort=-account"
        assert names(page) == ["Gamma 10", "Gamma 9"]
        page.reload()
        assert names(page) == ["Gamma 10", "Gamma 9"]
        assert page.get_by_label("Stage").input_value() == "Prospect"


def test_another_table_keeps_its_filter_under_its_own_name(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        press(page, "Filter, download", table="Staff")
        page.get_by_role("group", name="Staff").get_by_label("Contains").fill("bob")
        page.get_by_label("Stage").select_option("Key account")
        assert page.evaluate("location.hash") == "#/stage=Key+account&staff.find=bob"
        page.reload()
        assert names(page, "staff") == ["Bob"]
        assert names(page) == ["Äpfel AG", "alpha"]
        assert page.get_by_role("group", name="Staff").get_by_label("Contains").is_visible()


def test_a_link_carries_a_filter_and_an_anchor_is_left_alone(browser: Browser) -> None:
    links = '<p><a href="#/manager=bob+ray">Bob</a> <a href="#below">Below</a></p><h2 id="below">Below</h2>'
    with reading(browser, {"": html(ACCOUNTS + links)}) as site:
        page = site.go("#below")
        assert page.url.endswith("#below")
        page.get_by_role("link", name="Bob").click()
        page.get_by_text("2 of 9 rows shown (Manager: Bob Ray)").wait_for()
        assert names(page) == ["Äpfel AG", "alpha"]
        page.get_by_role("link", name="Below").click()
        assert page.url.endswith("#below")
        assert names(page) == ["Äpfel AG", "alpha"]
        page.goto(ADDRESS + "#/stage=nonsense&more=x")
        page.get_by_text("rows shown").wait_for(state="detached")
        assert names(page) == NAMES


def test_a_link_to_a_table_far_down_brings_it_into_view(browser: Browser) -> None:
    tall = ACCOUNTS + f"<pre>{chr(10) * 200}</pre>" + PLAIN
    with reading(browser, {"": html(tall)}) as site:
        page = site.go("#/staff.find=bob")
        assert page.get_by_role("group", name="Staff").evaluate("e => e.getBoundingClientRect().top < innerHeight")


# --- CSV ----------------------------------------------------------------------------------------------


def test_the_rows_that_are_shown_are_taken_away_as_a_spreadsheet_reads_them(browser: Browser) -> None:
    with reading(browser, {"": PAGE}) as site:
        page = site.go("")
        assert page.get_by_role("button", name="Download CSV (9 rows)").is_visible()
        page.get_by_label("State").select_option("errors")
        press(page, "Sales")
        press(page, "Sales")
        name, content = taken(page, "Download CSV (3 of 9 rows)")
        assert name == "portfolio-accounts-2026-05-06.csv"
        assert content == (
            "\ufeffAccount,Stage,Sales,Due,All\r\n"
            "Gamma 10,Prospect,1000,,errors: 2\r\n"
            "Zebra,Prospect,900,2026-05-20,errors: 2\r\n"
            "alpha,Key account,USD,,errors: 2\r\n"
        )


def test_nothing_that_is_taken_away_runs_in_a_spreadsheet(browser: Browser) -> None:
    texts = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "＝1", "-12.5", "+3", 'say "hi", all', "line<br>two", "a=b", ""]
    body = table("t", "<th>A</th><th>=B</th>", "".join(cells(text, "x") for text in texts))
    with reading(browser, {"": html(body)}) as site:
        page = site.go("")
        press(page, "Filter, download")
        _, content = taken(page)
        assert [row[0] for row in rows_of(content)] == [
            *("A", "'=1+1", "'+SUM(A1)", "'-2+3", "'@cmd", "'＝1", "-12.5", "+3"),
            *('say "hi", all', "line two", "a=b", ""),
        ]
        assert rows_of(content)[0][1] == "'=B"
        assert '"say ""hi"", all",x\r\n' in content


def test_pictures_links_to_edit_and_empty_columns_are_no_words(browser: Browser) -> None:
    picture = "<svg role='img'><title>A bar of 45 %</title><text>axis</text></svg>"
    rows = cells(f"{picture} 45 %", picture, '<a class="kg-edit" href="#">Edit</a>') + cells("no", "", "")
    with reading(browser, {"": html(table("t", "<th>Share</th><th>Bar</th><th></th>", rows))}) as site:
        page = site.go("")
        press(page, "Filter, download")
        assert rows_of(taken(page)[1]) == [["Share", "Bar"], ["45 %", "A bar of 45 %"], ["no", ""]]


# --- The craft ----------------------------------------------------------------------------------------


def test_without_script_tables_are_whole_and_plain(browser: Browser) -> None:
    with reading(browser, {"": PAGE}, java_script_enabled=False) as site:
        page = site.go("")
        assert names(page) == NAMES
        assert page.get_by_role("button").count() == 0


def test_it_does_not_matter_when_the_script_is_run(browser: Browser) -> None:
    with reading(
        browser, {"": PAGE.replace("<script ", "<script defer "), "late/": PAGE.replace("<script ", "<x ")}
    ) as site:
        press(site.go(""), "Account")
        assert names(site.page)[0] == "alpha"
        site.go("late/")
        site.page.add_script_tag(content=assets()[SCRIPT])
        press(site.page, "Account")
        assert names(site.page)[0] == "alpha"


def test_a_thousand_rows_are_read_once_and_written_only_where_they_change(browser: Browser) -> None:
    rows = "".join(cells(f"Account {number}", f"Region {number % 9}") for number in range(1000))
    body = table("accounts", "<th>Account</th><th data-kg-select>Region</th>", rows)
    with reading(browser, {"": html(body)}) as site:
        page = site.go("")
        page.evaluate(WATCH)
        page.get_by_label("Contains").fill("account 99")
        assert page.evaluate("watched()") == {"read": 1000, "hidden": 981, "moved": 0}
        page.get_by_label("Contains").fill("account 999")
        assert page.evaluate("watched()") == {"read": 0, "hidden": 18, "moved": 0}
        page.get_by_label("Contains").fill("")
        page.evaluate("watched()")
        press(page, "Account")
        assert page.evaluate("watched()")["moved"] <= 1  # in one step
        assert names(page)[1] == "Account 1"
        press(page, "Account")
        assert page.evaluate("watched()")["moved"] == 1


# Counts how often a row's words are gathered (by its first cell), rows that are hidden or shown, and insertions.
WATCH = """
() => {
  const count = { read: 0, hidden: 0, moved: 0 };
  const words = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
  Object.defineProperty(Node.prototype, "textContent", { ...words, get() {
    if (this.nodeName === "TD" && this.cellIndex === 0) count.read += 1;
    return words.get.call(this);
  } });
  const insert = Node.prototype.insertBefore;
  Node.prototype.insertBefore = function (node, after) {
    if (this.nodeName === "TBODY") count.moved += 1;
    return insert.call(this, node, after);
  };
  const note = (records) => {
    count.hidden += records.filter((record) => record.target.nodeName === "TR").length;
  };
  const observer = new MutationObserver(note);
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  window.watched = () => {
    note(observer.takeRecords());
    const now = { ...count };
    Object.assign(count, { read: 0, hidden: 0, moved: 0 });
    return now;
  };
}
"""


def test_the_script_writes_no_html_runs_no_text_and_names_no_other_host() -> None:
    script = assets()[SCRIPT]
    for never in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function", "document.write", "://"):
        assert never not in script
    assert not re.search(r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\b\s*\(", script)


# --- The demo's own pages -------------------------------------------------------------------------------


def visible_rows(page: Page) -> list[str]:
    """The first cells of the accounts that are shown, in their order."""
    return page.locator("table tbody tr:visible th").all_inner_texts()


def test_the_table_of_accounts_filters_and_keeps_the_filter_in_the_address(site: Watched) -> None:
    page = site.go("accounts/")
    assert len(visible_rows(page)) == 91
    page.get_by_label("Stage").select_option("Key account")
    assert len(visible_rows(page)) == 5
    page.get_by_label("Contains").fill("market")
    assert visible_rows(page) == ["Save-a-lot Markets"]
    address = page.url
    assert "#/" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert visible_rows(page) == ["Save-a-lot Markets"]


def test_the_table_of_accounts_sorts_by_keyboard(site: Watched) -> None:
    page = site.go("accounts/")
    button = page.get_by_role("button", name="Sales, 12 months")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert visible_rows(page)[0] == "QUICK-Stop"
    head = page.locator("th", has=button)
    assert head.get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert visible_rows(page)[0] != "QUICK-Stop"


def with_instant_navigation(site: Watched) -> None:
    """Material puts the next page into the one that stands, where the site's map names it: with a `site_url`."""
    found = "".join(
        f"<url><loc>{site.address}{path}</loc></url>" for path in ("", "accounts/", "actions/", "playbook/")
    )
    answer = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{found}</urlset>'
    site.page.route("**/sitemap.xml", lambda route: route.fulfill(body=answer, content_type="application/xml"))


def turn_to(page: Page, name: str) -> None:
    """Go to another page by the tabs, and wait until it stands."""
    page.locator(".md-tabs").get_by_role("link", name=name).click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def test_it_works_after_instant_navigation_there_and_back(site: Watched) -> None:
    with_instant_navigation(site)
    page = site.go("")
    page.evaluate("window.kgStays = true")
    turn_to(page, "Accounts")
    page.get_by_label("Stage").select_option("Prospect")
    assert len(visible_rows(page)) == 2
    turn_to(page, "Actions")
    assert page.evaluate("location.hash") == ""
    page.go_back()
    page.get_by_text("2 of 91 rows shown (Stage: Prospect)").wait_for()
    assert page.get_by_label("Stage").count() == 1
    assert page.evaluate("window.kgStays")  # no page was loaded anew


def test_a_link_from_another_page_carries_a_filter_over_instant_navigation(site: Watched) -> None:
    with_instant_navigation(site)
    page = site.go("")
    page.evaluate("window.kgStays = true")
    page.evaluate(
        """() => {
          const link = document.createElement("a");
          Object.assign(link, { href: "accounts/#/manager=Robert+King", textContent: "What Robert King manages" });
          document.querySelector(".kg").prepend(link);
        }"""
    )
    page.get_by_role("link", name="What Robert King manages").click()
    page.get_by_text("rows shown (Manager: Robert King)").wait_for()
    assert "Save-a-lot Markets" in visible_rows(page)
    assert page.evaluate("window.kgStays")


def test_pages_without_tables_and_back_leave_nothing_twice(site: Watched) -> None:
    with_instant_navigation(site)
    page = site.go("accounts/")
    page.evaluate("window.kgStays = true")
    for _ in range(2):
        turn_to(page, "Playbook")
        turn_to(page, "Accounts")
    assert page.locator(".kg-tools").count() == 1
    assert page.locator("th .kg-sort").count() == page.locator("thead th").count()
    page.get_by_label("Contains").fill("market")
    assert page.evaluate("location.hash") == "#/find=market"
    assert page.evaluate("window.kgStays")


def test_a_table_of_the_demo_is_taken_away_as_csv(site: Watched) -> None:
    page = site.go("accounts/#/stage=Prospect")
    name, content = taken(page, "Download CSV (2 of 91 rows)")
    assert name == "accounts-2026-05-06.csv"
    assert [len(row) for row in rows_of(content)] == [len(rows_of(content)[0])] * 3
    assert "Prospect" in rows_of(content)[1]
