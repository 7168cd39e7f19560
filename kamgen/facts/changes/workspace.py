"""What changed between two states of the whole workspace: account by account, and the playbook and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kamgen.facts.changes import Change, changes
from kamgen.facts.rewording import same
from kamgen.facts.sales import Monthly
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.references import renamed

_PLAYBOOK = {
    "team": "team.yml",
    "criteria": "criteria.yml",
    "indicators": "indicators.yml",
    "menu": "audit-menu.yml",
    "offer": "offer.yml",
}
_EXPORTS = ("sales", "budget", "deliveries")
_Rows = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class AccountChanges:
    """One account in two states: `before` is its slug in the earlier one, `after` in the later one ("": not there)."""

    before: str
    after: str
    name: str
    changes: tuple[Change, ...]


def account_changes(before: Portfolio, after: Portfolio) -> list[AccountChanges]:
    """Every account that was there or is there, with what changed; one that was renamed is followed."""
    known = {slug: renamed(account, {"ours": after.playbook.former}) for slug, account in before.accounts.items()}
    before = replace(before, accounts=known)
    earlier = renames(before.accounts, after.accounts)
    found = [_one(before, after, earlier.get(slug, slug), slug) for slug in after.accounts]
    gone = [slug for slug in before.accounts if slug not in after.accounts and slug not in earlier.values()]
    return found + [_one(before, after, slug, "") for slug in gone]


def renames(before: Mapping[str, Account], after: Mapping[str, Account]) -> dict[str, str]:
    """The earlier slug of accounts that were renamed, by the later one.

    One that is gone and one that has come are the same when the later one says so (`formerly`), or when they have one
    number in the CRM, else one name.
    """
    gone = {slug: account for slug, account in before.items() if slug not in after}
    found: dict[str, str] = {}
    for slug, account in after.items():
        if slug not in before:
            alike = (name for name, one in gone.items() if _is_same(one, account))
            old = next((name for name in account.record.formerly if name in gone), "") or next(alike, "")
            if old:
                found[slug] = old
                del gone[old]
    return found


def _is_same(old: Account, new: Account) -> bool:
    if old.record.crm_id and new.record.crm_id:
        return old.record.crm_id == new.record.crm_id
    return same(old.name, new.name)


def _one(before: Portfolio, after: Portfolio, old: str, new: str) -> AccountChanges:
    was, now = before.accounts.get(old), after.accounts.get(new)
    there = now or was
    assert there
    portfolio = after if now else before
    told = changes(was, now, lambda person: portfolio.person_name(there, person))
    if was and now and old != new:
        told = (Change("account-renamed", new, "account", f"Was {old}, now {new}.", old, new), *told)
    return AccountChanges(old if was else "", new if now else "", there.name, told)


def workspace_changes(before: Portfolio, after: Portfolio) -> Iterator[Change]:
    """What changed in the playbook's data and in the exports."""
    for part, file in _PLAYBOOK.items():
        if getattr(before.playbook, part) != getattr(after.playbook, part):
            yield Change("playbook-changed", "", f"playbook/{part}", f"playbook/{file} changed.")
    if before.settings != after.settings:
        text = "playbook/kamgen.yml changed: findings below are judged by the new settings on both sides."
        yield Change("playbook-changed", "", "playbook/kamgen", text)
    later = {old: new for new, old in renames(before.accounts, after.accounts).items()}
    for name in _EXPORTS:
        old, new = _by_later_slug(getattr(before.exports, name), later), getattr(after.exports, name)
        if old != new:
            was, now = _newest(old), _newest(new)
            text = f"{name}.csv changed; its newest month is {now or 'not known'} (before: {was or 'not known'})."
            yield Change("export-changed", "", name, text, was, now)


def _by_later_slug(rows: _Rows | None, later: Mapping[str, str]) -> _Rows | None:
    """The rows of an export, those of accounts that were renamed under their later slugs."""
    if rows is None or not later:
        return rows
    return {
        later.get(slug, slug): tuple(row._replace(account=later[slug]) for row in found) if slug in later else found
        for slug, found in rows.items()
    }


def _newest(rows: Mapping[str, Sequence[Monthly]] | None) -> str:
    return max((row.month for found in (rows or {}).values() for row in found), default="")
