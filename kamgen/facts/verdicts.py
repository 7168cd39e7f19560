"""The verdict on one account: how it stands, and the few things that somebody with two minutes has to know.

The **state** is the most serious level of the findings shown. The **reasons** are facts and no findings, so they stand
there whether or not a rule complains, in the order of what they cost: first that we cannot see everything (files that
could not be read), then what the customer already feels (open complaints, broken promises, late deliveries, falling
sales), then what may cost us the relationship (all ties run through one person), then what we have let slip (actions
and the review overdue, a period that has run out). They are counted over everything, private things included; nothing
in a reason names anything private. Source: a plan fails when it is shelved, and most customers who leave do so because
attention tailed off after the sale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kamgen.facts.complaints import open_complaints
from kamgen.facts.deliveries import troubled
from kamgen.facts.once import once
from kamgen.facts.plans import has_plan, open_actions, understood
from kamgen.facts.promises import records
from kamgen.facts.relationships import Shape, bow_ties, judgeable
from kamgen.facts.reviews import plan_review
from kamgen.facts.sales import year_of_deliveries
from kamgen.facts.standing import Standing, Tally
from kamgen.facts.trends import half_year_dip, quarter_dip, trends
from kamgen.finding import Level
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER

ReasonKind = Literal[
    "unread",
    "complaints",
    "promises",
    "deliveries",
    "sales",
    "one-person",
    "actions",
    "never-reviewed",
    "review",
    "period",
]

all_trends = once(trends)
all_deliveries = once(year_of_deliveries)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to know.

    `count` is how many complaints, promises, late deliveries or actions it is, `since` the day from which the matter
    runs (of several the oldest; of what is overdue, the day it was due), `person` the one on whom all ties hang (one of
    ours, else one of theirs who may be named, else None), `share` what is left of last year's sales, from 0 up.
    """

    kind: ReasonKind
    count: int = 0
    since: date | None = None
    person: str | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one account stands: its findings counted, and the reasons, the most costly first."""

    tally: Tally
    reasons: tuple[Reason, ...] = ()

    @property
    def state(self) -> Level | Literal["fine"]:
        """The most serious level among the findings; fine without any."""
        return self.tally.worst or "fine"


def verdict(whole: Portfolio, account: Account, standing: Standing) -> Verdict:
    """The verdict on an account of the whole portfolio; `standing` is how it stands by what may be shown."""
    return Verdict(standing.tally, tuple(_reasons(whole, account)))


def _reasons(whole: Portfolio, account: Account) -> Iterator[Reason]:
    if account.unread:
        yield Reason("unread", len(account.unread))
    yield from _felt(whole, account)
    yield from _hanging(whole, account)
    yield from _slipped(whole, account)


def _felt(whole: Portfolio, account: Account) -> Iterator[Reason]:
    """What the customer notices."""
    if complaints := open_complaints(whole, account):
        yield Reason("complaints", len(complaints), complaints[0].note.on)
    if broken := sum(record.broken for record in records(account.record.promises, whole.as_of)):
        yield Reason("promises", broken)
    delivered = all_deliveries(whole).get(account.slug)
    if delivered and troubled(delivered):
        yield Reason("deliveries", delivered.late)
    trend = all_trends(whole).get(account.slug)
    dip = trend and (half_year_dip(trend) if account.stage == "key" else quarter_dip(trend))
    if dip:
        yield Reason("sales", since=dip.since, share=dip.compared.ratio)


def _hanging(whole: Portfolio, account: Account) -> Iterator[Reason]:
    """Whether all ties of the account run through one person; asked where somebody has to care: key, or with a plan."""
    if (account.stage != "key" and not has_plan(account)) or not judgeable(whole, account):
        return
    for part, shape in bow_ties(whole, account):
        if not part.sites:
            yield Reason("one-person", person=_hub(account, shape))


def _hub(account: Account, shape: Shape) -> str | None:
    theirs = account.contacts.get(shape.their_hub or "")
    return shape.our_hub or (shape.their_hub if theirs and not theirs.private else None)


def _slipped(whole: Portfolio, account: Account) -> Iterator[Reason]:
    """What was to be done by now."""
    if account.plan is None or not has_plan(account):
        return
    late = [action.due for action in open_actions(account.plan) if action.due and action.due < whole.as_of]
    if late:
        yield Reason("actions", len(late), min(late))
    review = plan_review(whole, account)
    if review.due and review.due < whole.as_of:
        yield Reason("review", since=review.due)
    elif review.last is None and _is_missed(whole, account):
        yield Reason("never-reviewed")
    period = account.plan.period
    if period and period.ends < whole.as_of:
        yield Reason("period", since=period.ends)


def _is_missed(whole: Portfolio, account: Account) -> bool:
    """Whether a review is wanted and really absent, not just unreadable."""
    return whole.settings.rhythm.review != NEVER and understood(whole, account, "plan", "reviewed")
