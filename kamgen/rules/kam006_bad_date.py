"""A date does not exist, or is not written year-month-day.

**Why it matters.** 03/04/2026 is March to one reader and April to another, and 30 February is nobody's day.
A date that kamgen cannot read is a deadline that nobody is reminded of.

**To put it right.** Write it as YYYY-MM-DD, for example 2026-04-30. Quotes are not needed.

**The method.** Who does what by when: `by when` has to be one day.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM006",
    "bad-date",
    "EEEE",
    bad="""
        plan:
          reviewed: 30.02.2026
        """,
    good="""
        plan:
          reviewed: 2026-02-28
        """,
)
