"""One of our people is the only one in touch with half or more of their people.

**Why it matters.** When that colleague falls ill, is promoted or goes to a rival, half of the relationship is gone
before anybody can be introduced. Until then all that these people tell us is in one head.

**To put it right.** Begin with those who decide. Take a second colleague along to the next meeting, and add them to
`covered_by`; two for each important contact is enough.

**The method.** A diamond instead of a bow-tie: trust in more than one person, less risk when somebody leaves. A
colleague is the only one where nobody else of ours covers that contact, or has met them within the time in which they
are to be met. Accounts with fewer than three active contacts are left to KAM601, and so is a person on whom, as KAM601
says, all of it hangs already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from kamgen.facts.relationships import active_contacts, bow_ties, judgeable, listed, only_ties, ties
from kamgen.finding import Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting
from kamgen.rules.kam601_bow_tie import RULE as BOW_TIE
from kamgen.rules.strictness import strictness

RULE = Rule(
    "KAM608",
    "single-point",
    "W---",
    needs=("account", "contacts", "notes", "audits", "activities", "team"),
    hint="Introduce a second colleague, to those who decide first, and add them to `covered_by`.",
    settings={
        "share": Setting(Decimal("0.5"), "Share of the active contacts, 0 to 1, from which one person's loss is told"),
        "contacts": Setting(Decimal(3), "Active contacts from which an account is judged"),
    },
    bad="""
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, covered_by: [margaret-peacock]}
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, covered_by: [margaret-peacock, laura-callahan]}
        """,
    good="""
        contacts:
          magdalena-ernst: {name: Magdalena Ernst, covered_by: [margaret-peacock, andrew-fuller]}
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock]}
          josef-gruber: {name: Josef Gruber, covered_by: [margaret-peacock, laura-callahan]}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts in which one of ours, or each of two, is the only tie to `share` or more of the active contacts."""
    for account in portfolio.accounts.values():
        active = active_contacts(portfolio, account)
        if len(active) < RULE.number(portfolio, account, "contacts") or not judgeable(portfolio, account):
            continue
        enough = RULE.number(portfolio, account, "share") * len(active)
        points = {k: lost for k, lost in only_ties(ties(portfolio, account)).items() if len(lost) >= enough}
        told = _told(portfolio, account) if points else {}
        said = [
            _sentence(portfolio, account, person, lost, len(active))
            for person, lost in points.items()
            if not told.get(person, set()).issuperset(lost)
        ]
        if said:
            yield Problem(account.slug, "contacts", " ".join(said))


def _told(portfolio: Portfolio, account: Account) -> dict[str, set[str]]:
    """By one of ours: the contacts of whom KAM601 says that they hang on that person."""
    if strictness(BOW_TIE, account.stage, portfolio.settings).level is None:
        return {}
    told: dict[str, set[str]] = {}
    for part, form in bow_ties(portfolio, account):
        if form.our_hub:
            told.setdefault(form.our_hub, set()).update(part.contacts)
    return told


def _sentence(portfolio: Portfolio, account: Account, person: str, lost: Collection[str], of: int) -> str:
    name = portfolio.person_name(account, person)
    names = listed(account.contacts[one].name for one in lost)
    many = f"all {of} of their people" if len(lost) == of else f"{len(lost)} of their {of} people"
    return f"{name} alone is in touch with {many}; if that ends, we lose {names}."
