"""An action is nothing but a phrase that commits nobody to anything.

**Why it matters.** "Follow up" is never done and never late: nobody could say what will be different once it has been
ticked off. Such lines fill a plan and crowd out the steps that move it.

**To put it right.** Say what will be there afterwards that is not there now: "Agree with Linz which two delivery days
they want" instead of "Follow up".

**The method.** Who does *what* by when. Only an action that is nothing but a phrase of the list `words:
vague_actions` in `kamgen.yml`, or several of them strung together, is told. Its length never matters, and two words
that name a thing are fine: "Visit Graz". With `about` it says what it is about, and with `site` where. What is done or
dropped is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import open_actions, owners, planned
from kamgen.facts.texts import says_only, shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM408",
    "vague-action",
    "Wi--",
    needs=("plan",),
    hint="Say what will be there afterwards that is not there now.",
    bad="""
        plan:
          implementation:
            - {what: Follow up, who: margaret-peacock, due: 2026-05-20}
        """,
    good="""
        plan:
          implementation:
            - {what: Follow up the two invoices of January, who: margaret-peacock, due: 2026-05-20}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open actions whose text is a phrase of the list and nothing else."""
    phrases = portfolio.settings.words.vague_actions
    for account, plan in planned(portfolio):
        for action in open_actions(plan):
            if not (action.about or action.site) and says_only(action.what, phrases):
                who = owners(portfolio, account, action.who)
                message = f'"{shown(action.what)}" ({who}) does not say what is to come of it.'
                yield Problem(account.slug, subject("plan", "implementation", action.id), message)
