"""A complaint has been open for more than two weeks.

**Why it matters.** A mistake is forgiven when it is put right quickly; often the relationship is better afterwards.
Waiting without a word is what turns a mishap into a reason to look elsewhere.

**To put it right.** Tell the customer today where it stands, even if there is little to tell. Get it settled, and ask
the sponsor where nobody else can decide. When they say that it is, write `resolved:` with the day into the head of the
note.

**The method.** We want to hear what went wrong, and our marks are made by what we do next. An issue is a note with
`kind: issue`; the rule counts the days since its date and speaks after 14 (`warn_after`), with or without a plan. An
issue counts as settled when they see it so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.complaints import WITHIN, open_complaints
from kamgen.facts.plans import understood
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Note, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM810",
    "complaint-open",
    "WW--",
    needs=("account",),
    hint="Tell them where it stands. Once they say that it is settled, write `resolved:` with the day.",
    settings={"warn_after": Setting(WITHIN, "Age of a complaint that is still in order")},
    bad={
        "accounts/example.yml": "name: Example & Sons\nstage: key\n",
        "accounts/example/notes/2026-04-09-thawed-pallets.md": """
            ---
            kind: issue
            ---
            # Two pallets had thawed
            """,
    },
    good={
        "accounts/example.yml": "name: Example & Sons\nstage: key\n",
        "accounts/example/notes/2026-04-09-thawed-pallets.md": """
            ---
            kind: issue
            resolved: 2026-04-15
            ---
            # Two pallets had thawed
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Issue notes older than `warn_after` and not resolved."""
    for account in portfolio.accounts.values():
        for complaint in open_complaints(portfolio, account):
            at = ("notes", complaint.note.id)
            late = complaint.age > RULE.days(portfolio, account, "warn_after")
            if late and understood(portfolio, account, *at):
                yield Problem(account.slug, subject(*at), _message(portfolio, account, complaint.note, complaint.age))


def _message(portfolio: Portfolio, account: Account, note: Note, age: timedelta) -> str:
    people = ", ".join(portfolio.person_name(account, person) for person in note.head.with_)
    told = f" ({people})" if people else ""
    return f'A complaint has been open for {age.days} days: "{shown(note.title)}"{told}.'
