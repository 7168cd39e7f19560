"""How does the book stand, and what needs us first? The first page, for a director with two minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kamgen.facts.agenda import AHEAD, open_decisions
from kamgen.facts.attention import costliest_first, meetings_to_hold, needs, soonest, verdict
from kamgen.facts.budget import against_budget, all_together
from kamgen.facts.capacity import carrying
from kamgen.facts.concentration import spread
from kamgen.facts.course import moved_furthest
from kamgen.facts.load import has_left
from kamgen.facts.past import moved_most
from kamgen.facts.pipeline import by_stage
from kamgen.facts.plans import has_plan, has_section
from kamgen.facts.portfolio import behind_budget, climbers, fallers
from kamgen.facts.sales import full_months, year_of_sales
from kamgen.facts.standing import Section
from kamgen.facts.verdicts import all_trends
from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site
from kamgen.pages.templates import page

MOST = 10
MOST_DATES = 7  # as many as are seen at a glance, without a filter
A_FEW = 5
MOST_PEOPLE = 20
# A table is read from the top: beyond so many rows a page grows and nobody learns more.
MOST_ROWS = 500

# Where on an account's page a section of its plan stands; what belongs to no section stands on top.
ANCHORS: Mapping[Section, str] = {
    "intelligence": "intelligence",
    "intentions": "intentions",
    "implementation": "implementation",
    "relationships": "people",
    "freshness": "dates",
    "partnership": "partnership",
    "account": "",
}


def addresses(site: Site) -> Iterator[str]:
    """Home."""
    yield ""


def render(site: Site) -> Iterator[Page]:
    """The portfolio."""
    yield page(
        site,
        "",
        "portfolio.html",
        "Portfolio",
        description="What needs us, plans at a glance, dates and reviews due",
        repeats=True,
        verdict=verdict(site.portfolio, site.standings, site.shown, site.events),
        readers=[person for person in sorted(site.people) if not has_left(site.portfolio, person)],
        anchors=ANCHORS,
        **_asked(site),
        **_cut("moved", moved_most(site.portfolio, site.portfolio.accounts.values()), MOST),
        **_over_the_year(site),
        **_plans(site),
        **_business(site),
        **_cut("load", [one for one in carrying(site.portfolio, site.public) if not one.gone], MOST_PEOPLE),
        limits=site.portfolio.settings.limits,
    )


def _asked(site: Site) -> dict[str, Any]:
    """What somebody is asked to do: the costliest needs, decisions, meetings, dates."""
    meetings = meetings_to_hold(site.public, site.portfolio, site.events)
    decisions = open_decisions(site.public.accounts.values())
    found = needs(site.public, site.shown, meetings, year_of_sales(site.portfolio))
    dates = soonest(site.events, site.public.as_of + AHEAD)
    return {
        **_cut("needs", found, MOST),
        **_cut("decisions", decisions, MOST),
        **_cut("meetings", meetings, MOST),
        **_cut("dates", dates, MOST_DATES),
    }


def _over_the_year(site: Site) -> dict[str, Any]:
    """The accounts that improved and worsened most over the last twelve months, where that was asked for."""
    better, worse = moved_furthest(site.courses, site.public.accounts.values(), A_FEW)
    return {"better": better, "worse": worse}


def _plans(site: Site) -> dict[str, Any]:
    """The accounts that have a plan, and the sections of it."""
    planned = [standing for standing in site.standings.values() if has_plan(standing.account)]
    sections = [section for section in ANCHORS if section != "account"]
    rows = costliest_first(planned, year_of_sales(site.portfolio))
    there = {row.account.slug: _there(site, row.account) for row in rows[:MOST_ROWS]}
    return {**_cut("planned", rows, MOST_ROWS), "sections": sections, "there": there}


def _there(site: Site, account: Account) -> frozenset[Section]:
    """The sections that stand on an account's page although nothing is found in them."""
    filled: Mapping[Section, bool] = {
        "intelligence": has_section(account, "intelligence"),
        "intentions": has_section(account, "intentions"),
        "implementation": account.plan is not None,
        "relationships": bool(account.contacts),
        "freshness": bool(site.events[account.slug]),
        "partnership": bool(account.audits or account.record.partnership),
    }
    return frozenset(section for section, there in filled.items() if there)


def _business(site: Site) -> dict[str, Any]:
    """Sales: against budget, how they are spread, who moves, and by stage."""
    whole = site.portfolio
    years, moves, budgets = year_of_sales(whole), all_trends(whole), against_budget(whole)
    return {
        "months": full_months(whole),
        "spread": spread(whole, years),
        "rising": climbers(whole, years, moves)[:A_FEW],
        "falling": fallers(moves)[:A_FEW],
        "budget": all_together(budgets.values()),
        "behind": behind_budget(budgets)[:A_FEW],
        "stages": by_stage(whole, years),
        "accounts": site.public.accounts,
    }


def _cut(name: str, found: Sequence[object], most: int) -> dict[str, Any]:
    """A list as it is shown, under its name, and how many it leaves out."""
    return {name: found[:most], f"more_{name}": len(found[most:])}
