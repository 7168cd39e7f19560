"""A key account has no executive sponsor, or one who is not senior.

**Why it matters.** Sooner or later something has to be settled that the account manager cannot settle. Without
somebody at the top who knows the customer, it takes weeks, and the customer learns how little they count with us.

**To put it right.** Ask an executive to take the account on, and enter their id as `sponsor`. If the sponsor is senior
and the team file does not say so, set `senior: true` for them in `team.yml`.

**The method.** An executive sponsor for each key account, at board level: the point of escalation, not of daily work.
Team sport starts with the directors or it does not start. A sponsor who has left us is KAM712's to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import left_on
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM603",
    "no-sponsor",
    "E---",
    needs=("account", "team"),
    hint="Agree with an executive that they sponsor this account, and enter their id as `sponsor`.",
    bad="manager: margaret-peacock",
    good="""
        manager: margaret-peacock
        sponsor: andrew-fuller
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts without a sponsor, or with one whom team.yml does not call senior."""
    for account in portfolio.accounts.values():
        if message := _message(portfolio, account):
            yield Problem(account.slug, "sponsor", message)


def _message(portfolio: Portfolio, account: Account) -> str:
    sponsor = account.record.sponsor
    if not sponsor:
        return "There is no executive sponsor."
    person = (portfolio.playbook.team or {}).get(sponsor)
    if person is None or person.senior or left_on(portfolio, account, sponsor):
        return ""  # who is not in the team file is told as an unknown person
    role = f", {person.title}," if person.title else ""
    return f"The sponsor {person.name}{role} is not senior in team.yml."
