"""The review pack: what an account's 30-day or 90-day review has to look at, put together before the meeting.

**What was promised last time and what became of it** are the actions and stages that stood in the plan at the end of
the day of the last review: what is past its day and open, was moved to a later day, went without a word, was dropped,
was done late, was kept. Where git does not know that day, it is told from the plan as it is written now: whether a day
was moved, or something went without a word, is then unknown.

Nothing private is in a pack: it is told from the published portfolio, while figures and gaps are judged over all.
Source: plan the next 90 days, review every 30; a plan fails when it is shelved until the appraisal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kamgen.facts.agenda import AHEAD, Asked, Event, open_decisions
from kamgen.facts.audits import Asking, menu_for
from kamgen.facts.changes import Change, Kind
from kamgen.facts.complaints import Complaint, open_complaints
from kamgen.facts.departures import Departure, account_gaps, departures, without_ties
from kamgen.facts.families import span_of_sales
from kamgen.facts.gates import Gate, gate_days, gates
from kamgen.facts.ledger import Entry
from kamgen.facts.meetings import Relation, relations
from kamgen.facts.past import public_ledger, since_last_review
from kamgen.facts.progress import Progress, progress, reads_itself
from kamgen.facts.relationships import Level, judgeable
from kamgen.facts.reviews import Round, plan_review
from kamgen.facts.standing import Standing
from kamgen.facts.verdicts import Verdict, verdict
from kamgen.finding import Finding
from kamgen.model.account import Action, Contact, Goal, PastPeriod, Plan, StageGoal
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio

# The order in which a review looks at them: what is open between us first.
Became = Literal["overdue", "moved", "vanished", "dropped", "late", "kept"]
BECAME: tuple[Became, ...] = ("overdue", "moved", "vanished", "dropped", "late", "kept")

MOST_QUESTIONS, FEWEST_QUESTIONS = 5, 3

_PEOPLE: frozenset[Kind] = frozenset(
    {
        *("contact-joined", "contact-leaves", "contact-gone", "contact-stays"),
        *("stance-changed", "level-changed", "cover-changed", "role-changed"),
    }
)
# What the promises tell in a section of their own.
_PROMISED: frozenset[Kind] = frozenset(
    {
        *("action-moved", "action-vanished", "action-dropped", "action-done"),
        *("step-moved", "step-vanished", "step-dropped", "step-done"),
    }
)
_CLOSING: frozenset[Kind] = frozenset({"action-done", "action-dropped", "step-done", "step-dropped"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What a pack is made from: the published portfolio, the whole one, and what is shown of an account.

    `findings` are the account's that may be shown, `events` its dates (`agenda.events`), `standing` how it stands.
    """

    public: Portfolio
    whole: Portfolio
    standing: Standing
    findings: Sequence[Finding] = ()
    events: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one promise: an action, or a stage of a goal.

    `due` is the day it was promised for at the last review, `now` the day it is promised for today (the same where it
    was not moved), `on` the day on which it ended. `who` is known as long as it stands in the plan.
    """

    what: str
    became: Became
    due: date | None = None
    now: date | None = None
    on: date | None = None
    because: str = ""
    who: tuple[str, ...] = ()
    stage: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """How a goal stands; `in_sales`: its figures are amounts of money from sales.csv."""

    id: str
    goal: Goal
    progress: Progress
    in_sales: bool


@dataclass(frozen=True, slots=True)
class People:
    """Moves and gaps among the people: by contact id, without anybody who is private.

    `moves` are the changes since the last review, `leaving` those who leave or have left since, `cold` those not met in
    time, `uncovered` those nobody of ours is tied to, `only` whom of ours alone others are tied to, `levels` the policy
    levels without a tie.
    """

    moves: tuple[Change, ...] = ()
    leaving: tuple[tuple[str, Contact], ...] = ()
    cold: tuple[tuple[str, Relation], ...] = ()
    uncovered: tuple[str, ...] = ()
    only: tuple[Departure, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The review pack of one account.

    `changes` (without those that `outcomes` and `people` tell) is None where git does not know the state of the last
    review. `last` is the newest period that is over. `more_complaints` counts open ones that are private.
    """

    account: Account
    plan: Plan
    verdict: Verdict
    review: Round
    outcomes: tuple[Outcome, ...]
    last: PastPeriod | None
    changes: tuple[Change, ...] | None
    goals: tuple[Stand, ...]
    people: People
    complaints: tuple[Complaint, ...]
    more_complaints: int
    dates: tuple[Event, ...]
    decisions: tuple[Asked, ...]
    gates: tuple[Gate, ...]
    questions: tuple[Asking, ...]


