"""The programme: selection scores and ranks, and who might step up or down.

**Score** of an account: the sum of weight times mark over the sum of the weights, so from 1 to 5, like the marks. A
criterion without weight does not count. A mark is typed under `selection.scores`, or, where criteria.yml says
`computed`, comes from sales.csv; what is typed for a computed criterion does not count.

**Computed mark**: where an account's figure stands among those of the buying accounts (key and customers), in fifths.
The part of them with a smaller figure, equal ones (itself among them) counted half, is its place from 0 to 1: under
0.2 gives a 1, under 0.4 a 2, and so on up to 5. So equal figures have equal marks, and an account that is alone has a
3. The figures are, over the last twelve full months: `sales`, the total in the workspace's currency; `growth`, over
the same months a year before (see `sales.YearOfSales.growth`); `margin`, the part of sales that is left, of the rows
that give a margin. Marks are relative: somebody always stands in the lowest fifth.

A score is given only where every criterion that counts has a mark: half a score is no basis for a choice.

Source: agree criteria at senior level, judge profit and lasting value and not size alone, and review the list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kamgen.facts.once import once
from kamgen.facts.sales import YearOfSales, full_months, year_of_sales
from kamgen.model.playbook import Computed, Criterion
from kamgen.model.portfolio import Account, Portfolio

LOWEST, HIGHEST = 1, 5
BUYING = frozenset({"key", "customer"})
_ZERO = Decimal(0)

# Several rules of the programme look at the year; a pass over all rows of the export for each would be slow.
_NOTHING: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Score:
    """An account's marks and score, both from 1 to 5.

    `marks` by criterion, in the order of criteria.yml; `untyped` are the criteria somebody should have marked,
    `unknown` the computed ones for which the export says too little. `value` is None unless all marks are there.
    """

    marks: Mapping[str, Decimal] = field(default_factory=dict)
    untyped: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An account's place in the order of scores, from 1; accounts with equal scores share a place."""

    place: int
    account: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Rising:
    """A customer who might become key.

    `sales` are those of the last twelve full months. `passed` is the slug of the smallest-selling key account where
    they are above its own; `score` the customer's where it reaches the threshold. At least one of the two is there.
    """

    account: str
    sales: Decimal
    passed: str | None = None
    score: Decimal | None = None


def counting(portfolio: Portfolio) -> dict[str, Criterion]:
    """The criteria with a weight, by id: the others do not count."""
    return {name: one for name, one in portfolio.playbook.criteria.criteria.items() if one.weight > 0}


