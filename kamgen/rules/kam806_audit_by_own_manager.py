"""The last audit was held by the account's own manager, with nobody senior there.

**Why it matters.** Nobody tells the person whom they see every week what is wrong with how they are served. The
answers are kind, and the audit has cost a year.

**To put it right.** Agree a day on which somebody senior asks again, and enter it under `planned` with `what: audit`
and their name under `who`: from then on this rule is quiet. The manager's notes of the first talk are a good start
for it. If somebody senior was there and is not named, add them to `who` of the audit.

**The method.** The audit is face to face, once a year, by a senior executive and not by the account's manager. Senior
is who is marked so in `team.yml`; a manager who is senior may ask. Judged is the newest audit. One that somebody senior
has held within the rhythm of the audit (`rhythm: audit`, a year by default) makes up for a later talk of the manager's.
Where the names of those who asked are missing or unknown, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.meetings import booked
from kamgen.facts.partnership import audits_held, by_own_manager
from kamgen.facts.plans import understood
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, HeldAudit, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM806",
    "audit-by-own-manager",
    "W---",
    needs=("account", "audits", "team"),
    hint="Have somebody senior ask again, and enter the day under `planned` with `what: audit` and their name.",
    bad={
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            manager: margaret-peacock
            """,
        "accounts/example/audits/2026-03-18.yml": """
            who: [margaret-peacock]
            marks: 9
            """,
    },
    good={
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            manager: margaret-peacock
            """,
        "accounts/example/audits/2026-03-18.yml": """
            who: [andrew-fuller, margaret-peacock]
            marks: 7
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Accounts whose newest audit was their manager's, with no senior one within a year before or booked."""
    for account in portfolio.accounts.values():
        audits = audits_held(portfolio, account)
        if not audits or not by_own_manager(portfolio, account, audits[-1]):
            continue
        known = all(understood(portfolio, account, *at) for at in (("audits", audits[-1].id, "who"), ("planned",)))
        if known and not _senior_audit(portfolio, account, audits):
            yield Problem(account.slug, subject("audits", audits[-1].id, "who"), _message(portfolio, account, audits))


def _senior_audit(portfolio: Portfolio, account: Account, audits: tuple[HeldAudit, ...]) -> bool:
    """Whether somebody senior asked within the rhythm of the audit, or is going to."""
    recent = [held for held in audits if portfolio.as_of - held.on <= portfolio.settings.rhythm.audit]
    asking = [held.audit.who for held in recent]
    asking += [item.who for item in booked(portfolio, account) if item.what == "audit"]
    # A booked audit without names may well be somebody senior's.
    return any(not who or _anybody_senior(portfolio, who) for who in asking)


def _anybody_senior(portfolio: Portfolio, who: tuple[str, ...]) -> bool:
    people = (portfolio.playbook.team or {}).get
    return any(person is not None and person.senior for person in map(people, who))


def _message(portfolio: Portfolio, account: Account, audits: tuple[HeldAudit, ...]) -> str:
    manager = portfolio.person_name(account, account.record.manager or "")
    return (
        f"The audit of {audits[-1].on} was held by {manager}, who manages {account.name}, and by nobody senior: "
        "nobody complains of us to the person they see every week."
    )
