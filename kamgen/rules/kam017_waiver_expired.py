"""A waiver is past its last day, and what it silenced counts again.

**Why it matters.** A waiver is a promise to look again. When its day has passed and nobody looked, we live with a weak
spot that was meant to be temporary, and the agreement behind it is one that nobody remembers.

**To put it right.** Is the finding gone? Delete the waiver. Is it still there? Mend it, or speak again with whoever
agreed and set a new `until`, at most 180 days ahead, with the reason as it stands today. A waiver cannot silence this
rule.

**The method.** A plan lives from being looked at again and again: what was agreed for a while is looked at when the
while is over.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM017",
    "waiver-expired",
    "WWWW",
    hint="Delete it if the finding is gone, or agree again and set a new `until`.",
    bad="""
        waivers:
          - rule: KAM404
            reason: The depot is being rebuilt
            agreed_by: andrew-fuller
            until: 2026-04-30
        """,
    good="""
        waivers:
          - rule: KAM404
            reason: The depot is being rebuilt
            agreed_by: andrew-fuller
            until: 2026-06-30
        """,
)
