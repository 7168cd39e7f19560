"""A contact has not been met as often as they should be, and no meeting with them is planned.

**Why it matters.** Most customers who leave do so because attention tailed off after the sale. It does not happen to
the account at once but to one person after the other, and nobody notices.

**To put it right.** Meet or call them, with something that is worth their time; then write a note that names them in
`with`. Or agree a day and enter it under `planned`, naming them. If they want to be met less often, or not at all, say
so with `meet_every` (`never` is allowed); if they have left, give `leaves`.

**The method.** Steady contact, on all three levels, as often as they want it: ask them. Without `meet_every` the rhythm
of their level in kamgen.yml holds: by default 180 days for those who instigate policy, 90 for those who influence it,
60 for those who implement it. A visit, call, meeting, review, touch or audit `with` them counts, and a row of
activities.csv; that their facts were `checked` does not. A contact who was never met on record is told as well: how
long they have been known is not on record. The rule speaks whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.meetings import Relation, doubted, relations
from kamgen.facts.placeholders import placeholders
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM507",
    "contact-going-cold",
    "W---",
    needs=("account", "contacts", "notes", "audits", "activities"),
    hint="Meet them and write a note that names them, or agree a day and enter it under `planned`.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, checked: 2026-04-14}
        """,
    good="""
        contacts:
          roland-mendel: {name: Roland Mendel, level: influencer, checked: 2026-04-14}
        planned:
          - {what: visit, who: [margaret-peacock], with: [roland-mendel], on: 2026-05-19}
        """,
)
# What the rule judges a contact by; where one of these could not be understood, that has been told.
_JUDGED_BY = ("level", "meet_every", "leaves")


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Active contacts whose next meeting was due before today, with none planned."""
    doubts = doubted(portfolio)
    unnamed = placeholders(portfolio.settings.words.placeholder).in_value  # nobody yet, and KAM105 says so
    for account in portfolio.accounts.values():
        if any((account.slug, part) in doubts for part in ("notes", "audits", "planned")):
            continue
        for name, relation in relations(portfolio, account).items():
            cold = relation.cold(portfolio.as_of) and not unnamed(relation.contact.name)
            if cold and not _in_doubt(portfolio, account, name):
                yield Problem(account.slug, subject("contacts", name), _message(portfolio, relation))


def _in_doubt(portfolio: Portfolio, account: Account, contact: str) -> bool:
    subjects = (subject("contacts", contact, key) for key in _JUDGED_BY)
    return any((account.slug, one) in portfolio.distrusted for one in subjects)


def _message(portfolio: Portfolio, relation: Relation) -> str:
    if relation.last is None:
        last = "has never been met on record"
    else:
        age = portfolio.as_of - relation.last.on
        last = f"was last met on {relation.last.on}, {age.days} days ago"
    return f"{relation.contact.name} {last}; {_wish(relation)}."


def _wish(relation: Relation) -> str:
    assert relation.every is not None
    often = "every day" if relation.every.days <= 1 else f"every {relation.every.days} days"
    if relation.contact.meet_every is not None:
        return f"they are to be met {often}"
    return f"an {relation.contact.level} is to be met {often}"
