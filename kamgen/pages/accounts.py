"""Where is the account I am looking for, and how does it stand? All of them, to sort and to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kamgen.facts.portfolio import Direction, direction
from kamgen.facts.sales import year_of_sales
from kamgen.facts.verdicts import all_trends
from kamgen.pages import Page, Site
from kamgen.pages.templates import page

DIRECTIONS: Mapping[Direction, str] = {
    "rises": "rises",
    "steady": "steady",
    "falls": "falls",
    "quiet": "gone quiet",
    "new": "new",
}


def addresses(site: Site) -> Iterator[str]:
    """The index of accounts."""
    yield "accounts/"


def render(site: Site) -> Iterator[Page]:
    """All accounts in one table."""
    records = [account.record for account in site.public.accounts.values()]
    moves = all_trends(site.portfolio)
    yield page(
        site,
        "accounts/",
        "accounts.html",
        "Accounts",
        wide=True,
        description="All accounts, to sort and to filter",
        standings=sorted(site.standings.values(), key=lambda standing: standing.account.name.casefold()),
        years=year_of_sales(site.portfolio),
        moves=moves,
        directions={slug: DIRECTIONS[where] for slug, trend in moves.items() if (where := direction(trend))},
        has_region=any(record.region for record in records),
        has_country=any(record.country for record in records),
        has_segment=any(record.segment for record in records),
    )
