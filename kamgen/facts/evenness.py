"""Evenness: whether the key accounts of all regions are judged by one measure.

Compared are a region's key accounts with those of all other regions, by the marks somebody typed. Regions are equal
where their words are. An account without a region, or without any mark, stands on neither side; a computed mark is the
same measure for everybody and does not count. Source: every region wants its own criteria so as not to be left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.programme import counting
from kamgen.facts.texts import phrase
from kamgen.model.portfolio import Account, Portfolio

# With one criterion in common, better marks may be the plain truth about it; with two they begin to be a habit.
_ENOUGH_IN_COMMON = 2
Marks = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Side:
    """A region beside all others.

    `accounts` and `rest` say how many marked key accounts there are on each side. `own` are criteria that only the
    region marks, `lacking` those that only the others mark. `higher` is by how many points its marks lie above the
    others' (below: negative): the weighted mean, over the criteria that at least `least` accounts of each side have, of
    the difference of the two averages; None where they have fewer than two such criteria.
    """

    region: str
    accounts: int
    rest: int
    own: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    higher: Decimal | None = None


def sides(portfolio: Portfolio, least: int) -> list[Side]:
    """Each region with at least `least` marked key accounts on both sides, in the order of the regions' names.

    A difference in criteria has two ends; it is told of the smaller region (of equal ones, of the first by name).
    """
    weights = {name: one.weight for name, one in counting(portfolio).items() if not one.computed}
    regions = _by_region(portfolio, weights)
    found: dict[str, Side] = {}
    told: set[str] = set()
    for key in sorted(regions, key=lambda key: (len(regions[key]), key)):
        here = [marks for _, marks in regions[key]]
        rest = [marks for other, held in regions.items() if other != key for _, marks in held]
        if min(len(here), len(rest)) >= least:
            own = tuple(name for name in weights if _foreign(name, here, rest) and f"without {name}" not in told)
            lacking = tuple(name for name in weights if _foreign(name, rest, here) and f"with {name}" not in told)
            told |= {f"with {name}" for name in own} | {f"without {name}" for name in lacking}
            region = regions[key][0][0].record.region
            found[key] = Side(region, len(here), len(rest), own, lacking, _higher(weights, here, rest, least))
    return [found[key] for key in sorted(found)]


def _by_region(portfolio: Portfolio, weights: Mapping[str, Decimal]) -> dict[str, list[tuple[Account, Marks]]]:
    """The key accounts that have a region and a mark, by the words of the region, with their typed marks."""
    regions: dict[str, list[tuple[Account, Marks]]] = {}
    for account in portfolio.accounts.values():
        given = account.record.selection.scores if account.record.selection else {}
        marks = {name: given[name] for name in weights if name in given}
        if account.stage == "key" and marks and (region := phrase(account.record.region)):
            regions.setdefault(region, []).append((account, marks))
    return regions


def _higher(weights: Mapping[str, Decimal], here: Sequence[Marks], rest: Sequence[Marks], least: int) -> Decimal | None:
    common = [name for name in weights if min(_count(name, here), _count(name, rest)) >= least]
    if len(common) < _ENOUGH_IN_COMMON:
        return None
    apart = sum((weights[name] * (_mean(name, here) - _mean(name, rest)) for name in common), Decimal(0))
    return apart / sum((weights[name] for name in common), Decimal(0))


def _foreign(name: str, one: Sequence[Marks], other: Sequence[Marks]) -> bool:
    """Whether two thirds of the one side have a criterion, and less than a third of the other.

    What lies between was simply forgotten here and there.
    """
    return 3 * _count(name, one) >= 2 * len(one) and 3 * _count(name, other) < len(other)


def _count(name: str, side: Iterable[Marks]) -> int:
    return sum(name in marks for marks in side)


def _mean(name: str, side: Sequence[Marks]) -> Decimal:
    given = [marks[name] for marks in side if name in marks]
    return sum(given, Decimal(0)) / len(given)
