"""Templates into HTML: Jinja with autoescape always on, compiled once, each rendered for one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site, marks, words
from kamgen.pages.links import Here, anchor
from kamgen.pages.prose import inline

_MARKS = (
    *("time", "due", "when", "person", "people", "account", "rule"),
    *("level", "worst", "state", "edit", "finding", "found_in"),
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "day": words.day,
        "month": words.month,
        "number": words.number,
        "percent": words.percent,
        "span": words.span,
        "tally": words.tally_words,
        "several": words.several,
        "sentence": words.sentence,
        "code": inline,
    }
    environment.filters |= {name: getattr(marks, name) for name in _MARKS}
    environment.globals |= {"words": words, "count": words.count, "anchor": anchor}
    return environment


def page(
    site: Site,
    address: str,
    template: str,
    title: str,
    edit: str = "",
    description: str = "",
    wide: bool = False,
    boost: float = 1,
    **values: Any,
) -> Page:
    """The page at an address, from its template and the values it shows; `here` makes its links."""
    html = str(fragment(template, frame(site, address) | {"title": title} | values))
    return Page(address, title, html.strip(), edit, description or title, boost, wide)


def fragment(template: str, values: Mapping[str, Any]) -> Markup:
    """A template's HTML; `values` are a frame's and the template's own."""
    return Markup(_environment().get_template(template).render(values))


def frame(site: Site, address: str) -> dict[str, Any]:
    """What every template of the page at an address may use, whatever it shows."""
    as_of = site.portfolio.as_of
    return {
        "here": Here(site, address),
        "fresh": _fresh_ids(),
        "as_of": as_of,
        "fixed": site.portfolio.clock_fixed,
        "due_words": partial(words.due, as_of=as_of),
        "coming_words": partial(words.coming, as_of=as_of),
        "money": partial(words.money, currency=site.portfolio.settings.currency),
        "name_of": partial(_name, site),
    }


def _fresh_ids() -> Callable[[str], str]:
    """Gives an id as it is the first time, and numbered when it comes again: two items may carry one (KAM009)."""
    seen: dict[str, int] = {}

    def fresh(name: str) -> str:
        seen[name] = seen.get(name, 0) + 1
        return name if seen[name] == 1 else f"{name}~{seen[name]}"

    return fresh


def _name(site: Site, person: str, account: Account | None = None) -> str:
    return site.public.person_name(account, person)
