"""Notes and plan.md: front matter, headings, links. The Markdown itself is data and is rendered elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from kamgen.model.portfolio import SECTIONS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TITLE = re.compile(r" {0,3}#{1,6}\s+(.+?)(?:\s+#+)?\s*$")
_SECOND = re.compile(r" {0,3}##\s+(.+?)(?:\s+#+)?\s*$")
MANY_BRACKETS = 5000  # a text with more of them is no note, and parsing it takes seconds
_MAYBE_LINK = re.compile(r"\]\(|\]:|<img|<a ")


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and task lists; HTML is text."""
    # Imported here because most checks never need it, and it takes a tenth of the time of starting.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.tasklists import tasklists_plugin

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").use(tasklists_plugin)


class FrontMatter(NamedTuple):
    """A note taken apart: the YAML of its head with its line numbers, the body, and the line (from 1) it begins on.

    `state` says whether the head is "closed" as it should be, was left "open", or is "absent".
    """

    yaml: str
    body: str
    body_line: int
    state: Literal["closed", "open", "absent"]


def split_front_matter(text: str) -> FrontMatter:
    """The YAML between the opening `---` lines, and the body. The opening line is blank in the YAML."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter("", text, 1, "absent")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return FrontMatter("", "\n".join(lines[1:]), 2, "open")
    return FrontMatter("\n".join(["", *lines[1:end]]), "\n".join(lines[end + 1 :]), end + 2, "closed")


def title(body: str) -> str:
    """The first heading's text, or ""."""
    return next((match[1] for _, line in _outside_fences(body) if (match := _TITLE.match(line))), "")


def sections(text: str) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """The Markdown under the headings Intelligence, Intentions, Implementation, and the other second-level headings.

    The text of an unknown heading stays with the section before it, so that nothing is lost.
    """
    parts: dict[str, list[str]] = {}
    unknown: list[tuple[int, str]] = []
    current: list[str] = []
    headings = {i: m[1] for i, line in _outside_fences(text) if (m := _SECOND.match(line))}
    for i, line in enumerate(text.split("\n")):
        name = headings.get(i, "").strip().lower()
        if name in SECTIONS:
            current = parts.setdefault(name, [])
            continue
        if i in headings:
            unknown.append((i + 1, headings[i]))
        current.append(line)
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}, unknown


def _outside_fences(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for i, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            yield i, line


def relative_links(body: str) -> Iterator[tuple[int, str]]:
    """Links and pictures that point into the repository: line within the body (from 1) and decoded path."""
    if body.count("[") > MANY_BRACKETS or not _MAYBE_LINK.search(body):
        return
    for token in parser().parse(body):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if isinstance(target, str) and (path := _local(target)):
                yield (token.map[0] + 1 if token.map else 1), path


def _local(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return unquote(parts.path)
