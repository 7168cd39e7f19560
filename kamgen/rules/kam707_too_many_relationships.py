"""One of us covers more people of the key accounts than anybody can really know.

**Why it matters.** A person sustains about 60 real relationships. Beyond that, calls become shorter, birthdays are
forgotten, and each contact gets the feeling of being one of many. It is the person who suffers first, and the accounts
that notice first.

**To put it right.** Share the cover: who else of ours has a natural counterpart there, in service, logistics or
finance? Add them to `covered_by`, meet together once, and let the first go where they are not needed any more.

**The method.** About 60 relationships a manager, about 15 an account, hence about four key accounts. Counted are the
active contacts of key accounts that name the person under `covered_by`. The limit is `relationships_per_manager` under
`limits` in kamgen.yml. This protects people; it says nothing of how well they work.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.load import has_left, relationships
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

_FEW = "as_of: 2026-05-06\nlimits: {relationships_per_manager: 1}\n"

RULE = Rule(
    "KAM707",
    "too-many-relationships",
    "W",
    needs=("team",),
    hint="Share the cover with colleagues who have a natural counterpart there.",
    bad={
        "playbook/kamgen.yml": _FEW,
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            contacts:
              roland-mendel: {name: Roland Mendel, covered_by: margaret-peacock}
              anna-gruber: {name: Anna Gruber, covered_by: [margaret-peacock, laura-callahan]}
            """,
    },
    good={
        "playbook/kamgen.yml": _FEW,
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            contacts:
              roland-mendel: {name: Roland Mendel, covered_by: margaret-peacock}
              anna-gruber: {name: Anna Gruber, covered_by: laura-callahan}
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Our people over the limit."""
    limit = portfolio.settings.limits.relationships_per_manager
    for person, count in relationships(portfolio).items():
        if count > limit and not has_left(portfolio, person):
            name = portfolio.person_name(None, person)
            message = f"{name} covers {count} people of key accounts; {limit:f} is what one person can know."
            place = portfolio.place("", subject("playbook/team", person), True)
            yield Problem("", subject("people", person), message, place=place)
