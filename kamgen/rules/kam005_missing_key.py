"""A key that is always needed is absent, above all the account's `name` and `stage`.

**Why it matters.** Without a name an account cannot be found, and without a stage nobody knows how much
attention is due to it. A few other things make no sense without one fact: a date that matters without its
day, or a goal without its sentence.

**To put it right.** Add the line that the message names. The stage is one of four: `suspect` (known, not
contacted), `prospect` (contacted, not buying), `customer` (buying), `key` (one of the few that carry the
business).

**The method.** Business comes from four places: suspects, prospects, customers and key accounts. Each asks
for other work.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM005",
    "missing-key",
    "EEEE",
    bad={
        "accounts/example.yml": """
            name: Example & Sons
            country: Austria
            """
    },
    good={
        "accounts/example.yml": """
            name: Example & Sons
            stage: customer
            country: Austria
            """
    },
)
