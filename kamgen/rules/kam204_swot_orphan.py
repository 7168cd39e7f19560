"""An opportunity or a threat that no goal answers, and that nobody has set aside with a reason.

**Why it matters.** Finding out is the easy half. An opportunity that stands in the plan for months and leads to
nothing is taken by somebody else, and a threat that everybody has read and nobody answers is the worst of both.

**To put it right.** Name the goal that answers it with `goal:`; set a new goal if there is none. Or leave it for now:
`parked:` with the day on which you decided so, and `because:` with the reason. If it is no longer true, take it out.

**The method.** Intelligence leads to Intentions: one thread from what we know to what we want and do. A claim has time
until the next review (`rhythm.review`, 30 days from its `on`), because that is where goals are agreed. A goal that was
reached has answered it; one that was given up has not, and the time runs again from that day. What has no `on` is
KAM205's matter, and a plan without any goals KAM103's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kamgen.facts.swot import Claim, Unanswered, claims, unanswered
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM204",
    "swot-orphan",
    "W---",
    needs=("plan",),
    hint="Name the goal that answers it with `goal:`, or leave it for now with `parked:` and `because:`.",
    bad="""
        plan:
          intelligence:
            opportunities:
              - {what: Two new depots in Styria from 2027, source: Roland Mendel, on: 2026-03-12}
          intentions:
            no-empty-shelves: {goal: Their depots see us as the supplier that ended out-of-stocks on dairy}
        """,
    good="""
        plan:
          intelligence:
            opportunities:
              - {what: Two new depots in Styria from 2027, source: Roland Mendel, on: 2026-03-12, goal: second-depot}
          intentions:
            second-depot: {goal: They ask us for our view before they decide how the new depots are supplied}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Opportunities and threats older than the review rhythm that hang in the air."""
    for claim in claims(portfolio):
        why = unanswered(claim, portfolio.as_of, portfolio.settings.rhythm.review)
        if why:
            yield Problem(claim.account.slug, claim.subject, _message(claim, why, portfolio.as_of))


def _message(claim: Claim, why: Unanswered, as_of: date) -> str:
    item = claim.item
    assert item.on is not None
    quoted = f'the {claim.kind} "{shown(item.what)}"'
    if why == "its goal was given up":
        assert claim.goal is not None
        return f"The goal that answered {quoted} was dropped on {claim.goal.dropped}, and nothing took its place."
    if why == "parked without a reason":
        return f"No goal answers {quoted}, and it is parked without a reason."
    return f"No goal answers {quoted}, which we have known of since {item.on}, {(as_of - item.on).days} days."