def scores(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> dict[str, Score]:
    """Every account's score, by slug. `years` comes from `sales.year_of_sales`."""
    criteria = counting(portfolio)
    computed = {
        one.computed: computed_marks(portfolio, years, one.computed) for one in criteria.values() if one.computed
    }
    return {slug: _score(criteria, computed, account) for slug, account in portfolio.accounts.items()}


def _scores_of_the_year(portfolio: Portfolio) -> dict[str, Score]:
    return scores(portfolio, year_of_sales(portfolio))


scores_of_the_year = once(_scores_of_the_year)


def _score(
    criteria: Mapping[str, Criterion], computed: Mapping[Computed, Mapping[str, Decimal]], account: Account
) -> Score:
    typed = account.record.selection.scores if account.record.selection else _NOTHING
    marks: dict[str, Decimal] = {}
    for name, one in criteria.items():
        mark = computed[one.computed].get(account.slug) if one.computed else typed.get(name)
        if mark is not None:
            marks[name] = mark
    missing = [name for name in criteria if name not in marks]
    untyped = tuple(name for name in missing if not criteria[name].computed)
    unknown = tuple(name for name in missing if criteria[name].computed)
    return Score(marks, untyped, unknown, None if missing else weighted(criteria, marks))


def weighted(criteria: Mapping[str, Criterion], marks: Mapping[str, Decimal]) -> Decimal | None:
    """The weighted mean of marks, by criterion; None where nothing has weight."""
    weight = sum((criteria[name].weight for name in marks), _ZERO)
    together = sum((criteria[name].weight * mark for name, mark in marks.items()), _ZERO)
    return together / weight if weight > 0 else None


def computed_marks(portfolio: Portfolio, years: Mapping[str, YearOfSales], figure: Computed) -> dict[str, Decimal]:
    """The marks of all accounts for a computed criterion, by slug; who has no such figure is not in it."""
    figures = _figures(portfolio, years, figure)
    among = sorted(value for slug, value in figures.items() if portfolio.accounts[slug].stage in BUYING)
    return {slug: mark_among(among, value) for slug, value in figures.items()} if among else {}


def mark_among(ordered: Sequence[Decimal], value: Decimal) -> Decimal:
    """The mark of a figure among others, given in order, the smallest first: its fifth, equal ones counted half."""
    below, not_above = bisect_left(ordered, value), bisect_right(ordered, value)
    place = (below + not_above) * HIGHEST // (2 * len(ordered))
    return Decimal(min(place + LOWEST, HIGHEST))


def _figures(portfolio: Portfolio, years: Mapping[str, YearOfSales], figure: Computed) -> dict[str, Decimal]:
    if figure == "sales":
        return {slug: year.total for slug, year in years.items()}
    if figure == "growth":
        return {slug: year.growth for slug, year in years.items() if year.growth is not None}
    return margins(portfolio)


def margins(portfolio: Portfolio) -> dict[str, Decimal]:
    """What is left of each account's sales in the last twelve full months, as a part of them (0.2: a fifth), by slug.

    Only rows that give a margin count, on both sides; below 0 where there was a loss. Accounts without such rows, or
    whose rows come to no sales, are not in it.
    """
    months = frozenset(full_months(portfolio))
    found: dict[str, Decimal] = {}
    for slug, rows in (portfolio.exports.sales or {}).items():
        told = [(row.amount, row.margin) for row in rows if row.margin is not None and row.month in months]
        amount = sum((sold for sold, _ in told), _ZERO)
        if amount > 0 and slug in portfolio.accounts:
            found[slug] = sum((left for _, left in told), _ZERO) / amount
    return found


def ranked(found: Mapping[str, Score]) -> list[Ranked]:
    """The accounts that have a score, the best first; equal ones share a place and stand in the order of slugs."""
    known = sorted((-score.value, slug) for slug, score in found.items() if score.value is not None)
    ranks: list[Ranked] = []
    for position, (negative, slug) in enumerate(known, 1):
        shared = bool(ranks) and ranks[-1].score == -negative
        ranks.append(Ranked(ranks[-1].place if shared else position, slug, -negative))
    return ranks


def step_down(portfolio: Portfolio, found: Mapping[str, Score]) -> list[Ranked]:
    """The key accounts whose score lies under the threshold of criteria.yml, the best first, with their ranks."""
    threshold = portfolio.playbook.criteria.threshold
    return [rank for rank in ranked(found) if _is_key(portfolio, rank.account) and rank.score < threshold]


def step_up(portfolio: Portfolio, years: Mapping[str, YearOfSales], found: Mapping[str, Score]) -> list[Rising]:
    """The customers who sell more than the smallest-selling key account, or whose score reaches the threshold.

    The most sales first. A key account that sold nothing in the twelve months is no measure: one chosen for its future
    would make everybody a candidate.
    """
    threshold = portfolio.playbook.criteria.threshold
    smallest = smallest_key(portfolio, years)
    rising = []
    for slug, account in portfolio.accounts.items():
        if account.stage == "customer":
            sold = years[slug].total if slug in years else _ZERO
            score = found[slug].value
            passed = smallest if smallest and sold > years[smallest].total else None
            reached = score if score is not None and score >= threshold else None
            if passed or reached is not None:
                rising.append(Rising(slug, sold, passed, reached))
    return sorted(rising, key=lambda one: (-one.sales, one.account))


def smallest_key(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> str | None:
    """The key account with the smallest sales above zero, the first by slug of equal ones; None where there is none."""
    sold = [(year.total, slug) for slug, year in years.items() if year.total > 0 and _is_key(portfolio, slug)]
    return min(sold)[1] if sold else None


def count_buying(accounts: Iterable[Account]) -> int:
    """How many accounts buy: the key accounts and the customers."""
    return sum(account.stage in BUYING for account in accounts)


def _is_key(portfolio: Portfolio, slug: str) -> bool:
    return portfolio.accounts[slug].stage == "key"
