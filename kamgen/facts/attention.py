"""Attention: how the book stands in one line, and what needs somebody first, each with one reason and one ask.

**What costs most** is what we stand to lose if nobody looks this week. It is judged in three steps, each of which can
be read off the page.

1. How sure it is that harm is done: an error, then a warning, then a slip of the pen in a file (family 0; a file that
   cannot be read is none, since it hides everything else), then what only falls due.
2. How much is at stake: a key account, then a customer, a prospect, a suspect; among equals, whoever bought more in the
   last twelve full months.
3. Of several things in one account only the costliest is told: what the customer already feels (an open complaint, a
   broken promise, late deliveries, falling sales), then what may cost us the relationship (a date of theirs without a
   plan, a person who leaves, one pair of people on whom all hangs), then what we have let slip (actions, decisions,
   reviews), then what is missing from the plan.

Candidates are errors and warnings about an account, decisions that wait for somebody senior (they count as warnings),
and the yearly audits and senior reviews that fall due within 30 days. What is waived is no candidate.

**Unit.** Sales in the workspace's currency. **Source.** First rule: look after your most important customers before
somebody else does; and most customers who leave do so because attention tailed off after the sale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from kamgen.facts.agenda import AHEAD, Asked, Event, days_until, open_decisions, unheld
from kamgen.facts.plans import open_actions
from kamgen.facts.sales import YearOfSales
from kamgen.facts.standing import Section, Standing, Tally, section_of, tally
from kamgen.finding import LEVELS, Finding, Level
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import STAGES

MeetingKind = Literal["audit", "senior-review"]

SOON = timedelta(days=30)  # within a month a day for busy people has to be found

_DECISION = "decision"
# These hide an account or a part of it; the other rules of family 0 speak of slips of the pen.
_BLIND = ("KAM001", "KAM010", "KAM011")
_DATA = "KAM0"
# What costs most comes first; the beginning of a code stands for all that begin with it.
_COSTLIEST = (
    *_BLIND,
    # The customer feels it already.
    *("KAM810", "KAM808", "KAM809", "KAM207", "KAM209", "KAM208", "KAM804"),
    # It may cost us the relationship.
    *("KAM411", "KAM610", "KAM712", "KAM710", "KAM6"),
    # We have let it slip.
    *("KAM404", _DECISION, "KAM306", "KAM309", "KAM505", "KAM506", "KAM5"),
    # What is missing: first whether there is a plan at all, then what customers and we want from each other.
    *("KAM101", "KAM701", "KAM103", "KAM104", "KAM102", "KAM4", "KAM3"),
)
_REDACTED = "private"
_MEETINGS: Mapping[str, MeetingKind] = {"audit": "audit", "senior-review": "senior-review"}
_PLANNED: Mapping[str, MeetingKind] = {"audit": "audit", "review": "senior-review"}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An audit or a senior review that is to be held, or that is `booked` for a day.

    `on` is the day that is agreed, or the last day on which it is in time; None where none was ever held. `who` are
    ours and `with_` theirs who are named; `lapsed` is a day it was planned for, if nothing tells that it took place.
    """

    account: Account
    kind: MeetingKind
    on: date | None
    booked: bool = False
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    lapsed: date | None = None

    @property
    def ours(self) -> tuple[str, ...]:
        """Whom of ours it concerns: who is named, else the sponsor, and the manager."""
        record = self.account.record
        named = (*(self.who or (record.sponsor,)), record.manager)
        return tuple(dict.fromkeys(name for name in named if name and name not in self.account.contacts))


