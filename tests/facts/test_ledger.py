"""The promise ledger: which dates an action or a stage has had, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from kamgen.facts.ledger import Entry, ledger
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, History, Portfolio, State
from kamgen.read.playbook import default_settings

DAY = date.fromisoformat


def account(*actions: dict[str, Any], stages: tuple[dict[str, Any], ...] = (), **more: Any) -> Account:
    goals = {"shelves": {"goal": "No gaps", "stages": list(stages)}}
    plan = {"intentions": goals, "implementation": list(actions)}
    record = AccountFile.model_validate({"name": "A", "stage": "key", "plan": plan})
    return Account("a", "key", record, **more)


def entries(*states: tuple[str, Account | None]) -> list[Entry]:
    history = History("", None, lambda slug: tuple(State(DAY(day), lambda one=one: one) for day, one in states))
    now = states[-1][1] or account()
    portfolio = Portfolio(DAY("2026-05-06"), default_settings(), {"a": now}, history=history)
    return list(ledger(portfolio, now))


def count(due: str = "2026-02-28", **more: Any) -> dict[str, Any]:
    return {"what": "Agree the stock count with Linz", "who": "anna", "goal": "shelves", "due": due, **more}


def test_without_a_history_nothing_is_known() -> None:
    now = account(count())
    assert ledger(Portfolio(DAY("2026-05-06"), default_settings(), {"a": now}), now) == ()


def test_a_date_that_slipped_three_times() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-02-27", account(count("2026-03-31"))),
        ("2026-03-02", account(count("2026-03-31"), {"what": "Write to Graz"})),
        ("2026-03-30", account(count("2026-04-30"))),
        ("2026-04-30", account(count("2026-05-31"))),
    )[:1]
    assert [(str(one.due), str(one.since)) for one in entry.dates] == [
        ("2026-02-28", "2026-01-05"),
        ("2026-03-31", "2026-02-27"),
        ("2026-04-30", "2026-03-30"),
        ("2026-05-31", "2026-04-30"),
    ]
    assert (entry.moves, entry.fate, entry.first) == (3, "open", DAY("2026-01-05"))


def test_an_earlier_date_is_no_slip_and_no_date_is_one() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-01-06", account(count("2026-02-14"))),
        ("2026-01-07", account(count("2026-03-14"))),
        ("2026-01-08", account({key: value for key, value in count().items() if key != "due"})),
    )
    assert (len(entry.dates), entry.moves) == (4, 2)


def test_what_became_of_it() -> None:
    before = account(
        count(), count(what="Share the stock data"), count(what="Ask Vienna"), count(what="Call Graz"),
        count(what="Visit Salzburg")
    )  # fmt: skip
    after = account(
        count(done="2026-02-28"),
        count(what="Share the stock data", done="2026-03-01"),
        count(what="Ask Vienna", dropped="2026-02-01", because="They moved"),
        count(what="Visit Salzburg"),
    )
    found = {entry.what: entry for entry in entries(("2026-01-05", before), ("2026-03-02", after))}
    assert {what: (one.fate, str(one.ended)) for what, one in found.items()} == {
        "Agree the stock count with Linz": ("kept", "2026-02-28"),
        "Share the stock data": ("late", "2026-03-01"),
        "Ask Vienna": ("dropped", "2026-02-01"),
        "Call Graz": ("vanished", "2026-03-02"),
        "Visit Salzburg": ("open", "None"),
    }
    assert found["Ask Vienna"].because == "They moved"


def test_what_was_done_late_by_its_first_date_is_late_however_often_it_was_moved() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-02-20", account(count("2026-03-31"))),
        ("2026-03-20", account(count("2026-03-31", done="2026-03-15"))),
    )
    assert (entry.fate, entry.moves) == ("late", 1)


def test_reworded_is_not_replaced() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-02-05", account(count("2026-03-31", what="Get Linz to sign the count"))),
    )
    assert (entry.id, entry.first, len(entry.dates)) == ("get-linz-to-sign-the-count", DAY("2026-01-05"), 2)


def test_what_was_done_and_then_taken_out_was_done() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-02-05", account(count(done="2026-02-05"))),
        ("2026-03-05", account()),
    )
    assert (entry.fate, entry.ended) == ("kept", DAY("2026-02-05"))


def test_opened_again() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count(done="2026-01-04"))),
        ("2026-02-05", account(count())),
    )
    assert (entry.fate, entry.ended) == ("open", None)


def test_stages_are_promises_too() -> None:
    stage = {"what": "Joint forecast for Graz", "due": "2026-06-30"}
    (entry,) = entries(
        ("2026-01-05", account(stages=(stage,))),
        ("2026-02-05", account(stages=(stage | {"due": "2026-07-31"},))),
    )
    assert (entry.stage, entry.goal, entry.moves) == (True, "shelves", 1)


def test_a_state_that_could_not_be_read_changes_nothing() -> None:
    broken = account(unread=frozenset({"plan"}))
    (entry,) = entries(("2026-01-05", account(count())), ("2026-02-05", broken), ("2026-02-06", account(count())))
    assert entry.fate == "open"
    assert len(entry.dates) == 1


def test_a_state_without_the_account_is_passed_over() -> None:
    (entry,) = entries(("2026-01-05", None), ("2026-02-05", account(count())))
    assert entry.first == DAY("2026-02-05")


def test_what_was_put_back_had_never_gone() -> None:
    (entry,) = entries(
        ("2026-01-05", account(count())),
        ("2026-02-05", account()),
        ("2026-02-06", account(count("2026-03-31", what="Agree the yearly stock count with Linz"))),
    )
    assert (entry.fate, entry.first, entry.moves) == ("open", DAY("2026-01-05"), 1)
