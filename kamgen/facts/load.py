"""Load: how many relationships and key accounts each of our people carries.

A **relationship** is an active contact of a key account whom the person covers; private ones are counted, since they
take as much time. Source: a person keeps about 60 relationships alive, an account needs about 15, so about 4 key
accounts. Load is shown since it protects people.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.model.account import Contact
from kamgen.model.portfolio import Account, Portfolio


def relationships(portfolio: Portfolio) -> dict[str, int]:
    """How many relationships each of our people carries, by id; everybody in team.yml is in it."""
    count = dict.fromkeys(portfolio.playbook.team or {}, 0)
    for contact in _contacts_of_key_accounts(portfolio):
        for person in set(contact.covered_by):
            if person in count:
                count[person] += 1
    return count


def managed(portfolio: Portfolio) -> dict[str, list[Account]]:
    """The key accounts of each account manager, by id; only who manages one and is in team.yml is in it."""
    found: dict[str, list[Account]] = {}
    for account in portfolio.accounts.values():
        manager = account.record.manager
        if account.stage == "key" and manager and manager in (portfolio.playbook.team or {}):
            found.setdefault(manager, []).append(account)
    return found


def has_left(portfolio: Portfolio, person: str) -> bool:
    """Whether one of ours is no longer with us; the last day itself still counts."""
    record = (portfolio.playbook.team or {}).get(person)
    return record is not None and record.leaves is not None and record.leaves < portfolio.as_of


def _contacts_of_key_accounts(portfolio: Portfolio) -> Iterator[Contact]:
    for account in portfolio.accounts.values():
        if account.stage == "key":
            yield from (contact for contact in account.contacts.values() if contact.active(portfolio.as_of))