@dataclass(frozen=True, slots=True)
class Need:
    """The one reason for which an account needs attention: a finding, a decision that waits, or a meeting that is due.

    `level` is "info" for a meeting that is only due. `others` counts the account's further errors, warnings and
    waiting decisions; `who` are those of ours whom it concerns, the account manager first; `section` says where on
    the account's page it is told.
    """

    account: Account
    level: Level
    section: Section
    finding: Finding | None = None
    decision: Asked | None = None
    meeting: Meeting | None = None
    sales: Decimal = _ZERO
    others: int = 0
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the book stands: accounts, findings, and what is overdue; private things are counted.

    `with_errors` and `with_warnings` count accounts (the latter without those that have errors too), `elsewhere` the
    errors and warnings that speak of no account. `actions`, `reviews` (30-day reviews) and `meetings` (audits and
    senior reviews) are past their day, `decisions` are asked for and not taken.
    """

    accounts: int
    key: int
    tally: Tally
    with_errors: int
    with_warnings: int
    elsewhere: int
    actions: int
    reviews: int
    meetings: int
    decisions: int

    @property
    def overdue(self) -> int:
        """Everything that is past its day."""
        return self.actions + self.reviews + self.meetings

    @property
    def worst(self) -> Level | Literal["fine"]:
        """The state of the whole book: its most serious level, a warning where anything is overdue, else fine."""
        if self.tally.error:
            return "error"
        return "warning" if self.tally.warning or self.overdue else "fine"


def verdict(
    whole: Portfolio,
    standings: Mapping[str, Standing],
    findings: Iterable[Finding],
    days: Mapping[str, Sequence[Event]],
) -> Verdict:
    """How the book stands.

    `standings` and `findings` are those shown, so nothing that is waived is in them; `days` are the events of each
    account, by slug (see `agenda.events`).
    """
    told = tuple(findings)
    accounts = whole.accounts.values()
    levels = [standing.tally.worst for standing in standings.values()]
    past = [event.kind for found in days.values() for event in found if event.due and event.on < whole.as_of]
    return Verdict(
        accounts=len(accounts),
        key=sum(account.stage == "key" for account in accounts),
        tally=tally(told),
        with_errors=levels.count("error"),
        with_warnings=levels.count("warning"),
        elsewhere=sum(finding.level != "info" and finding.account not in standings for finding in told),
        actions=sum(_overdue_actions(account, whole.as_of) for account in accounts),
        reviews=past.count("review"),
        meetings=past.count("audit") + past.count("senior-review"),
        decisions=len(open_decisions(accounts)),
    )


def _overdue_actions(account: Account, as_of: date) -> int:
    actions = open_actions(account.plan) if account.plan else []
    return sum(action.due is not None and action.due < as_of for action in actions)


def meetings_to_hold(public: Portfolio, whole: Portfolio, days: Mapping[str, Sequence[Event]]) -> list[Meeting]:
    """Audits and senior reviews: first the overdue ones, the oldest first, then those of which none is on record.

    Then those that fall due within 90 days, then those booked till then, each by its day. `days` are the events of
    each account, by slug (see `agenda.events`): judged over everything, shown from `public`.
    """
    latest = public.as_of + AHEAD
    due = (
        Meeting(event.account, kind, event.on, who=event.who, lapsed=event.lapsed)
        for found in days.values()
        for event in found
        if event.on <= latest and (kind := _MEETINGS.get(event.kind))
    )
    never = (Meeting(one.account, kind, None) for one in unheld(public, whole) if (kind := _MEETINGS.get(one.kind)))
    booked = (
        Meeting(account, kind, item.on, True, item.who, item.with_)
        for account in public.accounts.values()
        for item in account.record.planned
        if public.as_of <= item.on <= latest and (kind := _PLANNED.get(item.what))
    )
    return sorted([*due, *never, *booked], key=lambda one: _when(one, public.as_of))


def _when(meeting: Meeting, as_of: date) -> tuple[int, date, str, str]:
    rank = 3 if meeting.booked else 1 if meeting.on is None else 0 if meeting.on < as_of else 2
    return rank, meeting.on or date.min, meeting.account.slug, meeting.kind


def needs(
    public: Portfolio, findings: Iterable[Finding], meetings: Iterable[Meeting], years: Mapping[str, YearOfSales]
) -> list[Need]:
    """What needs somebody, one entry an account, the most costly first; the module says what that means.

    `findings` are those shown, `meetings` come from `meetings_to_hold`, `years` from `sales.year_of_sales` ({}: no
    sales are known, and the names decide).
    """
    candidates: dict[str, list[Need]] = {}
    for need in _candidates(public, findings, meetings):
        candidates.setdefault(need.account.slug, []).append(need)
    chosen = [_chosen(public, found, years) for found in candidates.values()]
    return sorted(chosen, key=_cost)


def _candidates(public: Portfolio, findings: Iterable[Finding], meetings: Iterable[Meeting]) -> Iterator[Need]:
    for finding in findings:
        account = public.accounts.get(finding.account)
        if account and finding.level != "info":
            yield Need(account, finding.level, section_of(finding), finding=finding)
    for decision in open_decisions(public.accounts.values()):
        yield Need(decision.account, "warning", "implementation", decision=decision)
    for meeting in meetings:
        if meeting.on and not meeting.booked and days_until(meeting.on, public.as_of) <= SOON.days:
            yield Need(meeting.account, "info", "freshness", meeting=meeting)


def _chosen(public: Portfolio, found: list[Need], years: Mapping[str, YearOfSales]) -> Need:
    """The costliest of an account's candidates, with what is to be known of the account."""
    first = min(found, key=_harm)
    year = years.get(first.account.slug)
    return Need(
        first.account,
        first.level,
        first.section,
        first.finding,
        first.decision,
        first.meeting,
        year.total if year else _ZERO,
        sum(one.level != "info" for one in found) - (first.level != "info"),
        _concerned(public, first),
    )


