"""Too many of this customer's deliveries of the last year were late.

**Why it matters.** Whatever else we promise, goods that are not there when they were wanted is what the people on the
ramp and in the shop remember. They tell those who decide, and not always us.

**To put it right.** Find the cause with those who pack and ship, and have somebody senior tell the customer what will
change and by when. Put it into the plan as an action or a goal with `about: [deliveries]`. The figures come from
`deliveries.csv`; if they are wrong, the export has to be mended.

**The method.** A key account wants us to know the whole relationship, late deliveries included. A delivery is late
when it left after the day on which it was required, or has not left and is past it. The rule speaks when at least ten
deliveries (`deliveries`) were required in the last twelve full months, two or more of them were late (`late`), and
these are more than 10 % (`share`): one late parcel is bad luck. Whether the plan mentions the trouble is KAM208's
question.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.deliveries import DELIVERIES, LATE, SHARE, troubled
from kamgen.facts.sales import delivery_months, year_of_deliveries
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

_ACCOUNT = """
    name: Example & Sons
    stage: key
    """

RULE = Rule(
    "KAM809",
    "late-deliveries",
    "WW--",
    needs=("deliveries",),
    hint="Find the cause, tell them what will change and by when, and put it into the plan with `about: [deliveries]`.",
    settings={
        "late": Setting(LATE, "Late deliveries in twelve full months from which the rule speaks"),
        "deliveries": Setting(DELIVERIES, "Deliveries in twelve full months below which nothing is judged"),
        "share": Setting(SHARE, "Part of the deliveries that may be late, from 0 to 1"),
    },
    bad={
        "accounts/example.yml": _ACCOUNT,
        "accounts/deliveries.csv": """
            account,month,deliveries,late
            example,2025-11,6,1
            example,2026-03,6,1
            example,2026-04,3,1
            """,
    },
    good={
        "accounts/example.yml": _ACCOUNT,
        "accounts/deliveries.csv": """
            account,month,deliveries,late
            example,2025-11,6,0
            example,2026-03,6,1
            example,2026-04,3,0
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose last twelve full months of deliveries held too many late ones."""
    years = year_of_deliveries(portfolio)
    months = delivery_months(portfolio) if years else ()
    for slug, found in years.items():
        account = portfolio.accounts[slug]
        late, fewest, share = (RULE.number(portfolio, account, name) for name in ("late", "deliveries", "share"))
        if troubled(found, late=late, deliveries=fewest, share=share):
            message = (
                f"{found.late} of {found.deliveries} deliveries to {account.name} were late from {months[0]} to "
                f"{months[-1]}, {found.late_share or 0:.1%}."
            )
            yield Problem(slug, "deliveries", message)
