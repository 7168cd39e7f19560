"""The verdict on one account: the few things to know, the most costly first, and none where nothing is to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.standing import Standing, Tally
from kamgen.facts.verdicts import Reason, verdict
from kamgen.model.account import AccountFile, NoteHead
from kamgen.model.portfolio import Account, Delivered, Exports, Note, Portfolio, Sale
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def account(*notes: Note, stage: Any = "key", **facts: Any) -> Account:
    record = AccountFile.model_validate({"name": "Example", "stage": stage, **facts})
    return Account("example", stage, record, notes=notes)


def reasons(one: Account, exports: Exports | None = None) -> list[Reason]:
    portfolio = Portfolio(TODAY, default_settings(), {one.slug: one}, exports=exports or Exports())
    return list(verdict(portfolio, one, Standing(one)).reasons)


def issue(day: str, **head: Any) -> Note:
    return Note(day, date.fromisoformat(day), "", NoteHead.model_validate({"kind": "issue", **head}), "", "")


def test_a_light_account_has_nothing_to_tell() -> None:
    assert reasons(account(stage="prospect")) == []


@pytest.mark.parametrize(
    ("tally", "state"),
    [(Tally(1, 2, 3), "error"), (Tally(0, 1), "warning"), (Tally(0, 0, 1), "info"), (Tally(), "fine")],
)
def test_the_state_is_the_most_serious_level(tally: Tally, state: str) -> None:
    one = account()
    assert verdict(Portfolio(TODAY, default_settings(), {"example": one}), one, Standing(one, tally)).state == state


def test_open_complaints_with_the_oldest_day() -> None:
    one = account(issue("2026-05-01"), issue("2026-04-09", private=True), issue("2026-03-01", resolved="2026-03-09"))
    found = [reason for reason in reasons(one) if reason.kind == "complaints"]
    assert [(reason.count) for reason in found] == [2]


def test_a_broken_promise() -> None:
    promise = {"what": "Answer", "target": {"at_least": "0.95"}, "kept": {"2026-03": "1", "2026-04": "0.9"}}
    assert reasons(account(promises=[promise])) == [Reason("promises", 1)]


def test_late_deliveries() -> None:
    rows = {"example": (Delivered("example", "2026-04", 12, 4),)}
    assert reasons(account(), Exports(deliveries=rows)) == [Reason("deliveries", 4)]


def test_sales_that_fall() -> None:
    rows = [Sale("example", f"2025-{month:02}", "tea", Decimal(100)) for month in range(1, 13)]
    rows += [Sale("example", f"2024-{month:02}", "tea", Decimal(100)) for month in range(1, 13)]
    rows += [Sale("example", f"2026-{month:02}", "tea", Decimal(25)) for month in range(1, 5)]
    exports = Exports(sales={"example": tuple(rows)})
    assert reasons(account(), exports) == [Reason("sales", since=date(2025, 11, 1), share=Decimal("0.5"))]
    assert reasons(account(stage="customer"), exports) == []


HUNG = {"roland": {"name": "Roland", "covered_by": ["ann"]}, "mia": {"name": "Mia", "covered_by": ["ann"]}}


def test_a_relationship_that_hangs_on_one_of_ours() -> None:
    assert reasons(account(contacts=HUNG)) == [Reason("one-person", person="ann")]
    assert reasons(account(contacts=HUNG, stage="customer")) == []
    planned = account(contacts=HUNG, stage="customer", plan={"reviewed": "2026-05-01"})
    assert reasons(planned) == [Reason("one-person", person="ann")]


def test_one_of_theirs_who_is_private_is_not_named() -> None:
    contacts = {"roland": {"name": "Roland", "covered_by": ["ann", "bea"], "private": True}}
    assert reasons(account(contacts=contacts)) == [Reason("one-person")]
    contacts["roland"]["private"] = False
    assert reasons(account(contacts=contacts)) == [Reason("one-person", person="roland")]


def test_ties_are_not_judged_where_files_could_not_be_read() -> None:
    one = replace(account(contacts=HUNG), unread=frozenset({"plan"}))
    portfolio = Portfolio(
        TODAY, default_settings(), {"example": one}, distrusted=frozenset({("example", "contacts.third")})
    )
    assert verdict(portfolio, one, Standing(one)).reasons == (Reason("unread", 1),)


def test_what_has_slipped() -> None:
    plan = {
        "reviewed": "2026-03-01",
        "period": {"ends": "2026-05-05"},
        "implementation": [
            {"what": "A", "due": "2026-04-01"},
            {"what": "B", "due": "2026-05-05"},
            {"what": "C", "due": "2026-05-06"},
            {"what": "D", "due": "2026-01-01", "dropped": "2026-02-01"},
            {"what": "E"},
        ],
    }
    assert reasons(account(plan=plan)) == [
        Reason("actions", 2, date(2026, 4, 1)),
        Reason("review", since=date(2026, 3, 31)),
        Reason("period", since=date(2026, 5, 5)),
    ]


def test_a_plan_that_was_never_reviewed() -> None:
    assert reasons(account(plan={"period": {"ends": "2026-06-01"}})) == [Reason("never-reviewed")]
    assert reasons(account(plan={"reviewed": "2026-04-06", "period": {"ends": "2026-05-06"}})) == []


def test_a_review_that_could_not_be_understood_is_not_missing() -> None:
    one = account(plan={"period": {"ends": "2026-06-01"}})
    doubt = frozenset({("example", "plan.reviewed")})
    portfolio = Portfolio(TODAY, default_settings(), {"example": one}, distrusted=doubt)
    assert verdict(portfolio, one, Standing(one)).reasons == ()


def test_what_costs_most_comes_first() -> None:
    plan = {"implementation": [{"what": "A", "due": "2026-04-01"}]}
    one = account(issue("2026-05-01"), contacts=HUNG, plan=plan)
    assert [reason.kind for reason in reasons(one)] == ["complaints", "one-person", "actions", "never-reviewed"]
