"""One of their people is nobody's: none of ours keeps in touch with them.

**Why it matters.** Everybody thinks that somebody else rings them, and nobody does. What they know we do not hear, and
what they think of us somebody else tells them.

**To put it right.** Agree who of ours keeps in touch with them, and name that colleague in `covered_by`. If nobody
needs to, take them out; if they have left, give `leaves`.

**The method.** Functions meet functions, so that each of their people knows a person of ours. Active contacts are
judged. Where no contact of the account has anybody, KAM602 says so once; where the one who covered them has left us,
KAM712 tells what hangs on that person.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.meetings import Meeting, last_met
from kamgen.facts.plans import understood
from kamgen.facts.relationships import active_contacts, listed, ties
from kamgen.finding import Problem
from kamgen.model.account import Contact
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM604",
    "contact-uncovered",
    "W---",
    needs=("account", "contacts"),
    hint="Name in `covered_by` who of ours keeps in touch with them.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [laura-callahan]}
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [laura-callahan]}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Active contacts with nobody in `covered_by`, in accounts where we are in touch with somebody."""
    for account in portfolio.accounts.values():
        open_ = {name: one for name, one in active_contacts(portfolio, account).items() if not one.covered_by}
        if not open_ or not ties(portfolio, account):
            continue
        met = last_met(portfolio, account)
        for name, contact in open_.items():
            if understood(portfolio, account, "contacts", name):
                message = _message(portfolio, account, contact, met.get(name))
                yield Problem(account.slug, subject("contacts", name), message)


def _message(portfolio: Portfolio, account: Account, contact: Contact, met: Meeting | None) -> str:
    told = f"None of ours covers {contact.name}" + (f" ({contact.title})" if contact.title else "")
    if met is None or not met.who or met.private:
        return f"{told}."
    who = listed(portfolio.person_name(account, person) for person in met.who)
    return f"{told}; last met on {met.on} by {who}."
