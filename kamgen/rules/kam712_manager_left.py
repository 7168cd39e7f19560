"""Somebody of ours with a part in an account has left, or leaves within 30 days.

**Why it matters.** The customer learns from an unanswered call that their person has gone. What was in that head, and
every tie that hung on it, goes too. Before the last day the two can visit together; after it a stranger knocks.

**To put it right.** Agree with somebody who takes over, let them be introduced in person, and then name them in each
place that the message lists. The entry in team.yml stays, with `leaves`, because the past refers to it.

**The method.** Many to many, so that less is lost when one leaves. Listed are the roles of account manager, sponsor and
buddy, the active contacts they cover, the promises they own, and goals of the plan that are theirs. Actions of somebody
who has left are told one by one (KAM410). `ahead` says how early the warning comes. Prospects are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.facts.plans import open_goals
from kamgen.facts.relationships import cover
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

_ROLES = (("manager", "account manager"), ("sponsor", "sponsor"), ("buddy", "buddy"))
_NAMED = 4

RULE = Rule(
    "KAM712",
    "manager-left",
    "EW--",
    needs=("account", "contacts", "team"),
    settings={"ahead": Setting(timedelta(days=30), "How long before somebody's last day the rule begins to speak")},
    hint="Agree who takes over, introduce them in person, and name them here.",
    bad="""
        manager: robert-king
        contacts:
          roland-mendel: {name: Roland Mendel, covered_by: [robert-king, laura-callahan]}
        """,
    good="""
        manager: margaret-peacock
        contacts:
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock, laura-callahan]}
        """,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """What hangs on one person in one account: where the first of it stands, and in words."""

    at: str
    words: tuple[str, ...]


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Each of our people who goes or has gone, in each account where something hangs on them."""
    going = _going(portfolio)
    for account in portfolio.accounts.values() if going else ():
        for person in sorted(_named(account) & going.keys()):
            if part := _part(portfolio, account, person):
                leaves = going[person]
                verb = f"left on {leaves}" if leaves < portfolio.as_of else f"leaves on {leaves}"
                message = f"{portfolio.person_name(None, person)} {verb}. To hand over: {'; '.join(part.words)}."
                yield Problem(account.slug, part.at, message)


def _going(portfolio: Portfolio) -> dict[str, date]:
    """Those of ours who have left or leave within `ahead`, with their last day."""
    ahead = RULE.days(portfolio, None, "ahead")
    people = (portfolio.playbook.team or {}).items()
    leaving = {person: record.leaves for person, record in people if record.leaves}
    return {person: day for person, day in leaving.items() if day - portfolio.as_of <= ahead}


def _named(account: Account) -> set[str]:
    """Everybody of ours whom the account names in one of the parts that count."""
    record = account.record
    roles = (record.manager, record.sponsor, record.buddy, *(promise.owner for promise in record.promises))
    return {person for person in roles if person} | {p for c in account.contacts.values() for p in c.covered_by}


def _part(portfolio: Portfolio, account: Account, person: str) -> _Part | None:
    """What hangs on a person; goals are listed only beside something else, since others work on them too."""
    found = [*_roles(account, person), *_cover(portfolio, account, person), *_promises(account, person)]
    if not found:
        return None
    words = [said for _, said in found]
    goals = [goal for goal in open_goals(account.plan).values() if goal.owner == person] if account.plan else []
    words += ["a goal" if goal.private else f'the goal "{shown(goal.goal, 60)}"' for goal in goals]
    return _Part(found[0][0], tuple(words))


def _roles(account: Account, person: str) -> Iterator[tuple[str, str]]:
    for key, role in _ROLES:
        if getattr(account.record, key) == person:
            yield key, f"the role of {role}"


def _cover(portfolio: Portfolio, account: Account, person: str) -> Iterator[tuple[str, str]]:
    """The active contacts they cover, as one entry; private ones are counted and not named."""
    held = {
        name: contact
        for name, contact in account.contacts.items()
        if person in contact.covered_by and contact.active(portfolio.as_of)
    }
    if not held:
        return
    first = next((name for name, contact in held.items() if not contact.private), next(iter(held)))
    names = [contact.name for contact in held.values() if not contact.private][:_NAMED]
    rest = len(held) - len(names)
    if rest:
        names.append(f"{rest} more" if names else f"{rest} of theirs")
    alone = sum(set(cover(portfolio, account, contact)) <= {person} for contact in held.values())
    only = f" ({'' if alone == len(held) else f'{alone} of them '}covered by nobody else)" if alone else ""
    said = f"the contact with {', '.join(names)}{only}"
    yield subject("contacts", first, "covered_by", person), said


def _promises(account: Account, person: str) -> Iterator[tuple[str, str]]:
    for promise in account.record.promises:
        if promise.owner == person:
            what = "a promise" if promise.private else f'the promise "{shown(promise.what, 60)}"'
            yield subject("promises", promise.id, "owner"), what
