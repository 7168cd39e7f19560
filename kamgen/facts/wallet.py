"""Share of wallet: how much of what a customer spends on what we could sell them comes to us, year by year.

**Definition.** For each year under `wallet` in the account's file: sales of that calendar year in the full months (see
`sales`) that sales.csv covers, divided by the wallet. A year is **partial** where these are fewer than twelve: it has
not ended yet, or the export begins later. For such a year two shares are told: of the whole year's wallet so far, and
of the same part of it, as if they spent evenly month by month.

**Unit.** Amounts in the workspace's currency; shares from 0 to 1 (below 0 with more credits than sales).

**Limits.** A wallet is an estimate. A share above 1 says that it is too low, and stays as it is. Seasons are not
known. A year that the export does not touch, and a wallet of 0 or less, have no share: it is unknown, and not zero.

**Source.** Sell higher and wider: more of what they buy. A customer who buys one thing buys the rest elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.once import once
from kamgen.facts.progress import Span, sales_span
from kamgen.facts.sales import YEAR, by_month, months_up_to
from kamgen.model.portfolio import Account, Portfolio

_YEAR = re.compile(r"[0-9]{4}").fullmatch
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class WalletYear:
    """One year: what they spend in all of it, what we sold in those of its full months that sales.csv covers.

    `months` is how many these are, 0 to 12.
    """

    year: str
    wallet: Decimal
    sold: Decimal
    months: int

    @property
    def partial(self) -> bool:
        """Whether sales are known for only a part of the year, or for none of it."""
        return self.months < YEAR

    @property
    def share(self) -> Decimal | None:
        """What we sold, as a part of the whole year's wallet; in a partial year the share so far."""
        return self.sold / self.wallet if self.months and self.wallet > 0 else None

    @property
    def even_share(self) -> Decimal | None:
        """What we sold, as a part of so many twelfths of the wallet; in a whole year the same as `share`."""
        return None if self.share is None else self.share * YEAR / self.months


@once
def wallets(portfolio: Portfolio) -> dict[str, tuple[WalletYear, ...]]:
    """The years of each account that names a wallet, by slug, oldest first."""
    span = sales_span(portfolio)
    return {
        slug: tuple(_year(portfolio, account, span, year) for year in years)
        for slug, account in portfolio.accounts.items()
        if (years := sorted(filter(_YEAR, account.record.wallet)))
    }


def _year(portfolio: Portfolio, account: Account, span: Span | None, year: str) -> WalletYear:
    months = [month for month in months_up_to(f"{year}-12", YEAR) if span and span.first <= month <= span.newest]
    sold = _sold(portfolio, account) if months else {}
    total = sum((sold.get(month, _ZERO) for month in months), _ZERO)
    return WalletYear(year, account.record.wallet[year], total, len(months))


def _sold(portfolio: Portfolio, account: Account) -> Mapping[str, Decimal]:
    return by_month((portfolio.exports.sales or {}).get(account.slug, ()))
