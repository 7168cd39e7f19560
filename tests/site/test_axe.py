"""No barrier of ours: axe-core finds nothing on kamgen's pages that plain Material does not have."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page

from tests.conftest import write_files
from tests.site.conftest import REPOSITORY, Build, Watched, mkdocs, served
from tests.site.kinds import KINDS

pytestmark = pytest.mark.browser

SCHEMES, WIDTHS = ("light", "dark"), (1280, 360)
SAMPLE = """\
# A page

Text with [a link](#a-section) in it, and `code`.

| Head | Another |
|---|---|
| Cell | [Link](#a-section) |

1. One with [a link](#a-section)
2. Two

## A section

- A point
"""

# Everything that can be opened is open, so that nothing hides from the search.
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
RUN = """
(contrast) => axe.run(document, {
  resultTypes: ["violations"], rules: { "color-contrast": { enabled: contrast } }
}).then((found) => found.violations.flatMap((rule) =>
  rule.nodes.map((node) => {
    const element = document.querySelector(node.target[node.target.length - 1]);
    const ours = Boolean(element && element.closest(".kg, [class^='kg-'], #kg-top"));
    return { rule: rule.id, ours, where: node.target.join(" "), html: node.html.slice(0, 160), help: rule.help };
  })))
"""

# Colours come from the scheme and not from the width, and test_browser.py looks at the contrast on all four screens.
CONTRAST = {("light", 1280), ("dark", 360)}

Barrier = dict[str, Any]


def barriers(page: Page, contrast: bool = True) -> list[Barrier]:
    """What axe finds on the page as it stands; `contrast` takes three quarters of its time."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found: list[Barrier] = page.evaluate(RUN, contrast)
    return found


def everywhere(browser: Browser, url: str) -> Iterator[tuple[str, Barrier]]:
    """What axe finds at an address in both schemes, on a wide and on a narrow screen."""
    for scheme in SCHEMES:
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        page.evaluate(OPEN)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = barriers(page, contrast=(scheme, width) in CONTRAST)
            yield from ((f"{scheme}, {width} px", one) for one in found)
        context.close()


@pytest.fixture(scope="session")
def plain(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The rules that plain Material breaks with the demo's mkdocs.yml, without kamgen."""
    settings = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    settings |= {"docs_dir": "docs", "plugins": ["search"], "nav": None, "copyright": "Built today."}
    root = write_files(
        tmp_path_factory.mktemp("plain"), {"mkdocs.yml": yaml.safe_dump(settings), "docs/index.md": SAMPLE}
    )
    shutil.rmtree(root / "accounts")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    with served(root / "site") as address:
        return frozenset(one["rule"] for _, one in everywhere(browser, address))


@pytest.mark.parametrize("path", KINDS)
def test_no_barrier_that_plain_material_does_not_have(
    browser: Browser, address: str, plain: frozenset[str], path: str
) -> None:
    found = {
        (one["rule"], one["where"]): f"{how}: {one['rule']} ({one['help']}): {one['where']}: {one['html']}"
        for how, one in everywhere(browser, address + path)
        if one["ours"] or one["rule"] not in plain
    }
    assert list(found.values()) == []


def test_the_page_at_a_former_address_leads_on_and_has_no_barrier(browser: Browser, built: Build) -> None:
    folder = built({"accounts/handel.yml": "name: Ernst & Söhne\nformerly: [ernst-handel]\n"})
    for scheme in SCHEMES:
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        with served(folder) as address:
            watched = Watched(page, address)
            watched.go("accounts/ernst-handel/")
            page.wait_for_url(f"{address}accounts/handel/")
        assert (watched.errors, watched.foreign) == ([], [])
        # Without an address of its own the page leads nowhere, and stands still to be looked at.
        page.goto("about:blank")
        page.set_content((folder / "accounts/ernst-handel/index.html").read_text(encoding="utf-8"))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.get_by_role("link", name="Ernst & Söhne").is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert barriers(page) == []
        page.close()


# HTML that is wrong, and what axe calls it.
BROKEN = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "color-contrast": '<p style="color: #999; background: #fff">Hard to read</p>',
    "link-name": '<a href="#kg-top"></a>',
    "button-name": '<button type="button"></button>',
    "heading-order": "<h6>Far below</h6>",
    "definition-list": "<dl><p>No pair</p></dl>",
    "label": '<input type="text">',
    "aria-roles": '<ul role="banana"><li>One</li></ul>',
}


def test_a_barrier_is_found(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "signals/")
    insert = "(html) => document.querySelector('.kg').insertAdjacentHTML('beforeend', html)"
    page.evaluate(insert, "".join(BROKEN.values()))
    found = {one["rule"] for one in barriers(page) if one["ours"]}
    page.close()
    assert BROKEN.keys() <= found
