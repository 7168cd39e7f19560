"""The situation in four lists: strengths, weaknesses, opportunities, threats; what they lack, how old they are, and
which of them nobody answers.

Opportunities and threats are *claims* about the world outside: somebody said so on some day, and a goal should answer
them. Strengths and weaknesses are ours and speak for themselves. A claim whose text nobody has written yet (TODO) is
none: that has a rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kamgen.facts.placeholders import placeholders
from kamgen.facts.plans import has_section, planned, understood
from kamgen.model.account import Goal, Intelligence, Plan, SwotItem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio

Quadrant = Literal["strengths", "weaknesses", "opportunities", "threats"]
QUADRANTS: tuple[Quadrant, ...] = ("strengths", "weaknesses", "opportunities", "threats")
CLAIMS: tuple[Quadrant, ...] = ("opportunities", "threats")
ONE: dict[Quadrant, str] = {
    "strengths": "strength",
    "weaknesses": "weakness",
    "opportunities": "opportunity",
    "threats": "threat",
}
Unanswered = Literal["alone", "parked without a reason", "its goal was given up"]


@dataclass(frozen=True, slots=True)
class Claim:
    """An opportunity or a threat of one account; `written` is the day on which its file was last changed, if known."""

    account: Account
    plan: Plan
    quadrant: Quadrant
    item: SwotItem
    written: date | None = None

    @property
    def subject(self) -> str:
        """The key path on which it stands."""
        return subject("plan", "intelligence", self.quadrant, self.item.id)

    @property
    def kind(self) -> str:
        """`opportunity` or `threat`."""
        return ONE[self.quadrant]

    @property
    def goal(self) -> Goal | None:
        """The goal that is to answer it; None where none is named, or the one named does not exist."""
        return self.plan.intentions.get(self.item.goal) if self.item.goal else None

    @property
    def parked(self) -> bool:
        """Whether it was set aside with a day and a reason."""
        return self.item.parked is not None and bool(self.item.because)

    @property
    def looked_at(self) -> date | None:
        """When somebody last looked at it: its `on`, or the day on which it was parked if that is later.

        Where it does not say `on`, nobody has looked at it after the file was last changed; None where that is unknown.
        """
        days = [day for day in (self.item.on or self.written, self.item.parked) if day]
        return max(days) if self.item.on or self.written else None


def claims(portfolio: Portfolio) -> Iterator[Claim]:
    """Every opportunity and threat of every plan that is worded and was read without doubt, in the file's order."""
    unwritten = placeholders(portfolio.settings.words.placeholder)
    for account, plan in planned(portfolio):
        for quadrant in CLAIMS if plan.intelligence else ():
            for item in getattr(plan.intelligence, quadrant):
                claim = Claim(account, plan, quadrant, item, None if item.on else _written(portfolio, account))
                sure = understood(portfolio, account, "plan", "intelligence", quadrant, item.id)
                if sure and not unwritten.in_value(item.what):
                    yield claim


def _written(portfolio: Portfolio, account: Account) -> date | None:
    path = account.files.get("plan") or account.files.get("account", "")
    return portfolio.history.changed(account.slug, path)


def unanswered(claim: Claim, as_of: date, patience: timedelta) -> Unanswered | None:
    """Why a claim hangs in the air, or None where it does not, or where it is not older than `patience`.

    A goal answers it as long as that is open or reached; one that was given up gives as much time again. A plan
    without any goals lacks more than an answer, and what does not say its day may be new: of these nothing is said.
    """
    item = claim.item
    if item.on is None or claim.parked or not claim.plan.intentions:
        return None
    given_up = claim.goal.dropped if claim.goal else None
    if (item.goal and given_up is None) or as_of - max(item.on, given_up or item.on) <= patience:
        return None
    if given_up:
        return "its goal was given up"
    return "parked without a reason" if item.parked else "alone"


def situations(portfolio: Portfolio) -> Iterator[tuple[Account, Intelligence]]:
    """The accounts whose plan has Intelligence, with what is written under its keys (nothing where it is all prose)."""
    for account, plan in planned(portfolio):
        if has_section(account, "intelligence"):
            yield account, plan.intelligence or Intelligence()


def prose(account: Account) -> str:
    """What plan.md says under Intelligence, in small letters; "" where it says nothing."""
    return account.sections.get("intelligence", "").casefold()


def missing_quadrants(portfolio: Portfolio, account: Account, known: Intelligence) -> list[Quadrant]:
    """The lists of the four in which nothing stands.

    One that the prose in plan.md names is not missing; where all four stand in prose, or none was read, none is.
    """
    told = prose(account)
    empty = [name for name in QUADRANTS if not getattr(known, name)]
    if told and len(empty) == len(QUADRANTS):
        return []
    return [name for name in empty if ONE[name] not in told and name not in told and _read(portfolio, account, name)]


def missing_texts(portfolio: Portfolio, account: Account, known: Intelligence, *names: str) -> list[str]:
    """Those of some keys of Intelligence under which nothing stands; none where plan.md has prose, in its own order."""
    if prose(account):
        return []
    return [name for name in names if not getattr(known, name) and _read(portfolio, account, name)]


def _read(portfolio: Portfolio, account: Account, name: str) -> bool:
    return understood(portfolio, account, "plan", "intelligence", name)
