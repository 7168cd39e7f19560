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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_readable_in_both_schemes_and_on_a_telephone(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + path)
    weak = page.evaluate(CONTRAST)
    page.set_viewport_size({"width": 360, "height": 740})
    width = page.evaluate("document.documentElement.scrollWidth")
    weak += page.evaluate(CONTRAST)
    context.close()
    assert weak == []
    assert width <= 360


# Texts of our pages with a contrast of less than 4.5 to what is behind them (WCAG 2, success criterion 1.4.3).
CONTRAST = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(colour(getComputedStyle(e).backgroundColor));
    return layers.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const weak = [];
  for (const element of document.querySelectorAll(".kg *")) {
    const own = Array.from(element.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.getClientRects().length || element.closest("svg")) continue;
    const ground = behind(element);
    const ink = over(colour(getComputedStyle(element).color), ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const name = `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`;
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.push(name);
  }
  return Array.from(new Set(weak)).slice(0, 10);
}
"""
