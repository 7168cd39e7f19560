"""Which reviews, audits and dates come, and which are overdue? For managers and sponsors, with a calendar."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import Event, by_gate, first, unheld
from kamgen.pages import Page, Site
from kamgen.pages.links import calendar_addresses
from kamgen.pages.templates import page

# As many dates as a section of the page shows; the calendar and the accounts' pages have them all.
MOST = 250


def addresses(site: Site) -> Iterator[str]:
    """The list of reviews and dates."""
    yield "reviews/"


def render(site: Site) -> Iterator[Page]:
    """Reviews and dates of all accounts: overdue, within 30, 60 and 90 days, later."""
    gates = by_gate(in_order(site), site.public.as_of)
    yield page(
        site,
        "reviews/",
        "reviews.html",
        "Reviews",
        wide=True,
        description="Reviews, audits and dates: overdue and coming",
        repeats=True,
        overdue=len(gates.get("overdue", ())),
        soon=len(gates.get("30", ())),
        gates={gate: first(found, MOST) for gate, found in gates.items()},
        unheld=unheld(site.public, site.portfolio),
        people=[person for person in calendar_addresses(site).values() if person],
    )


def in_order(site: Site) -> list[Event]:
    """The dates of all accounts, the earliest first."""
    found = [event for events in site.events.values() for event in events]
    return sorted(found, key=lambda event: (event.on, event.account.name.casefold(), event.what))
