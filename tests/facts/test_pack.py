"""The review pack and the handover as facts: what became of promises, whom nobody knows, which questions are asked."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from kamgen.facts.audits import Asking
from kamgen.facts.handover import handover
from kamgen.facts.pack import Outcome, Sources, fairest, outcomes, questions, review_pack
from kamgen.facts.publication import published, secrets
from kamgen.facts.standing import Standing
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Question
from kamgen.model.portfolio import Account, History, Portfolio, State
from kamgen.read.playbook import default_settings

DAY = date.fromisoformat
REVIEWED = "2026-04-20"


def account(*actions: dict[str, Any], reviewed: str | None = REVIEWED, **more: Any) -> Account:
    plan = {"implementation": list(actions), "intentions": {"shelves": {"goal": "No gaps"}}}
    if reviewed:
        plan["reviewed"] = reviewed
    record = {"name": "A", "stage": "key", "plan": plan | more.pop("plan", {})} | more
    return Account("a", "key", AccountFile.model_validate(record))


def _same(one: Account) -> Account:
    return one


def sources(*states: tuple[str, Account]) -> tuple[Sources, Account]:
    """The last of the states is what stands in the files on 6 May; without another one git knows nothing."""
    found = tuple(State(DAY(day), partial(_same, one)) for day, one in states)
    history = History("", None, lambda slug: found) if len(found) > 1 else History("not a git repository")
    whole = Portfolio(DAY("2026-05-06"), default_settings(), {"a": states[-1][1]}, history=history)
    public = published(whole, secrets(whole))
    return Sources(public, whole, Standing(public.accounts["a"])), public.accounts["a"]


def told(*states: tuple[str, Account]) -> list[tuple[str, str]]:
    return [(one.what, one.became) for one in outcomes(*sources(*states))]


def action(what: str, due: str | None = "2026-04-30", **more: Any) -> dict[str, Any]:
    return {"what": what, "who": "anna", "goal": "shelves"} | ({"due": due} if due else {}) | more


THEN = account(
    action("Kept"),
    action("Late", "2026-04-25"),
    action("Dropped"),
    action("Vanished"),
    action("Moved"),
    action("Past its day"),
    action("Not yet due", "2026-06-30"),
    action("Sooner", "2026-06-30"),
    action("Done before", done="2026-04-19"),
)
NOW = account(
    action("Kept", done="2026-04-29"),
    action("Late", "2026-04-25", done="2026-04-30"),
    action("Dropped", dropped="2026-05-01", because="They moved"),
    action("Moved", "2026-06-15"),
    action("Past its day"),
    action("Not yet due", "2026-06-30"),
    action("Sooner", "2026-05-30"),
    action("Done before", done="2026-04-19"),
    action("Promised since", "2026-05-01", who="bert"),
)


def test_what_became_of_every_promise_of_the_last_review() -> None:
    assert told(("2026-04-20", THEN), ("2026-05-06", NOW)) == [
        ("Past its day", "overdue"),
        ("Moved", "moved"),
        ("Vanished", "vanished"),
        ("Dropped", "dropped"),
        ("Late", "late"),
        ("Kept", "kept"),
    ]


def test_the_day_it_was_promised_for_is_the_one_of_the_review() -> None:
    first = account(action("Count", "2026-03-31"))
    then, now = account(action("Count", "2026-05-15")), account(action("Count", "2026-05-31"))
    (one,) = outcomes(*sources(("2026-03-01", first), ("2026-04-19", then), ("2026-05-02", now)))
    assert (one.due, one.now, one.who) == (DAY("2026-05-15"), DAY("2026-05-31"), ("anna",))


def test_what_was_done_before_the_review_and_entered_after_it_is_told() -> None:
    then, now = account(action("Count")), account(action("Count", done="2026-04-18"))
    assert told(("2026-04-20", then), ("2026-04-22", now), ("2026-05-06", now)) == [("Count", "kept")]


def test_without_git_the_plan_alone_speaks() -> None:
    assert told(("2026-05-06", NOW)) == [
        ("Past its day", "overdue"),
        ("Promised since", "overdue"),
        ("Dropped", "dropped"),
        ("Late", "late"),
        ("Kept", "kept"),
    ]
    assert told(("2026-05-06", account(reviewed=None))) == []


def test_the_pack_of_an_empty_plan() -> None:
    pack = review_pack(*sources(("2026-05-06", account(reviewed=None))))
    assert (pack.outcomes, pack.last, pack.changes, pack.dates, pack.decisions) == ((), None, None, (), ())
    assert [stand.id for stand in pack.goals] == ["shelves"]


def test_changes_are_told_once() -> None:
    eva = {"eva": {"name": "Eva"}}
    then, now = account(action("Count")), account(action("Count", "2026-05-31"), contacts=eva, plan={"period": PERIOD})
    pack = review_pack(*sources(("2026-04-20", then), ("2026-05-06", now)))
    assert [change.kind for change in pack.changes or ()] == ["period-set"]
    assert [change.kind for change in pack.people.moves] == ["contact-joined"]
    assert [one.became for one in pack.outcomes] == ["moved"]


PERIOD = {"ends": "2026-07-15", "reach": "They ask us first"}


def test_of_many_outcomes_each_sort_has_one() -> None:
    many = [Outcome(f"Past {n}", "overdue") for n in range(9)]
    found = [*many, Outcome("Moved", "moved"), Outcome("Kept", "kept"), Outcome("Kept too", "kept")]
    assert [one.what for one in fairest(found, 6)] == ["Past 0", "Past 1", "Past 2", "Past 3", "Moved", "Kept"]
    assert fairest(found, 20) == found
    assert fairest([], 6) == []


def asking(name: str, part: str) -> Asking:
    return Asking(name, Question.model_validate({"part": part, "ask": f"{name}?"}))


PARTS = [[asking("p1", "past"), asking("p2", "past")], [asking("f1", "future")], [asking("k1", "key")]]


@pytest.mark.parametrize(
    ("first", "key", "expected"),
    [
        ([], True, ["p1", "f1", "k1"]),
        ([], False, ["p1", "f1", "p2"]),
        ([asking("k2", "key"), asking("p3", "past")], True, ["k2", "p3", "p1"]),
        ([asking("k2", "key"), asking("p3", "past")], False, ["p3", "p1", "f1"]),
        ([asking(f"p{n}", "past") for n in range(9)], True, ["p0", "p1", "p2", "p3", "p4"]),
    ],
)
def test_three_to_five_questions(first: list[Asking], key: bool, expected: list[str]) -> None:
    assert [one.id for one in questions(first, PARTS, key)] == expected


def test_a_menu_without_questions_asks_nothing() -> None:
    assert questions([], [], True) == ()


def test_a_handover_tells_how_we_got_here_and_what_was_not_kept() -> None:
    before = account(action("Count", "2026-02-28"), manager="anna", reviewed=None)
    now = account(action("Count", "2026-05-31"), manager="robert", reviewed=None)
    found = handover(*sources(("2026-01-05", before), ("2026-03-02", now), ("2026-05-06", now)))
    assert [(str(turn.on), turn.text) for turn in found.turns or ()] == [
        ("2026-01-05", "New account: A (key)."),
        ("2026-03-02", "Manager: anna, now robert."),
    ]
    assert [(one.what, one.became) for one in found.unkept] == [("Count", "moved")]


def test_a_handover_without_git_says_that_it_does_not_know() -> None:
    found = handover(*sources(("2026-05-06", account(action("Count", "2026-02-28")))))
    assert found.turns is None
    assert [(one.what, one.became) for one in found.unkept] == [("Count", "overdue")]
    assert [ends for _, ends in found.torn] == [("situation", "measure", "stages")]
