"""One of their people leaves, and nobody has said who comes after them.

**Why it matters.** With a person goes what they promised, what they knew of us, and the good word they put in. Who
comes next brings their own suppliers. The weeks before the last day are the only time in which the one who goes can
still introduce us.

**To put it right.** Ask them who follows and to introduce us while they are there; enter that contact as `successor`.
As long as it is not decided, plan a step `about` them: whom to ask, and by when. Hand on what stands in their name.

**The method.** When one of two people moves, a bow-tie is gone; a diamond holds if somebody picks up the end. Judged
are contacts whose last day (`leaves`) comes within 60 days or was at most 60 days ago. `not-known-yet` is no
successor, and neither is somebody who has left too; an open action `about` the leaver is a handover under way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kamgen.facts.plans import open_actions, understood
from kamgen.facts.relationships import cover, listed, named_in
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import Contact, Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import PolicyLevel
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM610",
    "leaver-without-handover",
    "WW--",
    needs=("account", "contacts", "plan"),
    settings={
        "ahead": Setting(timedelta(days=60), "Days before their last day from which a handover is asked for"),
        "after": Setting(timedelta(days=60), "Days after their last day for which it is still asked for"),
    },
    hint="Ask who follows and to be introduced; enter that contact as `successor`, or an action `about` the leaver.",
    bad="""
        contacts:
          roland-mendel: {name: Roland Mendel, covered_by: [margaret-peacock], leaves: 2026-06-30}
        """,
    good="""
        contacts:
          roland-mendel:
            name: Roland Mendel
            covered_by: [margaret-peacock]
            leaves: 2026-06-30
            successor: petra-hofstaetter
          petra-hofstaetter: {name: Petra Hofstätter, covered_by: [margaret-peacock]}
        """,
)
_ROLES: Mapping[PolicyLevel, str] = {
    "instigator": "who decides policy",
    "influencer": "who shapes policy",
    "implementer": "who carries policy out",
}


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Contacts who leave or left around now, with neither an active successor nor an open action about them."""
    for account in portfolio.accounts.values():
        for name, contact in account.contacts.items():
            if contact.leaves is None or not _around_now(portfolio, account, contact.leaves):
                continue
            if not _followed(portfolio, account, contact) and not _handed_over(portfolio, account, name):
                message = f"{_going(portfolio, contact.leaves, contact)} {_hanging(portfolio, account, name)}"
                yield Problem(account.slug, subject("contacts", name), message)


def _around_now(portfolio: Portfolio, account: Account, leaves: date) -> bool:
    ahead, after = RULE.days(portfolio, account, "ahead"), RULE.days(portfolio, account, "after")
    return -after <= leaves - portfolio.as_of <= ahead


def _followed(portfolio: Portfolio, account: Account, contact: Contact) -> bool:
    """Whether somebody who is there follows; of a successor who is not on file the reference has been told."""
    if contact.successor in (None, "not-known-yet"):
        return False
    successor = account.contacts.get(contact.successor or "")
    return successor is None or successor.active(portfolio.as_of)


def _handed_over(portfolio: Portfolio, account: Account, name: str) -> bool:
    """Whether an open action is about the leaver, or may be where the text could not be understood."""
    known = understood(portfolio, account, "plan", "implementation")
    about = any(name in action.about for action in open_actions(account.plan or Plan()))
    return about or not known or not understood(portfolio, account, "contacts", name)


def _going(portfolio: Portfolio, leaves: date, contact: Contact) -> str:
    days = (leaves - portfolio.as_of).days
    name = f"{contact.name}, {_ROLES[contact.level]}," if contact.level else contact.name
    if days < 0:
        return f"{name} left on {leaves}, and nobody is named who follows."
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"{name} leaves on {leaves}, {when}, and nobody is named who follows."


def _hanging(portfolio: Portfolio, account: Account, name: str) -> str:
    """Which goals, actions and ties hang on a person."""
    plan = account.plan or Plan()
    goals, actions = named_in(account, name)
    said = [_quoted("goal", plan.intentions[goal].goal, plan.intentions[goal].private) for goal in goals]
    said += [_quoted("action", a.what, a.private) for a in plan.implementation if a.id in actions and a.open]
    if ours := cover(portfolio, account, account.contacts[name]):
        said.append(f"the tie to {listed(portfolio.person_name(account, person) for person in ours)}")
    if not said:
        return "Nothing on file hangs on them."
    return f"On them {'hangs' if len(said) == 1 else 'hang'} {listed(said, 6)}."


def _quoted(kind: str, text: str, private: bool) -> str:
    # A private text that is cut short could no longer be recognised, and kept off the pages.
    return f"a private {kind}" if private else f'the {kind} "{shown(text, 60)}"'
