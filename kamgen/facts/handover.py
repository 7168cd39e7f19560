"""The handover: what somebody has to know who takes an account over.

Who knows whom, how we got here, what was decided and why, what is promised on both sides, and where it hurts. It is
told from the published portfolio; where git knows nothing, the files alone speak. Source: when one moves, the
relationship goes; customers want to be understood without telling every new face again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kamgen.facts.agenda import Asked, Event, Task, open_decisions, tasks
from kamgen.facts.changes import Kind
from kamgen.facts.complaints import Complaint, open_complaints
from kamgen.facts.ledger import Entry
from kamgen.facts.meetings import last_met
from kamgen.facts.pack import BECAME, Became, Outcome, Sources, coming_dates, outcomes
from kamgen.facts.past import public_ledger, steps_back
from kamgen.facts.promises import Record, records
from kamgen.facts.publication import hidden_in, names_hidden
from kamgen.facts.relationships import Tie, ties
from kamgen.facts.swot import Quadrant
from kamgen.facts.threads import Thread, TornEnd, threads
from kamgen.facts.verdicts import Verdict, verdict
from kamgen.model.account import Contact, PastPeriod, Plan, SwotItem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import POLICY_LEVELS

AGAINST = ("critic", "opponent")

_PATH: frozenset[Kind] = frozenset({"account-added", "stage-changed", "selection-changed", "role-changed"})


@dataclass(frozen=True, slots=True)
class Known:
    """One of their active people, who of ours is tied to them, and when anybody last met them."""

    id: str
    contact: Contact
    ties: tuple[Tie, ...] = ()
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Something that was decided: `on` (None where nobody wrote the day), what, and why or with what outcome."""

    on: date | None
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change on the way to here, on a day."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Handover:
    """What the next manager of an account gets; `known` those who decide policy first, `unkept` over all time.

    `turns` is None where git knows no earlier state of the account.
    """

    account: Account
    verdict: Verdict
    known: tuple[Known, ...]
    left: tuple[Contact, ...]
    turns: tuple[Turn, ...] | None
    periods: tuple[PastPeriod, ...]
    decided: tuple[Decided, ...]
    asked: tuple[Asked, ...]
    ours: tuple[Task, ...]
    theirs: tuple[Task, ...]
    promises: tuple[Record, ...]
    dates: tuple[Event, ...]
    complaints: tuple[Complaint, ...]
    against: tuple[Contact, ...]
    unkept: tuple[Outcome, ...]
    torn: tuple[tuple[Thread, tuple[TornEnd, ...]], ...]
    unanswered: tuple[tuple[Quadrant, SwotItem], ...]


def handover(sources: Sources, account: Account) -> Handover:
    """The handover of a published account, with a plan or without one."""
    public, whole = sources.public, sources.whole
    judged, plan = whole.accounts[account.slug], account.plan or Plan()
    active = [one for one in account.contacts.values() if one.active(public.as_of)]
    work = tasks([account])
    told, truly = threads(plan), threads(judged.plan or Plan())
    ends = {thread.id: thread.torn for thread in truly.threads}  # a private end holds a thread as well
    alone = {(quadrant, item.id) for quadrant, item in truly.unanswered}
    return Handover(
        account=account,
        verdict=verdict(whole, judged, sources.standing),
        known=tuple(_known(public, account)),
        left=tuple(one for one in account.contacts.values() if not one.active(public.as_of)),
        turns=tuple(_turns(whole, judged)) if knows_more(whole, judged) else None,
        periods=tuple(sorted(plan.past_periods, key=lambda period: period.ends)),
        decided=tuple(sorted(_decided(account, plan), key=lambda one: (one.on or date.min, one.what))),
        asked=tuple(open_decisions([account])),
        ours=tuple(task for task in work if not task.theirs),
        theirs=tuple(task for task in work if task.theirs),
        promises=tuple(records(account.record.promises, public.as_of)),
        dates=coming_dates(sources),
        complaints=open_complaints(public, account),
        against=tuple(one for one in active if one.stance in AGAINST),
        unkept=tuple(_unkept(sources, account)),
        torn=tuple((thread, ends[thread.id]) for thread in told.threads if ends.get(thread.id)),
        unanswered=tuple(pair for pair in told.unanswered if (pair[0], pair[1].id) in alone),
    )


