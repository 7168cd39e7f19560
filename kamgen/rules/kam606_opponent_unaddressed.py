"""Somebody who speaks against us where policy is made, and nothing in the plan is about them.

**Why it matters.** An opponent among those who decide policy or shape it undoes in one meeting what took us a year.
They seldom go away when they are left alone. Often they have a reason, and then it is the best thing we can learn.

**To put it right.** Find out what they hold against us, and plan one step that answers it: an action `about` them or
with them in `who`, or a goal. A meeting with them that is entered under `planned` will do as a beginning. If they
think better of us by now, change their `stance`.

**The method.** Know how each person stands to us, and sell wider than to our friends. Judged are active contacts with
the stance critic or opponent on the levels instigator and influencer. What quiets: an open action or goal that is
`about` them, has them in `who`, or (a goal) was agreed with them; or a meeting planned with them. The rule speaks only
where the plan has goals or actions to look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.meetings import booked
from kamgen.facts.plans import planned, understood
from kamgen.facts.relationships import active_contacts, named_in
from kamgen.finding import Problem
from kamgen.model.account import Contact
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM606",
    "opponent-unaddressed",
    "W---",
    needs=("account", "contacts", "plan"),
    hint="Plan one step that answers what they hold against us, with `about` and their id.",
    bad="""
        contacts:
          katharina-wimmer: {name: Katharina Wimmer, level: influencer, stance: critic}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20}
        """,
    good="""
        contacts:
          katharina-wimmer: {name: Katharina Wimmer, level: influencer, stance: critic}
        plan:
          implementation:
            - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-05-20, about: katharina-wimmer}
        """,
)
_POLICY_MAKERS = frozenset({"instigator", "influencer"})
_AGAINST = frozenset({"critic", "opponent"})
_LOOKED_AT = (("plan", "intentions"), ("plan", "implementation"), ("planned",))


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Critics and opponents who make policy, in plans of which no open goal or action names them."""
    for account, plan in planned(portfolio):
        against = _against(portfolio, account)
        # Without goals and actions that can be read, their absence is the thing to tell (KAM103, KAM104).
        if not against or not (plan.intentions or plan.implementation):
            continue
        if not all(understood(portfolio, account, *path) for path in _LOOKED_AT):
            continue
        awaited = {person for item in booked(portfolio, account) for person in item.with_}
        for name, contact in against.items():
            if name not in awaited and named_in(account, name) == ((), ()):
                yield Problem(account.slug, subject("contacts", name), _message(contact))


def _against(portfolio: Portfolio, account: Account) -> dict[str, Contact]:
    active = active_contacts(portfolio, account)
    return {k: c for k, c in active.items() if c.level in _POLICY_MAKERS and c.stance in _AGAINST}


def _message(contact: Contact) -> str:
    does = "decides policy there" if contact.level == "instigator" else "shapes policy there"
    article = "an opponent" if contact.stance == "opponent" else "a critic"
    return f"{contact.name} {does}, is {article} of ours, and no open goal or action is about them."
