"""Markdown that others wrote, as safe HTML: no raw HTML, no scripts, no requests to other hosts, no clashing ids.

Text under `accounts/` is data. It is parsed with HTML off, its links and headings are made fit for the page it
stands on, and what comes out is put through a sanitiser that knows only the tags prose needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it.token import Token
from markupsafe import Markup, escape

from kamgen.facts.publication import resolved
from kamgen.model.identity import slug
from kamgen.read.markdown import parser

# A note longer than this is shown in part: a page is read, and some texts cost the parser more than their length.
LONGEST = 20_000
# Characters that can open something, in a row or in sum, beyond which a text is no prose: shown as it stands.
_OPENERS = re.compile(r"[\[\]!<*_`~|>\\&]")
MOST_OPENERS = 4_000

Files = Callable[[str], str]

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "div", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_SCHEMES = {"http", "https", "mailto"}
_BOX = re.compile(r"<input\b[^>]*>")


def no_files(path: str) -> str:
    """No file can be linked to."""
    return ""


def prose(text: str, prefix: str, top: int, path: str = "", files: Files = no_files) -> Markup:
    """Markdown as safe HTML.

    `prefix` begins every heading's id; `top` is the level that the highest heading in the text gets. `path` is the
    file that the text stands in, and `files` gives the URL of a file by its path below the root, or "".
    """
    if not text.strip():
        return Markup()
    shown, whole = _within_bounds(text)
    if len(_OPENERS.findall(shown)) > MOST_OPENERS:
        return Markup("<pre>{}</pre>{}").format(shown, _CUT if not whole else "")
    tokens = parser().parse(shown)
    _fit_headings(tokens, prefix, top)
    for token in tokens:
        if token.children:
            token.children = _fit_inline(token.children, path, files)
    dirty = parser().renderer.render(tokens, parser().options, {})
    clean = _cleaner()(dirty.replace("<table>", "<div><table>").replace("</table>", "</table></div>"))
    return Markup(clean.replace("<div><table>", '<div class="kg-scroll" tabindex="0"><table>')) + (
        Markup() if whole else _CUT
    )


_CUT = Markup('<p class="kg-more">This text goes on in its file.</p>')


def inline(text: str) -> Markup:
    """A short text with `code` in backticks, as rule messages use it; everything else stays as it is."""
    parts = re.split(r"`([^`\n]+)`", text)
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else escape(p) for i, p in enumerate(parts))


def _within_bounds(text: str) -> tuple[str, bool]:
    """The text up to a paragraph's end within the longest that is shown, and whether that is all of it."""
    if len(text) <= LONGEST:
        return text, True
    end = text.rfind("\n\n", 0, LONGEST)
    return text[: end if end > LONGEST // 2 else LONGEST], False


def without_title(body: str, title: str) -> str:
    """A note's Markdown without its title, where that is the first line: the page prints it above the note."""
    head, _, rest = body.lstrip("\n").partition("\n")
    return rest if title and re.fullmatch(rf" {{0,3}}#+\s+{re.escape(title)}(\s+#+)?\s*", head) else body


def _fit_headings(tokens: Sequence[Token], prefix: str, top: int) -> None:
    """Headings below the page's own, without gaps between their levels, with ids of their own."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    seen: dict[str, int] = {}
    for i, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = f"h{min(6, top + levels.index(token.tag))}" if token.tag in levels else token.tag
        if token.type == "heading_open":
            name = slug(tokens[i + 1].content)
            count = seen[name] = seen.get(name, 0) + 1
            token.attrSet("id", f"{prefix}--{name}" + (f"-{count}" if count > 1 else ""))


def _fit_inline(children: Sequence[Token], path: str, files: Files) -> list[Token]:
    """Links and pictures that lead somewhere readers can go; the others leave their text."""
    fitted: list[Token] = []
    open_links: list[bool] = []
    for token in children:
        if token.type == "link_open":
            href = _target(str(token.attrGet("href") or ""), path, files)
            open_links.append(bool(href))
            if href:
                token.attrSet("href", href)
                fitted.append(token)
        elif token.type == "link_close":
            if not open_links or open_links.pop():
                fitted.append(token)
        elif token.type == "image":
            fitted += _picture(token, path, files, inside_link=any(open_links))
        elif token.type == "html_inline":
            fitted.append(_box(token))
        else:
            fitted.append(token)
    return fitted


def _target(href: str, path: str, files: Files) -> str:
    """Where a link leads from this page, or "": other hosts by http, https or mailto, and files that are published."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme:
        return href if parts.scheme.lower() in _SCHEMES else ""
    if parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return files(resolved(path, unquote(parts.path))) if path else ""


def _picture(token: Token, path: str, files: Files, inside_link: bool) -> list[Token]:
    """A picture of the account's own; one on another host becomes a link, so that no page asks elsewhere."""
    source = str(token.attrGet("src") or "")
    words = token.content or source
    target = _target(source, path, files)
    if target and not urlsplit(target).scheme:
        token.attrSet("src", target)
        token.attrSet("loading", "lazy")
        return [token]
    text = Token("text", "", 0, content=words)
    if not target or inside_link:
        return [text]
    return [Token("link_open", "a", 1, attrs={"href": target}), text, Token("link_close", "a", -1)]


def _box(token: Token) -> Token:
    """A task's box as a sign: a form field without a label helps nobody."""
    sign = "☑" if "checked" in token.content else "☐"
    return Token("text", "", 0, content=_BOX.sub(sign, token.content))


@cache
def _cleaner() -> Callable[[str], str]:
    cleaner = nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    clean: Callable[[str], str] = cleaner.clean
    return clean
