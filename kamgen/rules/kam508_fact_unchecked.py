"""What we know of a contact has been neither confirmed by a meeting nor checked for half a year.

**Why it matters.** People change their jobs, titles and opinions without telling their suppliers. A plan that counts
on somebody who has moved on is wrong in the place where it hurts most.

**To put it right.** Find out whether they are still there, in the same role and of the same mind; a call or a look at
the news is enough. Correct what has changed and set `checked` to today. A meeting with them counts as well.

**The method.** Nothing on a plan is true for ever, and the people are what changes first. One cause gives one finding:
where KAM507 says of the same contact that they are going cold, this rule is silent, since the meeting that KAM507 asks
for checks the facts too. So it speaks of those who want to be met rarely or never, and of those of whom nobody has said
how often; and of the others only where KAM507 is off. A planned meeting with them quiets it. It speaks whether or not
there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.facts.meetings import Relation, doubted, relations
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting
from kamgen.rules.kam507_contact_going_cold import RULE as GOING_COLD
from kamgen.rules.strictness import strictness

RULE = Rule(
    "KAM508",
    "fact-unchecked",
    "W---",
    needs=("account", "contacts", "notes", "audits", "activities"),
    hint="Make sure that they are still there and in this role, then set `checked` to today.",
    settings={"warn_after": Setting(timedelta(days=180), "Age of the last check or meeting that is still in order")},
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, meet_every: never, checked: 2025-10-14}
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, meet_every: never, checked: 2026-04-14}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Active contacts last met or checked longer ago than `warn_after`, but for those whom KAM507 speaks of."""
    doubts = doubted(portfolio)
    for account in portfolio.accounts.values():
        if any((account.slug, part) in doubts for part in ("notes", "audits", "planned")):
            continue
        for name, relation in relations(portfolio, account).items():
            if _stale(portfolio, account, relation) and not _told(portfolio, account, relation):
                yield _problem(portfolio, account, name, relation)


def _stale(portfolio: Portfolio, account: Account, relation: Relation) -> bool:
    known = _confirmed(relation)
    stale = known is None or portfolio.as_of - known > RULE.days(portfolio, account, "warn_after")
    return stale and not relation.booked


def _confirmed(relation: Relation) -> date | None:
    """The newest day on which their facts were known to be true."""
    met = relation.last.on if relation.last else None
    return max((day for day in (met, relation.contact.checked) if day), default=None)


def _told(portfolio: Portfolio, account: Account, relation: Relation) -> bool:
    """Whether KAM507 speaks of them, with the same meeting as its remedy."""
    in_force = strictness(GOING_COLD, account.stage, portfolio.settings).level is not None
    return in_force and relation.cold(portfolio.as_of)


def _problem(portfolio: Portfolio, account: Account, name: str, relation: Relation) -> Problem:
    known = _confirmed(relation)
    contact = relation.contact
    if known is None:
        what = f"{contact.name} has never been met or checked on record."
    else:
        done = "met" if relation.last and known == relation.last.on else "checked"
        what = f"What we know of {contact.name} was last confirmed on {known} ({done}), "
        what += f"{(portfolio.as_of - known).days} days ago."
    return Problem(account.slug, subject("contacts", name, "checked"), what)
