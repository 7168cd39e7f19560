"""They buy clearly less than a year ago, and no threat, open issue or goal says so.

**Why it matters.** Customers seldom say that they are leaving. They order a little less and a little later, and the
first who notices has a chance to ask; the last reads it in the annual figures.

**To put it right.** Ask them. Then write down what you learned: a threat, a note of the kind `issue`, or a goal, with
`about: [sales]`. The rule is quiet as long as that stands there open and is no older than the dip.

**The method.** Watch who rises and who cools, and look after your most important customers before somebody else does. A
**key account** cools when the last six full months sold less than 85 % of the same months a year before. A
**customer** buys more by chance, so two things must come together: the last three full months sold less than 60 % of
the same months a year before, and nothing was bought for twice as long as they usually leave between two months in
which they buy; that needs six such months on record. Always the same months are compared, so that a season is not
taken for a loss, and only where the export goes back far enough. The dip of a key account begins with the six months,
that of a customer with the first month without an order. What does not say its day counts as new. The rule speaks
whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.topics import noticed
from kamgen.facts.trends import (
    ENOUGH_MONTHS,
    GAPS,
    HALF_YEAR_BELOW,
    QUARTER_BELOW,
    Dip,
    Trend,
    half_year_dip,
    quarter_dip,
    trends,
)
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM207",
    "sales-cooling",
    "Wi--",
    needs=("plan", "notes", "sales"),
    hint="Ask them why, and write it down as a threat, an issue note or a goal with `about: [sales]`.",
    settings={
        "half_year_below": Setting(
            HALF_YEAR_BELOW, "Key accounts: the share of the same six months a year before under which sales cool"
        ),
        "quarter_below": Setting(
            QUARTER_BELOW, "Customers: the share of the same three months a year before under which sales cool"
        ),
        "gaps": Setting(GAPS, "Customers: how many times the usual gap between orders must have gone by, in months"),
        "months_on_record": Setting(ENOUGH_MONTHS, "Customers: months with sales from which a usual gap is known"),
    },
    bad={
        "accounts/example.yml": "name: Example & Sons\nstage: key\n",
        "accounts/sales.csv": """
            account,month,product,amount
            example,2024-11,dairy,12000
            example,2025-02,dairy,9000
            example,2025-11,dairy,8000
            example,2026-04,dairy,5000
            """,
    },
    good={
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            plan:
              intelligence:
                threats:
                  - {what: A rival in Vienna delivers every day, on: 2026-03-12, about: [sales]}
            """,
        "accounts/sales.csv": """
            account,month,product,amount
            example,2024-11,dairy,12000
            example,2025-02,dairy,9000
            example,2025-11,dairy,8000
            example,2026-04,dairy,5000
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose sales cool, where nothing `about: [sales]` is as new as the dip."""
    for slug, trend in trends(portfolio).items():
        account = portfolio.accounts[slug]
        dip = _dip(portfolio, account, trend)
        if dip and not noticed(portfolio, account, "sales", dip.since):
            yield Problem(slug, "sales", _message(account, trend, dip, portfolio.settings.currency))


def _dip(portfolio: Portfolio, account: Account, trend: Trend) -> Dip | None:
    if account.stage == "key":
        return half_year_dip(trend, below=_number(portfolio, account, "half_year_below"))
    return quarter_dip(
        trend,
        below=_number(portfolio, account, "quarter_below"),
        gaps=_number(portfolio, account, "gaps"),
        on_record=_number(portfolio, account, "months_on_record"),
    )


def _number(portfolio: Portfolio, account: Account, name: str) -> Decimal:
    return RULE.number(portfolio, account, name)


def _message(account: Account, trend: Trend, dip: Dip, currency: str) -> str:
    compared = dip.compared
    assert compared.ratio is not None
    time, before = f"from {compared.months[0]} to {compared.months[-1]}", f"{currency} {compared.before:,.0f}"
    if compared.recent <= 0:
        said = f"Nothing was sold {time}, against {before} in the same months a year before."
    else:
        percent = int(compared.ratio * 100)  # rounded down: what is under 85 % must not read as 85 %
        recent = f"{currency} {compared.recent:,.0f}"
        said = f"Sales {time} were {recent}, {percent} % of the {before} in the same months a year before."
    if account.stage == "key" or trend.usual_gap is None:
        return said
    often = "every month" if trend.usual_gap <= 1 else f"every {trend.usual_gap.normalize():f} months"
    quiet = "1 month" if trend.quiet_months == 1 else f"{trend.quiet_months} months"
    return f"{said} They usually buy {often}, and have bought nothing for {quiet}."
