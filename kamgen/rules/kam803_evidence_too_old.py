"""The evidence for a sign of partnership is more than a year old.

**Why it matters.** Relationships cool without a sound. What they did for us the year before last says who we were to
them then; people have changed since, on both sides.

**To put it right.** If it was seen again, write the newer evidence and its day. If not, take the sign out, and ask
yourself what has changed: that is worth more than the tick.

**The method.** Evidence keeps for 365 days by default (`warn_after`), the rhythm of the audit. A sign without evidence
or without a day is told by KAM802 alone. Old evidence still counts when our view is compared with theirs (KAM804).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.partnership import EVIDENCE_KEEPS, assess
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM803",
    "evidence-too-old",
    "W---",
    needs=("account", "partnership", "indicators"),
    hint="Write what you have seen since, or take the sign out.",
    settings={"warn_after": Setting(EVIDENCE_KEEPS, "Age of evidence that is still in order")},
    bad="""
        partnership:
          logos-together: {evidence: Our owl mug with both names at the opening in Bantry, on: 2025-04-10}
        """,
    good="""
        partnership:
          logos-together: {evidence: Our owl mug with both names at the opening in Bantry, on: 2025-05-06}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Evidenced claims older than `warn_after`."""
    for account in portfolio.accounts.values():
        if not account.record.partnership:
            continue
        keeps = RULE.days(portfolio, account, "warn_after")
        for claim in assess(portfolio, account).old(portfolio.as_of, keeps):
            age = claim.age(portfolio.as_of) or timedelta(0)
            message = (
                f'"{portfolio.playbook.indicators[claim.indicator].name}" was last seen on {claim.evidence.on}, '
                f'{age.days} days ago: "{shown(claim.evidence.evidence)}".'
            )
            yield Problem(account.slug, subject("partnership", claim.indicator), message)
