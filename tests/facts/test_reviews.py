"""What comes round: last held, due, booked, lapsed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts.reviews import Round, audit, instigators, plan_review, senior_review
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.portfolio import Account, Activity, Exports, HeldAudit, Note, Portfolio
from kamgen.model.values import NEVER
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
PEOPLE = {"anna": {"name": "Anna", "level": "instigator"}, "bert": {"name": "Bert", "level": "influencer"}}


def account(notes: tuple[Note, ...] = (), audits: tuple[str, ...] = (), **more: Any) -> Account:
    record = AccountFile.model_validate({"name": "Example", "stage": "key", "contacts": PEOPLE, **more})
    held = tuple(HeldAudit(day, date.fromisoformat(day), "", Audit()) for day in audits)
    return Account("example", "key", record, notes=notes, audits=held)


def portfolio(one: Account, *activities: Activity, **rhythm: timedelta) -> Portfolio:
    settings = default_settings()
    settings = settings.model_copy(update={"rhythm": settings.rhythm.model_copy(update=rhythm)})
    return Portfolio(TODAY, settings, {one.slug: one}, exports=Exports(activities={"example": activities}))


def note(day: str, kind: str, ours: str, theirs: str) -> Note:
    head = NoteHead.model_validate({"kind": kind, "with": theirs, "who": ours})
    return Note(f"{day}-{kind}", date.fromisoformat(day), "", head, "", "")


def plan(what: str, on: str, who: str = "", with_: str = "") -> dict[str, Any]:
    people = {"who": who, "with": with_}
    return {"id": f"{what}-{on}", "what": what, "on": on, **{key: one for key, one in people.items() if one}}


def booking(found: Round) -> tuple[str, str]:
    return found.booked.id if found.booked else "", found.lapsed.id if found.lapsed else ""


def test_nothing_yet() -> None:
    one = account()
    for found in (plan_review, audit, senior_review):
        assert found(portfolio(one), one) == Round()
    assert Round().age(TODAY) is None


def test_the_review_of_the_plan_is_due_thirty_days_later() -> None:
    one = account(plan={"reviewed": "2024-02-01"})
    assert plan_review(portfolio(one), one) == Round(date(2024, 2, 1), date(2024, 3, 2))  # over a leap day
    assert plan_review(portfolio(one), one).age(TODAY) == timedelta(days=825)
    assert plan_review(portfolio(account(plan={})), account(plan={})) == Round()


def test_a_rhythm_of_never_is_never_due() -> None:
    one = account(audits=("2026-03-18",), plan={"reviewed": "2026-04-20"})
    assert plan_review(portfolio(one, review=NEVER), one).due is None
    assert audit(portfolio(one, audit=NEVER), one) == Round(date(2026, 3, 18))


def test_the_newest_audit_counts_and_those_to_come_do_not() -> None:
    one = account(audits=("2025-03-18", "2026-03-18", "2026-12-01"))
    assert audit(portfolio(one), one) == Round(date(2026, 3, 18), date(2027, 3, 18))


def test_a_row_of_the_crm_is_no_audit() -> None:
    one = account()
    row = Activity("example", date(2026, 4, 1), "anna", "andrew-fuller", "audit")
    assert audit(portfolio(one, row), one).last is None


def test_the_next_booked_audit_and_the_one_that_lapsed() -> None:
    days = ("2026-07-01", "2026-05-06", "2026-05-05", "2026-02-01", "2025-01-01")
    one = account(audits=("2026-01-15",), planned=[plan("audit", day) for day in days] + [plan("review", "2026-05-07")])
    assert booking(audit(portfolio(one), one)) == ("audit-2026-05-06", "audit-2026-05-05")


def test_an_audit_on_the_booked_day_or_later_leaves_nothing_lapsed() -> None:
    one = account(audits=("2026-05-05",), planned=[plan("audit", "2026-05-05"), plan("audit", "2026-04-01")])
    assert booking(audit(portfolio(one), one)) == ("", "")


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "counts"),
    [
        ("review", "andrew-fuller", "anna", True),
        ("meeting", "andrew-fuller", "anna", True),
        ("visit", "andrew-fuller", "anna", False),
        ("internal", "andrew-fuller", "anna", False),
        ("review", "margaret-peacock", "anna", False),
        ("review", "andrew-fuller", "bert", False),
    ],
)
def test_what_is_a_senior_review(kind: str, ours: str, theirs: str, counts: bool) -> None:
    one = account((note("2026-04-01", kind, ours, theirs),), sponsor="andrew-fuller")
    assert senior_review(portfolio(one), one).last == (date(2026, 4, 1) if counts else None)


def test_a_senior_review_in_the_crm_or_with_somebody_who_left() -> None:
    left = {"anna": {**PEOPLE["anna"], "leaves": "2026-04-30"}}
    one = account(sponsor="andrew-fuller", contacts=left)
    row = Activity("example", date(2026, 4, 1), "anna", "andrew-fuller", "Review")
    assert senior_review(portfolio(one, row), one) == Round(date(2026, 4, 1), date(2027, 4, 1))
    assert instigators(one) == {"anna"}


@pytest.mark.parametrize(
    ("what", "who", "with_", "counts"),
    [
        ("review", "", "", True),
        ("review", "andrew-fuller", "", True),
        ("review", "", "anna", True),
        ("review", "margaret-peacock", "anna", False),
        ("review", "andrew-fuller", "bert", False),
        ("meeting", "andrew-fuller", "anna", True),
        ("meeting", "andrew-fuller", "", False),
        ("meeting", "", "anna", False),
        ("audit", "andrew-fuller", "anna", False),
    ],
)
def test_which_planned_meeting_is_a_senior_review(what: str, who: str, with_: str, counts: bool) -> None:
    one = account(sponsor="andrew-fuller", planned=[plan(what, "2026-05-20", who, with_)])
    assert (senior_review(portfolio(one), one).booked is not None) == counts


def test_without_a_sponsor_there_is_no_senior_review() -> None:
    one = account((note("2026-04-01", "review", "andrew-fuller", "anna"),), planned=[plan("review", "2026-05-20")])
    assert senior_review(portfolio(one), one) == Round()
