"""An answer from the last audit has led to nothing: no action, no goal, and no reason why not.

**Why it matters.** Whoever is asked for an honest answer watches what comes of it. An audit that changes nothing does
more harm than none: next year they will be polite.

**To put it right.** Decide what comes of the answer and write one line under it: `action:` or `goal:` with the id of
what stands in the plan, or `reason:` with why nothing needs to be done. A compliment needs a reason too, such as whom
it was passed on to. Then tell the customer.

**The method.** The audit is held to thank, to hear, and to find opportunities. Only the newest audit is judged: what
still matters of an older one comes up in the next, and nobody should be asked to tidy up old minutes. A question with
no answer under it was not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.partnership import last_audit, loose_answers
from kamgen.facts.plans import understood
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

_ACCOUNT = """
    name: Example & Sons
    stage: key
    """

RULE = Rule(
    "KAM805",
    "answer-without-consequence",
    "W---",
    needs=("audits",),
    hint="Write below it the `action` or `goal` that comes of it, or a `reason` why nothing needs to.",
    bad={
        "accounts/example.yml": _ACCOUNT,
        "accounts/example/audits/2026-03-18.yml": """
            who: [andrew-fuller]
            answers:
              more-value:
                answer: Teach our shop managers. They sell what they can talk about.
            """,
    },
    good={
        "accounts/example.yml": _ACCOUNT,
        "accounts/example/audits/2026-03-18.yml": """
            who: [andrew-fuller]
            answers:
              more-value:
                answer: Teach our shop managers. They sell what they can talk about.
                reason: Agreed with Ray to begin once the shop in Santa Fe is open.
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Answers of each account's newest audit with neither `action`, `goal` nor `reason`."""
    for account in portfolio.accounts.values():
        held = last_audit(portfolio, account)
        if held is None:
            continue
        for question, answer in loose_answers(portfolio, held):
            at = ("audits", held.id, "answers", question)
            if understood(portfolio, account, *at):
                message = f'Nothing has come of what they said on {held.on}: "{shown(answer.answer).rstrip(".")}".'
                yield Problem(account.slug, subject(*at), message)
