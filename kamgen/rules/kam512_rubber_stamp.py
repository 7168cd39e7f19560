"""The plan was marked as reviewed twice running, and between the two nothing else changed.

**Why it matters.** A review that finds nothing to change for a month, twice, was no review. The date looks fresh, and
everybody who trusts it is misled.

**To put it right.** Hold the review: what was promised, what became of it, what is true now? Move what has to move,
close what is done, add a note. Where there really was no news, a note that says so is enough.

**The method.** The 90-30 rhythm: every 30 days the plan is looked through by those who serve the account. The rule
compares the two newest changes of `reviewed` in git, notes included, and is silent without git.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.past import rubber_stamp
from kamgen.facts.plans import planned
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import OverTime, Rule

RULE = Rule(
    "KAM512",
    "rubber-stamp",
    "W---",
    needs=("account", "plan", "notes"),
    hint="Go through the plan line by line and change what is no longer true, or write a note on what was found.",
    bad=OverTime(
        {
            "2026-03-02": "plan: {reviewed: 2026-03-02}",
            "2026-04-01": "plan: {reviewed: 2026-04-01}",
            "2026-04-30": "plan: {reviewed: 2026-04-30}",
        }
    ),
    good=OverTime(
        {
            "2026-03-02": "plan: {reviewed: 2026-03-02}",
            "2026-04-01": "plan: {reviewed: 2026-04-01}",
            "2026-04-30": "plan: {reviewed: 2026-04-30, implementation: [Call Graz about the forecast]}",
        }
    ),
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Plans whose last two reviews changed nothing but their date."""
    for account, _ in planned(portfolio):
        stamped = rubber_stamp(portfolio, account)
        if stamped:
            message = (
                f"Reviewed on {stamped.first} and again on {stamped.second}, and in between nothing else changed, "
                "notes included."
            )
            yield Problem(account.slug, subject("plan", "reviewed"), message)
