"""Where does our business come from, and who of the small ones rises? Accounts by stage, and the long tail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from kamgen.facts.pipeline import by_stage, long_tail, risers
from kamgen.facts.sales import full_months, year_of_sales
from kamgen.facts.tail import Move, ahead, families_lost, idle, moving, rest, unnoticed
from kamgen.facts.trends import first_month, trends
from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site
from kamgen.pages.templates import page
from kamgen.rules import rule_book

ADDRESS = "pipeline/"
# Tables are to be read; what is longer says how much more there is.
MOST_RISERS = 50
MOST_IN_TAIL = 100
MOST_AHEAD = 100
MOST_LOST = 40
MOST_NAMED = 15
CHART_MONTHS = 24
# How an account moves, as a word and as the colour that repeats it.
MOVES: Mapping[Move, tuple[str, str]] = {
    "rises": ("rising", "fine"),
    "quiet": ("gone quiet", "warning"),
    "falls": ("cooling", "warning"),
    "new": ("nothing a year before", "info"),
    "unknown": ("too early to say", "info"),
    "steady": ("steady", "fine"),
}


def addresses(site: Site) -> Iterator[str]:
    """One page."""
    yield ADDRESS


def render(site: Site) -> Iterator[Page]:
    """The pipeline and the long tail."""
    whole, public = site.portfolio, site.public
    years, moves = year_of_sales(whole), trends(whole)
    tail = long_tail(whole, years, moves)
    rising = risers(tail)
    months = _chart_months(site)
    others = moving([one for one in tail if not one.rises], years, moves, months)
    coming, lost, quiet = ahead(public, site.events), families_lost(whole, _numbers(site)), idle(whole, years)
    yield page(
        site,
        ADDRESS,
        "pipeline.html",
        "Pipeline and long tail",
        description="Accounts and sales by stage, prospects with their next step, who of the small ones rises",
        wide=True,
        accounts=public.accounts,
        total=len(public.accounts),
        offer=public.playbook.offer or {},
        months=full_months(whole),
        chart_months=months,
        stages=by_stage(whole, years),
        quiet=quiet[:MOST_NAMED],
        quiet_count=len(quiet),
        more_quiet=len(quiet[MOST_NAMED:]),
        unnoticed=unnoticed(whole, years),
        ahead=coming[:MOST_AHEAD],
        ahead_count=len(coming),
        more_ahead=len(coming[MOST_AHEAD:]),
        stepless=sum(one.step is None for one in coming),
        moves=MOVES,
        tail=len(tail),
        risers=moving(rising[:MOST_RISERS], years, moves, months),
        riser_count=len(rising),
        more_risers=rest(rising[MOST_RISERS:]),
        new=sum(one.move == "new" for one in others),
        others=others[:MOST_IN_TAIL],
        more_others=rest(one.figures for one in others[MOST_IN_TAIL:]),
        lost=lost[:MOST_LOST],
        lost_count=len(lost),
        more_lost=len(lost[MOST_LOST:]),
    )


def _chart_months(site: Site) -> list[str]:
    """The full months to be drawn: two years where the export reaches so far, so that a season shows twice."""
    first = first_month(site.portfolio.exports.sales or {})
    return [month for month in full_months(site.portfolio, CHART_MONTHS) if month >= first]


def _numbers(site: Site) -> Callable[[Account], tuple[Decimal, Decimal]]:
    """When a family counts as lost, by account: the numbers of KAM209, so that page and finding agree."""
    rule = rule_book()["KAM209"].rule

    def in_force(account: Account) -> tuple[Decimal, Decimal]:
        portfolio = site.portfolio
        return rule.number(portfolio, account, "bought_in"), rule.number(portfolio, account, "quiet")

    return in_force
