"""What the HTML standard demands of a page, as far as a page of ours can break it.

The syntax is html5lib's matter: every error that its parser meets is a fault. What the parser lets pass, since browsers
do, is looked at here: what may stand in what, which attributes an element has, what ids and references lead to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import html5lib

Element = Any  # xml.etree's, as html5lib builds it


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PHRASING = _words(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd "
    "label map mark meter noscript object output picture progress q ruby s samp script select small span strong sub "
    "sup template textarea time u var video wbr link meta"
)
_FLOW = _PHRASING | _words(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr main menu nav ol p pre search section table ul"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCRIPTS = frozenset({"script", "template"})
_HOLD_PHRASING = _words(
    "p h1 h2 h3 h4 h5 h6 pre span small strong b em i u s q cite code kbd samp var sub sup abbr dfn time data mark "
    "label button output meter progress bdi bdo legend"
)
_HOLD_FLOW = _words(
    "body main article section nav aside header footer div blockquote dd li td th figure figcaption form fieldset "
    "details address dialog caption noscript"
)
_HOLD: dict[str, frozenset[str]] = {
    **dict.fromkeys(_HOLD_PHRASING, _PHRASING),
    **dict.fromkeys(_HOLD_FLOW, _FLOW),
    "summary": _PHRASING | frozenset(_HEADINGS),
    "dt": _FLOW - {"header", "footer", "article", "aside", "nav", "section", *_HEADINGS},
    "caption": _FLOW - {"table"},
    "ul": _SCRIPTS | {"li"},
    "ol": _SCRIPTS | {"li"},
    "menu": _SCRIPTS | {"li"},
    "dl": _SCRIPTS | {"dt", "dd", "div"},
    "table": _SCRIPTS | {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": _SCRIPTS | {"tr"},
    "tbody": _SCRIPTS | {"tr"},
    "tfoot": _SCRIPTS | {"tr"},
    "tr": _SCRIPTS | {"th", "td"},
    "colgroup": frozenset({"col", "template"}),
    "select": _SCRIPTS | {"option", "optgroup", "hr"},
    "optgroup": _SCRIPTS | {"option"},
    "option": frozenset(),
}
_EXTRA = {"details": {"summary"}, "figure": {"figcaption"}, "fieldset": {"legend"}}
_TRANSPARENT = frozenset({"a", "ins", "del", "map", "object", "video", "audio"})
_INTERACTIVE = frozenset({"a", "button", "details", "embed", "iframe", "input", "label", "select", "textarea"})
_LABELABLE = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})

_GLOBAL = _words(
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode "
    "is itemid itemprop itemref itemscope itemtype lang nonce popover role slot spellcheck style tabindex title "
    "translate"
)
_OWN: dict[str, str] = {
    "a": "href target download ping rel hreflang type referrerpolicy",
    "blockquote": "cite",
    "button": "disabled form name popovertarget popovertargetaction type value",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "dialog": "open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "html": "xmlns",
    "img": "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading fetchpriority",
    "input": "accept alt autocomplete checked disabled form list max maxlength min minlength multiple name pattern "
    "placeholder readonly required size src step type value width height",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": "href crossorigin rel media integrity hreflang type referrerpolicy sizes as color disabled",
    "meta": "name http-equiv content charset media",
    "meter": "value min max low high optimum",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "value max",
    "q": "cite",
    "script": "src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority",
    "select": "autocomplete disabled form multiple name required size",
    "style": "media blocking",
    "td": "colspan rowspan headers",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows "
    "wrap",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "kind src srclang label default",
}
_ARIA = _words(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex "
    "colindextext colspan controls current describedby description details disabled dropeffect errormessage expanded "
    "flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline multiselectable "
    "orientation owns placeholder posinset pressed readonly relevant required roledescription rowcount rowindex "
    "rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext"
)
_REFERENCES = ("labelledby", "describedby", "controls", "owns", "details", "errormessage", "flowto", "activedescendant")
_ROLES = _words(
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox "
    "complementary contentinfo definition deletion dialog document emphasis feed figure form generic grid gridcell "
    "group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem "
    "menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio "
    "radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong "
    "subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree "
    "treegrid treeitem"
)
# Elements that cannot be named by aria-label unless they have a role.
_NAMELESS = _words(
    "abbr b bdi bdo br cite code data dd del dfn div dt em i ins kbd label legend mark p pre q ruby s samp small span "
    "strong sub sup time u var wbr"
)
_TIME = re.compile(
    r"\d{4}-\d\d(-\d\d)?([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d(:\d\d)?|P\S+|\d{4}-W\d\d"
)


def parse(text: str) -> tuple[Element, list[str]]:
    """A page's tree, and what the parser found wrong."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    lines = text.split("\n")
    faults = [
        f"syntax: {code} {data or ''} at line {line}: {lines[line - 1].strip()[:90]}"
        for (line, _), code, data in parser.errors
    ]
    return tree, faults


