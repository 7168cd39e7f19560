"""Lessons: errors weigh most, then what is seen in most accounts; nobody is counted."""

from __future__ import annotations

from kamgen.facts.lessons import lessons
from kamgen.facts.standing import Tally
from kamgen.finding import Finding, Level, Place


def finding(code: str, account: str, level: Level = "warning") -> Finding:
    return Finding(code, "name", level, "message", "", Place("f"), account, "plan", "")


def test_the_weightiest_first() -> None:
    found = [
        finding("KAM604", "a"),
        finding("KAM604", "a"),
        finding("KAM404", "a"),
        finding("KAM404", "b"),
        finding("KAM704", "a", "info"),
        finding("KAM704", "b", "info"),
        finding("KAM704", "c", "info"),
        finding("KAM402", "a", "error"),
        finding("KAM401", "a", "error"),
        finding("KAM502", "b"),
    ]
    assert [one.code for one in lessons(found)] == ["KAM401", "KAM402", "KAM404", "KAM604", "KAM502", "KAM704"]


def test_a_lesson_counts_levels_and_accounts_and_has_the_most_serious_on_top() -> None:
    (one,) = lessons([finding("KAM404", "a"), finding("KAM404", "a", "error"), finding("KAM404", "b", "info")])
    assert (one.tally, one.accounts) == (Tally(1, 1, 1), 2)
    assert [found.level for found in one.findings] == ["error", "warning", "info"]


def test_findings_of_the_workspace_are_in_no_account() -> None:
    (one,) = lessons([finding("KAM706", "", "info")])
    assert one.accounts == 0


def test_nothing_found_is_no_lesson() -> None:
    assert lessons([]) == []
