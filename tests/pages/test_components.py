"""The parts that pages share: sound HTML at every edge, pictures with words, and a meaning for every figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

import kamgen.pages
from kamgen.facts.relation_map import HEADING, PERSON, relation_map
from kamgen.model.portfolio import Portfolio
from kamgen.pages import Page, Site, assets, reading
from kamgen.pages.meanings import MEANINGS
from kamgen.pages.templates import environment, frame
from kamgen.read.playbook import default_settings
from tests.pages.reader import read

TODAY = date(2026, 5, 6)
TEMPLATES = Path(kamgen.pages.__file__).parent
IMPORT = '{% import "components.html" as c with context %}'
PICTURE = re.compile(r'<svg[^>]*role="img"[^>]*>\s*<title>([^<]+)</title>\s*<desc>([^<]+)</desc>')


@pytest.fixture(scope="module")
def site() -> Site:
    """A workspace in which nothing stands."""
    return Site(Portfolio(TODAY, default_settings(), {}), ())


@pytest.fixture(scope="module")
def legend(site: Site) -> Page:
    """The page that shows every component."""
    (page,) = reading.render(site)
    return page


def rendered(site: Site, source: str, **values: Any) -> str:
    html = environment().from_string(IMPORT + source).render(frame(site, "reading/") | values)
    found = read(Page("reading/", "x", f"<h1>x</h1>{html}"))
    assert found.faults == []
    return html


def asked_for() -> Iterator[tuple[str, str]]:
    """The keys that templates ask for, with the template; a key that is computed is not among them."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for key in re.findall(r"""\bmeans\(\s*["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            yield path.name, key


def test_the_legend_shows_every_component(legend: Page) -> None:
    macros = set(re.findall(r"{% macro (\w+)\(", (TEMPLATES / "components.html").read_text(encoding="utf-8")))
    shown = set(re.findall(r"\bc\.(\w+)\(", (TEMPLATES / "reading.html").read_text(encoding="utf-8")))
    assert macros - shown <= {"findings"}
    assert read(legend).faults == []
    assert len(legend.html) < 60_000


def test_every_picture_says_what_it_is_and_what_it_shows(legend: Page) -> None:
    pictures = PICTURE.findall(legend.html)
    assert len(pictures) == legend.html.count('role="img"') >= 8
    assert all(title.strip() and desc.strip() for title, desc in pictures)


def test_every_key_that_a_template_asks_for_has_a_meaning() -> None:
    assert [(name, key) for name, key in asked_for() if key not in MEANINGS] == []


def test_every_meaning_stands_on_the_legend_in_the_order_of_the_alphabet(legend: Page) -> None:
    anchors = [name for name in read(legend).ids if name.startswith("means-")]
    assert sorted(anchors) == sorted(f"means-{key}" for key in MEANINGS)
    titles = re.findall(r'id="means-[^"]+"><dt>([^<]+)</dt>', legend.html)
    assert titles == sorted(titles, key=str.casefold)


def test_a_key_without_a_meaning_fails_the_build(site: Site) -> None:
    with pytest.raises((KeyError, UndefinedError)):
        rendered(site, "{{ c.means('no-such-figure') }}")


@pytest.mark.parametrize("key", MEANINGS)
def test_meanings_are_short_and_plain(key: str) -> None:
    what = MEANINGS[key]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    assert what.means.endswith(".")
    assert not what.source.endswith(".")
    assert what.means.count(". ") <= 3
    assert len(what.means) <= 400
    assert "`" not in what.means + what.source + what.unit


def test_a_meaning_is_opened_by_a_button_with_a_name(site: Site) -> None:
    html = rendered(site, "<div>{{ c.means('growth') }}</div>")
    assert 'summary aria-label="What is “Growth”?"' in html
    assert "data-search-exclude" in html


def test_no_two_meanings_share_a_title() -> None:
    titles = [what.title for what in MEANINGS.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ c.gauge(none, 'not known', 'Share') }}", "not known"),
        ("{{ c.sparkline([], 'Sales') }}", "No figures."),
        ("{{ c.sparkline([none], 'Sales') }}", "No figures."),
        ("{{ c.bars([], [], 'Sales') }}", "No figures."),
        ("{{ c.bars(['2026-04'], [none], 'Sales', line=[none]) }}", "No figures."),
        ("{{ c.curve([], 'Spread', []) }}", "No figures."),
        ("{{ c.curve([], 'Spread', [(2, none, 'two are key')]) }}", "two are key"),
        ("{{ c.matrix('Who', [('a', 'A')], [('b', 'B')], {}) }}", "<th"),
        ("{{ c.timeline('Notes', []) }}", "aria-label"),
        ("{{ c.thread('Thread', []) }}", "aria-label"),
        ("{{ c.map(empty) }}", "We know nobody who"),
    ],
)
def test_components_with_nothing_to_show(site: Site, source: str, says: str) -> None:
    assert says in rendered(site, source, empty=relation_map([], [], [], TODAY))


def test_a_torn_thread_says_so_in_words(site: Site) -> None:
    html = rendered(site, "{{ c.thread('Thread', [('Goal', 'x', false), ('Measure', 'none', true)]) }}")
    assert html.count("torn here") == 1


def test_text_is_escaped_in_every_component(site: Site) -> None:
    html = rendered(
        site,
        "{{ c.gauge(none, bad, bad) }}{{ c.sparkline([], bad) }}{{ c.bars([], [], bad) }}"
        "{{ c.curve([], bad, [(1, bad)]) }}{{ c.matrix(bad, [('a', bad)], [('b', bad)], {('a', 'b'): [bad]}) }}"
        "{{ c.timeline(bad, [(day, bad, bad)]) }}"
        "{{ c.thread(bad, [(bad, bad, true)]) }}{{ c.state('error', bad) }}{{ c.heat('error', bad, bad) }}",
        bad="<b onclick=x>\"'",
        day=TODAY,
    )
    assert "<b " not in html


def test_styles_know_the_heights_of_the_map() -> None:
    (style,) = (text for address, text in assets().items() if address.endswith(".css"))
    assert f"height: {HEADING}em" in style
    assert f"height: {PERSON}em" in style
