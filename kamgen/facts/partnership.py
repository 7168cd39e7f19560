"""Partnership: which indicators are claimed and evidenced, how fresh that is, and whether the customer sees it so.

Our view is `partnership` in the account's document: an indicator counts with `evidence` and `on`. Their view is the
newest audit: marks out of ten, and whether they see a supplier or a partner in us. Private evidence and private
answers are counted; whoever shows anything passes a published portfolio.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kamgen.facts.placeholders import placeholders
from kamgen.model.account import Answer, Audit, Evidence
from kamgen.model.portfolio import Account, HeldAudit, Portfolio

# A sign of partnership that nobody has seen for a year is a memory.
EVIDENCE_KEEPS = timedelta(days=365)
# We call it a partnership from this part of the indicators (0 to 1) …
OUR_SHARE = Decimal("0.6")
# … and they do not while they give us so many marks out of ten or fewer.
THEIR_MARKS = Decimal(6)

_AHEAD = timedelta(days=1)  # where the author sits it may be tomorrow already


@dataclass(frozen=True, slots=True)
class Claim:
    """An indicator that somebody claims for an account.

    `known` says whether the playbook has the indicator, `written` is False where a placeholder stands for the evidence.
    """

    indicator: str
    evidence: Evidence
    known: bool = True
    written: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of `evidence` and `on` are not there."""
        here = {"evidence": self.evidence.evidence, "on": self.evidence.on}
        return tuple(key for key, value in here.items() if not value)

    @property
    def evidenced(self) -> bool:
        """Whether it counts: an indicator of the playbook, with words and a day."""
        return self.known and self.written and not self.missing

    def age(self, as_of: date) -> timedelta | None:
        """The time since it was seen; None without a day."""
        return None if self.evidence.on is None else as_of - self.evidence.on

    def old(self, as_of: date, keeps: timedelta = EVIDENCE_KEEPS) -> bool:
        """Whether it is evidenced, and that was longer ago than evidence keeps."""
        age = self.age(as_of)
        return self.evidenced and age is not None and age > keeps


@dataclass(frozen=True, slots=True)
class Assessment:
    """How many of the indicators (`indicators`: those of the playbook) hold for an account, in our own view."""

    claims: tuple[Claim, ...] = ()
    indicators: int = 0

    @property
    def evidenced(self) -> tuple[Claim, ...]:
        """The claims that count, old ones included, in the order of the file."""
        return tuple(claim for claim in self.claims if claim.evidenced)

    @property
    def share(self) -> Decimal | None:
        """The part of the indicators that is evidenced, from 0 to 1; None where the playbook has no indicators."""
        return Decimal(len(self.evidenced)) / self.indicators if self.indicators else None

    def old(self, as_of: date, keeps: timedelta = EVIDENCE_KEEPS) -> tuple[Claim, ...]:
        """The evidenced claims that were seen longer ago than evidence keeps."""
        return tuple(claim for claim in self.claims if claim.old(as_of, keeps))

    def fresh(self, as_of: date, keeps: timedelta = EVIDENCE_KEEPS) -> tuple[Claim, ...]:
        """The evidenced claims that are not old."""
        return tuple(claim for claim in self.evidenced if not claim.old(as_of, keeps))


def assess(portfolio: Portfolio, account: Account) -> Assessment:
    """An account's indicators of partnership as they are claimed on our side."""
    unfilled = placeholders(portfolio.settings.words.placeholder)
    known = portfolio.playbook.indicators
    claims = tuple(
        Claim(name, evidence, name in known, not unfilled.in_value(evidence.evidence))
        for name, evidence in (account.record.partnership or {}).items()
    )
    return Assessment(claims, len(known))


def audits_held(portfolio: Portfolio, account: Account) -> tuple[HeldAudit, ...]:
    """An account's audits up to today, oldest first; days later than tomorrow are mistakes, and reported as such."""
    return tuple(held for held in account.audits if held.on <= portfolio.as_of + _AHEAD)


def last_audit(portfolio: Portfolio, account: Account) -> HeldAudit | None:
    """The newest audit up to today; None where there was none."""
    held = audits_held(portfolio, account)
    return held[-1] if held else None


def by_own_manager(portfolio: Portfolio, account: Account, held: HeldAudit) -> bool:
    """Whether an audit was held by the account's own manager and by nobody senior.

    False where nobody knows: no manager, no names in the audit, no team.yml, or a name that is not in it.
    """
    team = portfolio.playbook.team or {}
    asked = [team.get(person) for person in held.audit.who]
    return account.record.manager in held.audit.who and all(one is not None and not one.senior for one in asked)


def views_differ(ours: Assessment, theirs: Audit, *, share: Decimal = OUR_SHARE, marks: Decimal = THEIR_MARKS) -> bool:
    """Whether we call it a partnership and they do not.

    We do with at least `share` of the indicators evidenced; they do not where they see a supplier in us, or give us
    `marks` out of ten or fewer. An audit that tells neither differs from nothing.
    """
    if ours.share is None or ours.share < share:
        return False
    return theirs.seen_as == "supplier" or (theirs.marks is not None and theirs.marks <= marks)


def loose_answers(portfolio: Portfolio, held: HeldAudit) -> Iterator[tuple[str, Answer]]:
    """Answers of an audit that led to nothing: neither action, goal nor reason; with the question's id.

    A question without an answer, or with a placeholder for one, has not been answered.
    """
    unfilled = placeholders(portfolio.settings.words.placeholder)
    for question, answer in held.audit.answers.items():
        led_somewhere = answer.action or answer.goal or answer.reason
        if answer.answer and not led_somewhere and not unfilled.in_value(answer.answer):
            yield question, answer


@dataclass(frozen=True, slots=True)
class Heard:
    """What one account's newest audit said to a question."""

    account: Account
    on: date
    answer: Answer


def themes(portfolio: Portfolio) -> dict[str, tuple[Heard, ...]]:
    """By question of the audit menu, in its order: what the accounts answered in their newest audits, newest first.

    Questions that nobody answered are left out. One pass over all accounts: call it once a run.
    """
    found: dict[str, list[Heard]] = {question: [] for question in portfolio.playbook.menu}
    for account in portfolio.accounts.values():
        held = last_audit(portfolio, account)
        for question, answer in held.audit.answers.items() if held else ():
            if held and answer.answer and question in found:
                found[question].append(Heard(account, held.on, answer))
    return {
        question: tuple(sorted(heard, key=lambda one: (-one.on.toordinal(), one.account.slug)))
        for question, heard in found.items()
        if heard
    }
