"""A contract end, notice day or tender comes near, and no open action or goal names it.

**Why it matters.** These days are known a year ahead and still come as a surprise. Once the last day on which acting
helps has gone by, a rival has had the talk that we should have had.

**To put it right.** Write an action or a goal for it, with `about: [<the date's id>]`, or name the date in its words.
If all is settled already, move `on` to the next time it comes round, or take the date out.

**The method.** 90 days ahead is the plan's own horizon; a contract wants twice that. Counted is `act_before`, and
where there is none `on`. An `act_before` that has passed is told as long as the day itself lies ahead. This rule
speaks for accounts without a plan too: the date comes all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.facts.plans import dates_ahead, names_date, understood
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import KeyDate, Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM411",
    "date-without-plan",
    "WW--",
    needs=("account", "plan"),
    settings={"within": Setting(timedelta(days=180), "How far ahead a date must be named by an action or a goal")},
    bad="""
        dates:
          - {what: Frame contract ends, on: 2026-12-31, act_before: 2026-09-30}
        """,
    good="""
        dates:
          - {what: Frame contract ends, on: 2026-12-31, act_before: 2026-09-30}
        plan:
          implementation:
            - what: Agree with Magdalena Ernst how we talk about renewal
              who: andrew-fuller
              due: 2026-05-28
              about: [frame-contract-ends]
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Dates that come within `within` and that no open action or goal names."""
    for account in portfolio.accounts.values():
        if not account.record.dates:
            continue
        within = RULE.days(portfolio, account, "within")
        for key_date, act in dates_ahead(portfolio, account, within):
            if not names_date(account.plan or Plan(), key_date) and understood(portfolio, account, "plan"):
                yield Problem(
                    account.slug,
                    subject("dates", key_date.id),
                    _message(key_date, act, portfolio.as_of),
                    _hint(key_date),
                )


def _message(key_date: KeyDate, act: date, as_of: date) -> str:
    name = f'"{shown(key_date.what)}" ({key_date.on})'
    if act < as_of:
        return f"{name} was to be acted on by {act}, and no open action or goal names it."
    by = (
        f"is to be acted on by {act}, in {_in_days(act, as_of)}"
        if key_date.act_before
        else f"comes {_when(act, as_of)}"
    )
    return f"{name} {by}, and no open action or goal names it."


def _when(day: date, as_of: date) -> str:
    return "today" if day == as_of else f"in {_in_days(day, as_of)}"


def _in_days(day: date, as_of: date) -> str:
    days = (day - as_of).days
    return "1 day" if days == 1 else f"{days} days"


def _hint(key_date: KeyDate) -> str:
    return f"Plan an action or a goal for it, with `about: [{key_date.id}]`."
