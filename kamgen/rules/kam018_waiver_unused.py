"""A waiver silences nothing.

**Why it matters.** The trouble it was written for may be mended: good, and then the waiver only stands in the way,
for it would silence the same trouble without a word when it comes back. Or it never worked, since its subject is
misspelt, and somebody believes in an agreement that does nothing.

**To put it right.** Delete the waiver. If the finding it is meant for is still reported, copy its subject from
`kamgen check --format json`: a waiver fits exactly one thing, or with no `subject` the whole account. This rule speaks
only when everything is checked (or when it is asked for alone, `kamgen check --select KAM018`), and only of rules that
are in force and could be judged. A waiver cannot silence it.

**The method.** What is in the plan is there because it says something. Notes that nobody needs hide those that matter.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM018",
    "waiver-unused",
    "WWWW",
    hint="Delete it. If the finding is still reported, compare the subject.",
    bad="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-05-30
        waivers:
          - rule: KAM404
            reason: The depot is being rebuilt
            until: 2026-06-30
        """,
    good="""
        plan:
          implementation:
            - what: Agree the stock count with Linz
              who: margaret-peacock
              due: 2026-04-30
        waivers:
          - rule: KAM404
            reason: The depot is being rebuilt
            until: 2026-06-30
        """,
)
