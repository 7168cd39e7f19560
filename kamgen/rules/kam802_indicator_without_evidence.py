"""A sign of partnership is claimed, and nothing or no day is given to show it.

**Why it matters.** A claim without evidence cannot be checked, cannot grow old, and cannot be lost. It makes the
relationship look better than it may be, and the next reader builds on it.

**To put it right.** Write what happened and who saw it under `evidence`, and when under `on`. If nobody remembers,
take the sign out until it is seen again.

**The method.** An indicator is an observation, not an opinion. Only signs with evidence and a day are counted when our
view is compared with theirs (KAM804). A placeholder is told by KAM105, a day that does not exist by KAM006.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.partnership import Claim, assess
from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM802",
    "indicator-without-evidence",
    "W---",
    needs=("account", "partnership", "indicators"),
    hint="Write what happened and when, or take the sign out until it is seen.",
    bad="""
        partnership:
          refers-us: {evidence: A bakery in Tralee rang because Patricia had named us}
        """,
    good="""
        partnership:
          refers-us: {evidence: A bakery in Tralee rang because Patricia had named us, on: 2025-10-14}
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Claims of known indicators without `evidence` or without `on`."""
    for account in portfolio.accounts.values():
        if not account.record.partnership:
            continue
        for claim in assess(portfolio, account).claims:
            at = ("partnership", claim.indicator)
            if claim.missing and claim.known and claim.written and understood(portfolio, account, *at):
                yield Problem(account.slug, subject(*at), _message(portfolio, claim))


def _message(portfolio: Portfolio, claim: Claim) -> str:
    missing = " and no ".join(f"`{key}`" for key in claim.missing)
    return f'"{portfolio.playbook.indicators[claim.indicator].name}" is claimed, with no {missing}.'
