"""The yearly audit: the menu of questions for one account, its gaps first, and what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kamgen.finding import Finding
from kamgen.model.account import Answer
from kamgen.model.playbook import Question
from kamgen.model.portfolio import Account, HeldAudit

PARTS = ("past", "future", "key")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and the day it was given."""

    on: date
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of the menu, the account's findings that make it matter now, and earlier answers, newest first."""

    id: str
    question: Question
    because: tuple[Finding, ...] = ()
    before: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """An account's audit menu: `first` the questions that its findings call for, then the others by part."""

    first: tuple[Asking, ...]
    parts: Mapping[str, tuple[Asking, ...]]


def audits_newest_first(account: Account) -> list[HeldAudit]:
    """An account's audits, the newest first."""
    return sorted(account.audits, key=lambda held: (held.on, held.id), reverse=True)


def menu_by_part(menu: Mapping[str, Question]) -> dict[str, tuple[Asking, ...]]:
    """The general menu: its questions by part, in the order of the file."""
    return _parted(Asking(name, question) for name, question in menu.items())


def menu_for(menu: Mapping[str, Question], account: Account, findings: Iterable[Finding]) -> Menu:
    """The menu tailored to an account: questions for its findings come first, those that answer most of them on top."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    asked = [
        Asking(
            name, question, tuple(f for code in question.for_ for f in by_code.get(code, ())), answers(account, name)
        )
        for name, question in menu.items()
    ]
    first = sorted((asking for asking in asked if asking.because), key=lambda asking: -len(asking.because))
    return Menu(tuple(first), _parted(asking for asking in asked if not asking.because))


def answers(account: Account, question: str) -> tuple[Told, ...]:
    """What was answered to a question, newest first."""
    found = ((held.on, held.audit.answers.get(question)) for held in audits_newest_first(account))
    return tuple(Told(on, answer) for on, answer in found if answer)


def _parted(asked: Iterable[Asking]) -> dict[str, tuple[Asking, ...]]:
    parts: dict[str, list[Asking]] = {part: [] for part in PARTS}
    for asking in asked:
        parts[asking.question.part].append(asking)
    return {part: tuple(members) for part, members in parts.items() if members}
