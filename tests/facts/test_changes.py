"""What changed on an account: each kind of news once, and nothing where only spelling, order or formatting changed."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
import yaml

from kamgen.facts.changes import KINDS, changes
from kamgen.facts.changes.change import Kind
from kamgen.facts.rewording import in_common, paired, same
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.portfolio import Account, HeldAudit, Note

BASE = """\
name: Ernst Handel
stage: customer
region: Western Europe
manager: margaret
team: [laura, michael]
selection: {definition: [must-not-lose], scores: {access: 3}, reason: They open the trade}
dates: [{what: Frame contract ends, on: 2026-12-31, act_before: 2026-09-30}]
planned: [{what: audit, who: [andrew], with: [roland], on: 2026-05-28}]
promises: [{what: A named person answers, owner: laura, target: {at_least: 0.95}, kept: {2026-02: 0.97}}]
waivers: [{rule: KAM604, reason: Handed over in June, until: 2026-07-01}]
contacts:
  roland: {name: Roland Mendel, title: Sales Manager, level: influencer, stance: supporter, covered_by: [margaret]}
  georg: {name: Georg Pipps}
plan:
  reviewed: 2026-04-20
  period: {ends: 2026-07-15, reach: They ask us in first}
  intelligence:
    business: They sell cases to hotels and restaurants
    threats: [{what: A rival offers Linz free deliveries}]
  intentions:
    shelves:
      goal: No empty shelves for dairy
      owner: margaret
      measure: lines out of stock
      start: 14
      aim: 3
      readings: {2026-02-24: 11}
      due: 2026-12-31
      stages: [{what: Joint forecast for Graz, due: 2026-06-30}]
  implementation:
    - {what: Put the forecast sheet on their intranet, who: laura, due: 2026-05-15, goal: shelves}
    - {what: Agree the stock count with Linz, who: margaret, due: 2026-04-30, goal: shelves}
  decisions: [{ask: Free samples for the depots, of: andrew, asked_on: 2026-04-20}]
