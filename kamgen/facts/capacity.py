"""Capacity: what each of our people carries in the programme, against what one person can carry.

**Relationships** and **key accounts managed** are those of `load`; their limits stand under `limits` in kamgen.yml
(about 60 relationships, about 4 key accounts). **Sponsored** are the key accounts whose executive sponsor somebody is;
the method gives no number for it, since a sponsor is a point of escalation and not of daily work. Load is shown since
it protects people; how well somebody performs is not counted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kamgen.facts.load import has_left, managed, relationships
from kamgen.model.portfolio import Account, Portfolio


@dataclass(frozen=True, slots=True)
class Carrying:
    """What one of ours carries.

    `relationships_used` and `accounts_used` are the parts of the two limits that are taken up, over 1 where it is too
    much; `others` is how many accounts they manage that are not key. `gone`: no longer with us.
    """

    person: str
    relationships: int
    managed: tuple[Account, ...]
    sponsored: tuple[Account, ...]
    others: int
    relationships_used: Decimal
    accounts_used: Decimal
    gone: bool

    @property
    def over(self) -> bool:
        """Whether it is more than one person can carry; of who has left it is not asked."""
        return not self.gone and max(self.relationships_used, self.accounts_used) > 1


def carrying(whole: Portfolio, public: Portfolio) -> tuple[Carrying, ...]:
    """Our people with any part in the programme, who carries most of a limit first; equal ones by id.

    Counted over `whole`, shown from `public`: private contacts take as much time as others.
    """
    team = whole.playbook.team or {}
    counts, held = relationships(whole), managed(public)
    sponsored = _by_role(public, "sponsor", key=True)
    others = _by_role(public, "manager", key=False)
    found = [
        _carrying(whole, person, counts[person], held.get(person, []), sponsored.get(person, []), others)
        for person in team
    ]
    busy = (one for one in found if one.relationships or one.managed or one.sponsored)
    return tuple(sorted(busy, key=lambda one: (-max(one.relationships_used, one.accounts_used), one.person)))


def _carrying(
    portfolio: Portfolio,
    person: str,
    relationships: int,
    held: list[Account],
    sponsored: list[Account],
    others: Mapping[str, list[Account]],
) -> Carrying:
    limits = portfolio.settings.limits
    return Carrying(
        person,
        relationships,
        tuple(held),
        tuple(sponsored),
        len(others.get(person, ())),
        _used(relationships, limits.relationships_per_manager),
        _used(len(held), limits.accounts_per_manager),
        has_left(portfolio, person),
    )


def _used(count: int, limit: Decimal) -> Decimal:
    return Decimal(count) / limit if limit > 0 else Decimal(count)


def _by_role(portfolio: Portfolio, role: str, *, key: bool) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = {}
    for account in portfolio.accounts.values():
        person = getattr(account.record, role)
        if person and (account.stage == "key") is key:
            found.setdefault(person, []).append(account)
    return found


def without(portfolio: Portfolio, role: str) -> tuple[Account, ...]:
    """The key accounts that name nobody for a role (`manager`, `sponsor`, `buddy`)."""
    accounts = portfolio.accounts.values()
    return tuple(account for account in accounts if account.stage == "key" and not getattr(account.record, role))
