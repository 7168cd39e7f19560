"""An opportunity or a threat does not say who told us, or when.

**Why it matters.** "They want to grow" may be what their owner said last week or what somebody guessed three years
ago, and nobody can ask again. Without a day nothing in the plan can ever be seen to be old.

**To put it right.** Turn the line into `what:`, with `source:` (who said so, or where it was seen) and `on:` (the day).
If nobody remembers, it is a question for the next meeting.

**The method.** Intelligence is what we know, from somebody, since some day. It is a hint and no more, because a claim
without a source may still be true. A note of the visit is a good source: write its date and the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.swot import claims
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import SwotItem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM205",
    "claim-undated",
    "i---",
    needs=("plan",),
    bad="""
        plan:
          intelligence:
            threats:
              - A Vienna wholesaler offers Linz chilled deliveries every day
        """,
    good="""
        plan:
          intelligence:
            threats:
              - what: A Vienna wholesaler offers Linz chilled deliveries every day
                source: Katharina Wimmer, visit of 14 April
                on: 2026-04-14
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Opportunities and threats without `source` or without `on`."""
    for claim in claims(portfolio):
        lacks, keys = _lacks(claim.item)
        if lacks:
            message = f'The {claim.kind} "{shown(claim.item.what)}" does not say {lacks}.'
            yield Problem(claim.account.slug, claim.subject, message, f"Add {keys}, or ask again at the next meeting.")


def _lacks(item: SwotItem) -> tuple[str, str]:
    """What an item does not say, and the keys for it; two empty texts where it says all."""
    if not item.source and not item.on:
        return "who told us, nor when", "`source:` and `on:`"
    if not item.source:
        return "who told us", "`source:`"
    return ("", "") if item.on else ("when we learned of it", "`on:`")
