"""Signals: trends that notes name, where and when they showed up, and what private notes add to that."""

from __future__ import annotations

from datetime import date

from kamgen.facts.publication import published, secrets
from kamgen.facts.signals import Signal, shared, signals
from kamgen.model.account import AccountFile, NoteHead
from kamgen.model.portfolio import Account, Note, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def note(day: str, *words: str, who: str = "laura", private: bool = False) -> Note:
    head = NoteHead.model_validate({"kind": "visit", "who": who, "signals": list(words), "private": private})
    return Note(f"{day}-visit", date.fromisoformat(day), "", head, "A visit", "")


def found(**notes: list[Note]) -> tuple[Signal, ...]:
    accounts = {
        slug: Account(slug, "key", AccountFile(name=slug, stage="key"), notes=tuple(several))
        for slug, several in notes.items()
    }
    whole = Portfolio(TODAY, default_settings(), accounts)
    return signals(whole, published(whole, secrets(whole)))


def test_no_notes() -> None:
    assert found() == ()
    assert found(a=[], b=[note("2026-01-01")]) == ()


def test_first_and_last_sighting_and_by_whom() -> None:
    one = found(
        b=[note("2026-03-01", "Small orders", who="robert")],
        a=[note("2025-11-01", "small-orders", who="janet"), note("2026-04-01", "small orders!", "small-orders")],
    )[0]
    assert (one.id, one.words, one.accounts, one.notes) == ("small-orders", "small-orders", 2, 3)
    assert (one.first.account.slug, one.first.on, one.first.who) == ("a", date(2025, 11, 1), ("janet",))
    assert (one.last.account.slug, one.last.on, one.last.who) == ("a", date(2026, 4, 1), ("laura",))
    assert [account.slug for account in one.seen_in] == ["a", "b"]


def test_one_account_alone_shares_nothing() -> None:
    every = found(a=[note("2026-01-01", "wine"), note("2026-02-01", "wine", "meat")], b=[note("2026-03-01", "meat")])
    assert [signal.id for signal in every] == ["meat", "wine"]
    assert [signal.id for signal in shared(every)] == ["meat"]


def test_the_order_is_by_accounts_then_newest_then_name() -> None:
    every = found(
        a=[note("2026-01-01", "wine", "cheese"), note("2026-04-01", "meat")],
        b=[note("2026-01-02", "wine")],
        c=[note("2026-01-01", "beer")],
    )
    assert [signal.id for signal in every] == ["wine", "meat", "beer", "cheese"]


def test_private_notes_count_and_are_not_named() -> None:
    one = found(
        a=[note("2025-11-01", "wine", private=True), note("2026-02-01", "wine", who="robert")],
        b=[note("2026-03-01", "wine", private=True)],
    )[0]
    assert (one.accounts, one.notes, one.shared) == (2, 3, True)
    assert [sighting.note.id for sighting in one.sightings] == ["2026-02-01-visit"]
    assert [account.slug for account in one.seen_in] == ["a"]


def test_what_only_private_notes_name_stays_private() -> None:
    assert found(a=[note("2026-01-01", "merger", private=True)], b=[note("2026-01-01", "merger", private=True)]) == ()


def test_notes_later_than_tomorrow_are_left_out() -> None:
    assert found(a=[note("2026-05-08", "wine")]) == ()
    assert len(found(a=[note("2026-05-07", "wine")])) == 1


def test_ties_on_one_day_are_in_a_fixed_order() -> None:
    one = found(b=[note("2026-01-01", "wine")], a=[note("2026-01-01", "wine")])[0]
    assert (one.first.account.slug, one.last.account.slug) == ("a", "b")
