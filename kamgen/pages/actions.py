"""Who has promised what, and what is late? Every open action by the week in which it is due, ours and theirs."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import grouped, tasks
from kamgen.pages import Page, Site
from kamgen.pages.templates import page


def addresses(site: Site) -> Iterator[str]:
    """The list of actions."""
    yield "actions/"


def render(site: Site) -> Iterator[Page]:
    """Open actions of all accounts, overdue ones first."""
    found = tasks(site.public.accounts.values())
    yield page(
        site,
        "actions/",
        "actions.html",
        "Actions",
        wide=True,
        description="Open actions by due week",
        total=len(found),
        groups=grouped(found, site.public.as_of),
    )
