"""Somebody is named who is neither one of our people nor a contact of this account.

**Why it matters.** A task of a person whom nobody knows is a task of nobody. It appears on no work list,
and no reminder reaches anyone. Often it is a slip of the pen, sometimes a colleague who was never added to
the team.

**To put it right.** Write the person's id as it stands in `playbook/team.yml` (ours) or in this account's
contacts (theirs). If the person is new, add them there first. The message proposes an id that looks alike.
Without a `team.yml` our own people are not checked, and one remark says so.

**The method.** Implementation means who does what by when. The "who" is a person with a name, one of ours
or of theirs.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM007",
    "unknown-person",
    "EEEE",
    bad="""
        manager: margret-peacock
        """,
    good="""
        manager: margaret-peacock
        """,
)
