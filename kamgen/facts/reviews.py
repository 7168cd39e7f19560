"""Reviews: what comes round for an account, when it last took place, when it is due, and whether it is booked.

Three rounds, from the method: the 30-day review of the plan among ourselves; once a year the audit, a senior executive
asking the customer how they see us; and once a year a senior review, our sponsor with somebody of theirs who decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.facts.meetings import booked, meetings
from kamgen.model.account import Planned
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER

_SENIOR_KINDS = frozenset({"review", "meeting"})


@dataclass(frozen=True, slots=True)
class Round:
    """Something that comes round.

    `last` is the day it was last held (None: never on record), `due` the last day on which the next is still in time
    (None: never held, or the rhythm in kamgen.yml is `never`). `booked` is the next one planned from today on;
    `lapsed` the newest planned one whose day has gone by without anything on record since the one before.
    """

    last: date | None = None
    due: date | None = None
    booked: Planned | None = None
    lapsed: Planned | None = None

    def age(self, as_of: date) -> timedelta | None:
        """The time since it was last held; None where it never was."""
        return None if self.last is None else as_of - self.last


def plan_review(portfolio: Portfolio, account: Account) -> Round:
    """The 30-day review of the plan: `reviewed` in the plan, due `rhythm.review` later. It is not booked in files."""
    last = account.plan.reviewed if account.plan else None
    return Round(last, _due(last, portfolio.settings.rhythm.review))


def audit(portfolio: Portfolio, account: Account) -> Round:
    """The yearly audit: the newest file under audits/, due `rhythm.audit` later; booked as `audit` under `planned`.

    Who held it makes no difference here; an audit by the account's own manager is another rule's matter.
    """
    held = (meeting.on for meeting in meetings(portfolio, account) if meeting.kind == "audit" and meeting.record)
    return _round(portfolio, account, max(held, default=None), lambda item: item.what == "audit")


def senior_review(portfolio: Portfolio, account: Account) -> Round:
    """The yearly senior review: the sponsor (`who`) in a review or meeting with a contact who instigates policy.

    Source: notes and activities.csv; a contact who has left since still counts. Due `rhythm.audit` later, the rhythm
    of what we do once a year. A planned review quiets unless it names people and leaves one side's out; a planned
    meeting has to name both. Without a sponsor there is none.
    """
    sponsor = account.record.sponsor
    if sponsor is None:
        return Round()
    deciders = instigators(account)
    held = (
        meeting.on
        for meeting in meetings(portfolio, account)
        if meeting.kind in _SENIOR_KINDS and sponsor in meeting.who and not deciders.isdisjoint(meeting.with_)
    )
    return _round(portfolio, account, max(held, default=None), lambda item: _senior(item, sponsor, deciders))


def instigators(account: Account) -> frozenset[str]:
    """The ids of their people who decide policy, those who left included."""
    return frozenset(name for name, contact in account.contacts.items() if contact.level == "instigator")


def _senior(item: Planned, sponsor: str, deciders: frozenset[str]) -> bool:
    loose = item.what == "review"  # a review is senior by its kind, so names left out do not speak against it
    ours = sponsor in item.who or (loose and not item.who)
    theirs = not deciders.isdisjoint(item.with_) or (loose and not item.with_)
    return item.what in _SENIOR_KINDS and ours and theirs


def _round(portfolio: Portfolio, account: Account, last: date | None, fits: Callable[[Planned], bool]) -> Round:
    ahead = [item for item in booked(portfolio, account) if fits(item)]
    gone = [item for item in account.record.planned if item.on < portfolio.as_of and fits(item)]
    lapsed = max((item for item in gone if last is None or item.on > last), key=lambda i: (i.on, i.id), default=None)
    return Round(last, _due(last, portfolio.settings.rhythm.audit), ahead[0] if ahead else None, lapsed)


def _due(last: date | None, rhythm: timedelta) -> date | None:
    return None if last is None or rhythm == NEVER else last + rhythm
