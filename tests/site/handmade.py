"""Pages written by hand, with kamgen's real style and script, served to a browser without a build and without a server.

What the script does to a page is quickest seen on a small one that holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

from kamgen.pages import SCRIPT, STYLE, assets
from tests.site.conftest import Watched

ADDRESS = "http://pages.test/"


def html(body: str, title: str = "Portfolio", attributes: str = 'data-kg-as-of="2026-05-06" data-kg-fixed') -> str:
    """A page of the site at the top level, as bare as it can be."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/{STYLE}"></head><body><h1>{title}</h1>
<div class="kg" {attributes}>{body}</div><script src="/{SCRIPT}"></script></body></html>"""


def table(name: str, heads: str, rows: str, attributes: str = "") -> str:
    """A table as the components write it; `heads` are cells, `rows` are rows."""
    return (
        f'<div class="kg-scroll" role="region" aria-label="{name.title()}" tabindex="0" data-kg-table="{name}">'
        f'<table class="kg-table" {attributes}><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def cells(*values: str) -> str:
    """A row of plain cells."""
    return f"<tr>{''.join(f'<td>{value}</td>' for value in values)}</tr>"


class Handmade(Watched):
    """A page that is ready as soon as it is loaded."""

    def go(self, path: str) -> Page:
        """Open a page; its script has run when it is there."""
        self.page.goto(self.address + path)
        return self.page


@contextmanager
def reading(browser: Browser, pages: Mapping[str, str], **options: Any) -> Iterator[Handmade]:
    """A browser of its own that finds these pages, by path; what goes wrong in it fails the test."""
    context = browser.new_context(**options)
    serve(context, pages)
    watched = Handmade(context.new_page(), ADDRESS)
    try:
        yield watched
    finally:
        context.close()
    assert watched.errors == []
    assert watched.foreign == []


def serve(context: BrowserContext, pages: Mapping[str, str]) -> None:
    """Answer every request of a context from memory."""
    files = {**assets(), **pages}
    kinds = {"css": "text/css", "js": "text/javascript"}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        kind = kinds.get(path.rpartition(".")[2], "text/html") + "; charset=utf-8"
        status = 200 if path in files else 404
        route.fulfill(status=status, body=files.get(path, ""), content_type=kind)

    context.route("**/*", answer)


def shown(page: Page, column: int = 1) -> list[str]:
    """What stands in a column of the rows that are shown, in their order."""
    cells = page.locator(f"tbody tr:visible > :nth-child({column})").all_inner_texts()
    return [words.strip() for words in cells]
