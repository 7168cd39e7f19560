"""The pipeline: accounts and sales by stage, and the long tail: the accounts outside key, by size, and who rises.

**Definition.** Sales are those of the last twelve full months (see `sales`). The long tail are the suspects, prospects
and customers with any sales in them, the largest first, equal ones by slug. An account of the tail **rises** as
`trends.rising` says: over a quarter more in the last six full months than in the same months a year before, and bought
in at least six months.

**Unit.** Amounts in the workspace's currency, shares of all accounts' sales from 0 to 1.

**Limits.** Who began to buy less than a year ago has no year before and does not rise yet. An account whose stage is
not known is counted, and is not in the tail. Stages are those of today, also for sales made before a step up.

**Source.** Four places where business comes from: suspects, prospects, customers, key accounts. Today's small customer
is tomorrow's key account: so the long tail is managed too, with a review of who rises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.sales import YearOfSales
from kamgen.facts.trends import Comparison, Trend, rising
from kamgen.model.portfolio import Portfolio
from kamgen.model.values import STAGES, Stage

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AtStage:
    """The accounts of one stage: how many, how many of them sold more than nothing, and what they sold together.

    `stage` is None for accounts whose stage is not known. `buying`, `sales` and `share` are None where no sales are
    known at all; `share` also where all accounts together sold nothing.
    """

    stage: Stage | None
    accounts: int
    buying: int | None
    sales: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class InTail:
    """One account outside key: sales, its share of all sales, and the last half-year beside the same a year before.

    `half_year` is None where the export does not reach back so far.
    """

    account: str
    sales: Decimal
    share: Decimal | None
    half_year: Comparison | None
    rises: bool

    @property
    def gain(self) -> Decimal:
        """How much more the last half-year sold than the same months a year before; 0 where that is not known."""
        return self.half_year.recent - self.half_year.before if self.half_year else _ZERO


def by_stage(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> tuple[AtStage, ...]:
    """Accounts and sales by stage, key accounts first; `years` comes from `sales.year_of_sales`.

    Every stage is there, with accounts or without; accounts of unknown stage stand last, where there are any.
    """
    slugs: dict[Stage | None, list[str]] = {stage: [] for stage in STAGES}
    for slug, account in portfolio.accounts.items():
        slugs.setdefault(account.stage, []).append(slug)
    return tuple(_at_stage(stage, found, years) for stage, found in slugs.items())


def _at_stage(stage: Stage | None, slugs: list[str], years: Mapping[str, YearOfSales]) -> AtStage:
    if not years:
        return AtStage(stage, len(slugs), None, None, None)
    sold = [years[slug].total for slug in slugs if slug in years]
    whole = sum((year.total for year in years.values()), _ZERO)
    amount = sum(sold, _ZERO)
    return AtStage(stage, len(slugs), sum(one > 0 for one in sold), amount, amount / whole if whole > 0 else None)


def long_tail(portfolio: Portfolio, years: Mapping[str, YearOfSales], moves: Mapping[str, Trend]) -> tuple[InTail, ...]:
    """The accounts outside key that have any sales, the largest first; () without sales.

    `years` comes from `sales.year_of_sales`, `moves` from `trends.trends`.
    """
    tail = [
        _in_tail(slug, year, moves.get(slug))
        for slug, year in years.items()
        if year.total and portfolio.accounts[slug].stage not in ("key", None)
    ]
    return tuple(sorted(tail, key=lambda one: (-one.sales, one.account)))


def _in_tail(slug: str, year: YearOfSales, move: Trend | None) -> InTail:
    half_year = move.half_year if move else None
    return InTail(slug, year.total, year.share, half_year, move is not None and rising(move))


def risers(tail: Iterable[InTail]) -> tuple[InTail, ...]:
    """Those of the tail who rise, the largest gain first, equal ones by slug."""
    return tuple(sorted((one for one in tail if one.rises), key=lambda one: (-one.gain, one.account)))
