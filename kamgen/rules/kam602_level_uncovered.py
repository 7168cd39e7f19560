"""Nobody of ours reaches one of the three policy levels.

**Why it matters.** Those who carry out a policy can tell us that we deliver well, and still be told from above to buy
elsewhere. Those who decide it change suppliers without hearing the daily work. A supplier who is known on one level
only hears of a decision when it has been taken.

**To put it right.** Find out who decides, who is listened to, and who carries it out; enter them as contacts with
their `level`. Then agree who of ours gets to know them, and name that colleague in `covered_by`. Directors open doors
to directors, the order desk to the order desk.

**The method.** Contact on all three levels: those who instigate policy, those who influence it, those who implement
it. A level is reached when one of ours who is still with us covers an active contact on it, or has met them within the
time in which they are to be met. Where the account has sites, each site is judged by itself, together with the
contacts who belong to no site. All levels that are missing are told in one finding; an account without any contact
gets this finding, and no other about its relationships follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kamgen.facts.relationships import Level, Part, by_level, judgeable, listed, parts, ties, where, within
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.model.values import PolicyLevel
from kamgen.rules import Rule

RULE = Rule(
    "KAM602",
    "level-uncovered",
    "W---",
    needs=("account", "contacts", "notes", "audits", "activities"),
    hint="Agree who of ours gets to know somebody there, and enter the contact with `level` and `covered_by`.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [laura-callahan]}
        """,
    good="""
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, level: instigator, covered_by: [andrew-fuller]}
          roland-mendel: {name: Roland Mendel, level: influencer, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, level: implementer, covered_by: [laura-callahan]}
        """,
)
_WHO: Mapping[PolicyLevel, str] = {
    "instigator": "instigators, who decide policy",
    "influencer": "influencers, who shape policy",
    "implementer": "implementers, who carry policy out",
}


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts, or sites of accounts, with a policy level to which none of ours has a tie."""
    for account in portfolio.accounts.values():
        if not judgeable(portfolio, account):
            continue
        found = ties(portfolio, account)
        for part in parts(portfolio, account):
            missing = [level for level in by_level(part.contacts, within(found, part)) if not level.ours]
            if missing:
                at = where(account, part)
                yield Problem(account.slug, part.subject, f"{at}{_message(part, missing)}")


def _message(part: Part, missing: list[Level]) -> str:
    people = part.contacts
    if not people:
        return "No active contact is on file, on any policy level."
    if len(missing) == 3 and all(level.theirs for level in missing):
        return f"None of ours covers any of their {len(people)} people, on any policy level."
    unknown = [_WHO[level.level] for level in missing if not level.theirs]
    told = [f"Nobody is on file among the {listed(unknown)}."] if unknown else []
    for level in missing:
        if level.theirs:
            names = listed(people[name].name for name in level.theirs)
            told.append(f"None of ours covers the {_WHO[level.level]}: {names}.")
    unplaced = [contact.name for contact in people.values() if contact.level is None]
    if unknown and unplaced:
        told.append(f"No level is given for {listed(unplaced)}.")
    return " ".join(told)
