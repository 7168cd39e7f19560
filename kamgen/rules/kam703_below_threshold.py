"""The score of a key account lies under the threshold: a candidate to step down.

**Why it matters.** A list from which nobody ever steps down grows until it holds more accounts than anyone can serve,
and those that deserve the attention get what is left.

**To put it right.** Put the account on the agenda of those who agreed it. Either the marks are out of date: then mark
anew; or there is a reason that the criteria do not see: then waive this with that reason and an end; or it has become
a customer like others: then change the stage, and keep the `selection` so that nobody wonders later.

**The method.** Review the list regularly; judge profit and lasting value, not size alone. The score is the sum of
weight times mark over the sum of the weights; marks of computed criteria come from sales.csv, by the fifth of the
buying accounts to which a figure belongs. The rule is silent until every criterion has a mark, the computed ones too.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from kamgen.facts.programme import Score, counting, scores_of_the_year, step_down
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

_CRITERIA = """
    threshold: 3.5
    criteria:
      profitability: {name: Profitability, weight: 3}
      access: {name: Opens doors}
    """

RULE = Rule(
    "KAM703",
    "below-threshold",
    "W---",
    compares=True,
    needs=("account", "criteria", "sales"),
    hint="Ask those who agreed whether it should stay a key account.",
    bad={
        "playbook/criteria.yml": _CRITERIA,
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            selection:
              scores: {profitability: 3, access: 4}
            """,
    },
    good={
        "playbook/criteria.yml": _CRITERIA,
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            selection:
              scores: {profitability: 4, access: 2}
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Key accounts with a complete score under the threshold of criteria.yml."""
    threshold = portfolio.playbook.criteria.threshold
    found = scores_of_the_year(portfolio)
    for rank in step_down(portfolio, found):
        name = portfolio.accounts[rank.account].name
        score = rank.score.quantize(Decimal("0.01"), ROUND_DOWN)  # rounded up it could look like the threshold
        low = _lowest(portfolio, found[rank.account])
        message = f"{name} scores {score} of 5, under the threshold of {threshold}. Lowest: {low}."
        yield Problem(rank.account, "selection.scores", message)


def _lowest(portfolio: Portfolio, score: Score) -> str:
    """The lowest marks in words, at most three of equal ones."""
    criteria = counting(portfolio)
    lowest = min(score.marks.values())
    names = [f"{criteria[name].name} {mark}" for name, mark in score.marks.items() if mark == lowest]
    return ", ".join(names[:3])