def faults(text: str) -> list[str]:
    """Everything that is wrong with a page."""
    tree, found = parse(text)
    return found + tree_faults(tree)


def tree_faults(tree: Element) -> list[str]:
    """What is wrong with a page that the parser has read."""
    return [*_ids(tree), *_page(tree), *_inside(tree, (), _FLOW, frozenset()), *_references(tree)]


def _ids(tree: Element) -> Iterator[str]:
    ids = [one.get("id") for one in tree.iter() if one.get("id") is not None]
    yield from (f'the id "{name}" stands {count} times' for name, count in Counter(ids).items() if count > 1)
    yield from (f'"{name}" is no id' for name in ids if not name or re.search(r"\s", name))


def _page(tree: Element) -> Iterator[str]:
    """One title, one main heading, no gap in the headings."""
    tags = [one.tag for one in tree.iter() if isinstance(one.tag, str)]
    if tree.get("lang") is None:
        yield "the page has no language"
    if not "".join(tree.findtext(".//title") or "").strip():
        yield "the page has no title"
    if tags.count("main") > 1:
        yield "there are several <main>"
    levels = [int(tag[1]) for tag in tags if tag in _HEADINGS]
    if levels.count(1) != 1:
        yield f"there are {levels.count(1)} <h1>"
    yield from (f"<h{b}> follows <h{a}>" for a, b in pairwise(levels) if b > a + 1)


def _inside(element: Element, path: tuple[str, ...], allowed: frozenset[str], outer: frozenset[str]) -> Iterator[str]:
    """The faults of an element's children; `allowed` is what may stand in its parent, `outer` all that it stands in."""
    tag = str(element.tag)
    where = " > ".join((*path, tag)[-4:])
    model = _HOLD.get(tag, frozenset()) | frozenset(_EXTRA.get(tag, ()))
    if tag in _TRANSPARENT:
        model = allowed
    if tag == "div" and path and path[-1] == "dl":
        model = _SCRIPTS | {"dt", "dd"}
    children = [child for child in element if isinstance(child.tag, str)]
    yield from _structure(element, [child.tag for child in children], where)
    for child in children:
        if child.tag.startswith("{"):  # a drawing
            yield from _drawing(child, where)
            continue
        if model and child.tag not in model:
            yield f"<{child.tag}> may not stand in {where}: {_said(child)}"
        if tag in ("ul", "ol", "dl", "table", "tr", "thead", "tbody", "select") and (element.text or "").strip():
            yield f"text may not stand in {where}: {element.text.strip()[:40]}"
        if child.tag in _INTERACTIVE and outer & {"a", "button"} and child.get("type") != "hidden":
            yield f"<{child.tag}> may not stand in a link or a button: {where}"
        yield from _attributes(child, where)
        yield from _inside(child, (*path, tag), model or _FLOW, outer | {child.tag})


