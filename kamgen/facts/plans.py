"""Plans: which accounts have one, which sections it has, what is open in it."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.model.account import Action, Goal, Plan
from kamgen.model.portfolio import Account, Portfolio


def planned(portfolio: Portfolio) -> Iterator[tuple[Account, Plan]]:
    """The accounts that have a plan, with it."""
    for account in portfolio.accounts.values():
        if account.plan is not None:
            yield account, account.plan


def has_section(account: Account, section: str) -> bool:
    """Whether a plan has a section: keys in plan.yml, or text under its heading in plan.md."""
    plan = account.plan
    if plan is None:
        return False
    if account.sections.get(section):
        return True
    return bool(getattr(plan, section)) if section != "intelligence" else _says_anything(plan)


def _says_anything(plan: Plan) -> bool:
    return plan.intelligence is not None and bool(plan.intelligence.model_fields_set)


def open_actions(plan: Plan) -> list[Action]:
    """Actions that are neither done nor dropped, in the order of the file."""
    return [action for action in plan.implementation if action.open]


def open_goals(plan: Plan) -> dict[str, Goal]:
    """Goals that are neither reached nor dropped, by id."""
    return {goal_id: goal for goal_id, goal in plan.intentions.items() if goal.open}


def is_theirs(account: Account, action: Action) -> bool:
    """Whether an action is the customer's: only people of theirs are to do it."""
    return bool(action.who) and all(person in account.contacts for person in action.who)
