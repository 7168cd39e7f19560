"""That an account is a key account was agreed more than a year ago, and nobody has confirmed it since.

**Why it matters.** Attention is the scarce thing, and a list that only grows spreads it thin. The account that deserves
it today may be one that nobody thought of when the list was made.

**To put it right.** Put the account on the agenda of the people who agreed it: do the criteria, the scores and the
reason still hold? Then set `selection.agreed_on` to that day and `agreed_by` to those who agreed, or change the stage.

**The method.** Agree criteria at senior level, tell everyone who is key and why, and review the list regularly. The
default warns after 395 days, a year and a month. The rule speaks whether or not there is a plan; where no day is given
it is silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM509",
    "choice-unreviewed",
    "W---",
    needs=("account",),
    hint="Ask those who agreed whether the reason and the scores still hold, then set `agreed_on` to that day.",
    settings={"warn_after": Setting(timedelta(days=395), "Age of the choice that is still in order")},
    bad="""
        selection:
          reason: Our largest customer in Austria
          agreed_by: [andrew-fuller]
          agreed_on: 2025-01-20
        """,
    good="""
        selection:
          reason: Our largest customer in Austria
          agreed_by: [andrew-fuller]
          agreed_on: 2026-01-20
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose selection was agreed longer ago than `warn_after`."""
    for account in portfolio.accounts.values():
        agreed_on = account.record.selection.agreed_on if account.record.selection else None
        if agreed_on and portfolio.as_of - agreed_on > RULE.days(portfolio, account, "warn_after"):
            yield Problem(account.slug, "selection.agreed_on", _message(portfolio, account, agreed_on))


def _message(portfolio: Portfolio, account: Account, agreed_on: date) -> str:
    selection = account.record.selection
    people = " and ".join(portfolio.person_name(account, who) for who in selection.agreed_by) if selection else ""
    by = f" by {people}" if people else ""
    days = (portfolio.as_of - agreed_on).days
    return f"The choice of {account.name} was last agreed on {agreed_on}{by}, {days} days ago."
