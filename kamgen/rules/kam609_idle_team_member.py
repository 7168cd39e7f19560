"""Somebody is in the account's team and does nothing there.

**Why it matters.** A name in a team costs nothing and promises help. The manager counts on it, the customer has never
heard it, and when help is needed it turns out that nobody knows the account.

**To put it right.** Give them a contact to keep in touch with (`covered_by`) or a step of the plan (`who`). If the
account does not need them, take them out of `team`; that is no shame, and it frees them for another account.

**The method.** A key account is a team sport, and the manager leads a team in which everybody has a part. A part is: a
contact to cover; an open action or goal to own or to work on; a promise to keep; or a meeting, a note or an audit
within the last 90 days that names them. The rule speaks only where the plan has open actions and the account has
contacts, so that there is something to share.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.meetings import meetings
from kamgen.facts.plans import left_on, open_actions, planned, understood
from kamgen.facts.relationships import active_contacts, judgeable, named_in
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM609",
    "idle-team-member",
    "i---",
    needs=("account", "contacts", "plan", "notes", "audits", "activities"),
    settings={"active_within": Setting(timedelta(days=90), "Age of a note or meeting that still shows work")},
    hint="Give them a contact to cover or a step of the plan, or take them out of `team`.",
    bad="""
        team: [laura-callahan]
        contacts:
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock]}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
        """,
    good="""
        team: [laura-callahan]
        contacts:
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock, laura-callahan]}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Members of a team who cover no active contact, have nothing open, and were in no meeting lately."""
    for account, plan in planned(portfolio):
        if not account.record.team or not open_actions(plan) or not active_contacts(portfolio, account):
            continue
        if judgeable(portfolio, account) and all(understood(portfolio, account, part) for part in ("plan", "promises")):
            busy = _busy(portfolio, account)
            for person in dict.fromkeys(account.record.team):
                if person not in busy and named_in(account, person) == ((), ()):
                    yield _problem(portfolio, account, person)


def _busy(portfolio: Portfolio, account: Account) -> set[str]:
    """Those of ours who have a part: a role, a contact, a promise, something booked, or a note or meeting lately."""
    record = account.record
    since = portfolio.as_of - min(RULE.days(portfolio, account, "active_within"), timedelta(days=36500))
    found = {record.manager or "", record.sponsor or "", record.buddy or ""}
    found |= {person for one in active_contacts(portfolio, account).values() for person in one.covered_by}
    found |= {promise.owner for promise in record.promises if promise.owner}
    found |= {person for item in record.planned if item.on >= portfolio.as_of for person in item.who}
    found |= {person for note in account.notes if note.on >= since for person in note.head.who}
    return found | {person for met in meetings(portfolio, account) if met.on >= since for person in met.who}


def _problem(portfolio: Portfolio, account: Account, person: str) -> Problem:
    name, at = portfolio.person_name(account, person), subject("team", person)
    if gone := left_on(portfolio, account, person):
        message = f"{name} left us on {gone} and is still in the team."
        return Problem(account.slug, at, message, "Take them out of `team`.")
    return Problem(account.slug, at, f"{name} is in the team, covers none of their people and has nothing open.")