def _structure(element: Element, tags: list[str], where: str) -> Iterator[str]:
    """The order of the children, where the standard gives one."""
    tag = element.tag
    groups = tags if tag == "dl" or (tag == "div" and {"dt", "dd"} & set(tags)) else []
    names = [name for name in groups if name in ("dt", "dd")]
    if names and (names[0] != "dt" or names[-1] != "dd"):
        yield f"a <dt> without its <dd>, or a <dd> without its <dt>, in {where}"
    if tag == "details" and tags[:1] != ["summary"]:
        yield f"<details> does not begin with its <summary> in {where}"
    if tag in ("details", "figure", "fieldset") and tags.count("summary") > 1:
        yield f"several <summary> in {where}"
    if tag == "table":
        order = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}
        places = [order[name] for name in tags if name in order]
        if places != sorted(places):
            yield f"the parts of a table stand in the wrong order: {tags}"
        yield from _widths(element)


def _widths(table: Element) -> Iterator[str]:
    """Every row as wide as the others."""
    held: Counter[int] = Counter()
    widths = set()
    for number, row in enumerate(table.iter("tr")):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        width = held[number] + sum(int(cell.get("colspan", 1)) for cell in cells)
        for cell in cells:
            for below in range(1, int(cell.get("rowspan", 1))):
                held[number + below] += int(cell.get("colspan", 1))
        widths.add(width)
    if len(widths) > 1:
        yield f"the rows of a table are {sorted(widths)} columns wide: {_said(table)}"


def _attributes(element: Element, where: str) -> Iterator[str]:
    tag, place = element.tag, f"<{element.tag}> in {where}"
    own = _GLOBAL | _words(_OWN.get(tag, ""))
    for name, value in element.attrib.items():
        known = name in own or name.startswith(("data-", "aria-", "on"))
        if not known or (name.startswith("aria-") and name[5:] not in _ARIA):
            yield f"{place} has no attribute {name}"
        if name == "role" and not set(value.split()) <= _ROLES:
            yield f'{place}: "{value}" is no role'
        if name == "tabindex" and not re.fullmatch(r"-?\d+", value):
            yield f'{place}: "{value}" is no tabindex'
    if tag == "button" and element.get("type") not in ("button", "submit", "reset"):
        yield f"{place} does not say its type"
    if tag == "img" and element.get("alt") is None:
        yield f"{place} has no alt"
    if tag in _NAMELESS and element.get("aria-label") is not None and element.get("role") is None:
        yield f"{place} has a label and no role: {element.get('aria-label')}"
    if tag == "time" and not _TIME.fullmatch(element.get("datetime") or "".join(element.itertext()).strip()):
        yield f"{place}: {element.get('datetime')} is no time"
    if tag == "th" and element.get("scope", "col") not in ("col", "row", "colgroup", "rowgroup"):
        yield f"{place}: {element.get('scope')} is no scope"


def _drawing(svg: Element, where: str) -> Iterator[str]:
    """A drawing is named, or hidden from those who cannot see it."""
    named = svg.get("aria-label") or svg.get("aria-labelledby") or any(str(one.tag).endswith("}title") for one in svg)
    if svg.get("role") == "img" and not named:
        yield f"a drawing has no name in {where}"


def _references(tree: Element) -> Iterator[str]:
    ids = {one.get("id"): one for one in tree.iter() if one.get("id")}
    for one in tree.iter():
        for name in _REFERENCES:
            for target in (one.get(f"aria-{name}") or "").split():
                if target not in ids:
                    yield f'aria-{name}="{target}" leads nowhere'
        for target in (one.get("headers") or "").split():
            if target not in ids:
                yield f'headers="{target}" leads nowhere'
        if (
            one.tag == "label"
            and (name := one.get("for")) is not None
            and getattr(ids.get(name), "tag", "") not in _LABELABLE
        ):
            yield f'<label for="{name}"> leads to nothing that can have a label'
        if one.tag == "label" and sum(1 for inner in one.iter() if inner.tag in _LABELABLE) > 1:
            yield f"a label around several fields: {_said(one)}"


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:60]
