"""Tables of what is sold: white space, budget, share of wallet, families lost, the pipeline and the long tail."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.exchange.export.table import Row, Source, rounded, table
from kamgen.facts.budget import against_budget
from kamgen.facts.pipeline import by_stage, long_tail
from kamgen.facts.programme import scores_of_the_year, step_up
from kamgen.facts.trends import trends
from kamgen.facts.wallet import wallets
from kamgen.facts.whitespace import white_space
from kamgen.rules.kam209_family_lost import lost_in_force


def _white_space(source: Source) -> Iterator[Row]:
    found = white_space(source.whole)
    for slug in sorted(source.public.accounts):
        space = found.get(slug)
        for gap in space.gaps if space else ():
            yield (
                *(slug, gap.family, _family(source, gap.family), rounded(gap.bought), rounded(gap.usual)),
                *(rounded(gap.missing), gap.buyers, space.others if space else None, space.sharing if space else None),
            )


def _family(source: Source, family: str) -> str | None:
    offer = source.public.playbook.offer or {}
    return offer[family].name if family in offer else None


def _budget(source: Source) -> Iterator[Row]:
    """The accounts that have a budget or sold anything in the year so far."""
    for slug, year in sorted(against_budget(source.whole).items()):
        whole, months = year.whole, tuple(year.months)
        if whole.sold or whole.budget is not None:
            yield (
                *(slug, months[0], months[-1], whole.sold, whole.covered, whole.budget),
                *(whole.difference, rounded(whole.ratio), year.unknown),
            )


def _wallet(source: Source) -> Iterator[Row]:
    for slug, years in sorted(wallets(source.whole).items()):
        for one in years:
            sold = one.sold if one.months else None
            yield (
                *(slug, one.year, one.wallet, sold, one.months, one.partial),
                *(rounded(one.share), rounded(one.even_share)),
            )


def _families_lost(source: Source) -> Iterator[Row]:
    found = lost_in_force(source.whole)
    for slug in sorted(source.public.accounts):
        for lost in found.get(slug, ()):
            yield slug, lost.family, _family(source, lost.family), lost.months, lost.amount, lost.last


def _pipeline(source: Source) -> Iterator[Row]:
    for one in by_stage(source.whole, source.years):
        yield one.stage, one.accounts, one.buying, one.sales, rounded(one.share)


def _long_tail(source: Source) -> Iterator[Row]:
    for one in long_tail(source.whole, source.years, trends(source.whole)):
        half = one.half_year
        yield (
            *(one.account, one.sales, rounded(one.share)),
            *((half.recent, half.before, one.gain) if half else (None, None, None)),
            one.rises,
        )


def _step_up(source: Source) -> Iterator[Row]:
    for one in step_up(source.whole, source.years, scores_of_the_year(source.whole)):
        yield one.account, one.sales, one.passed, rounded(one.score)


TABLES = (
    table("white_space", "account family name bought usual missing buyers others sharing", _white_space),
    table("budget", "account first_month last_month sold covered budget difference ratio unknown", _budget),
    table("wallet", "account year wallet sold months partial share even_share", _wallet),
    table("families_lost", "account family name months sales last_month", _families_lost),
    table("pipeline", "stage accounts buying sales share", _pipeline),
    table("long_tail", "account sales share half_year half_year_before gain rises", _long_tail),
    table("step_up", "account sales passed score", _step_up),
)
