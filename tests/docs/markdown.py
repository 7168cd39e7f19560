"""What the tests look at in a Markdown page: fences, commands, links, anchors."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TITLE = re.compile(r'title="([^"]+)"')
_FILE_IN_HEADING = re.compile(r"((?:notes|audits)/\S+?\.(?:md|yml)|\w+\.yml)")
_SHELLS = ("sh", "bash", "console", "yaml")
_COMMAND = re.compile(r"^\s*(?:\$ |- run: |run: )?(kamgen(?: .*)?)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its language, the file it belongs to ("" where none is said), its text, and the heading above."""

    language: str
    title: str
    text: str
    heading: str
    line: int

    @property
    def file(self) -> str:
        """The file that the title, or else the heading above, names; "" where neither does."""
        named = _FILE_IN_HEADING.search(self.heading)
        return self.title or (named[1] if named else "")


def _tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a page."""
    heading = ""
    tokens = _tokens(text)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            heading = token.content
        if token.type == "fence":
            title = _TITLE.search(token.info)
            language = token.info.split(" ")[0]
            yield Fence(language, title[1] if title else "", token.content, heading, (token.map or [0])[0] + 1)


def commands(text: str) -> Iterator[tuple[str, bool]]:
    """Every `kamgen …` in a page, and whether it must be complete: in a running text it may name a command alone."""
    for fence in fences(text):
        if fence.language in _SHELLS:
            yield from ((_without_comment(found), True) for found in _COMMAND.findall(fence.text))
    for token in _tokens(text):
        for child in token.children or ():
            if child.type == "code_inline" and child.content.startswith("kamgen "):
                yield child.content, False


def _without_comment(command: str) -> str:
    return shlex.join(shlex.split(command, comments=True))


def links(text: str) -> Iterator[str]:
    """The targets of links and pictures."""
    for token in _tokens(text):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)


@cache
def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    tokens = _tokens(text)
    headings = [after.content for before, after in pairwise(tokens) if before.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings}
