"""White space: the product families that comparable accounts buy and an account does not, or buys far less of.

**Definition.** Everything is counted over the last twelve full months (see `sales`). An account *buys* a family where
what it bought, credits taken off, is more than nothing; its *size* is all of that together. **Comparable** are the
other buying accounts of the same segment if there are at least three of them; else those of the same region, if at
least three; else all others, if at least three. Segments and regions are equal where their words are. A family is
**usual** where at least half of the comparable accounts buy it. Its usual amount is the middle share (the median) that
it has in what each of them buys, who do not buy it counted with none, times the account's own size. White space is the
usual amount less what the account buys of it, told where that is less than half of the usual amount.

**Unit.** The workspace's currency, per year.

**Limits.** It is a question to ask and no forecast: they may make a thing themselves, have no use for it, or be bound
to somebody else. The account's size is what it buys from us, so who buys little of everything shows little white
space; share of wallet (see `wallet`) asks that. For an account that bought nothing, or has too few others beside it,
white space is unknown, and not nothing.

**Source.** Sell more: more of what they buy, complementary products. A customer who buys one thing buys the rest
elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from kamgen.facts.once import once
from kamgen.facts.sales import YearOfSales, year_of_sales
from kamgen.facts.texts import phrase
from kamgen.model.portfolio import Account, Portfolio

Sharing = Literal["segment", "region", "all"]

# Fewer others than this are not what is usual, but what somebody does.
ENOUGH = 3
FAR_LESS = Decimal("0.5")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A product family with white space: what the account buys of it a year, and what would be usual for its size.

    `buyers` is how many of the comparable accounts buy it.
    """

    family: str
    bought: Decimal
    usual: Decimal
    buyers: int

    @property
    def missing(self) -> Decimal:
        """The white space of this family, in currency per year; always more than nothing."""
        return self.usual - self.bought


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """The white space of one account, the largest first, families of equal size by name; () where there is none.

    `sharing` says what the comparable accounts have in common with it (`all`: only that they buy), `others` how many
    they are.
    """

    sharing: Sharing
    others: int
    gaps: tuple[Gap, ...] = ()

    @property
    def total(self) -> Decimal:
        """All white space together, in currency per year."""
        return sum((gap.missing for gap in self.gaps), _ZERO)


class _Group(NamedTuple):
    """Accounts that share something: who they are, and each family's shares above nothing, the smallest first."""

    members: Collection[str]
    shares: Mapping[str, list[Decimal]]


@once
def white_space(portfolio: Portfolio) -> dict[str, WhiteSpace]:
    """The white space of each account of which it can be told, by slug; of the others it is unknown."""
    bought = {slug: found for slug, year in year_of_sales(portfolio).items() if (found := _bought(year))}
    groups = _groups(portfolio, bought)
    spaces = {}
    for slug, families in bought.items():
        for key in _keys(portfolio.accounts[slug]):
            if len(groups[key].members) > ENOUGH:
                spaces[slug] = WhiteSpace(key[0], len(groups[key].members) - 1, _gaps(families, groups[key]))
                break
    return spaces


def _bought(year: YearOfSales) -> dict[str, Decimal]:
    return {family: amount for family, amount in year.families.items() if amount > 0}


def _keys(account: Account) -> Iterator[tuple[Sharing, str]]:
    """What an account may share with others, the closest first."""
    if segment := phrase(account.record.segment):
        yield "segment", segment
    if region := phrase(account.record.region):
        yield "region", region
    yield "all", ""


def _groups(portfolio: Portfolio, bought: Mapping[str, Mapping[str, Decimal]]) -> dict[tuple[Sharing, str], _Group]:
    members: dict[tuple[Sharing, str], list[str]] = {}
    for slug in bought:
        for key in _keys(portfolio.accounts[slug]):
            members.setdefault(key, []).append(slug)
    return {key: _Group(slugs, _shares(bought[slug] for slug in slugs)) for key, slugs in members.items()}


def _shares(members: Iterator[Mapping[str, Decimal]]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for families in members:
        size = sum(families.values(), _ZERO)
        for family, amount in families.items():
            found.setdefault(family, []).append(amount / size)
    return {family: sorted(shares) for family, shares in found.items()}


def _gaps(bought: Mapping[str, Decimal], group: _Group) -> tuple[Gap, ...]:
    """The gaps of one member, held against all others of the group."""
    size, others = sum(bought.values(), _ZERO), len(group.members) - 1
    gaps = []
    for family, shares in group.shares.items():
        own = bought.get(family, _ZERO)
        buyers = len(shares) - (own > 0)
        if 2 * buyers >= others:
            usual = size * _middle_of_others(shares, own / size, others)
            if own < FAR_LESS * usual:
                gaps.append(Gap(family, own, usual, buyers))
    return tuple(sorted(gaps, key=lambda gap: (-gap.missing, gap.family)))


def _middle_of_others(shares: list[Decimal], own: Decimal, others: int) -> Decimal:
    """The median without one's own share; those of the others who do not buy the family stand first, with nothing."""
    skipped = bisect_left(shares, own) if own else len(shares)
    none = others - (len(shares) - bool(own))

    def at(position: int) -> Decimal:
        position -= none
        return _ZERO if position < 0 else shares[position + (position >= skipped)]

    return (at((others - 1) // 2) + at(others // 2)) / 2
