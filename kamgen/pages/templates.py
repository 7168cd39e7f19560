"""Templates into HTML: Jinja with autoescape always on, compiled once, each rendered for one address.

A workspace's own template of the same name stands before kamgen's, which is then there as "packaged/<name>". A mistake
in one of its own ends the build with the file and line of it; a mistake in ours is our bug and keeps its traceback.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from kamgen.errors import KamgenError
from kamgen.facts import drawing
from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site, marks, words
from kamgen.pages.links import Here, anchor
from kamgen.pages.meanings import MEANINGS
from kamgen.pages.prose import inline
from kamgen.pages.sayings import Sayings

_MARKS = (
    *("time", "due", "when", "person", "people", "account", "rule"),
    *("level", "worst", "state", "edit", "finding", "found_in"),
)


_WORDED = ("day", "month", "number", "percent", "span", "count")


def environment(overrides: tuple[Path, ...] = ()) -> Environment:
    """kamgen's templates, and before them those in the folders given, which are read anew at each call."""
    return _environment(overrides) if overrides else _packaged()


@cache
def _packaged() -> Environment:
    return _environment(())


def _environment(overrides: tuple[Path, ...]) -> Environment:
    packaged = FileSystemLoader(Path(__file__).parent)
    own = [FileSystemLoader(folder) for folder in overrides]
    environment = Environment(
        loader=ChoiceLoader([*own, PrefixLoader({"packaged": packaged}), packaged]),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters |= {
        "tally": pass_context(lambda context, tally: words.tally_words(tally, context["wording"])),
        "several": words.several,
        "sentence": words.sentence,
        "code": inline,
    }
    environment.filters |= {name: _worded(name) for name in _WORDED}
    environment.filters |= {name: getattr(marks, name) for name in _MARKS}
    environment.globals |= {"words": words, "count": _worded("count"), "anchor": anchor}
    environment.globals |= {"drawing": drawing, "meanings": MEANINGS}
    return environment


def _worded(name: str) -> Callable[..., str]:
    """A way of writing as a filter: the locale is the page's."""

    @pass_context
    def write(context: Context, *values: Any) -> str:
        written: str = getattr(context["wording"], name)(*values)
        return written

    return write


def page(
    site: Site,
    address: str,
    template: str,
    title: str,
    edit: str = "",
    description: str = "",
    wide: bool = False,
    boost: float = 1,
    repeats: bool = False,
    **values: Any,
) -> Page:
    """The page at an address, from its template and the values it shows; `here` makes its links."""
    html = str(fragment(template, frame(site, address) | {"title": title} | values))
    return Page(address, title, html.strip(), edit, description or title, boost, wide, repeats)


def fragment(template: str, values: Mapping[str, Any]) -> Markup:
    """A template's HTML; `values` are a frame's and the template's own.

    Raises KamgenError, naming file and line, where a template of the workspace's own fails.
    """
    site: Site = values["here"].site
    try:
        return Markup(site.templates.get_template(template).render(values))
    except Exception as error:
        place = _own_place(error, site.overrides)
        if place is None:
            raise
        raise KamgenError(f"{place}: {_reason(error)}") from error


def _own_place(error: Exception, overrides: tuple[Path, ...]) -> str | None:
    """File and line of the workspace's own template in which something failed; None when none had a part in it."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for filename, line in reversed(places):
        for folder in overrides:
            if Path(filename).is_relative_to(folder):
                return f"{Path(filename).relative_to(folder.parent.parent).as_posix()}:{line}"
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f'There is no template "{error.name}".'
    said = " ".join(str(error).split()) or type(error).__name__
    return f"The template fails: {said.rstrip('.')}."


def frame(site: Site, address: str) -> dict[str, Any]:
    """What every template of the page at an address may use, whatever it shows."""
    as_of = site.portfolio.as_of
    return {
        "here": Here(site, address),
        "says": Sayings(site),
        "fresh": _fresh_ids(),
        "as_of": as_of,
        "fixed": site.portfolio.clock_fixed,
        "wording": site.wording,
        "due_words": partial(site.wording.due, as_of=as_of),
        "coming_words": partial(site.wording.coming, as_of=as_of),
        "money": partial(site.wording.money, currency=site.portfolio.settings.currency),
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
