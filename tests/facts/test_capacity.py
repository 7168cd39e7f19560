"""Capacity: what our people carry in the programme, against the limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kamgen.facts.capacity import carrying, without
from kamgen.facts.publication import published, secrets
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TEAM = {
    "ann": Person(name="Ann"),
    "bob": Person(name="Bob"),
    "cas": Person(name="Cas", senior=True),
    "idle": Person(name="Idle"),
    "old": Person(name="Old", leaves=date(2026, 1, 1)),
}


def account(slug: str, stage: str = "key", **record: Any) -> Account:
    return Account(slug, stage, AccountFile.model_validate({"name": slug, "stage": stage} | record))  # type: ignore[arg-type]


def portfolio(*accounts: Account, **limits: str) -> Portfolio:
    settings = default_settings()
    own = settings.limits.model_copy(update={name: Decimal(value) for name, value in limits.items()})
    team = Playbook(team=TEAM)
    return Portfolio(
        date(2026, 5, 6), settings.model_copy(update={"limits": own}), {one.slug: one for one in accounts}, team
    )


def contact(*ours: str, private: bool = False) -> dict[str, Any]:
    return {"name": "X", "covered_by": list(ours), "private": private}


def test_nobody_has_a_part() -> None:
    found = portfolio(account("a", "customer", manager="ann", contacts={"x": contact("ann")}))
    assert carrying(found, found) == ()


def test_who_carries_most_comes_first_and_private_contacts_count() -> None:
    whole = portfolio(
        account("a", manager="ann", sponsor="cas", contacts={"x": contact("ann"), "y": contact("ann", private=True)}),
        account("b", manager="bob", sponsor="cas", contacts={"z": contact("bob")}),
        account("c", manager="bob"),
        account("d", "customer", manager="bob", sponsor="ann"),
        relationships_per_manager="2",
        accounts_per_manager="4",
    )
    found = carrying(whole, published(whole, secrets(whole)))
    assert [
        (one.person, one.relationships, len(one.managed), len(one.sponsored), one.others, one.over) for one in found
    ] == [("ann", 2, 1, 0, 0, False), ("bob", 1, 2, 0, 1, False), ("cas", 0, 0, 2, 0, False)]
    assert (found[0].relationships_used, found[1].accounts_used) == (Decimal(1), Decimal("0.5"))


def test_too_much_is_not_asked_of_who_has_left() -> None:
    accounts = [account(slug, manager=person) for slug, person in (("a", "ann"), ("b", "ann"), ("c", "old"))]
    found = portfolio(*accounts, accounts_per_manager="0.5")
    assert {one.person: (one.over, one.gone) for one in carrying(found, found)} == {
        "ann": (True, False),
        "old": (False, True),
    }


def test_key_accounts_without_somebody_in_a_role() -> None:
    found = portfolio(account("a", manager="ann"), account("b", sponsor="cas"), account("c", "customer"))
    assert [one.slug for one in without(found, "manager")] == ["b"]
    assert [one.slug for one in without(found, "sponsor")] == ["a"]
