"""A passage of the plan stands word for word in another account's plan too.

**Why it matters.** Two customers are never in the same situation. What fits both of them was written about neither,
and a customer who finds another house's plan in theirs will not open the next one.

**To put it right.** Say in this account's own words what is true of this account. Where a text is right in one of the
two places only, take it out of the other. Where the two belong to one group, write it once and refer to it from the
other.

**The method.** Intelligence is about this customer. Compared are the texts of the three sections as they are in
force, in plan.yml and plan.md; punctuation and large and small letters make no difference. What is quoted, with `>` or
between quotation marks, addresses, placeholders, and what is done, reached or dropped do not count, nor do notes and
promises: the same news can reach two customers, and the same promise may be made to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.copies import Copy, copies
from kamgen.facts.texts import shown
from kamgen.finding import Place, Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

_SHARED = (
    "They live on a wide range and on being able to deliver tomorrow morning. An empty place in the cold store costs "
    "them the whole order, because the hotel then rings the competitor for the rest as well."
)


def _plan(name: str, business: str) -> str:
    return f"name: {name}\nstage: key\nplan:\n  intelligence:\n    business: {business}\n"


RULE = Rule(
    "KAM107",
    "copied-text",
    "ii--",
    compares=True,
    needs=("plan",),
    settings={"words": Setting(Decimal(30), "Length of a passage from which it counts as copied")},
    hint="Say what is true of this account, in its own words.",
    bad={
        "accounts/alpenkost.yml": _plan("Alpenkost", _SHARED),
        "accounts/bergland.yml": _plan("Bergland", _SHARED),
    },
    good={
        "accounts/alpenkost.yml": _plan("Alpenkost", _SHARED),
        "accounts/bergland.yml": _plan("Bergland", "They own their inns, and buy for all of them once a season."),
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Texts that share a passage of `words` words or more with another account's plan."""
    size = max(2, int(RULE.number(portfolio, None, "words")))
    for copy in copies(portfolio, size):
        files = portfolio.accounts[copy.account].files
        yield Problem(
            copy.account,
            subject(*copy.keys),
            f'{copy.words} words stand in {_others(portfolio, copy)} too: "{shown(copy.passage)}".',
            place=Place(files["prose"]) if copy.keys[0] == "prose" else None,
        )


def _others(portfolio: Portfolio, copy: Copy) -> str:
    """The plans in which a passage stands too; where it is private, the account is not named."""
    names = [portfolio.accounts[slug].name for slug in copy.others]
    if not names:
        return "another account's plan" if copy.count == 1 else f"{copy.count} other plans"
    rest = copy.count - len(names)
    if rest:
        names[1:] = ["1 other" if copy.count == 2 else f"{copy.count - 1} others"]
    return f"the {'plan' if len(names) == 1 else 'plans'} for {' and '.join(names)}"
