"""The customer has not been audited for more than a year, and no audit is planned.

**Why it matters.** Those who serve an account every day hear what fits into the day. How the customer really sees us,
what they would gladly give us and what annoys them, they tell somebody senior who comes to ask and not to sell.

**To put it right.** Agree a day on which a senior executive, not the account's manager, sits down with them; choose the
questions from the audit menu; enter the day under `planned` with `what: audit`. Afterwards keep the answers under
`audits/`, one file a meeting, named by its date.

**The method.** Once a year, face to face, by a senior executive: to thank, to hear, to find opportunities. The default
warns after 395 days, a year and a month, since dates of busy people rarely fall on the same day again. The rule speaks
whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.meetings import doubted
from kamgen.facts.reviews import Round, audit
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM505",
    "audit-overdue",
    "W---",
    needs=("account", "audits"),
    hint="Agree a day for somebody senior to ask how they see us, and enter it under `planned` with `what: audit`.",
    settings={"warn_after": Setting(timedelta(days=395), "Age of the last audit that is still in order")},
    bad="""
        sponsor: andrew-fuller
        """,
    good="""
        sponsor: andrew-fuller
        planned:
          - {what: audit, who: [andrew-fuller], on: 2026-05-28}
        """,
)
LAPSED_HINT = "If it was held, add its answers under audits/; if not, agree a new day and enter it under `planned`."


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose newest audit is older than `warn_after`, or that have none, with none planned."""
    doubts = doubted(portfolio)
    for account in portfolio.accounts.values():
        found = audit(portfolio, account)
        age = found.age(portfolio.as_of)
        overdue = age is None or age > RULE.days(portfolio, account, "warn_after")
        if overdue and not found.booked and not doubts & {(account.slug, "audits"), (account.slug, "planned")}:
            hint = LAPSED_HINT if found.lapsed else ""
            yield Problem(account.slug, "audits", _message(account, found, age), hint)


def _message(account: Account, found: Round, age: timedelta | None) -> str:
    if found.last is None or age is None:
        last = f"No audit of {account.name} is on record"
    else:
        last = f"The last audit of {account.name} was on {found.last}, {age.days} days ago"
    if found.lapsed:
        return f"{last}; one was planned for {found.lapsed.on}, and nothing tells of it."
    return f"{last}, and none is planned."