def review_pack(sources: Sources, account: Account) -> Pack:
    """The review pack of a published account that has a plan."""
    public, whole = sources.public, sources.whole
    judged, plan = whole.accounts[account.slug], account.plan or Plan()
    changes = since_last_review(whole, judged)
    complaints = open_complaints(public, account)
    menu = menu_for(public, whole, account, sources.findings)
    return Pack(
        account=account,
        plan=plan,
        verdict=verdict(whole, judged, sources.standing),
        review=plan_review(public, account),
        outcomes=outcomes(sources, account),
        last=last_period(plan),
        changes=None if changes is None else tuple(_others(changes)),
        goals=tuple(_stands(whole, judged, plan)),
        people=people(public, whole, account, changes or ()),
        complaints=complaints,
        more_complaints=len(open_complaints(whole, judged)) - len(complaints),
        dates=coming_dates(sources),
        decisions=tuple(open_decisions([account])),
        gates=tuple(gates(account, sources.events, gate_days(public, account), public.as_of)),
        questions=questions(menu.first, menu.parts.values(), account.stage == "key"),
    )


def last_period(plan: Plan) -> PastPeriod | None:
    """The newest period that is over; None where there was none."""
    return max(plan.past_periods, key=lambda period: period.ends, default=None)


def coming_dates(sources: Sources) -> tuple[Event, ...]:
    """What is overdue or comes within 90 days; the end of the period stands with the point to reach."""
    latest = sources.public.as_of + AHEAD
    return tuple(event for event in sources.events if event.on <= latest and event.kind != "period")


def outcomes(sources: Sources, account: Account) -> tuple[Outcome, ...]:
    """What became of what was promised at the last review, what is still open first."""
    whole, as_of = sources.whole, sources.public.as_of
    judged = whole.accounts[account.slug]
    reviewed = account.plan.reviewed if account.plan else None
    changes = since_last_review(whole, judged)
    if changes is None or reviewed is None:
        found = _as_written(account, reviewed, as_of)
    else:
        closed = {change.subject for change in changes if change.kind in _CLOSING}
        entries = public_ledger(whole, judged)
        found = _since(entries, reviewed, as_of, closed, _who(account))
    return tuple(sorted(found, key=lambda one: (BECAME.index(one.became), one.due or date.max, one.what)))


def fairest(found: Sequence[Outcome], most: int) -> list[Outcome]:
    """The first outcomes, in their order, but each sort has one before any has many; at most `most`, six or more."""
    firsts: dict[Became, Outcome] = {}
    for one in found:
        firsts.setdefault(one.became, one)
    rest = [one for one in found if one is not firsts[one.became]][: most - len(firsts)]
    chosen = {id(one) for one in (*firsts.values(), *rest)}
    return [one for one in found if id(one) in chosen]


def _who(account: Account) -> dict[str, tuple[str, ...]]:
    """Who is to do the actions that stand in a published plan, by action id."""
    return {action.id: action.who for action in account.plan.implementation} if account.plan else {}


def _since(
    entries: Iterable[Entry], reviewed: date, as_of: date, closed: set[str], who: dict[str, tuple[str, ...]]
) -> Iterator[Outcome]:
    for entry in entries:
        if entry.first > reviewed:
            continue  # promised since
        due = [dated.due for dated in entry.dates if dated.since <= reviewed][-1]
        became = _became(entry, due, entry.dates[-1].due, as_of)
        ended = entry.ended is not None and (entry.ended > reviewed or _subject(entry) in closed)
        if became and (entry.fate == "open" or ended):
            doing = () if entry.stage else who.get(entry.id, ())
            yield Outcome(entry.what, became, due, entry.dates[-1].due, entry.ended, entry.because, doing, entry.stage)


