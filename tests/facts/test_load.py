"""Load: relationships and key accounts per person; the same figures as on the people's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from kamgen.facts.load import has_left, managed, relationships
from kamgen.facts.once import once
from kamgen.facts.people import works
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TEAM = {
    "anna": Person.model_validate({"name": "Anna", "leaves": "2026-05-05"}),
    "bert": Person.model_validate({"name": "Bert", "leaves": "2026-05-06"}),
    "cora": Person.model_validate({"name": "Cora"}),
}


def account(slug: str, stage: str, manager: str, **contacts: dict[str, Any]) -> Account:
    people = {name: {"name": name, **more} for name, more in contacts.items()}
    record = AccountFile.model_validate({"name": slug, "stage": stage, "manager": manager, "contacts": people})
    return Account(slug, stage, record)  # type: ignore[arg-type]


def portfolio(*accounts: Account, team: dict[str, Person] | None = TEAM) -> Portfolio:
    found = {one.slug: one for one in accounts}
    return Portfolio(date(2026, 5, 6), default_settings(), found, Playbook(team=team))


FULL = portfolio(
    account(
        "k",
        "key",
        "bert",
        one={"covered_by": ["bert", "cora", "nobody"]},
        two={"covered_by": "bert", "private": "true"},
        gone={"covered_by": "bert", "leaves": "2026-05-05"},
        last_day={"covered_by": "bert", "leaves": "2026-05-06"},
        alone={},
    ),
    account("l", "key", "nobody", three={"covered_by": "cora"}),
    account("c", "customer", "bert", four={"covered_by": "bert"}),
)


def test_active_people_of_key_accounts_are_relationships() -> None:
    assert relationships(FULL) == {"anna": 0, "bert": 3, "cora": 2}


def test_named_twice_is_one_relationship() -> None:
    assert relationships(portfolio(account("k", "key", "bert", one={"covered_by": ["bert", "bert"]})))["bert"] == 1


def test_only_key_accounts_are_counted_for_managers_we_know() -> None:
    assert {person: [one.slug for one in held] for person, held in managed(FULL).items()} == {"bert": ["k"]}


def test_without_a_team_there_is_nobody() -> None:
    assert relationships(portfolio(*FULL.accounts.values(), team=None)) == {}
    assert managed(portfolio(*FULL.accounts.values(), team=None)) == {}
    assert relationships(portfolio()) == {"anna": 0, "bert": 0, "cora": 0}


def test_the_peoples_pages_show_the_same_figures() -> None:
    shown = works(FULL, FULL)
    assert {person: work.relationships for person, work in shown.items()} == relationships(FULL)
    assert {person: work.key_accounts for person, work in shown.items() if work.key_accounts} == managed(FULL)


def test_the_last_day_is_still_a_day_with_us() -> None:
    assert [has_left(FULL, person) for person in ("anna", "bert", "cora", "nobody")] == [True, False, False, False]


def test_a_fact_is_computed_once_for_each_of_the_two_newest_portfolios() -> None:
    asked: list[Portfolio] = []
    fact = once(lambda portfolio: asked.append(portfolio) or len(asked))  # type: ignore[func-returns-value]
    shown, third = portfolio(), portfolio()
    assert [fact(FULL), fact(shown), fact(FULL), fact(shown)] == [1, 2, 1, 2]
    assert [fact(third), fact(FULL)] == [3, 4]
