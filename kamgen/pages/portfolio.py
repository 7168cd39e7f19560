"""What needs us, and how do we stand as a whole? The first page, for directors and account managers alike."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import coming, open_decisions
from kamgen.facts.people import load
from kamgen.facts.portfolio import by_stage, key_share, total_sales
from kamgen.facts.sales import full_months, year_of_sales
from kamgen.facts.standing import SECTIONS, tally, worst
from kamgen.pages import Page, Site
from kamgen.pages.templates import page

MOST = 10
MOST_DATES = 25


def addresses(site: Site) -> Iterator[str]:
    """Home."""
    yield ""


def render(site: Site) -> Iterator[Page]:
    """The portfolio."""
    accounts = site.public.accounts.values()
    years = year_of_sales(site.portfolio)
    dates, more_dates = coming(site.public, MOST_DATES)
    decisions = open_decisions(accounts)
    yield page(
        site,
        "",
        "portfolio.html",
        "Portfolio",
        description="What needs us, plans at a glance, dates and reviews due",
        stages=by_stage(accounts),
        total=total_sales(years),
        share=key_share(site.portfolio, years),
        months=full_months(site.portfolio),
        tally=tally(site.shown),
        worst=worst(site.standings, MOST),
        planned=[standing for standing in site.standings.values() if standing.account.plan],
        sections=SECTIONS,
        decisions=decisions[:MOST],
        more_decisions=len(decisions[MOST:]),
        dates=dates,
        more_dates=more_dates,
        load=list(load(site.works)),
        limits=site.portfolio.settings.limits,
    )
