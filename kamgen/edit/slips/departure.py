"""What hangs on one of the customer's people who leaves, in sentences: work, goals, their level, whom they follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kamgen.facts.plans import open_actions
from kamgen.facts.relationships import active_contacts, by_level, cover, listed, named_in
from kamgen.facts.texts import shown
from kamgen.model.account import Plan
from kamgen.model.portfolio import Account, Portfolio


def hanging(portfolio: Portfolio, account: Account, person: str, last_day: date) -> tuple[str, ...]:
    """A heading and a sentence for each sort of thing that hangs on a person; that nothing does is said too."""
    name = account.contacts[person].name
    told = list(_told(portfolio, account, person, last_day))
    if not told:
        return (f"Nothing on file hangs on {name}.",)
    return (f"What hangs on {name}:", *(f"- {line}" for line in told))


def _told(portfolio: Portfolio, account: Account, person: str, last_day: date) -> Iterator[str]:
    plan = account.plan or Plan()
    goals, _ = named_in(account, person)
    theirs = [action for action in open_actions(plan) if person in action.who]
    if theirs:
        yield f"Theirs to do: {listed(_quoted('action', a.what, a.private, a.due) for a in theirs)}."
    if goals:
        named = (_quoted("goal", plan.intentions[g].goal, plan.intentions[g].private) for g in goals)
        yield f"Goals that name them: {listed(named)}."
    if ours := cover(portfolio, account, account.contacts[person]):
        yield f"Tied to them: {listed(portfolio.person_name(account, one) for one in ours)}."
    yield from _alone(portfolio, account, person)
    for other in account.contacts.values():
        if other.successor == person:
            yield f"They took over from {'somebody' if other.private else other.name}."
    booked = [one for one in account.record.planned if person in one.with_ and one.on > last_day]
    if booked:
        yield f"Booked with them after that day: {listed(f'{one.what} on {one.on}' for one in booked)}."


def _alone(portfolio: Portfolio, account: Account, person: str) -> Iterator[str]:
    """That nobody else of theirs is known on the policy level."""
    for level in by_level(active_contacts(portfolio, account), ()):
        if level.theirs == (person,):
            yield f"They are the only {level.level} whom we know."


def _quoted(kind: str, text: str, private: bool, due: date | None = None) -> str:
    # A private text that is cut short could no longer be recognised, and kept to ourselves.
    return f"a private {kind}" if private else f'"{shown(text)}"{f" (due {due})" if due else ""}'
