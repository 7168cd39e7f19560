"""Two things have one name: two files for one account, two entries of a list, or a contact with the id of
one of us.

**Why it matters.** Whoever reads or changes the one does not know of the other. Work is entered here and
looked for there, and a waiver or a link cannot say which of the two it means. Names that differ only in
capitals fall together on Windows and on Macs.

**To put it right.** Two files: bring what is in them together in one and delete the other. Two list
entries: word one of them differently, or give it a line `id:` with a name of its own. A contact with a
colleague's id: give the contact another id.

**The method.** One fact lives in one place. What two files say about one customer, no reader believes for
long.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM009",
    "clash",
    "EEEE",
    bad="""
        plan:
          implementation:
            - what: Visit the Graz depot
              due: 2026-05-20
            - what: Visit the Graz depot
              due: 2026-06-24
        """,
    good="""
        plan:
          implementation:
            - what: Visit the Graz depot
              due: 2026-05-20
            - what: Visit the Graz depot again
              due: 2026-06-24
        """,
)
