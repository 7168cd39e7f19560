"""We call it a partnership, and in the last audit the customer did not.

**Why it matters.** One of the two views is wrong, and theirs is the one that decides on the next contract. The most
dangerous account is the one in which everybody here feels safe.

**To put it right.** Read the answers of the audit beside your list of signs. Ask whoever gave the marks what it would
take to earn one more, and turn it into a goal. Then go through the signs again: which of them would the customer
name as well?

**The method.** Our view and theirs are asked apart, so that they can be compared. We call it a partnership when at
least 60 % of the playbook's indicators are claimed with evidence and a day (`share`); old evidence counts, private
evidence too. They do not while the newest audit says `seen_as: supplier`, or gives 6 marks or fewer (`marks`). An audit
that says neither is not compared. A newer audit settles it, or evidence taken out that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.partnership import OUR_SHARE, THEIR_MARKS, Assessment, assess, last_audit, views_differ
from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.account import Audit
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, HeldAudit, Portfolio
from kamgen.rules import Rule, Setting

_INDICATORS = """
    asks-our-advice: {name: They ask our advice}
    refers-us: {name: They recommend us}
    returns-hospitality: {name: Hospitality comes back}
    """
_ACCOUNT = """
    name: Example & Sons
    stage: key
    partnership:
      asks-our-advice: {evidence: Asked how other shops light their cold shelves, on: 2025-12-09}
      refers-us: {evidence: A bakery in Tralee rang because Patricia had named us, on: 2025-10-14}
    """

RULE = Rule(
    "KAM804",
    "views-differ",
    "W---",
    needs=("account", "partnership", "audits", "indicators"),
    hint="Ask them what would earn one more mark, and go through the signs again with their answers beside you.",
    settings={
        "share": Setting(
            OUR_SHARE, "Part of the indicators with evidence, from 0 to 1, from which we see a partnership"
        ),
        "marks": Setting(THEIR_MARKS, "Marks out of ten up to which the customer does not see one"),
    },
    bad={
        "playbook/indicators.yml": _INDICATORS,
        "accounts/example.yml": _ACCOUNT,
        "accounts/example/audits/2026-02-12.yml": """
            who: [andrew-fuller]
            marks: 5
            seen_as: supplier
            """,
    },
    good={
        "playbook/indicators.yml": _INDICATORS,
        "accounts/example.yml": _ACCOUNT,
        "accounts/example/audits/2026-02-12.yml": """
            who: [andrew-fuller]
            marks: 8
            seen_as: partner
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts where most indicators are evidenced and the newest audit sees it otherwise."""
    for account in portfolio.accounts.values():
        held = last_audit(portfolio, account) if account.record.partnership else None
        if held is None:
            continue
        ours = assess(portfolio, account)
        share, marks = (RULE.number(portfolio, account, name) for name in ("share", "marks"))
        if views_differ(ours, held.audit, share=share, marks=marks) and _believed(portfolio, account, held):
            yield Problem(account.slug, subject("audits", held.id), _message(ours, held, marks))


def _believed(portfolio: Portfolio, account: Account, held: HeldAudit) -> bool:
    """Whether both halves of their view were read."""
    return all(understood(portfolio, account, "audits", held.id, key) for key in ("marks", "seen_as"))


def _message(ours: Assessment, held: HeldAudit, marks: Decimal) -> str:
    return (
        f"We have evidence for {len(ours.evidenced)} of the {ours.indicators} signs of partnership; in the audit of "
        f"{held.on} they {_told(held.audit, marks)}."
    )


def _told(theirs: Audit, marks: Decimal) -> str:
    told = ["called us a supplier"] if theirs.seen_as == "supplier" else []
    if theirs.marks is not None and (told or theirs.marks <= marks):
        told.append(f"gave us {theirs.marks:f} marks out of ten")
    return " and ".join(told)
