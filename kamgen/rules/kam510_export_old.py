"""The sales export is old: its newest month ended more than 45 days ago.

**Why it matters.** Sales, growth, shares and every rule that watches them are computed from sales.csv. When the export
stops, the pages still look fresh, and a customer who has stopped buying looks like one of whom nobody asked.

**To put it right.** Export sales again up to the newest month into `accounts/sales.csv`, and see to it that this
happens every month by itself. The file is never typed by hand.

**The method.** Measure the shares and do not believe them; watch who rises and who cools. The default leaves a closed
month and two weeks for the books. Months that have not yet begun do not count, nor does a file without rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.sales import last_day, newest_month
from kamgen.finding import Place, Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM510",
    "export-old",
    "W",
    hint="Export sales again, up to the newest month, into accounts/sales.csv.",
    settings={"warn_after": Setting(timedelta(days=45), "Age of the newest month's last day that is still in order")},
    bad={
        "accounts/example.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/sales.csv": "account,month,product,amount\nexample,2026-02,dairy,1200\n",
    },
    good={
        "accounts/example.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/sales.csv": "account,month,product,amount\nexample,2026-04,dairy,1200\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """The newest month in sales.csv, if its last day is older than `warn_after`."""
    month = newest_month(portfolio)
    if month is None:
        return
    age = portfolio.as_of - last_day(month)
    if age > RULE.days(portfolio, None, "warn_after"):
        message = f"The newest sales are those of {month}, which ended {age.days} days ago."
        yield Problem("", "sales", message, place=Place("accounts/sales.csv"))
