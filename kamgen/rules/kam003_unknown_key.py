"""A key stands where kamgen knows none of that name, so nobody would ever read what it says.

**Why it matters.** `sponser: andrew-fuller` looks like an answer and is none. Without this rule the plan
would be told that it has no sponsor, while everybody sees one in the file. Often the key is right and only
stands one step too far left or right.

**To put it right.** Take the spelling that the message proposes, or one of the keys it lists. If the key is
right, look at its indentation: it may belong to the block above. For facts without a key of their own,
write a note.

**The method.** Every plan asks the same questions under the same names. That is what makes plans comparable
and searchable.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM003",
    "unknown-key",
    "EEEE",
    bad="""
        sponser: andrew-fuller
        """,
    good="""
        sponsor: andrew-fuller
        """,
)
