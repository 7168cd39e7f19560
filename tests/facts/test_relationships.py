"""Who is tied to whom, in what shape, and what is lost with one person: edges first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.relationships import (
    Loss,
    Shape,
    Tie,
    account_shape,
    active_contacts,
    booked_ties,
    bow_ties,
    by_level,
    cover,
    if_leaves,
    judgeable,
    listed,
    only_ties,
    parts,
    ties,
    where,
    within,
)
from kamgen.model.account import AccountFile, NoteHead
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account, Activity, Exports, Note, Playbook, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
SITES = {"graz": {"name": "Graz depot"}, "linz": {"name": "Linz depot"}}


def account(contacts: dict[str, dict[str, Any]], *notes: Note, **more: Any) -> Account:
    people = {name: {"name": name.title(), **facts} for name, facts in contacts.items()}
    record = AccountFile.model_validate({"name": "Example", "stage": "key", "contacts": people, **more})
    return Account("example", "key", record, notes=notes)


def portfolio(one: Account, team: dict[str, dict[str, Any]] | None = None, *activities: Activity) -> Portfolio:
    ours = {name: Person.model_validate({"name": name.title(), **facts}) for name, facts in (team or {}).items()}
    exports = Exports(activities={"example": activities} if activities else None)
    return Portfolio(TODAY, default_settings(), {one.slug: one}, Playbook(ours if team else None), exports)


def note(day: str, *theirs: str, who: tuple[str, ...] = (), kind: str = "visit") -> Note:
    head = NoteHead.model_validate({"kind": kind, "with": list(theirs), "who": list(who)})
    return Note(f"{day}-{kind}", date.fromisoformat(day), "", head, "", "")


def shape_of(contacts: dict[str, dict[str, Any]]) -> Shape:
    one = account(contacts)
    return account_shape(portfolio(one), one)


def test_nobody() -> None:
    one = account({})
    assert ties(portfolio(one), one) == ()
    assert account_shape(portfolio(one), one) == Shape(None, "none")
    assert bow_ties(portfolio(one), one) == []
    assert if_leaves(portfolio(one), one) == {}
    assert [(level.theirs, level.ours) for level in by_level({}, ())] == [((), ())] * 3
    assert [part.sites for part in parts(portfolio(one), one)] == [()]


def test_one_pair_is_a_bow_tie() -> None:
    assert shape_of({"anna": {"covered_by": "max"}}) == Shape(Decimal(0), "bow-tie", "max", "anna")


def test_one_of_ours_and_many_of_theirs_is_a_bow_tie() -> None:
    found = shape_of({"anna": {"covered_by": "max"}, "bert": {"covered_by": "max"}})
    assert found == Shape(Decimal(0), "bow-tie", "max", None)


def test_many_of_ours_and_one_of_theirs_is_a_bow_tie() -> None:
    assert shape_of({"anna": {"covered_by": ["max", "eva"]}, "bert": {}}) == Shape(Decimal(0), "bow-tie", None, "anna")


def test_more_than_half_of_the_ties_is_lopsided() -> None:
    found = shape_of({"anna": {"covered_by": "max"}, "bert": {"covered_by": "max"}, "cora": {"covered_by": "eva"}})
    assert (found.word, round(found.index or 0, 2)) == ("lopsided", Decimal("0.33"))


def test_a_tie_of_two_halves_is_broad_and_on_all_levels_a_diamond() -> None:
    assert shape_of({"anna": {"covered_by": "max"}, "bert": {"covered_by": "eva"}}).word == "broad"
    found = shape_of(
        {
            "anna": {"covered_by": "max", "level": "instigator"},
            "bert": {"covered_by": "max", "level": "influencer"},
            "cora": {"covered_by": "eva", "level": "implementer"},
            "dirk": {"covered_by": "eva", "level": "implementer"},
        }
    )
    assert found == Shape(Decimal("0.5"), "diamond")


def test_the_index_grows_with_the_people_who_share() -> None:
    ours = [f"person-{n}" for n in range(4)]
    found = shape_of({f"contact-{n}": {"covered_by": ours} for n in range(4)})
    assert found.index == Decimal("0.75")


def test_who_left_on_either_side_holds_no_tie_and_the_last_day_counts() -> None:
    one = account(
        {
            "anna": {"covered_by": ["max", "eva", "ida"]},
            "bert": {"covered_by": "max", "leaves": "2026-05-05"},
            "cora": {"covered_by": "max", "leaves": "2026-05-06"},
        }
    )
    team: dict[str, dict[str, Any]] = {"max": {}, "eva": {"leaves": "2026-05-05"}, "ida": {"leaves": "2026-05-06"}}
    found = portfolio(one, team)
    assert list(active_contacts(found, one)) == ["anna", "cora"]
    assert cover(found, one, one.contacts["anna"]) == ("max", "ida")
    assert [(tie.ours, tie.theirs) for tie in ties(found, one)] == [("max", "anna"), ("ida", "anna"), ("max", "cora")]


@pytest.mark.parametrize(("day", "counts"), [("2026-02-05", True), ("2026-02-04", False)])
def test_a_meeting_within_the_rhythm_is_a_tie(day: str, counts: bool) -> None:
    contacts = {"anna": {"covered_by": "max", "level": "influencer"}}
    one = account(contacts, note(day, "anna", who=("max", "eva")))
    met = date.fromisoformat(day)
    expected = (Tie("max", "anna", True, met), Tie("eva", "anna", False, met))
    assert ties(portfolio(one), one) == (expected if counts else expected[:1])


def test_a_meeting_makes_no_tie_where_nobody_says_how_often() -> None:
    contacts: dict[str, dict[str, Any]] = {"anna": {}, "bert": {"meet_every": "never"}}
    one = account(contacts, note("2026-05-05", "anna", "bert", who=("eva",)))
    assert ties(portfolio(one), one) == ()


def test_a_name_that_only_the_crm_knows_is_nobody_of_ours() -> None:
    one = account({"anna": {"level": "influencer"}})
    rows = [Activity("example", date(2026, 5, 1), "anna", who, "call") for who in ("M. Peacock", "max", "eva")]
    team: dict[str, dict[str, Any]] = {"max": {}, "eva": {"leaves": "2026-05-05"}}
    assert [tie.ours for tie in ties(portfolio(one, team, *rows), one)] == ["max"]


def test_levels_with_those_of_ours_who_reach_them() -> None:
    contacts: dict[str, dict[str, Any]] = {
        "anna": {"level": "instigator"},
        "bert": {"level": "influencer", "covered_by": ["max", "eva"]},
        "cora": {"level": "influencer", "covered_by": "max"},
        "dirk": {"covered_by": "max"},
    }
    one = account(contacts)
    found = by_level(one.contacts, ties(portfolio(one), one))
    assert [(level.theirs, level.ours) for level in found] == [
        (("anna",), ()),
        (("bert", "cora"), ("max", "eva")),
        ((), ()),
    ]


def test_sites_with_those_of_the_whole_house() -> None:
    one = account({"anna": {"covered_by": "max"}, "bert": {"site": "graz", "covered_by": "eva"}}, sites=SITES)
    graz, linz = parts(portfolio(one), one)
    assert (graz.sites, list(graz.contacts), graz.subject) == (("graz",), ["anna", "bert"], "sites.graz")
    assert (linz.sites, list(linz.contacts)) == (("linz",), ["anna"])
    assert [tie.ours for tie in within(ties(portfolio(one), one), linz)] == ["max"]
    assert where(one, linz) == "Linz depot: "


def test_sites_without_anybody_are_one_part_if_the_house_serves_them() -> None:
    sites = {**SITES, "wels": {"name": "Wels depot"}}
    served = account({"anna": {}, "bert": {"site": "graz"}}, sites=sites)
    assert [part.sites for part in parts(portfolio(served), served)] == [("graz",), ("linz", "wels")]
    assert parts(portfolio(served), served)[1].subject == "contacts"
    alone = account({"bert": {"site": "graz"}}, sites=sites)
    assert [part.sites for part in parts(portfolio(alone), alone)] == [("graz",), ("linz",), ("wels",)]


def test_an_unknown_site_is_the_whole_house() -> None:
    one = account({"anna": {"site": "wels"}, "bert": {"site": "graz"}, "cora": {"site": "linz"}}, sites=SITES)
    assert [list(part.contacts) for part in parts(portfolio(one), one)] == [["anna", "bert"], ["anna", "cora"]]


def test_bow_ties_of_sites_or_of_all() -> None:
    contacts = {"anna": {"site": "graz", "covered_by": "max"}, "bert": {"site": "linz", "covered_by": "eva"}}
    one = account(contacts, sites=SITES)
    assert [part.sites for part, _ in bow_ties(portfolio(one), one)] == [("graz",), ("linz",)]
    contacts["bert"]["covered_by"] = "max"
    one = account(contacts, sites=SITES)
    assert [(part.sites, form.our_hub) for part, form in bow_ties(portfolio(one), one)] == [((), "max")]


def test_what_is_lost_if_one_leaves() -> None:
    one = account(
        {
            "anna": {"covered_by": "max", "level": "instigator"},
            "bert": {"covered_by": ["max", "eva"], "level": "influencer"},
            "cora": {},
        },
        plan={
            "intentions": {"seen": {"goal": "Seen", "owner": "max", "agreed_with": "anna"}},
            "implementation": [
                {"what": "Ask", "id": "ask", "who": ["eva", "bert"]},
                {"what": "Told", "id": "told", "who": "eva", "done": "2026-05-01"},
            ],
        },
    )
    found = if_leaves(portfolio(one), one)
    first, second, third = Tie("max", "anna"), Tie("max", "bert"), Tie("eva", "bert")
    assert found == {
        "max": Loss("max", True, (first, second), ("anna",), ("instigator",), ("seen",), ()),
        "eva": Loss("eva", True, (third,), (), (), (), ("ask",)),
        "anna": Loss("anna", False, (first,), (), ("instigator",), ("seen",), ()),
        "bert": Loss("bert", False, (second, third), ("eva",), ("influencer",), (), ("ask",)),
        "cora": Loss("cora", False),
    }


def test_only_ties_and_a_tie_between_two() -> None:
    assert only_ties(()) == {}
    found = [Tie("max", "anna"), Tie("eva", "bert"), Tie("max", "cora"), Tie("eva", "cora")]
    assert only_ties(found) == {"max": ("anna",), "eva": ("bert",)}


def test_what_could_not_be_read_is_not_judged() -> None:
    one = account({"anna": {"covered_by": "max"}})
    sure = portfolio(one)
    assert judgeable(sure, one)
    doubt = frozenset({("example", "contacts.anna.covered_by")})
    unsure = Portfolio(TODAY, sure.settings, sure.accounts, distrusted=doubt)
    assert not judgeable(unsure, one)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], "nobody"),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B and 2 more"),
    ],
)
def test_names_in_a_sentence(names: list[str], text: str) -> None:
    assert listed(names, 3) == text


def test_the_ties_that_booked_meetings_will_make() -> None:
    planned = [
        {"what": "visit", "who": ["max", "lea"], "with": ["anna", "bert", "gone", "unknown"], "on": "2026-05-06"},
        {"what": "call", "who": ["lea", "left"], "with": ["anna"], "on": "2026-06-01"},
        {"what": "call", "who": ["lea"], "with": ["carl"], "on": "2026-05-05"},  # over
        {"what": "audit", "who": ["lea"], "on": "2026-06-01"},
    ]
    people: dict[str, dict[str, Any]] = {"anna": {"covered_by": "max"}, "bert": {}, "carl": {}}
    one = account({**people, "gone": {"leaves": "2026-05-05"}}, planned=planned)
    found = booked_ties(portfolio(one, {"max": {}, "lea": {}, "left": {"leaves": "2026-05-05"}}), one)
    assert [(tie.ours, tie.theirs, tie.covered) for tie in found] == [
        ("max", "bert", False),
        ("lea", "anna", False),
        ("lea", "bert", False),
    ]
