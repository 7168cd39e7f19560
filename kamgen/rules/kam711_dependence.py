"""One customer gives more than a quarter of all sales.

**Why it matters.** If they leave, are sold, or only ask for a better price, the whole house feels it. They know it too,
and so does everybody who negotiates with us.

**To put it right.** Two things at once: make the relationship as broad and as deep as can be (a sponsor, contacts on
all three levels, a plan made together), and build up others, so that the share falls because the rest grows.

**The method.** Will you do anything to please them, even at a loss? That is the question behind the ones we must not
lose. Counted are the last twelve full months. Where there are so few customers that even equal shares would reach the
limit, the rule is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.concentration import spread
from kamgen.facts.sales import Share, year_of_sales
from kamgen.finding import Place, Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

_NAMES = ("alpenkost", "bergland", "cafe-anker", "dolomia", "esposito")
_ACCOUNTS = {f"accounts/{name}.yml": f"name: {name.title()}\nstage: customer\n" for name in _NAMES}


def _sold(first: int) -> str:
    rows = [f"{name},2026-04,dairy,{100 if place else first}" for place, name in enumerate(_NAMES)]
    return "\n".join(["account,month,product,amount", *rows, ""])


RULE = Rule(
    "KAM711",
    "dependence",
    "W",
    needs=("sales",),
    settings={
        "share": Setting(Decimal("0.25"), "The largest part of all sales that one customer may give, 0.25 is a quarter")
    },
    hint="Deepen this relationship on every level, and build up others beside it.",
    bad={**_ACCOUNTS, "accounts/sales.csv": _sold(200)},
    good={**_ACCOUNTS, "accounts/sales.csv": _sold(120)},
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """The business, where it depends on one customer, or on each of several."""
    limit = RULE.number(portfolio, None, "share")
    heavy = spread(portfolio, year_of_sales(portfolio)).over(limit)
    if heavy:
        message = f"{_named(portfolio, heavy)} of the sales of the last twelve months."
        yield Problem("", "sales", message, place=Place("accounts/sales.csv"))


def _named(portfolio: Portfolio, heavy: tuple[Share, ...]) -> str:
    verb = "gives" if len(heavy) == 1 else "give"
    names = " and ".join(portfolio.accounts[share.account].name for share in heavy)
    return f"{names} {verb} {' and '.join(f'{share.share:.1%}' for share in heavy)}"
