"""An opportunity or a threat is more than half a year old, and nobody has looked at it since.

**Why it matters.** Their plans move faster than ours. The depot that was to open in spring has been put off, the rival
has been and gone, and we still plan around it; the customer notices that we have not asked.

**To put it right.** Ask them how it stands. Then write what they say with its day in `on`, or take the line out. If it
is still to wait, write today's date under `parked`, and under `because` what it waits for.

**The method.** A manager lives in the present and the future. Counted is `on`, or the day on which it was `parked` if
that is later: so what is parked comes back after half a year by itself. A line without `on` is at least as old as the
last change of its file, as git knows it. What a reached goal has answered is not asked about again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.facts.swot import Claim, claims
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM206",
    "claim-too-old",
    "W---",
    needs=("plan",),
    hint="Ask how it stands, and write the answer with its day in `on`; or take it out.",
    settings={"warn_after": Setting(timedelta(days=180), "Age of an opportunity or a threat that is still in order")},
    bad="""
        plan:
          intelligence:
            opportunities:
              - {what: Two new depots in Styria from 2027, source: Roland Mendel, on: 2025-10-21}
        """,
    good="""
        plan:
          intelligence:
            opportunities:
              - {what: Two new depots in Styria from 2027, source: Roland Mendel, on: 2026-03-12}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Opportunities and threats last looked at more than `warn_after` ago."""
    for claim in claims(portfolio):
        day = claim.looked_at
        if day is None or (claim.goal and claim.goal.reached):
            continue
        age = portfolio.as_of - day
        if age > RULE.days(portfolio, claim.account, "warn_after"):
            yield Problem(claim.account.slug, claim.subject, _told(claim, day, age.days))


def _told(claim: Claim, day: date, age: int) -> str:
    what = f'The {claim.kind} "{shown(claim.item.what)}"'
    if claim.item.on:
        return f"{what} was last looked at on {day}, {age} days ago."
    return f"{what} does not say when it was heard, and its file was last changed on {day}, {age} days ago."
