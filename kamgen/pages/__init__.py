"""The pages of the site as plain values, made without MkDocs: one module a kind of page, its template beside it.

A page module has a docstring (the question it answers, for whom), `addresses(site)`, which says where its pages
stand, and `render(site)`, which yields them. Modules are discovered; there is no list to edit. Links are made from
records by `Here` (see `pages.links`): a link to a page that does not exist raises `BrokenLink` and fails the build.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from kamgen.facts.agenda import Event, events
from kamgen.facts.course import Course
from kamgen.facts.people import Work, works
from kamgen.facts.publication import Hidden, published, published_findings, secrets
from kamgen.facts.standing import Standing, standings
from kamgen.finding import Finding
from kamgen.model.identity import IS_ID
from kamgen.model.portfolio import Account, Portfolio
from kamgen.pages.slips import Target
from kamgen.pages.wording import Wording, wording_of

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address below the site ("" is home, else ending in "/"), and safe HTML.

    `title` is plain text, not yet escaped. `edit` is the path of the file that the page comes from, below the root.
    Headings `<h2 id="…">` and `<h3 id="…">` in the HTML make up the table of contents and the search entries; the
    HTML brings its own `<h1>`. `wide` pages hold a table that needs the room of a table of contents.
    `boost` is how far ahead of the others a page's entries stand in the search. What stands on a page that `repeats`
    stands on other pages too: the search knows it by title and description alone. A table row with an id and
    `data-kg-entry="Name"` is found by that name.
    """

    address: str
    title: str
    html: str
    edit: str = ""
    description: str = ""
    boost: float = 1
    wide: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Site:
    """What pages are made from: the portfolio as it was judged, and how files are edited.

    `edit_base` is the address that a file's path below the root is appended to, or "" where nothing can be edited.
    `overrides` are folders with templates of the workspace's own, which stand before kamgen's (see `pages.templates`).
    `slips` is where slips are sent, None where the site offers none (see `pages.sayings`). `courses` tells how each
    account stood over the last twelve months, where that was asked for.
    Facts are counted over `portfolio`; what is shown comes from `public` and `shown`, which hold nothing private.
    """

    portfolio: Portfolio
    findings: tuple[Finding, ...]
    edit_base: str = ""
    overrides: tuple[Path, ...] = ()
    slips: Target | None = None
    courses: Mapping[str, Course] = field(default_factory=dict)

    @cached_property
    def wording(self) -> Wording:
        """How numbers and dates are written."""
        return wording_of(self.portfolio.settings.locale)

    @cached_property
    def templates(self) -> Environment:
        """The templates, the workspace's own before kamgen's."""
        from kamgen.pages.templates import environment

        return environment(self.overrides)

    @cached_property
    def _hidden(self) -> Mapping[str, Hidden]:
        return secrets(self.portfolio)

    @cached_property
    def public(self) -> Portfolio:
        """The portfolio without private things."""
        return published(self.portfolio, self._hidden)

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are not waived, with nothing private in them."""
        open_findings = (finding for finding in self.findings if finding.suppressed != "waiver")
        return published_findings(self.portfolio, open_findings, self._hidden)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How each account stands, by slug."""
        return standings(self.public, self.shown)

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """What lies with each of our people, by id."""
        return works(self.portfolio, self.public)

    @cached_property
    def events(self) -> Mapping[str, list[Event]]:
        """The dates and reviews of each account, by slug; private ones count and are not among them."""
        accounts = self.public.accounts
        return {slug: events(self.public, account, self.portfolio) for slug, account in accounts.items()}

    @cached_property
    def findings_by_account(self) -> Mapping[str, list[Finding]]:
        """The findings shown, by account slug; those of the workspace under ""."""
        found: dict[str, list[Finding]] = {}
        for finding in self.shown:
            found.setdefault(finding.account, []).append(finding)
        return found

    @cached_property
    def findings_by_rule(self) -> Mapping[str, list[Finding]]:
        """The findings shown, by code."""
        found: dict[str, list[Finding]] = {}
        for finding in sorted(self.shown, key=lambda f: f.code):
            found.setdefault(finding.code, []).append(finding)
        return found

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where pages stand."""
        return frozenset(address for module in _page_modules() for address in module.addresses(self))

    @cached_property
    def people(self) -> frozenset[str]:
        """Our people who have a page: an id that is no id cannot be an address."""
        return frozenset(person for person in self.public.playbook.team or () if IS_ID(person))

    def account(self, finding: Finding) -> Account | None:
        """The account that a finding speaks of."""
        return self.public.accounts.get(finding.account)


Render = Callable[[Site], Iterable[Page]]


def _page_modules() -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "render"):
            yield module


def all_pages(site: Site) -> Iterator[Page]:
    """Every page of the site, in the order of their modules' names."""
    for module in _page_modules():
        yield from module.render(site)


def attachments(site: Site) -> Iterator[tuple[str, str]]:
    """The files that public notes link to: address below the site (not yet quoted), path below the root."""
    from kamgen.pages.links import attachment_address

    for account in site.public.accounts.values():
        for path in account.attachments:
            yield attachment_address(account, path), path


STYLE, SCRIPT = "assets/kamgen/kamgen.css", "assets/kamgen/kamgen.js"


def assets() -> dict[str, str]:
    """The style and the script of all pages, by address: written in parts, sent as one file each."""
    folder = Path(__file__).parent / "assets"
    return {
        address: "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
        for address, pattern in ((STYLE, "styles/*.css"), (SCRIPT, "scripts/*.js"))
    }
