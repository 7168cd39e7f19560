"""A row of an export cannot be used: an unknown account, something that is no number or no month, or the
same row twice.

**Why it matters.** The row counts for nothing. Sales look smaller than they are, and an account may seem to
cool that is not cooling at all. Files like these come from another system, and a change over there is first
noticed here.

**To put it right.** Mend the cause where the file is exported, and export again: a row mended by hand is
lost with the next export. Months are written `2026-04` and amounts `1200.50`. A text that holds a comma
needs quotes. An unknown account is either new (add its file) or misspelt; `crm_id` in the account's file
ties it to its number in the other system.

**The method.** 80/20 is to be measured, not believed. Figures that nobody trusts decide nothing.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM014",
    "bad-row",
    "EEEE",
    bad={
        "accounts/example.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/sales.csv": """
            account,month,product,amount
            example,2026-03,dairy,"1.200,50"
            """,
    },
    good={
        "accounts/example.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/sales.csv": """
            account,month,product,amount
            example,2026-03,dairy,1200.50
            """,
    },
)
