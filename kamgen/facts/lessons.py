"""Lessons: which rules weigh most just now, and so what a team would gain most by learning next.

Counted per rule and account. Nothing here is counted per person: a lesson is for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamgen.facts.standing import Tally, tally
from kamgen.finding import LEVELS, Finding


@dataclass(frozen=True, slots=True)
class Lesson:
    """A rule by its code, what it found, counted by level, and in how many accounts."""

    code: str
    findings: tuple[Finding, ...]
    tally: Tally
    accounts: int


def lessons(findings: Iterable[Finding]) -> list[Lesson]:
    """The rules that found something, the weightiest first.

    Most errors come first, then rules that warn, then those that only inform; among equals what is seen in most
    accounts, then what is seen most often. A rule's findings stand with the most serious first.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.code, []).append(finding)
    return sorted((_lesson(code, members) for code, members in found.items()), key=_weight)


def _lesson(code: str, findings: list[Finding]) -> Lesson:
    ordered = sorted(findings, key=lambda finding: LEVELS.index(finding.level))
    return Lesson(code, tuple(ordered), tally(findings), len({f.account for f in findings if f.account}))


def _weight(lesson: Lesson) -> tuple[int, bool, int, int, str]:
    count = lesson.tally
    return -count.error, count.worst == "info", -lesson.accounts, -count.total, lesson.code
