"""Reads a page as a browser would, and tells what is wrong with its HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

from kamgen.pages import Page

VOID = {"br", "hr", "img", "input", "path", "line", "link", "meta"}
NO_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "small", "a", "strong", "code", "summary", "dt"}
BLOCKS = {"p", "ul", "ol", "div", "table", "section", "article", "dl", "h2", "h3", "h4", "pre", "blockquote", "nav"}
SCHEMES = {"", "http", "https", "mailto"}


@dataclass
class Link:
    """A link or a picture: the tag and where it leads."""

    tag: str
    url: str


@dataclass
class Read:
    """What stands on a page."""

    text: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    headings: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        read = self.read
        read.tags.add(tag)
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            read.faults.append(f"<{tag}> has an attribute twice: {names}")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag in BLOCKS and (inside := NO_BLOCKS.intersection(self.open)):
            read.faults.append(f"<{tag}> inside {inside} at {self.getpos()}")
        if tag == "a" and "a" in self.open:
            read.faults.append(f"a link inside a link at {self.getpos()}")
        if tag[0] == "h" and tag[1:].isdigit():
            read.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name == "style":
            self.read.faults.append(f"<{tag} {name}>")
        if name == "id":
            self.read.ids.append(value)
            if not value or any(c.isspace() for c in value):
                self.read.faults.append(f"a bad id: {value!r}")
        if name in ("href", "src"):
            self.read.links.append(Link(tag, value))
            if urlsplit(value).scheme not in SCHEMES:
                self.read.faults.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.read.faults.append(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.read.text += data


def read(page: Page) -> Read:
    """What stands on a page, and the faults of its HTML."""
    reader = _Reader()
    reader.feed(page.html)
    reader.close()
    found = reader.read
    if reader.open:
        found.faults.append(f"never closed: {reader.open}")
    found.faults += [f"the id {name} stands twice" for name in set(found.ids) if found.ids.count(name) > 1]
    found.faults += _heading_faults(found.headings)
    return found


def _heading_faults(levels: list[int]) -> list[str]:
    faults = [] if levels.count(1) == 1 else ["not one h1"]
    return faults + [f"h{below} follows h{above}" for above, below in pairwise(levels) if below > above + 1]


def targets(page: Page, found: Read) -> list[tuple[str, str]]:
    """The links within the site: address below the site and anchor."""
    inside = []
    for link in found.links:
        parts = urlsplit(urljoin(f"http://site/{page.address}", link.url))
        if parts.netloc == "site":
            inside.append((unquote(parts.path.removeprefix("/")), unquote(parts.fragment)))
    return inside