def _subject(entry: Entry) -> str:
    if entry.stage:
        return subject("plan", "intentions", entry.goal, "stages", entry.id)
    return subject("plan", "implementation", entry.id)


def _became(entry: Entry, promised: date | None, now: date | None, as_of: date) -> Became | None:
    """None for what is open and neither past its day nor moved to a later one."""
    if entry.fate != "open":
        return entry.fate
    if now and now < as_of:
        return "overdue"
    return "moved" if promised and (now is None or now > promised) else None


def _as_written(account: Account, reviewed: date | None, as_of: date) -> Iterator[Outcome]:
    """The same from the plan alone, as it is written now."""
    plan = account.plan or Plan()
    stages = [stage for goal in plan.intentions.values() if goal.open for stage in goal.stages]
    steps: list[Action | StageGoal] = [*plan.implementation, *stages]
    for step in steps:
        ended = step.done or step.dropped
        became = _written(step, as_of)
        if became and (ended is None or reviewed is None or ended > reviewed):
            who = step.who if isinstance(step, Action) else ()
            stage = isinstance(step, StageGoal)
            yield Outcome(step.what, became, step.due, step.due, ended, step.because, who, stage)


def _written(step: Action | StageGoal, as_of: date) -> Became | None:
    if step.done:
        return "late" if step.due and step.done > step.due else "kept"
    if step.dropped:
        return "dropped"
    return "overdue" if step.due and step.due < as_of else None


def _others(changes: Iterable[Change]) -> Iterator[Change]:
    return (change for change in changes if change.kind not in _PEOPLE | _PROMISED)


def _stands(whole: Portfolio, judged: Account, plan: Plan) -> Iterator[Stand]:
    """The open goals of a published plan, in the order of the file; their figures count everything."""
    span = span_of_sales(whole)
    for name, goal in plan.intentions.items():
        if goal.open:
            yield Stand(name, goal, progress(whole, judged, goal, span), reads_itself(whole, goal))


def people(public: Portfolio, whole: Portfolio, account: Account, changes: Iterable[Change]) -> People:
    """Moves and gaps among the people of a published account; judged over everybody."""
    judged = whole.accounts[account.slug]
    since = account.plan.reviewed if account.plan else None
    active = relations(public, account)
    sure = bool(account.contacts) and judgeable(whole, judged)
    return People(
        moves=tuple(change for change in changes if change.kind in _PEOPLE),
        leaving=tuple(
            (name, one)
            for name, one in account.contacts.items()
            if one.leaves and (one.leaves >= public.as_of or (since is not None and one.leaves > since))
        ),
        cold=tuple((name, one) for name, one in active.items() if _cold(whole, judged, name)),
        uncovered=without_ties(whole, judged) if sure else (),
        only=tuple(one for one in departures(whole, judged) if one.ours and one.alone) if sure else (),
        levels=account_gaps(whole, judged) if sure else (),
    )


def _cold(whole: Portfolio, judged: Account, name: str) -> bool:
    """Whether somebody is cold by everything that is on record: a private visit is a visit."""
    relation = relations(whole, judged).get(name)
    return relation is not None and relation.cold(whole.as_of)


def questions(first: Sequence[Asking], parts: Iterable[Sequence[Asking]], key: bool) -> tuple[Asking, ...]:
    """Three to five questions: those that the account's findings call for, else the first of each part in turn.

    What being a key account means is asked of key accounts alone.
    """
    chosen = [asking for asking in first if key or asking.question.part != "key"][:MOST_QUESTIONS]
    spare = [list(part) for part in parts if key or not part or part[0].question.part != "key"]
    while len(chosen) < FEWEST_QUESTIONS and any(spare):
        chosen += [part.pop(0) for part in spare if part][: FEWEST_QUESTIONS - len(chosen)]
    return tuple(chosen)