def _known(public: Portfolio, account: Account) -> Iterator[Known]:
    """Their active people, those who decide policy first."""
    found, last = ties(public, account), last_met(public, account)
    active = [(name, one) for name, one in account.contacts.items() if one.active(public.as_of)]
    for name, one in sorted(active, key=lambda pair: _level(pair[1])):
        met = last[name].on if name in last else None
        yield Known(name, one, tuple(tie for tie in found if tie.theirs == name), met)


def _level(contact: Contact) -> int:
    return POLICY_LEVELS.index(contact.level) if contact.level else len(POLICY_LEVELS)


def _turns(whole: Portfolio, judged: Account) -> list[Turn]:
    """How stage, choice and roles changed, the oldest first.

    That the account came is told where its beginning is known: what a shallow clone begins with is not new.
    """
    states, since = whole.history.states(judged.slug), whole.history.since
    hidden = [hidden_in(one) for state in states if (one := state.account)]
    found = [
        Turn(step.on, change.text)
        for step in steps_back(whole, judged)
        for change in step.changes
        if change.kind in _PATH
        and not (change.kind == "account-added" and since and step.on <= since)
        and not names_hidden(change.subject, change.text, *hidden)
    ]
    return found[::-1]


def knows_more(whole: Portfolio, judged: Account) -> bool:
    """Whether git knows any other state of an account than its files as they are now."""
    return len(whole.history.states(judged.slug)) > 1


def _decided(account: Account, plan: Plan) -> Iterator[Decided]:
    """Decisions with their outcomes, and what was given up or put off, with the reason."""
    choice = account.record.selection
    if choice and choice.agreed_on:
        yield Decided(choice.agreed_on, "The choice of this account was agreed", choice.reason)
    for decision in plan.decisions:
        if decision.decided_on:
            yield Decided(decision.decided_on, decision.ask, decision.outcome)
    for goal in plan.intentions.values():
        if goal.dropped:
            yield Decided(goal.dropped, f"Goal dropped: {goal.goal}", goal.because)
    for action in plan.implementation:
        if action.dropped:
            yield Decided(action.dropped, f"Action dropped: {action.what}", action.because)
    known = plan.intelligence
    for item in (*known.opportunities, *known.threats) if known else ():
        if item.parked:
            yield Decided(item.parked, f"Put off: {item.what}", item.because)


def _unkept(sources: Sources, account: Account) -> list[Outcome]:
    """Promises of all time that were not kept: past their day, moved, gone without a word, done late.

    Without a history only what the plan says now is known.
    """
    judged = sources.whole.accounts[account.slug]
    if knows_more(sources.whole, judged):
        entries = public_ledger(sources.whole, judged)
        found = [one for entry in entries if (one := _broken(entry, sources.public.as_of))]
    else:
        found = [one for one in outcomes(sources, account) if one.became in ("overdue", "late")]
    return sorted(found, key=lambda one: (BECAME.index(one.became), one.due or date.max, one.what))


def _broken(entry: Entry, as_of: date) -> Outcome | None:
    """What became of a promise that was not kept as it was given; None for any other."""
    first, now = entry.dates[0].due, entry.dates[-1].due
    became: Became = entry.fate if entry.fate != "open" else "overdue" if now and now < as_of else "moved"
    if became == "kept" or (became == "dropped" and entry.because) or (became == "moved" and not entry.moves):
        return None
    return Outcome(entry.what, became, first, now, entry.ended, stage=entry.stage)
