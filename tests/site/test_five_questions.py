"""Five questions, each answered from home in at most two clicks, on the demo in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.site.conftest import Watched

pytestmark = pytest.mark.browser

MOST_CLICKS = 2


class Reader:
    """Somebody who begins at home, and whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.place = page.url.partition("#")[0]

    def click(self, what: Locator) -> None:
        """Click, and wait until the page that it leads to is there."""
        self.clicks += 1
        href = what.get_attribute("href")
        what.click()
        if href and not href.startswith("#"):
            self.page.wait_for_url(lambda url: url.partition("#")[0] != self.place)
            self.place = self.page.url.partition("#")[0]
        self.page.wait_for_load_state("networkidle")

    def link(self, name: str, *, within: str = ".kg") -> Locator:
        """The first link of a name."""
        return self.page.locator(within).get_by_role("link", name=name, exact=True).first

    def text(self) -> str:
        """What stands on the page, with single spaces."""
        return " ".join(self.page.locator("article.md-content__inner").inner_text().split())


@pytest.fixture
def reader(site: Watched) -> Iterator[Reader]:
    """A reader at home; whatever they wanted to know took them two clicks at most."""
    found = Reader(site.go(""))
    yield found
    assert found.clicks <= MOST_CLICKS


def test_which_account_needs_attention_most_and_why(reader: Reader) -> None:
    first = reader.page.locator(".kg-needs > li").first
    said = first.inner_text()
    name = first.get_by_role("link").first.inner_text()
    assert any(level in said for level in ("error", "warning"))
    assert len(first.locator(".kg-need-why").inner_text()) > 20  # why
    assert len(first.locator(".kg-need-ask strong").inner_text()) > 10  # and what to do about it
    reader.click(first.locator(".kg-need-where a").first)
    assert reader.page.locator("h1").inner_text() == name
    assert "#" in reader.page.url


def test_what_is_overdue_for_a_manager(reader: Reader) -> None:
    reader.click(reader.link("Janet Leverling", within="[data-kg-table=load]"))
    overdue = reader.page.locator("#overdue + ul").inner_text()
    assert "Give Conor Walsh the cause of the thawed pallets" in overdue
    assert "overdue by 12 days" in overdue


def test_what_is_overdue_for_me(reader: Reader) -> None:
    reader.page.get_by_label("I am").select_option("Janet Leverling")
    reader.click(reader.page.locator("a.kg-my-page"))
    assert "overdue by" in reader.page.locator("#overdue + ul").inner_text()


def test_who_is_our_only_tie_to_an_account(reader: Reader) -> None:
    reader.click(reader.link("Save-a-lot Markets"))
    text = reader.text()
    assert "Robert King is our only tie to" in text


def test_what_to_ask_in_a_customers_next_audit(reader: Reader) -> None:
    reader.click(reader.link("QUICK-Stop"))
    reader.click(reader.link("What to ask in the next audit"))
    assert "QUICK-Stop" in reader.page.locator("h1").inner_text()
    assert "?" in reader.text()


def test_why_an_account_is_key(reader: Reader) -> None:
    reader.click(reader.link("Ernst Handel"))
    why = reader.page.locator(".kg-why").first.inner_text()
    assert why.startswith("Why key:")
    assert len(why) > 40
