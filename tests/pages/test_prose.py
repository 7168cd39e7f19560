"""Markdown of others: safe, within bounds, and fit for the page it stands on."""

from __future__ import annotations

import time

import pytest

from kamgen.pages.prose import LONGEST, inline, prose, without_title

FILES = {"accounts/a/pic.png": "pic.png", "accounts/a/plan.pdf": "plan.pdf"}


def html(text: str) -> str:
    """A note's text as it stands on its account's page."""
    return str(prose(text, "note-x", 4, "accounts/a/notes/n.md", lambda path: FILES.get(path, ""))).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](JaVaScRiPt&#58;alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>"),
        ("[x](ftp://host/f)", "<p>x</p>"),
        ("[x](//host/f)", "<p>x</p>"),
        ("[x](/etc/passwd)", "<p>x</p>"),
        ("[x](../../other/account.yml)", "<p>x</p>"),
        ("[x](#kg-top)", "<p>x</p>"),
        ("[x](../plan.pdf)", '<p><a href="plan.pdf" rel="noopener noreferrer nofollow">x</a></p>'),
        ("[x](mailto:a@b.example)", '<p><a href="mailto:a@b.example" rel="noopener noreferrer nofollow">x</a></p>'),
        ("![shelf](../pic.png)", '<p><img src="pic.png" alt="shelf" loading="lazy"></p>'),
        (
            "![far](https://b.example/p.png)",
            '<p><a href="https://b.example/p.png" rel="noopener noreferrer nofollow">far</a></p>',
        ),
        (
            "[![far](https://b.example/p.png)](https://c.example)",
            '<p><a href="https://c.example" rel="noopener noreferrer nofollow">far</a></p>',
        ),
        ("text {: onclick=alert(1) } {{ 7*7 }} {% raw %}", "<p>text {: onclick=alert(1) } {{ 7*7 }} {% raw %}</p>"),
        ('--8<-- "secret"', '<p>--8&lt;-- "secret"</p>'),
        ("```mermaid\ngraph\n```", "<pre><code>graph\n</code></pre>"),
        ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>"),
        ("", ""),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert html(text) == expected or expected in html(text).removesuffix("\n")


def test_headings_go_below_the_page_and_keep_their_order() -> None:
    assert html("# One\n\n### Three\n\n## kg-top\n\n# One") == (
        '<h4 id="note-x--one">One</h4>\n<h6 id="note-x--three">Three</h6>\n'
        '<h5 id="note-x--kg-top">kg-top</h5>\n<h4 id="note-x--one-2">One</h4>'
    )


def test_tables_scroll_in_a_box() -> None:
    assert html("| a |\n|---|\n| b |").startswith('<div class="kg-scroll" tabindex="0"><table>')


def test_a_long_text_is_cut_at_a_paragraph() -> None:
    shown = html("A line of words.\n\n" * 2000)
    assert len(shown) < LONGEST * 2
    assert shown.endswith('<p>A line of words.</p>\n<p class="kg-more">This text goes on in its file.</p>')


@pytest.mark.parametrize("piece", ["[", "![", "[a](b", "<a ", "*a _", "`` ` ", "> ", "- ", "&#", "[x]: y\n", "|a"])
def test_costly_texts_cost_little(piece: str) -> None:
    for length in (3_000, 500_000):
        start = time.process_time()
        html((piece * length)[:length])
        assert time.process_time() - start < 2


def test_inline_code() -> None:
    assert str(inline("set `a<b` to <i>`")) == "set <code>a&lt;b</code> to &lt;i&gt;`"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("\n# Walked (Graz)\n\nText", "\nText"),
        ("## Walked (Graz) ##\nText", "Text"),
        ("Before\n# Walked (Graz)\nText", "Before\n# Walked (Graz)\nText"),
    ],
)
def test_a_note_is_shown_without_its_title(body: str, expected: str) -> None:
    assert without_title(body, "Walked (Graz)") == expected