def _harm(need: Need) -> tuple[int, bool, int, date, str, str, int]:
    """How much harm one reason does beside another of the same account; the smallest comes first."""
    finding, decision = need.finding, need.decision
    code = finding.code if finding else _DECISION if decision else ""
    place = (code, finding.place.path, finding.place.line) if finding else (code, "", 0)
    asked = decision.asked_on if decision and decision.asked_on else date.max
    hidden = finding is not None and finding.subject == _REDACTED
    return _certainty(need), hidden, _rank(code), asked, *place


def _rank(code: str) -> int:
    return next((rank for rank, start in enumerate(_COSTLIEST) if code.startswith(start)), len(_COSTLIEST))


def _cost(need: Need) -> tuple[int, int, Decimal, str, str]:
    return _certainty(need), *_stake(need.account, need.sales)


def _certainty(need: Need) -> int:
    """How sure it is that harm is done: 0 an error, 1 a warning, 2 a slip of the pen, 3 what only falls due."""
    code = need.finding.code if need.finding else ""
    if code.startswith(_DATA) and code not in _BLIND:
        return 2
    return {"error": 0, "warning": 1, "info": 3}[need.level]


def _stake(account: Account, sales: Decimal) -> tuple[int, Decimal, str, str]:
    """How much is at stake with an account; the most comes first."""
    stage = STAGES.index(account.stage) if account.stage else len(STAGES)
    return stage, -sales, account.name.casefold(), account.slug


def costliest_first(standings: Iterable[Standing], years: Mapping[str, YearOfSales]) -> list[Standing]:
    """Accounts in the order of what needs attention: by their most serious level, then by what is at stake."""

    def cost(one: Standing) -> tuple[int, int, Decimal, str, str]:
        level = LEVELS.index(one.tally.worst) if one.tally.worst else len(LEVELS)
        year = years.get(one.account.slug)
        return level, *_stake(one.account, year.total if year else _ZERO)

    return sorted(standings, key=cost)


def soonest(days: Mapping[str, Sequence[Event]], latest: date) -> list[Event]:
    """The events of all accounts up to a day, what is overdue first; `days` as in `meetings_to_hold`."""
    found = [event for events in days.values() for event in events if event.on <= latest]
    return sorted(found, key=lambda event: (event.on, event.account.name.casefold(), event.what))


def _concerned(public: Portfolio, need: Need) -> tuple[str, ...]:
    """Those of ours whom a need concerns: the manager, then who is to act, then the sponsor."""
    record = need.account.record
    named = need.decision.of if need.decision else _named(need.account, need.finding.subject) if need.finding else ()
    everybody = (record.manager, *named, record.sponsor)
    team = public.playbook.team or {}
    return tuple(dict.fromkeys(person for person in everybody if person and person in team))


def _named(account: Account, subject: str) -> tuple[str, ...]:
    """Who answers for the thing at a key path: an action, a goal, a contact or a promise."""
    part, _, rest = subject.removeprefix("plan.").partition(".")
    name = rest.partition(".")[0]
    if part == "implementation" and account.plan:
        return next((action.who for action in account.plan.implementation if action.id == name), ())
    if part == "intentions" and account.plan and name in account.plan.intentions:
        return tuple(filter(None, [account.plan.intentions[name].owner]))
    if part == "contacts" and name in account.contacts:
        return account.contacts[name].covered_by
    if part == "promises":
        return tuple(one.owner for one in account.record.promises if one.id == name and one.owner)
    return ()
