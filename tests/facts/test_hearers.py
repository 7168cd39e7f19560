"""Who should hear of a signal: the managers of accounts in the same trade, unless they know already."""

from __future__ import annotations

from datetime import date

from kamgen.facts.hearers import Hearing, hearings
from kamgen.facts.publication import published, secrets
from kamgen.facts.signals import signals
from kamgen.model.account import AccountFile, NoteHead
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, Note, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
TEAM = {name: Person(name=name.title()) for name in ("ann", "bob", "cas")} | {
    "old": Person(name="Old", leaves=date(2026, 1, 1))
}


def note(who: str = "ann", *, private: bool = False, words: str = "wine") -> Note:
    head = NoteHead.model_validate({"kind": "call", "who": who, "signals": [words], "private": private})
    return Note("2026-04-01-call", date(2026, 4, 1), "", head, "A call", "")


def account(slug: str, segment: str, manager: str | None, *notes: Note, stage: str = "customer") -> Account:
    record = {"name": slug, "stage": stage, "segment": segment} | ({"manager": manager} if manager else {})
    return Account(slug, stage, AccountFile.model_validate(record), notes=notes)  # type: ignore[arg-type]


def heard(*accounts: Account) -> Hearing:
    whole = Portfolio(TODAY, default_settings(), {one.slug: one for one in accounts}, Playbook(team=TEAM))
    public = published(whole, secrets(whole))
    return hearings(signals(whole, public), public)[0]


def asked(found: Hearing) -> list[str]:
    return [one.slug for one in found.ask]


def test_the_managers_of_the_same_trade_hear_of_it() -> None:
    found = heard(
        account("a", "Hotels", "ann", note()),
        account("b", "hotels", "bob"),
        account("c", "Shops", "cas"),
        account("d", " Hotels ", "bob", stage="key"),
    )
    assert (asked(found), found.managers) == (["d", "b"], ("bob",))


def test_who_was_there_or_manages_one_that_named_it_knows_already() -> None:
    found = heard(
        account("a", "Hotels", "ann", note("bob")), account("b", "Hotels", "bob"), account("c", "Hotels", "ann")
    )
    assert (asked(found), found.managers) == (["b", "c"], ())


def test_an_account_without_segment_is_nobodys_neighbour() -> None:
    found = heard(account("a", "", "ann", note()), account("b", "", "bob"))
    assert (asked(found), found.managers) == ([], ())


def test_nobody_who_has_left_or_is_unknown() -> None:
    found = heard(
        account("a", "Hotels", "ann", note()),
        account("b", "Hotels", "old"),
        account("c", "Hotels", "nobody"),
        account("d", "Hotels", None),
    )
    assert (asked(found), found.managers) == (["b", "c", "d"], ())


def test_a_private_note_neither_hides_an_account_nor_counts_as_knowing() -> None:
    found = heard(account("a", "Hotels", "ann", note()), account("b", "Hotels", "bob", note("bob", private=True)))
    assert (asked(found), found.managers) == (["b"], ("bob",))
