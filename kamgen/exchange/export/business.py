"""Tables of the whole: sales and deliveries, concentration, marks, load, findings, and the portfolio in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kamgen.exchange.export.table import Row, Source, rounded, table
from kamgen.facts.budget import against_budget, all_together
from kamgen.facts.concentration import spread
from kamgen.facts.evenness import sides
from kamgen.facts.load import managed, relationships
from kamgen.facts.portfolio import by_stage, total_sales
from kamgen.facts.programme import scores_of_the_year
from kamgen.facts.sales import by_month, deliveries, full_months
from kamgen.facts.standing import SECTIONS, standings
from kamgen.model.portfolio import Budgeted
from kamgen.rules.kam709_uneven_criteria import RULE

_ZERO = Decimal(0)


def _sales_by_month(source: Source) -> Iterator[Row]:
    exports = source.whole.exports
    for slug in sorted(source.public.accounts):
        sold = by_month((exports.sales or {}).get(slug, ()))
        budget = _budget((exports.budget or {}).get(slug, ()))
        for month in sorted({*sold, *budget}):
            amount = sold.get(month, _ZERO) if exports.sales is not None else None
            yield slug, month, amount, budget.get(month)


def _budget(rows: Iterable[Budgeted]) -> dict[str, Decimal]:
    planned: dict[str, Decimal] = {}
    for row in rows:
        planned[row.month] = planned.get(row.month, _ZERO) + row.amount
    return planned


def _sales_by_family(source: Source) -> Iterator[Row]:
    offer = source.public.playbook.offer or {}
    for slug in sorted(source.public.accounts):
        year = source.years.get(slug)
        for family, amount in year.families.items() if year else ():
            yield slug, family, offer[family].name if family in offer else None, amount


def _deliveries_by_month(source: Source) -> Iterator[Row]:
    for slug in sorted(source.public.accounts):
        rows = (source.whole.exports.deliveries or {}).get(slug, ())
        for month in sorted({row.month for row in rows}):
            made = deliveries(rows, (month,))
            yield slug, month, made.deliveries, made.late


def _concentration(source: Source) -> Iterator[Row]:
    found = spread(source.whole, source.years)
    for place, share in enumerate(found.curve, 1):
        carries = place <= len(found.carriers)
        yield place, share.account, share.amount, rounded(share.share), rounded(share.cumulative), carries


def _marks(source: Source) -> Iterator[Row]:
    scores = scores_of_the_year(source.whole)
    criteria = source.whole.playbook.criteria.criteria
    for slug in sorted(source.public.accounts):
        for name, mark in scores[slug].marks.items():
            one = criteria[name]
            yield slug, name, one.name, one.weight, bool(one.computed), mark


def _evenness(source: Source) -> Iterator[Row]:
    for side in sides(source.whole, max(1, int(RULE.number(source.whole, None, "accounts")))):
        yield side.region, side.accounts, side.rest, rounded(side.higher), side.own, side.lacking


def _load(source: Source) -> Iterator[Row]:
    """Load protects people; how well somebody performs is counted nowhere."""
    team, accounts = source.public.playbook.team or {}, managed(source.whole)
    for person, count in sorted(relationships(source.whole).items()):
        yield person, team[person].name, team[person].title, team[person].leaves, count, len(accounts.get(person, ()))


def _findings(source: Source) -> Iterator[Row]:
    for one in source.shown:
        yield (
            *(one.id, one.code, one.name, one.level, one.account, one.subject, one.message, one.hint),
            *(one.place.path, one.place.line, one.place.column, one.help, one.suppressed),
        )


def _standings(source: Source) -> Iterator[Row]:
    known = standings(source.public, (finding for finding in source.shown if not finding.suppressed))
    for slug in sorted(source.public.accounts):
        for section in SECTIONS:
            if found := known[slug].sections.get(section):
                yield slug, section, found.error, found.warning, found.info


def _portfolio(source: Source) -> Iterator[Row]:
    found, months = spread(source.whole, source.years), full_months(source.whole)
    stages = by_stage(source.whole.accounts.values())
    yield (
        *(source.as_of, source.whole.settings.currency, len(source.whole.accounts)),
        *(stages["key"], stages["customer"], stages["prospect"], stages["suspect"]),
        *(months[0] if months else None, months[-1] if months else None),
        total_sales(source.years) if months else None,
        *(rounded(found.key_share), len(found.carriers) if found.curve else None),
        *_to_date(source),
    )


def _to_date(source: Source) -> Row:
    year = all_together(against_budget(source.whole).values())
    if not year.months:
        return None, None, None, None
    whole = year.whole
    return whole.sold, whole.covered, whole.budget, rounded(whole.ratio)


TABLES = (
    table(
        "portfolio",
        "as_of currency accounts key customers prospects suspects first_month last_month sales key_share carriers"
        " sold_to_date covered_to_date budget_to_date budget_ratio",
        _portfolio,
    ),
    table("sales_by_month", "account month sales budget", _sales_by_month),
    table("sales_by_family", "account family name sales", _sales_by_family),
    table("deliveries_by_month", "account month deliveries late", _deliveries_by_month),
    table("concentration", "place account sales share cumulative carries", _concentration),
    table("marks", "account criterion name weight computed mark", _marks),
    table("evenness", "region accounts rest higher own lacking", _evenness),
    table("load", "person name title leaves relationships key_accounts", _load),
    table("standings", "account section errors warnings infos", _standings),
    table("findings", "id code name level account subject message hint path line column help suppressed", _findings),
)
