"""The yearly audit: the menu of questions for one account, its gaps first, and what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from statistics import median

from kamgen.facts.partnership import Heard, last_audit, loose_answers, themes
from kamgen.finding import Finding
from kamgen.model.account import Action, Answer, Goal
from kamgen.model.playbook import Question
from kamgen.model.portfolio import Account, HeldAudit, Portfolio

PARTS = ("past", "future", "key")

# An audit takes six to ten questions: as many as that are put forward, and nobody has to take them.
MOST_FIRST = 10


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, the day it was given, and what came of it.

    `action` and `goal` are those of the plan that the answer names, if they are there and public. `loose`: nobody has
    said what comes of it.
    """

    on: date
    answer: Answer
    action: Action | None = None
    goal: Goal | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of the menu, the account's findings that make it matter now, and earlier answers, newest first.

    `also` are findings that a question above it is asked for already.
    """

    id: str
    question: Question
    because: tuple[Finding, ...] = ()
    before: tuple[Told, ...] = ()
    also: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """An account's audit menu: `first` the questions that its findings call for, then the others by part."""

    first: tuple[Asking, ...]
    parts: Mapping[str, tuple[Asking, ...]]


@dataclass(frozen=True, slots=True)
class Theme:
    """How many accounts answered a question in their newest audit, and how many of these answers led to what.

    `to_action` and `to_goal` name an action or a goal of the plan, `settled` say why nothing needs to come of it, and
    `loose` say nothing. Counts alone: whoever wants to know more asks the account's manager.
    """

    id: str
    question: Question
    heard: int
    to_action: int
    to_goal: int
    settled: int
    loose: int


@dataclass(frozen=True, slots=True)
class Views:
    """How key accounts see us: how many there are, how many were audited, and what the newest audits of these say.

    `partner` and `supplier` count who sees that in us; `marks` is the median of the marks out of ten, None without any.
    """

    accounts: int
    audited: int
    partner: int
    supplier: int
    marks: Decimal | None


def audits_newest_first(account: Account) -> list[HeldAudit]:
    """An account's audits, the newest first."""
    return sorted(account.audits, key=lambda held: (held.on, held.id), reverse=True)


def menu_by_part(menu: Mapping[str, Question]) -> dict[str, tuple[Asking, ...]]:
    """The general menu: its questions by part, in the order of the file."""
    return _parted(Asking(name, question) for name, question in menu.items())


def menu_for(shown: Portfolio, whole: Portfolio, account: Account, findings: Iterable[Finding]) -> Menu:
    """The menu tailored to a published account: questions for its findings come first, at most `MOST_FIRST`.

    On top stands the question for most findings, then the one for most of those that are left, and so on; at a tie the
    order of the file decides. `whole` is what is judged.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    told = answers(whole, account)
    asked = [
        Asking(name, question, tuple(_because(question, by_code)), told.get(name, ()))
        for name, question in shown.playbook.menu.items()
    ]
    first = tuple(islice(_pressing(asked), MOST_FIRST))
    put_forward = {asking.id for asking in first}
    return Menu(first, _parted(replace(one, because=()) for one in asked if one.id not in put_forward))


def _because(question: Question, by_code: Mapping[str, list[Finding]]) -> Iterator[Finding]:
    return (finding for code in question.for_ for finding in by_code.get(code, ()))


def _pressing(asked: Iterable[Asking]) -> Iterator[Asking]:
    """Questions with findings, each time the one for most that no question before it is asked for."""
    left = [asking for asking in asked if asking.because]
    known: set[str] = set()
    while left:
        best = max(left, key=lambda asking: (len({f.id for f in asking.because} - known), len(asking.because)))
        left.remove(best)
        fresh = tuple(finding for finding in best.because if finding.id not in known)
        yield replace(best, because=fresh, also=tuple(f for f in best.because if f.id in known))
        known.update(finding.id for finding in fresh)


def answers(whole: Portfolio, account: Account) -> dict[str, tuple[Told, ...]]:
    """What was answered in the audits of a published account, by question, newest first, and what came of it.

    Whether something did is asked of `whole`: an action that is private is one all the same.
    """
    judged = whole.accounts.get(account.slug, account)
    loose = {held.id: {question for question, _ in loose_answers(whole, held)} for held in judged.audits}
    found: dict[str, list[Told]] = {}
    for held in audits_newest_first(account):
        for question, answer in held.audit.answers.items():
            if answer.answer:
                told = replace(_told(account, held.on, answer), loose=question in loose.get(held.id, ()))
                found.setdefault(question, []).append(told)
    return {question: tuple(told) for question, told in found.items()}


def _told(account: Account, on: date, answer: Answer) -> Told:
    plan = account.plan
    actions = plan.implementation if plan else ()
    action = next((one for one in actions if one.id == answer.action), None) if answer.action else None
    goal = plan.intentions.get(answer.goal) if plan and answer.goal else None
    return Told(on, answer, action, goal)


def theme_counts(portfolio: Portfolio) -> list[Theme]:
    """What the customers' newest audits speak of, the questions that most accounts answered first."""
    found = [_theme(portfolio, question, heard) for question, heard in themes(portfolio).items()]
    return sorted(found, key=lambda theme: (-theme.heard, -theme.loose))


def _theme(portfolio: Portfolio, question: str, heard: Iterable[Heard]) -> Theme:
    all_heard = [one.answer for one in heard]
    acted = [answer for answer in all_heard if answer.action]
    aimed = [answer for answer in all_heard if answer.goal and not answer.action]
    settled = [answer for answer in all_heard if answer.reason and not answer.action and not answer.goal]
    loose = len(all_heard) - len(acted) - len(aimed) - len(settled)
    asked = portfolio.playbook.menu[question]
    return Theme(question, asked, len(all_heard), len(acted), len(aimed), len(settled), loose)


def views(portfolio: Portfolio) -> Views:
    """How key accounts see us, counted over the newest audit of each."""
    key = [account for account in portfolio.accounts.values() if account.stage == "key"]
    newest = [held.audit for account in key if (held := last_audit(portfolio, account))]
    seen = [audit.seen_as for audit in newest]
    marks = [audit.marks for audit in newest if audit.marks is not None]
    return Views(len(key), len(newest), seen.count("partner"), seen.count("supplier"), median(marks) if marks else None)


def _parted(asked: Iterable[Asking]) -> dict[str, tuple[Asking, ...]]:
    parts: dict[str, list[Asking]] = {part: [] for part in PARTS}
    for asking in asked:
        parts[asking.question.part].append(asking)
    return {part: tuple(members) for part, members in parts.items() if members}
