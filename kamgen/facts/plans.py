"""Plans: which accounts have one, which sections it has, what is open in it, and whom and what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from kamgen.facts.placeholders import placeholders
from kamgen.facts.texts import phrase
from kamgen.model.account import Action, Goal, KeyDate, Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio


def has_plan(account: Account) -> bool:
    """Whether there is a plan: any key of it, or prose in plan.md. A file in which nothing stands is none."""
    return account.plan is not None and bool(account.plan.model_fields_set or account.sections)


def planned(portfolio: Portfolio) -> Iterator[tuple[Account, Plan]]:
    """The accounts that have a plan, with it."""
    for account in portfolio.accounts.values():
        if account.plan is not None and has_plan(account):
            yield account, account.plan


def has_section(account: Account, section: str) -> bool:
    """Whether a plan has a section: something under its key in plan.yml, or text under its heading in plan.md."""
    plan = account.plan
    if plan is None:
        return False
    if account.sections.get(section):
        return True
    return bool(getattr(plan, section)) if section != "intelligence" else _says_anything(plan)


def _says_anything(plan: Plan) -> bool:
    known = plan.intelligence
    return known is not None and any(getattr(known, name) for name in known.model_fields_set)


def without_section(portfolio: Portfolio, section: str) -> Iterator[Account]:
    """Accounts with a plan that lacks a section (`intelligence`, `intentions` or `implementation`)."""
    for account, _ in planned(portfolio):
        if not has_section(account, section) and understood(portfolio, account, "plan", section):
            yield account


def understood(portfolio: Portfolio, account: Account, *path: str) -> bool:
    """Whether everything at and below a key path was read; else its absence says nothing."""
    name = subject(*path)
    return not any(
        doubt == name or doubt.startswith(f"{name}.") or name.startswith(f"{doubt}.")
        for doubt in _doubts(portfolio.distrusted).get(account.slug, ())
    )


@lru_cache(maxsize=1)
def _doubts(distrusted: frozenset[tuple[str, str]]) -> Mapping[str, list[str]]:
    """What could not be taken as a value, by account."""
    found: dict[str, list[str]] = {}
    for slug, name in distrusted:
        found.setdefault(slug, []).append(name)
    return found


def open_actions(plan: Plan) -> list[Action]:
    """Actions that are neither done nor dropped, in the order of the file."""
    return [action for action in plan.implementation if action.open]


def is_worded(portfolio: Portfolio, action: Action) -> bool:
    """Whether the text of an action has been written; of a placeholder there is nothing else to say yet (KAM105)."""
    return not placeholders(portfolio.settings.words.placeholder).in_value(action.what)


def open_goals(plan: Plan) -> dict[str, Goal]:
    """Goals that are neither reached nor dropped, by id."""
    return {goal_id: goal for goal_id, goal in plan.intentions.items() if goal.open}


def takes_part(account: Account, action: Action) -> bool:
    """Whether anybody of the customer's is to do an action, alone or together with us."""
    return any(person in account.contacts for person in action.who)


def customer_does_something(portfolio: Portfolio, account: Account, plan: Plan) -> bool:
    """Whether the customer takes part in an open action, or in one done within the length of a period."""
    since = portfolio.as_of - min(portfolio.settings.rhythm.period, _FAR)
    recent = (a for a in plan.implementation if a.open or (a.done is not None and a.done >= since))
    return any(takes_part(account, action) for action in recent)


_FAR = timedelta(days=36500)  # "never" must not run out of the calendar


def owners(portfolio: Portfolio, account: Account, who: Iterable[str]) -> str:
    """The names of those who are to do something, or "nobody"."""
    return ", ".join(portfolio.person_name(account, person) for person in who) or "nobody"


def left_on(portfolio: Portfolio, account: Account, person: str) -> date | None:
    """The last day of a person, ours or theirs, who is no longer there; None for who still is, or is not known."""
    record = (portfolio.playbook.team or {}).get(person) or account.contacts.get(person)
    gone = record is not None and record.leaves is not None and record.leaves < portfolio.as_of
    return record.leaves if record and gone else None


def only_owner(actions: Iterable[Action]) -> str | None:
    """The one person who is to do every one of some actions; None where it is several, or not always said."""
    parties = {frozenset(action.who) for action in actions}
    one = next(iter(parties)) if len(parties) == 1 else frozenset()
    return next(iter(one)) if len(one) == 1 else None


def first_due(actions: Iterable[Action]) -> date | None:
    """The earliest `due` of some actions; None where there are none or one of them has none."""
    dues = [action.due for action in actions]
    return None if None in dues else min((due for due in dues if due), default=None)


def dates_ahead(portfolio: Portfolio, account: Account, within: timedelta) -> Iterator[tuple[KeyDate, date]]:
    """Dates of theirs not yet past whose `act_before` (else `on`) comes within a span, with that day.

    An `act_before` that has passed counts as long as the date itself lies ahead: it is the more urgent.
    """
    for key_date in account.record.dates:
        act = key_date.act_before or key_date.on
        if key_date.on >= portfolio.as_of and act - portfolio.as_of <= within:
            yield key_date, act


def names_date(plan: Plan, key_date: KeyDate) -> bool:
    """Whether an open action or goal names a date: `about` its id, or its words in the text (stages included)."""
    actions, goals = open_actions(plan), open_goals(plan).values()
    topics = [*(action.about for action in actions), *(goal.about for goal in goals)]
    if any(key_date.id in about for about in topics):
        return True
    stages = (stage.what for goal in goals for stage in goal.stages if stage.open)
    said = (*(action.what for action in actions), *(goal.goal for goal in goals), *stages)
    wanted = phrase(key_date.what)
    first = wanted.partition(" ")[0]
    # Spaces on both sides: "contract" is not named by "contractor".
    return any(f" {wanted} " in f" {phrase(text)} " for text in said if first in text.casefold())
