"""A customer has grown past the smallest of the key accounts, or scores like one: a candidate to step up.

**Why it matters.** Today's small customer is tomorrow's key account. If we notice late, somebody else has noticed
first, and some buyers remember who treated them well when they were small.

**To put it right.** Ask those who decide on the list: should they be key, and whose place would they take? Either way
write the answer down under `selection` with a `reason` and `agreed_on`; a refusal with both keeps this quiet for a
year and a month (`ask_again`).

**The method.** Review the long tail regularly and watch who rises. Compared are the sales of the last twelve full
months with those of the smallest-selling key account (one that sold nothing is no measure), and the score with the
threshold of criteria.yml. Of those who only sell more, the ten largest are named (`at_most`). Sales alone decide
nothing: the biggest are not always the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from kamgen.facts.programme import Rising, scores_of_the_year, step_up
from kamgen.facts.sales import YearOfSales, year_of_sales
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

_HEAD = "account,month,product,amount\n"

RULE = Rule(
    "KAM704",
    "rising",
    "-i--",
    compares=True,
    needs=("account", "criteria", "sales"),
    settings={
        "ask_again": Setting(timedelta(days=395), "Days for which a written answer, yes or no, settles the question"),
        "at_most": Setting(Decimal(10), "How many of those who only sell more are named, the largest first"),
    },
    hint="Ask those who decide on the list, and write the answer under `selection` with `reason` and `agreed_on`.",
    bad={
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\n",
        "accounts/bergland.yml": "name: Bergland\nstage: customer\n",
        "accounts/sales.csv": _HEAD + "alpenkost,2026-04,dairy,1200\nbergland,2026-04,dairy,1900\n",
    },
    good={
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\n",
        "accounts/bergland.yml": "name: Bergland\nstage: customer\n",
        "accounts/sales.csv": _HEAD + "alpenkost,2026-04,dairy,1200\nbergland,2026-04,dairy,900\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Customers that might step up, unless somebody decided on it not long ago."""
    years = year_of_sales(portfolio)
    left = RULE.number(portfolio, None, "at_most")
    for rising in step_up(portfolio, years, scores_of_the_year(portfolio)):
        account = portfolio.accounts[rising.account]
        if _settled(portfolio, account) or (rising.score is None and left <= 0):
            continue
        left -= rising.score is None
        yield Problem(account.slug, "stage", f"{account.name} {', and '.join(_told(portfolio, years, rising))}.")


def _settled(portfolio: Portfolio, account: Account) -> bool:
    """Whether the question was answered, with a reason, within `ask_again`."""
    chosen = account.record.selection
    if chosen is None or not chosen.reason or chosen.agreed_on is None:
        return False
    return portfolio.as_of - chosen.agreed_on <= RULE.days(portfolio, account, "ask_again")


def _told(portfolio: Portfolio, years: dict[str, YearOfSales], rising: Rising) -> Iterator[str]:
    currency = portfolio.settings.currency
    if rising.passed:
        key = portfolio.accounts[rising.passed].name
        yield (
            f"bought for {currency} {rising.sales:,.0f} in the last twelve months, more than the key account {key} "
            f"with {currency} {years[rising.passed].total:,.0f}"
        )
    if rising.score is not None:
        score = rising.score.quantize(Decimal("0.01"), ROUND_DOWN)
        yield f"scores {score} of 5 (key accounts need {portfolio.playbook.criteria.threshold})"
