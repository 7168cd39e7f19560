"""Every page of the demo is valid HTML, and the test knows what is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.site.conftest import Parsed
from tests.site.validity import faults, tree_faults

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>{}</body></html>'
FINE = """
<main><h1 id="a">One</h1>
<p>Text <a href="#a">link <b>bold</b></a> <time datetime="2026-05-06">today</time></p>
<dl><div><dt>Term <details><summary aria-label="What is it?">?</summary><div>This</div></details></dt><dd>Is</dd></div>
</dl>
<div role="region" aria-labelledby="a" tabindex="0"><table><caption>C</caption>
<thead><tr><th scope="col">H</th><th>I</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td colspan="2">4</td></tr></tbody></table></div>
<ul><li><p>P</p><ol><li>I</li></ol></li></ul>
<label for="f">F</label> <input id="f"> <button type="button">B</button>
<label>S <select><option>1</option></select></label>
<svg role="img" aria-label="A line"><title>A line</title><path d="M0 0"/></svg>
<h2>Two</h2></main>"""


def test_what_is_fine_is_fine() -> None:
    assert faults(PAGE.format(FINE)) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>One<div>Two</div></p>", "syntax: unexpected-end-tag"),
        ("<div><span></div>", "syntax: end-tag-too-early"),
        ("<table><div>x</div></table>", "syntax: "),
        ('<p id="x"></p><p id="x"></p>', 'the id "x" stands 2 times'),
        ('<p id="x y"></p>', '"x y" is no id'),
        ("<span><div>x</div></span>", "<div> may not stand in"),
        ("<p><a href='#'><div>x</div></a>", "syntax: "),
        ("<span><a href='#'><ul><li>x</li></ul></a></span>", "<ul> may not stand in"),
        ("<ul><p>x</p></ul>", "<p> may not stand in"),
        ("<ul>x<li>y</li></ul>", "text may not stand in"),
        ("<div><li>x</li></div>", "<li> may not stand in"),
        ("<dl><p>x</p></dl>", "<p> may not stand in"),
        ("<dl><dd>x</dd></dl>", "a <dt> without its <dd>"),
        ("<dl><div><dt>x</dt></div></dl>", "a <dt> without its <dd>"),
        ("<details><p>x</p></details>", "does not begin with its <summary>"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "columns wide"),
        ('<a href="#"><button type="button">x</button></a>', "may not stand in a link or a button"),
        ("<button>x</button>", "does not say its type"),
        ('<img src="x.png">', "has no alt"),
        ('<div aria-label="x">y</div>', "has a label and no role"),
        ('<div role="banana">y</div>', '"banana" is no role'),
        ('<p aria-lable="x">y</p>', "has no attribute aria-lable"),
        ('<td align="left">y</td>', "syntax: "),
        ('<table><tr><td align="left">y</td></tr></table>', "has no attribute align"),
        ('<p aria-labelledby="nothing">y</p>', "leads nowhere"),
        ('<label for="nothing">y</label>', "leads to nothing"),
        ("<label>y <input> <input></label>", "a label around several fields"),
        ("<time>soon</time>", "is no time"),
        ("<h3>y</h3>", "<h3> follows <h1>"),
        ("<h1>y</h1>", "there are 2 <h1>"),
        ('<svg role="img"></svg>', "a drawing has no name"),
        ('<p tabindex="x"></p>', "is no tabindex"),
    ],
)
def test_what_is_wrong_is_found(html: str, fault: str) -> None:
    found = faults(PAGE.format(f"<h1>One</h1>{html}"))
    assert any(fault in one for one in found), found


# Faults of Material's own frame around every page.
OF_THE_THEME = re.compile(
    "has no attribute autocorrect|"
    '<label for="__toc"> leads to nothing|'
    '<label> in div > nav > ul > li: "" is no tabindex'
)


def test_every_page_of_the_demo_is_valid(parsed: Sequence[Parsed]) -> None:
    assert len(parsed) > 200
    wrong = [f"{page.address}: {fault}" for page in parsed for fault in (*page.faults, *tree_faults(page.tree))]
    assert [one for one in dict.fromkeys(wrong) if not OF_THE_THEME.search(one)][:40] == []
