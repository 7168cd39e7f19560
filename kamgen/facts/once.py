"""Facts that several rules and pages ask for in one run are computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from kamgen.model.portfolio import Account, Portfolio

Fact = TypeVar("Fact")

# A page asks of two portfolios in turn: what is counted over everything, and what may be shown.
_KEPT = 2


def once(compute: Callable[[Portfolio], Fact]) -> Callable[[Portfolio], Fact]:
    """A fact of the whole portfolio that keeps its newest answers, for the very portfolios it was asked of.

    A portfolio does not change, so an answer cannot grow old; whoever gets it must not change it either.
    """
    known: list[tuple[Portfolio, Fact]] = []

    @wraps(compute)
    def answer(portfolio: Portfolio) -> Fact:
        for asked, fact in known:
            if asked is portfolio:
                return fact
        fact = compute(portfolio)
        known[:] = [(portfolio, fact), *known[: _KEPT - 1]]
        return fact

    return answer


def once_each(compute: Callable[[Portfolio, Account], Fact]) -> Callable[[Portfolio, Account], Fact]:
    """The same for a fact of one account: its answers are kept for the newest portfolios."""

    @once
    def answers(portfolio: Portfolio) -> dict[str, tuple[Account, Fact]]:
        return {}

    @wraps(compute)
    def answer(portfolio: Portfolio, account: Account) -> Fact:
        kept = answers(portfolio)
        found = kept.get(account.slug)
        if found is None or found[0] is not account:
            found = kept[account.slug] = account, compute(portfolio, account)
        return found[1]

    return answer
