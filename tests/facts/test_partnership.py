"""Signs of partnership: evidenced, fresh or old; our view and theirs; answers and themes; open complaints."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.complaints import open_complaints
from kamgen.facts.partnership import (
    Assessment,
    assess,
    audits_held,
    by_own_manager,
    last_audit,
    loose_answers,
    themes,
    views_differ,
)
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.playbook import Indicator, Person, Question
from kamgen.model.portfolio import Account, HeldAudit, Note, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
SIGNS = ("asks-our-advice", "refers-us", "returns-hospitality", "logos-together", "shares-confidences")
TEAM = {
    "andrew": Person(name="Andrew", senior=True),
    "margaret": Person(name="Margaret"),
    "laura": Person(name="Laura"),
}


def account(slug: str = "example", audits: dict[str, dict[str, Any]] | None = None, **more: Any) -> Account:
    record = AccountFile.model_validate({"name": slug.title(), "stage": "key", **more})
    held = [HeldAudit(day, date.fromisoformat(day), "", Audit.model_validate(a)) for day, a in (audits or {}).items()]
    return Account(slug, "key", record, audits=tuple(held))


def portfolio(*accounts: Account, signs: tuple[str, ...] = SIGNS) -> Portfolio:
    playbook = Playbook(
        team=TEAM,
        indicators={name: Indicator(name=name) for name in signs},
        menu={name: Question(part="past", ask=name) for name in ("unresolved", "pressures", "more-value")},
    )
    return Portfolio(TODAY, default_settings(), {one.slug: one for one in accounts}, playbook)


def evidence(on: str = "2026-03-12", text: str = "Seen by Laura", **more: Any) -> dict[str, Any]:
    return {"evidence": text, "on": on, **more}


def ours(signs: int, of: int = 5) -> Assessment:
    one = account(partnership={name: evidence() for name in SIGNS[:signs]})
    return Assessment(assess(portfolio(one), one).claims, of)


def test_nothing_is_claimed() -> None:
    one = account()
    found = assess(portfolio(one), one)
    assert (found.claims, found.evidenced, found.share, found.indicators) == ((), (), Decimal(0), 5)
    assert assess(portfolio(one, signs=()), one).share is None


def test_only_evidence_with_words_a_day_and_an_indicator_of_the_playbook_counts() -> None:
    one = account(
        partnership={
            "asks-our-advice": evidence(),
            "refers-us": {"evidence": "A bakery rang"},
            "returns-hospitality": {"on": "2026-03-12"},
            "logos-together": evidence(text="TBD"),
            "shares-confidences": evidence(private="true"),
            "sends-flowers": evidence(),
        }
    )
    found = assess(portfolio(one), one)
    assert [claim.indicator for claim in found.evidenced] == ["asks-our-advice", "shares-confidences"]
    assert found.share == Decimal("0.4")
    assert [claim.missing for claim in found.claims] == [(), ("on",), ("evidence",), (), (), ()]


def test_a_year_is_fresh_and_a_day_more_is_old() -> None:
    one = account(
        partnership={
            "asks-our-advice": evidence("2025-05-06"),
            "refers-us": evidence("2025-05-05"),
            "logos-together": {"on": "2020-01-01"},
        }
    )
    found = assess(portfolio(one), one)
    assert [claim.indicator for claim in found.fresh(TODAY)] == ["asks-our-advice"]
    assert [claim.indicator for claim in found.old(TODAY)] == ["refers-us"]
    assert found.old(TODAY, timedelta(days=400)) == ()
    assert found.claims[1].age(TODAY) == timedelta(days=366)


def test_a_year_that_holds_a_leap_day() -> None:
    one = account(partnership={"asks-our-advice": evidence("2023-03-01")})
    claim = assess(portfolio(one), one).claims[0]
    assert not claim.old(date(2024, 2, 29))
    assert claim.old(date(2024, 3, 1))


def test_the_last_audit_is_the_newest_up_to_today() -> None:
    one = account(audits={"2025-03-18": {}, "2026-03-18": {}, "2026-05-07": {}, "2026-05-08": {}})
    assert [held.id for held in audits_held(portfolio(one), one)] == ["2025-03-18", "2026-03-18", "2026-05-07"]
    last = last_audit(portfolio(one), one)
    assert last is not None
    assert last.id == "2026-05-07"  # where they sat it was tomorrow already
    assert last_audit(portfolio(account()), account()) is None


@pytest.mark.parametrize(
    ("signs", "audit", "differ"),
    [
        (3, {"seen_as": "supplier"}, True),
        (3, {"marks": "6"}, True),
        (3, {"marks": "6.5"}, False),
        (3, {"marks": "9", "seen_as": "supplier"}, True),
        (3, {"marks": "5", "seen_as": "partner"}, True),
        (5, {"marks": "7", "seen_as": "partner"}, False),
        (5, {}, False),
        (2, {"marks": "1", "seen_as": "supplier"}, False),
        (0, {"seen_as": "supplier"}, False),
    ],
)
def test_our_view_against_theirs(signs: int, audit: dict[str, Any], differ: bool) -> None:
    assert views_differ(ours(signs), Audit.model_validate(audit)) == differ


def test_without_indicators_there_is_no_view_of_ours() -> None:
    assert not views_differ(ours(0, of=0), Audit.model_validate({"seen_as": "supplier"}))


@pytest.mark.parametrize(
    ("who", "own"),
    [
        (["margaret"], True),
        (["margaret", "laura"], True),
        (["margaret", "andrew"], False),
        (["laura"], False),
        (["margaret", "nobody-knows"], False),
        ([], False),
    ],
)
def test_who_asked(who: list[str], own: bool) -> None:
    one = account(manager="margaret", audits={"2026-03-18": {"who": who}})
    assert by_own_manager(portfolio(one), one, one.audits[0]) == own


def test_who_asked_where_nobody_manages_or_nobody_is_known() -> None:
    one = account(audits={"2026-03-18": {"who": ["laura"]}})
    assert not by_own_manager(portfolio(one), one, one.audits[0])
    managed = account(manager="laura", audits={"2026-03-18": {"who": ["laura"]}})
    assert not by_own_manager(Portfolio(TODAY, default_settings()), managed, managed.audits[0])


def test_answers_that_led_to_nothing() -> None:
    answers = {
        "unresolved": {"answer": "Two invoices", "action": "clear-two-invoices"},
        "pressures": {"answer": "Energy"},
        "more-value": {"answer": "<What did they say?>"},
        "main-aims": {},
        "how-often": {"answer": "As it is", "reason": "Nothing to do"},
    }
    one = account(audits={"2026-03-18": {"answers": answers}})
    assert [question for question, _ in loose_answers(portfolio(one), one.audits[0])] == ["pressures"]


def test_themes_across_accounts() -> None:
    def answering(slug: str, day: str, question: str, answer: str) -> Account:
        old = {"2024-01-01": {"answers": {"unresolved": {"answer": "Long forgotten"}}}}
        return account(slug, {**old, day: {"answers": {question: {"answer": answer}}}})

    accounts = (
        answering("b", "2026-03-01", "pressures", "Drivers"),
        answering("a", "2026-03-01", "pressures", "Energy"),
        answering("c", "2026-04-01", "pressures", "Staff"),
        answering("d", "2026-04-01", "more-value", "Teach us"),
        answering("e", "2026-04-01", "asked-by-nobody-else", "Hm"),
        account("f"),
    )
    found = themes(portfolio(*accounts))
    assert list(found) == ["pressures", "more-value"]
    told = [(heard.account.slug, heard.answer.answer) for heard in found["pressures"]]
    assert told == [("c", "Staff"), ("a", "Energy"), ("b", "Drivers")]


def test_open_complaints_and_their_age() -> None:
    def note(day: str, **head: Any) -> Note:
        return Note(day, date.fromisoformat(day), "", NoteHead.model_validate(head), day, "")

    notes = (
        note("2026-01-01", kind="issue", resolved="2026-02-01"),
        note("2026-02-01", kind="issue", private="true"),
        note("2026-03-01", kind="visit"),
        note("2026-05-06", kind="issue"),
    )
    one = Account("example", "key", AccountFile.model_validate({"name": "Example", "stage": "key"}), notes=notes)
    found = open_complaints(portfolio(one), one)
    assert [(c.note.id, c.age.days) for c in found] == [("2026-02-01", 94), ("2026-05-06", 0)]
    assert open_complaints(portfolio(account()), account()) == ()
