"""What the search gets to read of a page."""

from __future__ import annotations

import re

import pytest

from kamgen.pages import Page
from kamgen.pages.searching import SEPARATOR, words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            '<p>Met <time datetime="2026-05-01">1 May</time> <span class="kg-rel">5 days ago</span>.</p>',
            "<p>Met 1 May .</p>",
        ),
        ('<li>Call them <a class="kg-edit" href="#" title="x">Edit</a></li>', "<li>Call them </li>"),
        ("<div>Threat: a</div><div>Threat: b</div>", "<div>Threat: a</div> <div>Threat: b</div> "),
        ("<strong>3</strong><span>open</span>", "3 open"),
        ("<table data-search-exclude><tr><td>long</td></tr></table><p>short</p>", " <p>short</p>"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", " A B "),
        ('<tr id="c-1" data-kg-entry="A &amp; B" data-kg-who="x"><td>C</td></tr>', '<h3 id="c-1">A &amp; B</h3> C '),
        ('<h2 id="goals">Goals</h2>', '<h2 id="goals">Goals</h2>'),
        ("<svg><title>T</title></svg>", " "),
    ],
)
def test_words_of_a_page(html: str, words: str) -> None:
    assert words_of(Page("a/", "A", html)) == words


def test_a_page_that_repeats_others_is_known_by_title_and_description() -> None:
    page = Page("people/ann/", "Ann <Lee>", "<h2 id='x'>Today</h2>", description="Due now & later", repeats=True)
    assert words_of(page) == '<h1 id="kg-top">Ann &lt;Lee&gt;</h1><p>Due now &amp; later</p>'


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("the order for the depot", ["order", "depot"]),
        ("Theirs to do", ["Theirs", "do"]),
        ("action-overdue", ["action", "overdue"]),
        ("The", []),
        ("an anchor in Inverness", ["anchor", "Inverness"]),
    ],
)
def test_small_words_stand_between_words(phrase: str, words: list[str]) -> None:
    assert [word for word in re.split(SEPARATOR, phrase) if word] == words
