"""Things that only got another id: an earlier state is told with the later ids, so that nothing seems gone or new."""

from __future__ import annotations

from collections.abc import Mapping

from kamgen.facts.changes.goals import paired_goals
from kamgen.facts.rewording import words
from kamgen.model.account import Contact, Goal, Plan
from kamgen.model.portfolio import Account
from kamgen.model.references import renamed


def with_later_ids(before: Account, after: Account) -> Account:
    """An account as it was, its contacts and goals under the ids that they have afterwards."""
    goals = [(account.plan or Plan()).intentions for account in (before, after)]
    return renamed(before, {"contact": _later_contacts(before.contacts, after.contacts), "goal": later_goals(*goals)})


def _later_contacts(before: Mapping[str, Contact], after: Mapping[str, Contact]) -> dict[str, str]:
    """The later ids of contacts that only got another one, under the same name."""
    gone = before.keys() - after.keys()
    if not gone:
        return {}
    come = {words(contact.name): person for person, contact in after.items() if person not in before}
    return {person: come[name] for person in gone if (name := words(before[person].name)) in come}


def later_goals(before: Mapping[str, Goal], after: Mapping[str, Goal]) -> dict[str, str]:
    """The later ids of goals that got another one, whether they were reworded or not."""
    if before.keys() <= after.keys():
        return {}
    pairs = [(pair.before[0], pair.after[0]) for pair in paired_goals(before, after) if pair.before and pair.after]
    return {old: new for old, new in pairs if old != new}
