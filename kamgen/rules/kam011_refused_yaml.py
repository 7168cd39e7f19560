"""A file uses a feature of YAML that kamgen refuses: `&` and `*` references, `!` types, a second document,
or very deep nesting.

**Why it matters.** Mostly it is an accident: a text begins with `*`, `&` or `!`, or a line of dashes was
typed as a divider. Meant in earnest, such signs make a file say something else than what stands in it, and
a few lines can grow until they fill the computer's memory.

**To put it right.** If the sign belongs to the text, put the text in straight quotes: `what: "*Urgent*:
call Linz"`. A line of three dashes or dots as a divider: delete it. In place of a reference, write the
value out where it is needed.

**The method.** A plan need not be complicated. Whoever opens the file has to see what it says, without
following references.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM011",
    "refused-yaml",
    "EEEE",
    bad="""
        plan:
          implementation:
            - what: *Urgent* call the depot in Linz
        """,
    good="""
        plan:
          implementation:
            - what: "*Urgent* call the depot in Linz"
        """,
)
