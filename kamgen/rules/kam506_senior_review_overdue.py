"""The executive sponsor has not met those who decide the customer's policy for more than a year.

**Why it matters.** A sponsor who is known only by name is no help when something has to be settled at the top. Those
who decide policy change suppliers without hearing the daily work; they have to know somebody of ours who decides too.

**To put it right.** Agree a senior review between the sponsor and one of their instigators, and enter it under
`planned` with `what: review`, `who` and `with`. Afterwards write a note of the kind `review` (or `meeting`) that names
both. If somebody else is the better counterpart, change `sponsor`.

**The method.** An executive sponsor for each key account, and a senior review each year on both sides. Notes of the
kinds review and meeting count, and such rows of activities.csv; an audit does not, since it asks and does not review.
The default warns after 395 days, a year and a month. Without a sponsor, or without an active instigator among the
contacts, the rule is silent: that they are missing is the thing to mend first. It speaks whether or not there is a
plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.meetings import doubted
from kamgen.facts.reviews import Round, instigators, senior_review
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM506",
    "senior-review-overdue",
    "W---",
    needs=("account", "contacts", "notes", "activities"),
    hint="Agree a senior review between them, and enter it under `planned` with `what: review`, `who` and `with`.",
    settings={"warn_after": Setting(timedelta(days=395), "Age of the last senior review that is still in order")},
    bad="""
        sponsor: andrew-fuller
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, level: instigator}
        """,
    good="""
        sponsor: andrew-fuller
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, level: instigator}
        planned:
          - {what: review, who: [andrew-fuller], with: [magdalena-ernst], on: 2026-06-16}
        """,
)
LAPSED_HINT = "If it was held, write a note that names both; if not, agree a new day and enter it under `planned`."


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts with a sponsor and an active instigator who have not met for `warn_after`, with no meeting planned."""
    doubts = doubted(portfolio)
    for account in portfolio.accounts.values():
        deciders = _active_instigators(portfolio, account)
        if not (account.record.sponsor and deciders) or _in_doubt(doubts, account):
            continue
        found = senior_review(portfolio, account)
        age = found.age(portfolio.as_of)
        if not found.booked and (age is None or age > RULE.days(portfolio, account, "warn_after")):
            sponsor = portfolio.person_name(account, account.record.sponsor)
            message = _message(sponsor, deciders, found, age)
            yield Problem(account.slug, "sponsor", message, LAPSED_HINT if found.lapsed else "")


def _active_instigators(portfolio: Portfolio, account: Account) -> list[str]:
    deciders = instigators(account)
    people = (contact for name, contact in account.contacts.items() if name in deciders)
    return [person.name for person in people if person.active(portfolio.as_of)]


def _in_doubt(doubts: frozenset[tuple[str, str]], account: Account) -> bool:
    return any((account.slug, part) in doubts for part in ("notes", "planned"))


def _message(sponsor: str, deciders: list[str], found: Round, age: timedelta | None) -> str:
    if found.last is None or age is None:
        last = f"No review or meeting of our sponsor {sponsor} with {_either(deciders)} is on record"
    else:
        last = f"Our sponsor {sponsor} last met one of their instigators on {found.last}, {age.days} days ago"
    if found.lapsed:
        return f"{last}; one was planned for {found.lapsed.on}, and nothing tells of it."
    return f"{last}, and none is planned."


def _either(names: list[str]) -> str:
    """Up to three names; who decides in a larger circle is told by its number."""
    if len(names) > 3:
        return f"any of their {len(names)} instigators"
    return " or ".join(names)
