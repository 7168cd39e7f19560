"""Who was met when, and when the next meeting is due: edges first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kamgen.facts.meetings import Meeting, Relation, booked, doubted, last_met, meet_every, meetings, relations
from kamgen.model.account import AccountFile, Audit, Contact, NoteHead
from kamgen.model.portfolio import Account, Activity, Exports, HeldAudit, Note, Portfolio
from kamgen.model.values import NEVER
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def account(
    contacts: dict[str, dict[str, Any]] | None = None,
    notes: tuple[Note, ...] = (),
    audits: tuple[HeldAudit, ...] = (),
    **more: Any,
) -> Account:
    people = {name: {"name": name.title(), **facts} for name, facts in (contacts or {}).items()}
    record = AccountFile.model_validate({"name": "Example", "stage": "key", "contacts": people, **more})
    return Account("example", "key", record, notes=notes, audits=audits)


def portfolio(one: Account, *activities: Activity, as_of: date = TODAY, **more: Any) -> Portfolio:
    exports = Exports(activities={"example": activities} if activities else None)
    return Portfolio(as_of, default_settings(), {one.slug: one}, exports=exports, **more)


def note(day: str, kind: str, *theirs: str, who: tuple[str, ...] = (), private: bool = False) -> Note:
    head = NoteHead.model_validate({"kind": kind, "with": list(theirs), "who": list(who), "private": private})
    return Note(f"{day}-{kind}", date.fromisoformat(day), "", head, "", "")


def audit(day: str, *theirs: str) -> HeldAudit:
    return HeldAudit(day, date.fromisoformat(day), "", Audit.model_validate({"with": list(theirs)}))


def test_nobody_and_nothing() -> None:
    one = account()
    assert meetings(portfolio(one), one) == ()
    assert last_met(portfolio(one), one) == {}
    assert relations(portfolio(one), one) == {}
    assert booked(portfolio(one), one) == ()


def test_what_counts_as_met() -> None:
    kinds = ("visit", "call", "meeting", "review", "touch", "value", "issue", "signal", "internal")
    one = account({"anna": {}}, tuple(note("2026-04-01", kind, "anna") for kind in kinds))
    assert {meeting.kind for meeting in meetings(portfolio(one), one)} == set(kinds[:5])


def test_a_meeting_tells_who_met_whom_and_where_it_stands() -> None:
    one = account({"anna": {}}, (note("2026-04-01", "visit", "anna", who=("margaret-peacock",), private=True),))
    expected = Meeting(
        date(2026, 4, 1), "visit", ("margaret-peacock",), ("anna",), "notes.2026-04-01-visit", private=True
    )
    assert meetings(portfolio(one), one) == (expected,)


def test_audits_and_activities_count_too() -> None:
    one = account({"anna": {}, "bert": {}}, audits=(audit("2026-03-18", "anna"),))
    found = last_met(portfolio(one, Activity("example", date(2026, 4, 2), "bert", "robert-king", "Visit")), one)
    assert found["anna"] == Meeting(date(2026, 3, 18), "audit", (), ("anna",), "audits.2026-03-18")
    assert found["bert"] == Meeting(date(2026, 4, 2), "visit", ("robert-king",), ("bert",))


def test_a_contact_in_the_activities_by_id_or_crm_id() -> None:
    one = account({"anna": {"crm_id": "00123"}, "bert": {}})
    rows = [
        Activity("example", date(2026, 4, day), who, "", "call")
        for day, who in enumerate(("00123", "bert", "", "77"), 1)
    ]
    found = last_met(portfolio(one, *rows), one)
    assert {name: meeting.on.day for name, meeting in found.items()} == {"anna": 1, "bert": 2}
    assert [meeting.with_ for meeting in meetings(portfolio(one, *rows), one)] == [("anna",), ("bert",), (), ()]


def test_the_newest_meeting_counts_and_a_tie_is_settled_the_same_way_every_time() -> None:
    notes = (
        note("2026-04-01", "visit", "anna"),
        note("2026-04-01", "call", "anna"),
        note("2026-01-01", "call", "anna"),
    )
    one, turned = account({"anna": {}}, notes), account({"anna": {}}, notes[::-1])
    assert last_met(portfolio(one), one)["anna"].record == "notes.2026-04-01-visit"
    assert last_met(portfolio(turned), turned) == last_met(portfolio(one), one)


def test_days_to_come_are_no_meetings_but_tomorrow_is() -> None:
    one = account({"anna": {}}, (note("2026-05-07", "visit", "anna"), note("2026-05-08", "visit", "anna")))
    assert [meeting.on for meeting in meetings(portfolio(one), one)] == [date(2026, 5, 7)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"level": "instigator"}, timedelta(days=180)),
        ({"level": "influencer"}, timedelta(days=90)),
        ({"level": "implementer"}, timedelta(days=60)),
        ({"level": "implementer", "meet_every": "2w"}, timedelta(days=14)),
        ({"level": "implementer", "meet_every": "0d"}, timedelta(0)),
        ({"meet_every": "never"}, NEVER),
    ],
)
def test_how_often(facts: dict[str, str], expected: timedelta | None) -> None:
    assert meet_every(default_settings(), Contact.model_validate({"name": "Anna", **facts})) == expected


def relation(last: str | None, every: timedelta | None) -> Relation:
    met = Meeting(date.fromisoformat(last), "visit") if last else None
    return Relation(Contact(name="Anna"), met, every)


@pytest.mark.parametrize(
    ("last", "days", "due", "cold"),
    [
        ("2026-03-07", 60, date(2026, 5, 6), False),  # due today is in time
        ("2026-03-06", 60, date(2026, 5, 5), True),
        ("2024-02-29", 365, date(2025, 2, 28), True),  # over a leap day
        ("2026-05-06", 0, date(2026, 5, 6), False),
        ("2020-01-01", None, None, False),  # nobody said how often
        (None, None, None, False),
        (None, 60, None, True),  # never met on record
    ],
)
def test_due_and_cold(last: str | None, days: int | None, due: date | None, cold: bool) -> None:
    found = relation(last, None if days is None else timedelta(days=days))
    assert (found.due, found.cold(TODAY)) == (due, cold)


@pytest.mark.parametrize("last", ["2020-01-01", None])
def test_never_is_never_due(last: str | None) -> None:
    found = relation(last, NEVER)
    assert (found.wanted, found.due, found.cold(TODAY)) == (False, None, False)


def test_the_next_planned_meeting_with_them() -> None:
    days = ("2026-06-02", "2026-05-06", "2026-05-05")
    planned = [{"id": day, "what": "call", "with": ["anna"], "on": day} for day in days]
    one = account({"anna": {"level": "influencer"}, "bert": {"level": "influencer"}}, planned=planned)
    found = relations(portfolio(one), one)
    assert [item.id for item in booked(portfolio(one), one)] == ["2026-05-06", "2026-06-02"]
    assert found["anna"].booked is not None
    assert found["anna"].booked.on == TODAY
    assert not found["anna"].cold(TODAY)
    assert found["bert"].booked is None
    assert found["bert"].cold(TODAY)


def test_who_has_left_is_no_relation_but_was_met() -> None:
    one = account(
        {"anna": {"leaves": "2026-05-05"}, "bert": {"leaves": "2026-05-06"}}, (note("2026-04-01", "call", "anna"),)
    )
    assert list(relations(portfolio(one), one)) == ["bert"]
    assert "anna" in last_met(portfolio(one), one)


def test_parts_in_doubt() -> None:
    one = account()
    assert doubted(portfolio(one)) == frozenset()
    found = doubted(portfolio(one, distrusted=frozenset({("example", "planned.audit.on"), ("example", "notes")})))
    assert found == {("example", "planned"), ("example", "notes")}
