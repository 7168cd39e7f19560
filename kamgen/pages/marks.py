"""The smallest parts of a page, as filters: dates, names, links, levels. Every value is escaped where it is placed.

They are functions and not macros because a large account shows hundreds of them. Each takes the page's context first:
`here` makes its links, `as_of` is the day that it speaks from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kamgen.facts.standing import Tally
from kamgen.finding import Finding, Place
from kamgen.model.portfolio import Account
from kamgen.pages import words
from kamgen.pages.prose import inline


@pass_context
def time(context: Context, day: date) -> Markup:
    """A date that a program can read as well."""
    return Markup(f'<time datetime="{day.isoformat()}">{escape(context["wording"].day(day))}</time>')


@pass_context
def due(context: Context, day: date) -> Markup:
    """A due date, with how far away it is; the script brings the words up to date when the page is read."""
    as_of: date = context["as_of"]
    late = " kg-late" if day < as_of else ""
    said = escape(context["wording"].due(day, as_of))
    return Markup(f'{time(context, day)} <span class="kg-rel{late}" data-kg-due="{day.isoformat()}">{said}</span>')


@pass_context
def when(context: Context, day: date) -> Markup:
    """A day in the past or to come, with how far away it is."""
    said = escape(context["wording"].coming(day, context["as_of"]))
    return Markup(f'{time(context, day)} <span class="kg-rel" data-kg-when="{day.isoformat()}">{said}</span>')


@pass_context
def person(context: Context, name: str, account: Account | None = None) -> Markup:
    """The name of one of ours or theirs, with a link where there is a page."""
    here = context["here"]
    shown = escape(here.site.public.person_name(account, name))
    url = here.person(name)
    return Markup(f'<a href="{escape(url)}">{shown}</a>') if url else shown


@pass_context
def people(
    context: Context, names: Iterable[str | None], account: Account | None = None, nobody: str = "nobody"
) -> Markup:
    """Names with commas between them; an absent one is left out."""
    shown = [person(context, name, account) for name in names if name]
    return Markup(", ").join(shown) if shown else none(nobody)


def none(words_for_it: str) -> Markup:
    """Words for something that is not there."""
    return Markup(f'<span class="kg-none">{escape(words_for_it)}</span>')


@pass_context
def account(context: Context, one: Account) -> Markup:
    """An account's name, with a link."""
    return Markup(f'<a href="{escape(context["here"].account(one.slug))}">{escape(one.name)}</a>')


@pass_context
def rule(context: Context, code: str) -> Markup:
    """A rule's code, with a link."""
    return Markup(f'<a href="{escape(context["here"].rule(code))}">{escape(code)}</a>')


def level(name: str) -> Markup:
    """A level as a word; the colour only repeats it."""
    return _badge(name, name)


def _badge(colour: str, said: str) -> Markup:
    return Markup(f'<span class="kg-badge kg-{escape(colour)}">{escape(said)}</span>')


@pass_context
def worst(context: Context, tally: Tally) -> Markup:
    """The most serious level with its number, and how many findings there are besides."""
    others = f" <small>and {tally.others} more</small>" if tally.others else ""
    return _badge(tally.worst or "fine", words.worst_words(tally, context["wording"])) + Markup(others)


@pass_context
def state(context: Context, tally: Tally) -> Markup:
    """All findings counted, in the colour of the most serious."""
    return _badge(tally.worst or "fine", words.tally_words(tally, context["wording"]))


@pass_context
def edit(context: Context, place: Place) -> Markup:
    """A link that opens the very line of a file; where nothing can be edited, the place in words."""
    url = context["here"].edit(place)
    if url:
        path = escape(place.path)
        return Markup(f'<a class="kg-edit" href="{escape(url)}" title="{path}, line {place.line}">Edit</a>')
    return _place(place) if place.path else Markup()


def _place(place: Place) -> Markup:
    """A file's name and line; the whole path for whoever asks. A pointer shows a title, print shows what stands."""
    name = place.path.rpartition("/")[2]
    return Markup(
        f'<span class="kg-place" title="{escape(place.path)}, line {place.line}">{escape(name)}:{place.line}</span>'
    )


@pass_context
def finding(context: Context, one: Finding) -> Markup:
    """A finding: level, message, next step, the rule, and where it is put right."""
    hint = f' <span class="kg-hint">{inline(one.hint)}</span>' if one.hint else ""
    return Markup(
        f"{level(one.level)} {inline(one.message)}{hint} {rule(context, one.code)} {edit(context, one.place)}"
    )


@pass_context
def found_in(context: Context, one: Finding) -> Markup:
    """A finding with the account it speaks of, on a page where the rule is named already."""
    home = context["here"].site.account(one)
    whose = f"{account(context, home)}: " if home else ""
    return Markup(f"{level(one.level)} {whose}{inline(one.message)} {edit(context, one.place)}")
