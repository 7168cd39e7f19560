"""Every link, anchor, attachment and calendar of the demo leads somewhere, and no page asks another host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest
from icalendar import Calendar

from tests.site.conftest import MKDOCS_YML, Build, Parsed, Watched
from tests.site.kinds import KINDS, addresses, handwritten, kind
from tests.site.validity import parse

ROOT = "https://site.test/"
REPOSITORY = Path(__file__).parents[2]
_TARGETS = ("href", "src", "action", "formaction", "poster", "data", "{http://www.w3.org/1999/xlink}href")


def targets(tree: object) -> Iterator[tuple[str, str]]:
    """What a page's elements name: the tag, and the target as it stands."""
    for element in tree.iter():  # type: ignore[attr-defined]
        tag = str(element.tag).rpartition("}")[2]
        yield from ((tag, element.get(name)) for name in _TARGETS if element.get(name) is not None)
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield tag, part.split()[0]


def broken(pages: Sequence[Parsed], site: Path) -> Iterator[str]:
    """The targets that lead nowhere."""
    ids = {page.address: {one.get("id") for one in page.tree.iter()} for page in pages}
    tables = {page.address: {one.get("data-kg-table") for one in page.tree.iter()} - {None} for page in pages}
    for page in pages:
        for tag, target in targets(page.tree):
            if tag == "form" or (page.address == "404.html" and target == "/."):
                continue  # the search's form goes nowhere; Material's link from the page that is not there
            url = urlsplit(urljoin(ROOT + page.address, target))
            if url.scheme not in ("http", "https"):
                if not target.startswith(("mailto:", "tel:")):
                    yield f"{page.address}: {target} is of no known kind"
                continue
            if f"{url.scheme}://{url.netloc}/" != ROOT:
                continue
            path = unquote(url.path).lstrip("/")
            path = f"{path}index.html" if path in ("", ".") or path.endswith("/") else path
            fragment = unquote(url.fragment)
            if not (site / path).is_file():
                yield f"{page.address}: {target} is not there"
            elif fragment.startswith("/"):
                yield from (f"{page.address}: {target}: no table" for _ in _no_table(fragment, tables.get(path, set())))
            elif fragment and fragment not in ids.get(path, {fragment}):
                yield f"{page.address}: {target}: no such anchor"


def _no_table(fragment: str, tables: set[str]) -> Iterator[str]:
    """The filters of an address that no table of the page knows: "/stage=Key&load.find=peacock"."""
    for name, _ in parse_qsl(fragment[1:]):
        table, dot, _ = name.rpartition(".")
        if not tables or (dot and table not in tables):
            yield name


def test_every_link_and_anchor_leads_somewhere(parsed: Sequence[Parsed], demo: Path) -> None:
    assert sorted(set(broken(parsed, demo))) == []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="../nowhere/">x</a>', "is not there"),
        ('<a href="#nothing">x</a>', "no such anchor"),
        ('<a href="../accounts/#nothing">x</a>', "no such anchor"),
        ('<a href="../accounts/#/nothing.find=x">x</a>', "no table"),
        ('<a href="../signals/#/find=x">x</a>', ""),
        ('<a href="../accounts/#/find=x">x</a>', ""),
        ('<img src="none.png" alt="">', "is not there"),
        ('<a href="javascript:x()">x</a>', "is of no known kind"),
    ],
)
def test_a_broken_link_is_found(parsed: Sequence[Parsed], demo: Path, link: str, found: str) -> None:
    broken_page = Parsed("rules/index.html", link, *parse(link))
    others = [page for page in parsed if page.address in ("accounts/index.html", "signals/index.html")]
    lines = [line for line in broken([broken_page, *others], demo) if line.startswith("rules/")]
    assert (found in lines[0]) if found else lines == []


def test_no_kind_of_page_is_forgotten(demo: Path) -> None:
    """A new page is tried by all the tests of kinds: name one of its addresses in KINDS."""
    own = handwritten(REPOSITORY)
    there = {kind(address) for address in addresses(demo)} - own
    assert there == {kind(address) for address in KINDS} - own
    assert set(KINDS) <= set(addresses(demo))


def test_attachments_and_older_notes_are_where_links_lead(built: Build) -> None:
    notes = {
        f"accounts/a/notes/2026-04-{day:02}-visit.md": "# Visit\n\n[The plan](<plän (1).pdf>) ![Shelf](shelf.png)\n"
        for day in range(1, 13)
    }
    site = built(
        {
            "accounts/a/account.yml": "name: A\nstage: customer\n",
            "accounts/a/notes/plän (1).pdf": "%PDF-1.4",
            "accounts/a/notes/shelf.png": b"\x89PNG",
            **notes,
        }
    )
    pages = [
        Parsed(page.relative_to(site).as_posix(), text, *parse(text))
        for page in sorted((site / "accounts").rglob("index.html"))
        for text in [page.read_text(encoding="utf-8")]
    ]
    assert (site / "accounts/a/notes/plän (1).pdf").is_file()
    assert len(pages) >= 3
    assert list(broken(pages, site)) == []
    assert any("shelf.png" in target for page in pages for tag, target in targets(page.tree) if tag == "img")


def test_a_calendar_leads_to_the_pages(built: Build) -> None:
    account = "name: A\nstage: key\nmanager: ann\ndates: [{what: Contract ends, on: 2026-06-30}]\n"
    site = built(
        {
            "mkdocs.yml": f"site_url: https://plans.example/kam/\n{MKDOCS_YML}",
            "playbook/team.yml": "ann: {name: Ann Lee}\n",
            "accounts/a.yml": account,
        }
    )
    calendars = sorted(site.rglob("*.ics"))
    assert calendars
    for path in calendars:
        calendar = Calendar.from_ical(path.read_bytes())
        for event in calendar.walk("VEVENT"):
            url = str(event["url"])
            assert url.startswith("https://plans.example/kam/")
            assert (site / url.removeprefix("https://plans.example/kam/") / "index.html").is_file(), url


_ASKING = {"link", "script", "img", "iframe", "source", "audio", "video", "embed", "object", "image", "use", "track"}


def test_no_page_asks_another_host_for_anything(parsed: Sequence[Parsed], demo: Path) -> None:
    for page in parsed:
        canonical = {one.get("href") for one in page.tree.iter("link") if one.get("rel") == "canonical"}
        asked = [target for tag, target in targets(page.tree) if tag in _ASKING and re.match(r"\w+://|//", target)]
        assert [target for target in asked if target not in canonical] == [], page.address
    for style in demo.glob("assets/kamgen/*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(?:\w+:)?//", style.read_text(encoding="utf-8"))


@pytest.mark.browser
@pytest.mark.parametrize("path", KINDS)
def test_no_kind_of_page_asks_another_host_or_tells_of_an_error(site: Watched, path: str) -> None:
    """The fixture looks at the console and at every request."""
    page = site.go(path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