partnership: {asks-our-advice: {evidence: Asked about the depot, on: 2026-03-12}}
"""
NAMES = {"margaret": "Margaret Peacock", "laura": "Laura Callahan", "roland": "Roland Mendel", "georg": "Georg Pipps"}


def account(text: str, **more: Any) -> Account:
    record = AccountFile.model_validate(yaml.load(text, yaml.BaseLoader))
    return Account("ernst-handel", record.stage, record, **more)


def told(before: Account | None, after: Account | None) -> list[tuple[str, str]]:
    found = changes(before, after, lambda person: NAMES.get(person, person))
    assert all(change.account == "ernst-handel" and change.kind in KINDS for change in found)
    return [(change.kind, change.text) for change in found]


def edited(*edits: tuple[str, str]) -> Account:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return account(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("stage: customer", "stage: key", [("stage-changed", "Stage: customer, now key.")]),
        ("region: Western", "region: Southern", [("detail-changed", "Region: Western Europe, now Southern Europe.")]),
        ("manager: margaret", "manager: laura", [("role-changed", "Manager: Margaret Peacock, now Laura Callahan.")]),
        ("[laura, michael]", "[laura]", [("role-changed", "Team: michael left.")]),
        ("access: 3", "access: 4", [("selection-changed", "Selection: access 3, now 4.")]),
        ("on: 2026-12-31", "on: 2027-03-31", [
            ("date-moved", '"Frame contract ends" moved from 2026-12-31 to 2027-03-31.')]),
        ("act_before: 2026-09-30", "act_before: 2026-08-31", [
            ("date-moved", 'The day to act before moved from 2026-09-30 to 2026-08-31: "Frame contract ends".')]),
        ("on: 2026-05-28", "on: 2026-06-04", [("meeting-moved", "The audit moved from 2026-05-28 to 2026-06-04.")]),
        ("{2026-02: 0.97}", "{2026-02: 0.97, 2026-03: 0.91}", [
            ("promise-broken", '2026-03: not kept with 0.91: "A named person answers".')]),
        ("{2026-02: 0.97}", "{2026-02: 0.97, 2026-03: 0.96}", [
            ("promise-kept", '2026-03: kept with 0.96: "A named person answers".')]),
        ("until: 2026-07-01", "until: 2026-08-01", [
            ("waiver-added", 'KAM604 is now waived until 2026-08-01: "Handed over in June".')]),
        ("covered_by: [margaret]}", "covered_by: [margaret], leaves: 2026-06-30, successor: not-known-yet}", [
            ("contact-leaves", "Roland Mendel leaves on 2026-06-30, followed by somebody not known yet.")]),
        ("covered_by: [margaret]}", "covered_by: [laura]}", [
            ("cover-changed", "Roland Mendel is covered by Laura Callahan, no longer by Margaret Peacock.")]),
        ("stance: supporter", "stance: critic", [("stance-changed", "Roland Mendel: supporter, now critic.")]),
        ("level: influencer", "level: instigator", [
            ("level-changed", "Roland Mendel decides policy (was influencer).")]),
        ("title: Sales Manager", "title: Managing Director", [
            ("contact-changed", "Roland Mendel: Title: Sales Manager, now Managing Director.")]),
        ("  georg: {name: Georg Pipps}\n", "", [
            ("contact-gone", "Georg Pipps is gone from the contacts. Who left stays in the file, with `leaves`.")]),
        ("  georg:", "  peter: {name: Peter Franken, title: Buyer}\n  georg:", [
            ("contact-joined", "New contact: Peter Franken, Buyer.")]),
        ("reviewed: 2026-04-20", "reviewed: 2026-05-05", [("review-held", "Reviewed on 2026-05-05.")]),
        ("ends: 2026-07-15", "ends: 2026-10-15", [
            ("period-set", 'Next point to reach, by 2026-10-15: "They ask us in first".')]),
        ("They ask us in first", "Both depots tender with us alone", [
            ("period-changed",
             'Point to reach by 2026-07-15 reworded: "Both depots tender with us alone", '
             'before "They ask us in first".')]),
        ("They sell cases to hotels and restaurants", "They closed two depots this spring", [
            ("text-changed", "Their business: rewritten (7 words, now 6).")]),
        ("threats: [{what: A rival offers Linz free deliveries}]", "threats: []", [
            ("swot-gone", 'No longer listed as a threat: "A rival offers Linz free deliveries".')]),
        ("free deliveries}]", "free deliveries, goal: shelves}]", [
            ("swot-answered", 'A goal now answers the threat "A rival offers Linz free deliveries".')]),
        ("free deliveries}]", "free deliveries, parked: 2026-05-01, because: Not this year}]", [
            ("swot-parked", 'Parked, because: Not this year: "A rival offers Linz free deliveries".')]),
        ("      aim: 3", "      aim: 5", [("goal-lowered", 'Aim lowered from 3 to 5: "No empty shelves for dairy".')]),
        ("      aim: 3", "      aim: 2", [("goal-raised", 'Aim raised from 3 to 2: "No empty shelves for dairy".')]),
        ("      aim: 3", "      aim: few", [
            ("goal-changed", 'Aim changed from 3 to few: "No empty shelves for dairy".')]),
        ("due: 2026-12-31", "due: 2027-03-31", [
            ("goal-moved", 'Goal moved from 2026-12-31 to 2027-03-31: "No empty shelves for dairy".')]),
        ("due: 2026-12-31", "due: 2026-12-31\n      reached: 2026-05-01", [
            ("goal-reached", 'Reached on 2026-05-01: "No empty shelves for dairy".')]),
        ("due: 2026-12-31", "due: 2026-12-31\n      dropped: 2026-05-01", [
            ("goal-dropped", 'Goal dropped on 2026-05-01, without a reason: "No empty shelves for dairy".')]),
        ("{2026-02-24: 11}", "{2026-02-24: 11, 2026-04-14: 9}", [
            ("reading-added", "2026-04-14: lines out of stock at 9 (aim 3).")]),
        ("due: 2026-06-30}", "due: 2026-07-31}", [
            ("step-moved", 'Moved from 2026-06-30 to 2026-07-31: "Joint forecast for Graz".')]),
        ("due: 2026-06-30}", "due: 2026-06-30, done: 2026-06-12}", [
            ("step-done", 'Done on 2026-06-12: "Joint forecast for Graz".')]),
        ("due: 2026-05-15", "due: 2026-05-29", [
            ("action-moved",
             'Moved from 2026-05-15 to 2026-05-29: "Put the forecast sheet on their intranet" (Laura Callahan).')]),
        ("due: 2026-05-15", "due: 2026-05-15, done: 2026-05-04", [
            ("action-done", 'Done on 2026-05-04: "Put the forecast sheet on their intranet" (Laura Callahan).')]),
        ("due: 2026-05-15", "due: 2026-05-15, dropped: 2026-05-04, because: They use their own", [
            ("action-dropped", "Dropped on 2026-05-04, because: They use their own: "
             '"Put the forecast sheet on their intranet" (Laura Callahan).')]),
        ("Put the forecast sheet on their intranet", "Publish our numbers weekly", [
            ("action-reworded", 'Action reworded: "Publish our numbers weekly", '
             'before "Put the forecast sheet on their intranet".')]),
        ("    - {what: Agree the stock count with Linz, who: margaret, due: 2026-04-30, goal: shelves}\n", "", [
            ("action-vanished",
             'An action is gone without a word: "Agree the stock count with Linz" (Margaret Peacock), '
             "due 2026-04-30.")]),
        ("asked_on: 2026-04-20}]", "asked_on: 2026-04-20, decided_on: 2026-05-04, outcome: Ten cases each}]", [
            ("decision-made", 'Decided on 2026-05-04: "Free samples for the depots": Ten cases each.')]),
        ("on: 2026-03-12}}", "on: 2026-04-29}}", [
            ("evidence-renewed", 'Sign of partnership renewed, asks-our-advice: "Asked about the depot".')]),
    ],
)  # fmt: skip
def test_one_edit_is_one_change(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert told(account(BASE), edited((old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[laura, michael]", "[michael, laura]"),
        ("They open the trade", "They open the trade."),
        ("No empty shelves for dairy", "No empty shelfs for  dairy!"),
        ("Put the forecast sheet on their intranet", "Put the FORECAST sheet; on their intranet"),
        ("Agree the stock count with Linz", "Agree the stock-count with Linz"),
        ("They sell cases to hotels and restaurants", "They sell **cases** to hotels\n\n      and restaurants"),
        ("A rival offers Linz free deliveries", "A rivall offers Linz free deliveries"),
        ("title: Sales Manager", "title: sales manager"),
    ],
)
def test_spelling_order_and_formatting_are_no_news(old: str, new: str) -> None:
    assert told(account(BASE), edited((old, new))) == []


def test_figures_are_never_spelling() -> None:
    assert not same("20 cases a week", "30 cases a week")
    assert not same("Sent 1.5 tons", "Sent 15 tons")
    assert same("Recieve the goods", "Receive the goods.")


def test_other_names_are_other_words() -> None:
    assert not same("Agree it with Linz", "Agree it with Graz")


def test_an_item_reordered_is_the_same_item() -> None:
    lines = [line for line in BASE.splitlines(keepends=True) if "goal: shelves}" in line]
    text = BASE.replace("".join(lines), "".join(reversed(lines)))
    assert text != BASE
    assert told(account(BASE), account(text)) == []


def test_the_most_important_comes_first() -> None:
    after = edited(
        ("due: 2026-05-15", "due: 2026-05-29"),
        ("stage: customer", "stage: key"),
        ("stance: supporter", "stance: critic"),
        ("title: Sales Manager", "title: Managing Director"),
    )
    kinds = [kind for kind, _ in told(account(BASE), after)]
    assert kinds == ["stage-changed", "action-moved", "stance-changed", "contact-changed"]


def test_an_account_that_came_or_went() -> None:
    assert told(None, account(BASE)) == [("account-added", "New account: Ernst Handel (customer).")]
    assert told(account(BASE), None) == [("account-gone", "Ernst Handel (customer) is no longer in the workspace.")]
    assert told(None, None) == []


def note(name: str, **head: Any) -> Note:
    day = date.fromisoformat(name[:10])
    return Note(name, day, f"notes/{name}.md", NoteHead.model_validate(head), "Two pallets short", "")


def test_notes_complaints_and_audits() -> None:
    complaint = note("2026-05-01-short", kind="issue")
    solved = note("2026-05-01-short", kind="issue", resolved="2026-05-05")
    visit = note("2026-05-02-graz", kind="visit", **{"with": ["roland"]})
    held = HeldAudit("2026-05-04", date(2026, 5, 4), "", Audit.model_validate({"marks": 7, "seen_as": "partner"}))
    base = account(BASE)
    assert told(base, account(BASE, notes=(complaint, visit), audits=(held,))) == [
        ("complaint-opened", 'Complaint of 2026-05-01: "Two pallets short".'),
        ("audit-held", "Audit of 2026-05-04: 7 out of ten, seen as a partner."),
        ("note-added", 'Visit on 2026-05-02 with Roland Mendel: "Two pallets short".'),
    ]
    assert told(account(BASE, notes=(complaint,)), account(BASE, notes=(solved,))) == [
        ("complaint-resolved", 'Complaint resolved on 2026-05-05: "Two pallets short".')
    ]
    assert told(account(BASE, notes=(visit,)), base) == [
        ("note-gone", 'A note is gone: 2026-05-02, "Two pallets short".')
    ]


def test_what_could_not_be_read_has_not_gone() -> None:
    empty = "name: Ernst Handel\nstage: customer\n"
    parts = frozenset({"account", "contacts", "plan", "partnership", "notes", "audits"})
    assert told(account(BASE), account(empty, unread=parts)) == []
    assert ("goal-vanished", 'A goal is gone without a word: "No empty shelves for dairy".') in told(
        account(BASE), account(empty)
    )


def test_what_was_closed_before_it_went_is_no_news() -> None:
    done = BASE.replace("due: 2026-04-30, goal", "due: 2026-04-30, done: 2026-04-29, goal")
    gone = "\n".join(line for line in BASE.splitlines() if "Agree the stock count" not in line)
    assert told(account(done), account(gone)) == []


def test_pairing_takes_the_likest_first() -> None:
    before = ["agree the stock count with linz", "agree the stock count with graz"]
    after = ["agree the new stock count with graz", "agree the new stock count with linz", "write to vienna"]
    pairs = paired(before, after, str, str)
    assert [(pair.before, pair.after) for pair in pairs] == [
        (before[1], after[0]),
        (before[0], after[1]),
        (None, after[2]),
    ]


def test_sixty_percent_of_the_words() -> None:
    assert in_common("a b c d e", "a b c x y") == pytest.approx(0.6)
    pairs = paired(["a b c d e"], ["a b c x y"], str, str)
    assert [(pair.before, pair.after) for pair in pairs] == [("a b c d e", "a b c x y")]
    pairs = paired(["a b c d e"], ["a b x y z"], str, str)
    assert [(pair.before, pair.after) for pair in pairs] == [(None, "a b x y z"), ("a b c d e", None)]


def test_the_same_text_is_one_item_however_empty() -> None:
    assert in_common("", "") == 1


def test_every_kind_is_named_once() -> None:
    assert len(set(KINDS)) == len(get_args(Kind)) == len(KINDS)
