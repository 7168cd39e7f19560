"""The executive sponsor is in touch with none of those who decide the customer's policy.

**Why it matters.** A sponsor is there for the day on which something must be settled at the top. On that day it is too
late to introduce oneself.

**To put it right.** Choose a counterpart among their instigators, let the manager introduce the two, and add the
sponsor to that contact's `covered_by`.

**The method.** An executive sponsor as the point of escalation, and a senior review each year on both sides. The
sponsor is in touch with a contact where `covered_by` says so, or where the two have met within the time in which that
contact is to be met. Without a senior sponsor (KAM603, KAM712) or an active instigator (KAM602) the rule is silent:
that comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import left_on
from kamgen.facts.relationships import active_contacts, judgeable, listed, ties
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM605",
    "sponsor-without-counterpart",
    "i---",
    needs=("account", "contacts", "notes", "audits", "activities", "team"),
    hint="Choose a counterpart among them, and add the sponsor to that contact's `covered_by`.",
    bad="""
        sponsor: andrew-fuller
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, level: instigator, covered_by: [margaret-peacock]}
        """,
    good="""
        sponsor: andrew-fuller
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, level: instigator, covered_by: [andrew-fuller, margaret-peacock]}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose sponsor has no tie to an active instigator."""
    for account in portfolio.accounts.values():
        sponsor = account.record.sponsor
        if not sponsor or not _serves(portfolio, account, sponsor) or not judgeable(portfolio, account):
            continue
        deciders = {k: c for k, c in active_contacts(portfolio, account).items() if c.level == "instigator"}
        known = {tie.theirs for tie in ties(portfolio, account) if tie.ours == sponsor}
        if deciders and known.isdisjoint(deciders):
            name = portfolio.person_name(account, sponsor)
            names = listed(contact.name for contact in deciders.values())
            message = f"Our sponsor {name} is in touch with none of those who decide there: {names}."
            yield Problem(account.slug, "sponsor", message)


def _serves(portfolio: Portfolio, account: Account, sponsor: str) -> bool:
    """Whether the sponsor can be one: still with us, and senior as far as is known."""
    person = (portfolio.playbook.team or {}).get(sponsor)
    return (person is None or person.senior) and left_on(portfolio, account, sponsor) is None
