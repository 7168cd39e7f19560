"""The same key stands twice in one block, so one of its two values is lost.

**Why it matters.** Two people have each added a line, or a block was copied and only half changed. Which of
the two is true? kamgen reads the first and ignores the second, and whoever wrote the second thinks it is in
force.

**To put it right.** Compare the two lines that the message names, keep the true one, and delete the other.
Where both are meant (two goals, two contacts), give one of them a name of its own.

**The method.** One fact lives in one place: whoever changes it there has changed it everywhere.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM002",
    "duplicate-key",
    "EEEE",
    bad="""
        country: Austria
        manager: margaret-peacock
        country: Germany
        """,
    good="""
        country: Austria
        manager: margaret-peacock
        """,
)
