"""What needs us first: the order, one entry an account, and nothing private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.agenda import Event, events
from kamgen.facts.attention import (
    Meeting,
    Need,
    costliest_first,
    meetings_to_hold,
    needs,
    soonest,
    verdict,
)
from kamgen.facts.publication import published, secrets
from kamgen.facts.sales import YearOfSales
from kamgen.facts.standing import standings
from kamgen.finding import Finding, Level, Place
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, HeldAudit, Note, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
TEAM = {name: Person.model_validate({"name": name.title()}) for name in ("anna", "bert", "cora")}


def account(slug: str, stage: str = "key", **more: Any) -> Account:
    """An account in memory; without a contact who decides, nobody waits for a senior review."""
    record = AccountFile.model_validate({"name": slug.title(), "stage": stage, **more})
    return Account(slug, record.stage, record)


def portfolio(*accounts: Account) -> Portfolio:
    """A portfolio in memory."""
    return Portfolio(TODAY, default_settings(), {one.slug: one for one in accounts}, Playbook(team=TEAM))


def finding(code: str, slug: str, level: Level = "warning", subject: str = "plan", line: int = 1) -> Finding:
    """A finding in memory."""
    return Finding(code, "name", level, f"{code} speaks", "Mend it.", Place("f", line), slug, subject, "")


def days(one: Portfolio) -> dict[str, list[Event]]:
    """The events of each account."""
    return {slug: events(one, account) for slug, account in one.accounts.items()}


def sold(**amounts: int) -> dict[str, YearOfSales]:
    """Sales of the year by account."""
    return {slug: YearOfSales(Decimal(amount)) for slug, amount in amounts.items()}


def asked(
    one: Portfolio, *findings: Finding, meetings: list[Meeting] | None = None, years: Mapping[str, Any] | None = None
) -> list[Need]:
    """What needs somebody in a portfolio."""
    return needs(one, findings, meetings or [], years or {})


def with_plan(slug: str, **plan: Any) -> Account:
    """A key account with a plan."""
    return account(slug, plan=plan)


# --- The order --------------------------------------------------------------------------------------


def test_nothing_needs_anybody() -> None:
    assert asked(portfolio()) == []
    assert asked(portfolio(account("a")), finding("KAM404", "a", "info")) == []


def test_errors_then_stage_then_sales_then_name() -> None:
    book = portfolio(
        *(account(slug, "customer") for slug in ("poor", "rich", "bad")),
        *(account(slug) for slug in ("small", "also-small", "large")),
        account("odd"),
    )
    book = replace(book, accounts={**book.accounts, "odd": replace(book.accounts["odd"], stage=None)})
    found = asked(
        book,
        *(finding("KAM401", slug) for slug in ("poor", "rich", "small", "also-small", "large", "odd")),
        finding("KAM401", "bad", "error"),
        years=sold(poor=1, rich=900, small=5, large=50),
    )
    order = [need.account.slug for need in found]
    assert order == ["bad", "large", "small", "also-small", "rich", "poor", "odd"]


def test_one_entry_an_account_and_the_others_are_counted() -> None:
    book = portfolio(account("a"), account("b"))
    found = asked(book, finding("KAM401", "a", "error"), finding("KAM810", "a"), finding("KAM402", "a", "info"))
    assert [(need.account.slug, need.level, need.others) for need in found] == [("a", "error", 1)]
    assert found[0].finding is not None
    assert found[0].finding.code == "KAM401"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("KAM810", "KAM808"),  # what the customer feels
        ("KAM804", "KAM411"),  # before what endangers the relationship
        ("KAM610", "KAM601"),
        ("KAM609", "KAM404"),  # before what is late
        ("KAM404", "KAM306"),
        ("KAM505", "KAM501"),
        ("KAM501", "KAM101"),  # before what is missing
        ("KAM101", "KAM303"),
        ("KAM303", "KAM201"),
    ],
)
def test_of_one_account_the_costliest_reason_is_told(first: str, second: str) -> None:
    for codes in ((first, second), (second, first)):
        found = asked(portfolio(account("a")), *(finding(code, "a") for code in codes))
        assert found[0].finding is not None
        assert found[0].finding.code == first


def test_a_slip_of_the_pen_comes_after_warnings_and_a_file_that_cannot_be_read_first() -> None:
    book = portfolio(account("slip"), account("warned", "customer"), account("blind", "suspect"))
    findings = (finding("KAM015", "slip", "error"), finding("KAM404", "warned"), finding("KAM001", "blind", "error"))
    assert [need.account.slug for need in asked(book, *findings)] == ["blind", "warned", "slip"]
    both = asked(book, findings[0], finding("KAM201", "slip"))
    assert both[0].finding is not None
    assert both[0].finding.code == "KAM201"


def test_equal_reasons_stand_in_the_order_of_the_file() -> None:
    found = asked(portfolio(account("a")), finding("KAM404", "a", line=9), finding("KAM404", "a", line=3))
    assert found[0].finding is not None
    assert found[0].finding.place.line == 3


def test_what_is_private_is_told_only_where_there_is_nothing_else() -> None:
    hidden, open_one = finding("KAM810", "a", subject="private"), finding("KAM201", "a")
    assert asked(portfolio(account("a")), hidden, open_one)[0].finding == open_one
    assert asked(portfolio(account("a")), hidden)[0].finding == hidden


def test_findings_of_nobodys_account_are_no_entry() -> None:
    assert asked(portfolio(account("a")), finding("KAM705", ""), finding("KAM404", "gone")) == []


# --- Decisions and meetings -------------------------------------------------------------------------


def test_a_decision_waits_like_a_warning_and_the_oldest_is_told() -> None:
    one = with_plan(
        "a",
        decisions=[
            {"ask": "New", "of": "anna", "asked_on": "2026-04-20"},
            {"ask": "Old", "of": "bert", "asked_on": "2026-02-20"},
            {"ask": "Done", "of": "anna", "asked_on": "2026-01-20", "decided_on": "2026-02-01"},
        ],
    )
    found = asked(portfolio(one), finding("KAM201", "a"))
    assert [(need.level, need.decision.ask if need.decision else "", need.others) for need in found] == [
        ("warning", "Old", 2)
    ]


def test_an_error_comes_before_a_decision() -> None:
    one = with_plan("a", decisions=[{"ask": "Old", "of": "bert"}])
    assert asked(portfolio(one), finding("KAM201", "a", "error"))[0].decision is None


def held(one: Account, day: str) -> Account:
    """The account with an audit held on a day."""
    return replace(one, audits=(HeldAudit(day, date.fromisoformat(day), "f", Audit()),))


def test_a_meeting_within_thirty_days_is_a_need_and_a_later_one_is_not() -> None:
    soon = held(with_plan("soon", reviewed="2026-05-01"), "2025-06-05")
    late = held(with_plan("late", reviewed="2026-05-01"), "2025-06-06")
    book = portfolio(soon, late)
    meetings = meetings_to_hold(book, book, days(book))
    assert [(one.account.slug, one.on) for one in meetings] == [("soon", date(2026, 6, 5)), ("late", date(2026, 6, 6))]
    found = asked(book, meetings=meetings)
    assert [(need.account.slug, need.level, need.others) for need in found] == [("soon", "info", 0)]


def test_meetings_overdue_then_never_held_then_due_then_booked() -> None:
    booked: dict[str, Any] = {
        "planned": [{"what": "audit", "on": "2026-05-20", "who": "bert"}],
        "plan": {"reviewed": "2026-05-01"},
    }
    book = portfolio(
        account("booked", **booked),
        held(with_plan("due", reviewed="2026-05-01"), "2025-06-05"),
        account("never"),
        held(with_plan("overdue", reviewed="2026-05-01"), "2025-03-05"),
        held(with_plan("far", reviewed="2026-05-01"), "2026-03-05"),
        account("customer", "customer"),
    )
    found = meetings_to_hold(book, book, days(book))
    assert [one.account.slug for one in found] == ["overdue", "never", "due", "booked"]
    assert [one.booked for one in found] == [False, False, False, True]
    assert found[3].ours == ("bert",)


def test_what_is_booked_in_private_is_left_out() -> None:
    planned = [{"what": "audit", "on": "2026-05-20", "private": "true"}]
    whole = portfolio(held(account("a", planned=planned, plan={"reviewed": "2026-05-01"}), "2025-03-05"))
    public = published(whole, secrets(whole))
    shown = {slug: events(public, one, whole) for slug, one in public.accounts.items()}
    assert meetings_to_hold(public, whole, shown) == []


# --- Who --------------------------------------------------------------------------------------------


def test_the_manager_comes_first_then_who_is_to_act_then_the_sponsor() -> None:
    one = account(
        "a",
        manager="anna",
        sponsor="cora",
        contacts={"theirs": {"name": "Theirs", "covered_by": ["cora", "bert"]}},
        promises=[{"what": "p", "id": "p", "owner": "bert"}],
        plan={
            "intentions": {"g": {"goal": "g", "owner": "bert"}},
            "implementation": [{"what": "x", "id": "x", "who": ["bert", "theirs"]}],
        },
    )
    for subject in ("plan.implementation.x.who", "plan.intentions.g.due", "promises.p"):
        assert asked(portfolio(one), finding("KAM404", "a", subject=subject))[0].who == ("anna", "bert", "cora")
    covered = asked(portfolio(one), finding("KAM507", "a", subject="contacts.theirs"))
    assert covered[0].who == ("anna", "cora", "bert")
    for subject in ("plan.implementation.gone", "plan.intentions.gone", "contacts.gone", "promises.gone", "stage"):
        assert asked(portfolio(one), finding("KAM404", "a", subject=subject))[0].who == ("anna", "cora")


def test_an_account_without_manager_concerns_nobody() -> None:
    assert asked(portfolio(account("a")), finding("KAM404", "a"))[0].who == ()


# --- The verdict ------------------------------------------------------------------------------------


def test_verdict_of_an_empty_and_of_a_quiet_book() -> None:
    for book in (portfolio(), portfolio(account("a", "suspect"))):
        found = verdict(book, standings(book, ()), (), days(book))
        assert (found.worst, found.overdue, found.decisions) == ("fine", 0, 0)
        assert found.accounts == len(book.accounts)


def test_verdict_counts_accounts_findings_and_what_is_overdue() -> None:
    book = portfolio(
        held(
            with_plan(
                "a",
                reviewed="2026-03-01",
                implementation=[
                    {"what": "late", "due": "2026-05-05"},
                    {"what": "today", "due": "2026-05-06"},
                    {"what": "open"},
                    {"what": "done", "due": "2026-05-05", "done": "2026-05-05"},
                    {"what": "hidden", "due": "2026-05-05", "private": "true"},
                ],
                decisions=[{"ask": "x"}],
            ),
            "2025-03-05",
        ),
        account("b", "customer"),
        account("c", "customer"),
    )
    findings = (
        finding("KAM404", "a", "error"),
        finding("KAM404", "b"),
        finding("KAM705", ""),
        finding("KAM404", "c", "info"),
    )
    found = verdict(book, standings(book, findings), findings, days(book))
    assert (found.key, found.with_errors, found.with_warnings, found.elsewhere) == (1, 1, 1, 1)
    assert (found.actions, found.reviews, found.meetings, found.decisions) == (2, 1, 1, 1)
    assert (found.worst, found.overdue) == ("error", 4)


def test_a_book_without_errors_but_with_something_late_needs_care() -> None:
    book = portfolio(with_plan("a", implementation=[{"what": "late", "due": "2026-05-05"}]))
    assert verdict(book, standings(book, ()), (), days(book)).worst == "warning"


# --- Lists ------------------------------------------------------------------------------------------


def test_accounts_by_what_they_cost() -> None:
    book = portfolio(account("fine"), account("hint"), account("small", "customer"), account("key"))
    found = standings(book, (finding("KAM1", "hint", "info"), finding("KAM1", "small"), finding("KAM1", "key")))
    order = [one.account.slug for one in costliest_first(found.values(), sold(small=900))]
    assert order == ["key", "small", "hint", "fine"]


def test_soonest_first_up_to_a_day() -> None:
    one, two = account("b"), account("a")
    events_of = {
        "b": [Event(date(2026, 5, 1), "late", "date", one), Event(date(2027, 1, 1), "far", "date", one)],
        "a": [Event(date(2026, 5, 1), "late", "date", two)],
    }
    assert [event.account.slug for event in soonest(events_of, date(2026, 8, 1))] == ["a", "b"]


def test_a_senior_review_that_lapsed_says_so() -> None:
    note = Note(
        "n", date(2025, 3, 1), "f", NoteHead.model_validate({"kind": "review", "who": "cora", "with": "boss"}), "", ""
    )
    one = account(
        "a",
        sponsor="cora",
        manager="anna",
        contacts={"boss": {"name": "Boss", "level": "instigator"}},
        planned=[{"what": "review", "on": "2026-04-01"}],
        plan={"reviewed": "2026-05-01"},
    )
    book = portfolio(replace(one, notes=(note,)))
    found = [meeting for meeting in meetings_to_hold(book, book, days(book)) if meeting.kind == "senior-review"]
    assert [(meeting.on, meeting.lapsed, meeting.ours) for meeting in found] == [
        (date(2026, 3, 1), date(2026, 4, 1), ("cora", "anna"))
    ]
