"""The map of a relationship: who stands where, which line leads where, and what is missing."""

from __future__ import annotations

from datetime import date, timedelta

from kamgen.facts.relation_map import HEADING, PERSON, MapLevel, Ours, Theirs, account_map, relation_map
from kamgen.facts.relationships import Tie
from kamgen.model.values import NEVER, PolicyLevel
from tests.facts.test_relationships import TODAY, account, portfolio

DAYS = timedelta(days=60)


def them(name: str, level: PolicyLevel | None = "implementer", every: timedelta | None = DAYS) -> Theirs:
    return Theirs(name, name.title(), level=level, every=every)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_nobody_on_either_side_is_three_levels_with_nobody() -> None:
    drawn = relation_map([], [], [], TODAY)
    assert drawn.levels == (MapLevel("instigator"), MapLevel("influencer"), MapLevel("implementer"))
    assert (drawn.contacts, drawn.untied, len(drawn.empty_levels)) == (0, 0, 3)
    assert drawn.units == round(3 * (HEADING + PERSON) * 10)
    assert (drawn.covered, drawn.late, drawn.met, drawn.gaps) == ("", "", "", "")


def test_one_line_runs_from_the_middle_of_one_to_the_middle_of_the_other() -> None:
    drawn = relation_map([Ours("me", "Me")], [them("ida")], [Tie("me", "ida", True, ago(3))], TODAY)
    theirs = round((2 * (HEADING + PERSON) + HEADING + PERSON / 2) * 10)
    assert drawn.covered == f"M0 {drawn.units // 2}C40 {drawn.units // 2} 60 {theirs} 100 {theirs}"
    assert (drawn.ours[0].ties, drawn.levels[2].people[0].ties) == (1, 1)
    assert (drawn.late, drawn.met, drawn.gaps) == ("", "", "")


def test_lines_by_kind() -> None:
    theirs = [them("soon"), them("late"), them("never-met"), them("unasked", every=None), them("not", every=NEVER)]
    found = [
        Tie("me", "soon", True, ago(60)),
        Tie("me", "late", True, ago(61)),
        Tie("me", "never-met", True, None),
        Tie("me", "unasked", True, None),
        Tie("me", "not", True, ago(999)),
        Tie("you", "soon", False, ago(9)),
    ]
    drawn = relation_map([Ours("me", "Me"), Ours("you", "You")], theirs, found, TODAY)
    assert [path.count("M") for path in (drawn.covered, drawn.late, drawn.met)] == [3, 2, 1]
    assert " 100 " not in drawn.late  # it stops short of them


def test_who_has_no_tie_has_a_loose_end() -> None:
    drawn = relation_map([Ours("me", "Me"), Ours("you", "You")], [them("ida"), them("jon")], [Tie("me", "ida")], TODAY)
    assert drawn.untied == 1
    assert drawn.gaps.count("h12") == 1
    assert drawn.gaps.count("h-12") == 1
    assert [one.id for one in drawn.ours] == ["me", "you"]


def test_people_of_unknown_level_come_last_and_only_where_there_are_any() -> None:
    drawn = relation_map([], [them("ida", None), them("max", "instigator")], [], TODAY)
    assert [level.level for level in drawn.levels] == ["instigator", "influencer", "implementer", None]
    assert drawn.empty_levels == ("influencer", "implementer")


def test_ours_stand_beside_those_whom_they_know() -> None:
    ours = [Ours("low", "Low"), Ours("none", "None"), Ours("high", "High")]
    found = [Tie("low", "jon"), Tie("high", "ida")]
    drawn = relation_map(ours, [them("ida", "instigator"), them("jon")], found, TODAY)
    assert [one.id for one in drawn.ours] == ["high", "low", "none"]


def test_many_of_ours_make_the_map_higher() -> None:
    drawn = relation_map([Ours(f"o{n}", "O") for n in range(9)], [them("ida")], [], TODAY)
    assert drawn.units == round(9 * PERSON * 10)


def test_a_tie_to_somebody_who_is_not_shown_is_left_out() -> None:
    drawn = relation_map([Ours("me", "Me")], [them("ida")], [Tie("me", "gone"), Tie("gone", "ida")], TODAY)
    assert (drawn.covered, drawn.late, drawn.met) == ("", "", "")
    assert drawn.untied == 1


def test_twenty_five_people_take_little_room() -> None:
    theirs = [them(f"t{n}") for n in range(25)]
    ours = [Ours(f"o{n}", "O") for n in range(8)]
    found = [Tie(f"o{(n + k) % 8}", f"t{n}", last=TODAY) for n in range(25) for k in range(3)]
    drawn = relation_map(ours, theirs, found, TODAY)
    assert drawn.covered.count("M") == 75
    assert len(drawn.covered) < 2500


def test_the_map_of_an_account() -> None:
    one = account(
        {
            "ida": {"name": "Ida", "level": "influencer", "covered_by": ["margaret-peacock"], "leaves": "2026-06-30"},
            "gone": {"name": "Gone", "leaves": "2026-01-01", "covered_by": ["margaret-peacock"]},
        },
        manager="margaret-peacock",
        sponsor="andrew-fuller",
        team=["robert-king"],
    )
    drawn = account_map(portfolio(one), one)
    assert {person.id for person in drawn.ours} >= {"margaret-peacock", "andrew-fuller"}
    assert [person.id for level in drawn.levels for person in level.people] == ["ida"]
    assert drawn.levels[1].people[0].leaves == date(2026, 6, 30)
