"""The visible text of a built site as plain Markdown pages: what MkDocs alone would have to build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import yaml

from tests.bench.workload import Data

# A drawing's title and description are read aloud, not seen.
_UNSEEN = frozenset({"script", "style", "template", "select", "button", "noscript", "title", "desc"})
_BLOCKS = frozenset({"p", "div", "section", "details", "summary", "dl", "dt", "dd", "ul", "ol", "pre", "blockquote"})
_BLOCKS |= {"figure", "figcaption", "caption", "text"}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_EMPTY = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])
_SIGNS = re.compile(r"([\\`*_\[\]{}|])")
_LEAD = re.compile(r"^([-+#>]|\d+(?=[.)]))")


def _escaped(text: str) -> str:
    text = _SIGNS.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    lead = _LEAD.match(text)
    if not lead:
        return text
    return f"{lead[1]}\\{text[lead.end() :]}" if lead[1].isdigit() else f"\\{text}"


class VisibleText(HTMLParser):
    """Collects the blocks of a page's article as Markdown: headings, paragraphs, lists and tables."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.words = 0
        self._text: list[str] = []
        self._kind = ""
        self._inside = 0
        self._unseen: list[str] = []
        self._lists = 0
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or begin to skip what a reader does not see."""
        if tag == "article":
            self._inside += 1
        if not self._inside or tag in _EMPTY:
            self._text.append(" ")
            return
        given = dict(attrs)
        if self._unseen or tag in _UNSEEN or "hidden" in given or _is_link_to_itself(given):
            self._unseen.append(tag)
            return
        self._open(tag)

    def _open(self, tag: str) -> None:
        if self._rows is not None:
            if tag == "tr":
                self._rows.append([])
            elif tag in ("td", "th"):
                self._text = []
            elif tag in _BLOCKS or tag == "li":
                self._text.append(" ")
            return
        if tag == "table":
            self._flush()
            self._rows = []
        elif tag == "li":
            self._flush()
            self._kind = "    " * (self._lists - 1) + "- "
        elif tag in _HEADINGS:
            self._flush()
            self._kind = f"{_HEADINGS[tag]} "
        elif tag in _BLOCKS:
            self._flush()
        if tag in ("ul", "ol"):
            self._lists += 1

    def handle_endtag(self, tag: str) -> None:
        """Close a block."""
        if tag == "article":
            self._flush()
            self._inside -= 1
        if self._unseen:
            if tag in self._unseen:
                del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif self._rows is not None:
            self._close_cell(tag, self._rows)
        elif tag in _BLOCKS or tag == "li" or tag in _HEADINGS:
            self._flush()
            self._lists -= tag in ("ul", "ol")

    def _close_cell(self, tag: str, rows: list[list[str]]) -> None:
        if tag in ("td", "th") and rows:
            rows[-1].append(self._taken())
        elif tag == "table":
            self._rows = None
            self.blocks += _table([row for row in rows if row])

    def handle_data(self, data: str) -> None:
        """Text that a reader sees."""
        if self._inside and not self._unseen:
            self._text.append(data)

    def _taken(self) -> str:
        text = " ".join("".join(self._text).split())
        self._text = []
        self.words += len(text.split())
        return _escaped(text)

    def _flush(self) -> None:
        text = self._taken()
        if text:
            self.blocks.append(self._kind + text)
        if text or not self._kind.strip().startswith("-"):
            self._kind = ""


def _is_link_to_itself(given: dict[str, str | None]) -> bool:
    names = (given.get("class") or "").split()
    return "headerlink" in names or "md-content__button" in names


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def visible(page: Path) -> VisibleText:
    """What a reader sees of a page's article."""
    reader = VisibleText()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader


def site_pages(site: Path) -> Iterator[Path]:
    """The pages of a built site, but for the one that says that there is none."""
    return (page for page in sorted(site.rglob("*.html")) if page.name != "404.html")


def write_plain(workspace: Path, site: Path, into: Path) -> None:
    """An ordinary MkDocs project with the text of a built site: same theme, same nav, without kamgen and macros."""
    for page in site_pages(site):
        address = page.parent.relative_to(site)
        own = workspace / "playbook" / f"{address}.md"
        path = into / "docs" / (f"{address}.md" if own.exists() else address / "index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_joined(visible(page).blocks), encoding="utf-8", newline="\n")
    (into / "mkdocs.yml").write_text(yaml.safe_dump(_settings(workspace), sort_keys=False), encoding="utf-8")


def _joined(blocks: Sequence[str]) -> str:
    """Blocks with an empty line between them, but for the items of a list, which are short."""
    text, before = "", ""
    for block in blocks:
        in_list = before.lstrip().startswith("- ") and block.lstrip().startswith("- ")
        text += ("\n" if in_list or not before else "\n\n") + block
        before = block
    return text.lstrip() + "\n"


def _settings(workspace: Path) -> Data:
    settings: Data = yaml.safe_load((workspace / "mkdocs.yml").read_text(encoding="utf-8"))
    settings |= {"docs_dir": "docs", "plugins": ["search"], "not_in_nav": "*"}
    return settings
