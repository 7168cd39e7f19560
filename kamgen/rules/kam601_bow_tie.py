"""The whole relationship hangs on one of our people, or on one of theirs.

**Why it matters.** Where two people touch and nobody else does, we learn little of their business, the colleagues learn
nothing, and a rival has one person to win. When either of the two moves, the relationship goes with them. It is
convenient, and it is the main cause of trouble in key accounts.

**To put it right.** Turn the bow-tie into a diamond: let functions meet functions. Take a colleague along to the next
visit, let their order desk know ours, ask your contact to introduce you to somebody else. Then write in `covered_by`
who keeps in touch with whom.

**The method.** Two people of the same trade talk to each other, on all three policy levels. Counted are ties: one of
ours who is still with us, and one of their active contacts, where `covered_by` says so or the two have met within the
time in which that contact is to be met. The rule speaks when every tie runs through the same person, on either side.
Where the account has sites and not all of it hangs on one person, each site is judged by itself, together with the
contacts who belong to no site. A meeting under `planned` that brings a second person in, together with somebody who
belongs to it already, quiets it. Without contacts, or where nobody covers anybody, it is silent: there is nothing yet
that could hang on anybody, and KAM602 and KAM604 say what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.relationships import Part, Shape, booked_ties, bow_ties, judgeable, listed, shape, ties, where, within
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM601",
    "bow-tie",
    "W---",
    needs=("account", "contacts", "notes", "audits", "activities", "team"),
    hint="Bring in a second person on each side, and name in `covered_by` who keeps in touch with whom.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [margaret-peacock]}
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [margaret-peacock, laura-callahan]}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts, or sites of accounts, of which every tie runs through one person."""
    for account in portfolio.accounts.values():
        if judgeable(portfolio, account):
            for part, form in bow_ties(portfolio, account):
                if not _soon_more(portfolio, account, part):
                    yield Problem(account.slug, part.subject, _message(portfolio, account, part, form), _hint(form))


def _soon_more(portfolio: Portfolio, account: Account, part: Part) -> bool:
    """Whether a meeting is booked that brings a second person in: with somebody who belongs to it already."""
    today = within(ties(portfolio, account), part)
    known = {person for tie in today for person in (tie.ours, tie.theirs)}
    coming = [
        tie for tie in within(booked_ties(portfolio, account), part) if not known.isdisjoint((tie.ours, tie.theirs))
    ]
    return bool(coming) and shape(part.contacts, (*today, *coming)).word != "bow-tie"


def _message(portfolio: Portfolio, account: Account, part: Part, form: Shape) -> str:
    found = [tie for tie in within(ties(portfolio, account), part) if tie.covered]
    ours, theirs = (
        listed(portfolio.person_name(account, person) for person in dict.fromkeys(side))
        for side in ((tie.ours for tie in found), (tie.theirs for tie in found))
    )
    at = where(account, part)
    if form.our_hub and form.their_hub:
        return f"{at}The relationship hangs on two people, {ours} and {theirs}."
    if form.our_hub:
        return f"{at}The relationship hangs on {ours}: none of our other people is in touch with {theirs}."
    return f"{at}The relationship hangs on {theirs}: nobody else of theirs is in touch with {ours}."


def _hint(form: Shape) -> str:
    if form.our_hub and form.their_hub:
        return ""
    if form.our_hub:
        return "Bring in a second colleague, and add them to `covered_by`."
    return "Ask to be introduced to a second person there, and enter them as a contact with `covered_by`."
