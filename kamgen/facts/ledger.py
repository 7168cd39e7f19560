"""The promise ledger of an account: every action and stage with the dates it has had, and what became of it.

Source: a plan lives by its promises. One that slips a third time, or goes without a word, says more than one that is
late. Counted per account only, never over persons: it is there to help, not to rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kamgen.facts.changes.actions import Step, paired_steps
from kamgen.facts.changes.renaming import later_goals
from kamgen.facts.once import once_each
from kamgen.model.account import Action, Goal, Plan
from kamgen.model.portfolio import Account, Portfolio

_Written = tuple["Entry", Step]
Fate = Literal["open", "kept", "late", "dropped", "vanished"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A due date, and the day from which it stood in the plan."""

    due: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One promise of the plan: an action, or a stage of the goal `goal`.

    `dates` are the due dates it has had, in their order; `first` is the day on which it came into the plan. `fate`:
    open; kept (done by the first date it was promised for); late (done after that); dropped (with or without a reason);
    vanished (gone from the file while it was open); `ended` is the day of it, as the file gives it, else of the change.
    """

    id: str
    what: str
    who: tuple[str, ...]
    goal: str
    stage: bool
    first: date
    dates: tuple[Dated, ...]
    fate: Fate = "open"
    ended: date | None = None
    because: str = ""

    @property
    def moves(self) -> int:
        """How often its date was moved to a later day; an earlier one is no slip."""
        pairs = zip(self.dates, self.dates[1:], strict=False)
        return sum(1 for old, new in pairs if old.due and (new.due is None or new.due > old.due))


@once_each
def ledger(portfolio: Portfolio, account: Account) -> tuple[Entry, ...]:
    """Every promise of an account's plan that was ever made, in the order in which they came; () without a history."""
    lists: dict[str, _List] = {}
    goals: Mapping[str, Goal] = {}
    plan: Plan | None = None
    for state in portfolio.history.states(account.slug):
        if state.account is None or state.account.unread & {"account", "plan"}:
            continue  # nobody knows what stood there
        if plan and state.account.plan is plan:
            continue  # the change was one of the account's other files
        plan = state.account.plan
        before, goals = goals, plan.intentions if plan else {}
        for old, new in later_goals(before, goals).items():
            if new not in lists:
                lists[new] = lists.pop(old).called(new)
        _follow(lists, state.account, state.on)
    return tuple(sorted((entry for found in lists.values() for entry in found.entries), key=_order))


def _follow(lists: dict[str, _List], account: Account, on: date) -> None:
    """Follow every list to a state of the account; what went from one list into another is the same promise."""
    for place in _places(account):
        lists.setdefault(place, _List(place))
    come = {place: found.take(list(_steps(account, place)), on) for place, found in lists.items()}
    for place, steps in come.items():
        left = lists[place].put_back(steps, on)
        for other in lists.values():
            if left and other.left:
                left = lists[place].take_over(other, left, on)
        lists[place].begin(left, on)


def _order(entry: Entry) -> tuple[date, str, str]:
    return entry.first, entry.goal if entry.stage else "", entry.id


@dataclass(slots=True)
class _List:
    """A list of actions, or of the stages of the goal `place`, on its way through the states.

    `written` is what stands in it, `left` what went while it was open with the last change, `gone` what went so before
    and may be put back, `past` what went after it had ended.
    """

    place: str
    written: list[_Written] = field(default_factory=list)
    left: list[_Written] = field(default_factory=list)
    gone: list[_Written] = field(default_factory=list)
    past: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry that the list has had."""
        yield from (entry for entry, _ in (*self.written, *self.left, *self.gone))
        yield from self.past

    def called(self, place: str) -> _List:
        """The same list when its goal has another id."""

        def moved(written: list[_Written]) -> list[_Written]:
            return [(replace(entry, goal=place), step) for entry, step in written]

        past = [replace(entry, goal=place) for entry in self.past]
        return _List(place, moved(self.written), moved(self.left), moved(self.gone), past)

    def take(self, steps: Sequence[Step], on: date) -> list[Step]:
        """Follow the list to what stands in it after a change on a day; the steps that have come."""
        known = {id(step): entry for entry, step in self.written}
        written: list[_Written] = []
        come: list[Step] = []
        self.gone += self.left
        self.left = []
        for pair in paired_steps([step for _, step in self.written], steps):
            if pair.before is None:
                come += [pair.after] if pair.after else []
                continue
            entry = known[id(pair.before)]
            if pair.after:
                written.append((_entry(entry, pair.after, self.place, on), pair.after))
            elif entry.fate == "open":
                self.left.append((replace(entry, fate="vanished", ended=on), pair.before))
            else:
                self.past.append(entry)
        self.written = written
        return come

    def put_back(self, come: Sequence[Step], on: date) -> list[Step]:
        """Take up what was here before and is again; the steps that remain."""
        self.gone, come = self._taken(self.gone, come, on)
        return come

    def take_over(self, other: _List, come: Sequence[Step], on: date) -> list[Step]:
        """Take up what has just left another list; the steps that remain."""
        other.left, come = self._taken(other.left, come, on)
        return come

    def _taken(self, from_: list[_Written], come: Sequence[Step], on: date) -> tuple[list[_Written], list[Step]]:
        if not from_ or not come:
            return from_, list(come)
        known = {id(step): entry for entry, step in from_}
        pairs = paired_steps([step for _, step in from_], come)
        for pair in pairs:
            if pair.before and pair.after:
                self.written.append((_entry(known[id(pair.before)], pair.after, self.place, on), pair.after))
        left = [(known[id(pair.before)], pair.before) for pair in pairs if pair.before and not pair.after]
        return left, [pair.after for pair in pairs if pair.after and not pair.before]

    def begin(self, come: Sequence[Step], on: date) -> None:
        """Enter what is new."""
        self.written += [(_entry(None, step, self.place, on), step) for step in come]


def _places(account: Account) -> Iterator[str]:
    """Where steps stand: "" for actions, else the goal whose stages they are."""
    yield ""
    if account.plan:
        yield from account.plan.intentions


def _steps(account: Account, place: str) -> Iterable[Step]:
    if account.plan is None:
        return ()
    if not place:
        return account.plan.implementation
    goal = account.plan.intentions.get(place)
    return goal.stages if goal else ()


def _entry(old: Entry | None, step: Step, place: str, on: date) -> Entry:
    """The entry of a promise as it stands after a change."""
    who, goal = (step.who, step.goal or "") if isinstance(step, Action) else ((), place)
    entry = old or Entry(step.id, step.what, who, goal, bool(place), on, (Dated(step.due, on),))
    dates = entry.dates if entry.dates[-1].due == step.due else (*entry.dates, Dated(step.due, on))
    fate, ended = _fate(step, dates)
    return replace(
        entry,
        id=step.id,
        what=step.what,
        who=who,
        goal=goal,
        dates=dates,
        fate=fate,
        ended=ended,
        because=step.because,
        stage=bool(place),
    )


def _fate(step: Step, dates: tuple[Dated, ...]) -> tuple[Fate, date | None]:
    if step.done:
        promised = dates[0].due
        return "kept" if promised is None or step.done <= promised else "late", step.done
    return ("dropped", step.dropped) if step.dropped else ("open", None)
