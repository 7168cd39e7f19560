"""Nothing says what they aim for, what presses them, or how they tick.

**Why it matters.** We can only help somebody to get where we know they want to go. Their aims tell us what to offer,
their pressures when to offer it, their culture how; a plan without them is about us.

**To put it right.** Write a line or two under `aims` (where they want to be in a year or two), `pressures` (what makes
life hard for them, also where we cannot help) and `culture` (how they decide, and what they think is good behaviour).
Ask them: the audit menu has the questions.

**The method.** A key account wants to be asked about its plans: growth, moves, problems, where its trade is going.
Prose under the heading Intelligence in plan.md counts, whatever it says. A placeholder is told by KAM105.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.swot import missing_texts, situations
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM203",
    "aims-unknown",
    "W---",
    needs=("plan",),
    bad="""
        plan:
          intelligence:
            business: They earn on deliveries to hotels before six in the morning; we keep their cold store full.
            aims: Two more depots in Styria from 2027.
        """,
    good="""
        plan:
          intelligence:
            business: They earn on deliveries to hotels before six in the morning; we keep their cold store full.
            aims: Two more depots in Styria from 2027.
            pressures: Hotels order later and later in the week, and drivers are hard to find.
            culture: Said once is agreed. They dislike surprises and slides.
        """,
)
_SAID = {"aims": "what they aim for", "pressures": "what presses them", "culture": "what their culture is"}


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans with Intelligence that lack aims, pressures or culture and have no prose."""
    for account, known in situations(portfolio):
        missing = missing_texts(portfolio, account, known, *_SAID)
        if missing:
            said = [_SAID[name] for name in missing]
            keys = ", ".join(f"`{name}`" for name in missing)
            yield Problem(
                account.slug,
                "plan.intelligence",
                f"Intelligence does not say {', '.join(said[:-1])}{' or ' if said[1:] else ''}{said[-1]}.",
                f"Ask them, and write a line or two under {keys}.",
            )
