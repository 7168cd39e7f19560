"""Who has promised what, and what is late? Every open action by the week in which it is due, ours and theirs."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import first, grouped, tasks
from kamgen.pages import Page, Site
from kamgen.pages.templates import page

# As many actions as one page shows, the earliest due first; the accounts' and people's pages have them all.
MOST = 600
# With more of them, only "Done" stands beside an action: all that can be said would weigh more than the list.
MOST_SAID = 150


def addresses(site: Site) -> Iterator[str]:
    """The list of actions."""
    yield "actions/"


def render(site: Site) -> Iterator[Page]:
    """Open actions of all accounts, overdue ones first."""
    found = tasks(site.public.accounts.values())
    shown, more = first(found, MOST)
    groups = grouped(shown, site.public.as_of)
    yield page(
        site,
        "actions/",
        "actions.html",
        "Actions",
        wide=True,
        description="Open actions by due week",
        repeats=True,
        total=len(found),
        overdue=sum(len(group.tasks) for group in grouped(found, site.public.as_of) if group.kind == "overdue"),
        theirs=sum(task.theirs for task in found),
        more=more,
        groups=groups,
        brief=len(shown) > MOST_SAID,
    )
