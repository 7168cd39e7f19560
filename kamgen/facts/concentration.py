"""Concentration: how the business is spread over the accounts, and what of it the key accounts carry.

Everything is measured and nothing believed: 80/20 is a rule of thumb of the trade, and the method asks for your own
figures. Amounts are in the workspace's currency, shares from 0 to 1. All accounts count, whatever their stage. Where
everything together comes to nothing or less (no rows, or more credits than sales) there are no shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.portfolio import key_share
from kamgen.facts.sales import Share, YearOfSales, carriers, concentration, month_of
from kamgen.model.portfolio import Portfolio

# Four fifths: the part of the business for which the method's 80/20 names a fifth of the customers.
MOST = Decimal("0.8")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How sales are spread over the accounts.

    `curve` has the accounts with any sales, the largest first, each with its share and the shares up to it; equal ones
    stand in the order of their slugs. `carriers` is the smallest set that carries `MOST` of it. `key_share` is the part
    of the key accounts, None without sales; `key` says how many accounts are key, with sales or without.
    """

    curve: tuple[Share, ...] = ()
    carriers: tuple[Share, ...] = ()
    key_share: Decimal | None = None
    key: int = 0

    def carried_by(self, count: int) -> Decimal | None:
        """The share of the so many largest accounts together; None where there are no shares."""
        return sum((share.share for share in self.curve[:count]), _ZERO) if self.curve else None

    def over(self, limit: Decimal) -> tuple[Share, ...]:
        """The accounts on which the business depends: each alone gives more than `limit` of all sales.

        () where the accounts are so few that even equal shares would reach the limit: then it is the number that
        speaks, and no account.
        """
        if len(self.curve) * limit <= 1:
            return ()
        return tuple(share for share in self.curve if share.share > limit)


def spread(portfolio: Portfolio, years: Mapping[str, YearOfSales]) -> Spread:
    """How sales are spread; `years` comes from `sales.year_of_sales`, or from `whole_book` for all of the export."""
    curve = concentration(years)
    key = sum(account.stage == "key" for account in portfolio.accounts.values())
    return Spread(curve, carriers(curve, MOST), key_share(portfolio, years), key)


def whole_book(portfolio: Portfolio) -> dict[str, YearOfSales]:
    """Every account's sales over all months of sales.csv that have begun, by slug, with its share; {} without rows."""
    rows = portfolio.exports.sales
    if not rows:
        return {}
    limit = month_of(portfolio.as_of)
    totals = {
        slug: _total(row.amount for row in rows.get(slug, ()) if row.month <= limit) for slug in portfolio.accounts
    }
    whole = _total(totals.values())
    return {
        slug: YearOfSales(total=amount, share=amount / whole if whole > 0 else None) for slug, amount in totals.items()
    }


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _ZERO)
