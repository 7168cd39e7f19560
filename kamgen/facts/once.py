"""Facts that several rules ask for in one run are computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from kamgen.model.portfolio import Account, Portfolio

Fact = TypeVar("Fact")


def once(compute: Callable[[Portfolio], Fact]) -> Callable[[Portfolio], Fact]:
    """A fact of the whole portfolio that keeps its newest answer, for the very portfolio it was asked of.

    A portfolio does not change, so the answer cannot grow old; whoever gets it must not change it either.
    """
    newest: list[tuple[Portfolio, Fact]] = []

    @wraps(compute)
    def known(portfolio: Portfolio) -> Fact:
        if not newest or newest[0][0] is not portfolio:
            newest[:] = [(portfolio, compute(portfolio))]
        return newest[0][1]

    return known


def once_each(compute: Callable[[Portfolio, Account], Fact]) -> Callable[[Portfolio, Account], Fact]:
    """The same for a fact of one account: its answers are kept for the newest portfolio."""
    newest: list[Portfolio] = []
    answers: dict[str, tuple[Account, Fact]] = {}

    @wraps(compute)
    def known(portfolio: Portfolio, account: Account) -> Fact:
        if not newest or newest[0] is not portfolio:
            newest[:] = [portfolio]
            answers.clear()
        kept = answers.get(account.slug)
        if kept is None or kept[0] is not account:
            kept = answers[account.slug] = account, compute(portfolio, account)
        return kept[1]

    return known
