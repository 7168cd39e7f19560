"""A link or a picture in a note leads to a file that is not there.

**Why it matters.** The photograph of the shelf, the minutes, the offer: a note leans on them, and the
reader finds nothing. Mostly the file was renamed, or never saved into the account's folder. What lies
outside of the folder does not reach the intranet.

**To put it right.** Put the file into the account's folder, for example beside the note, and link to it
from there: `[minutes](minutes.pdf)`. Small and capital letters count. A space in a file's name is written
`%20`.

**The method.** Nobody of theirs wants to tell the same thing again to every new face. What was seen on a
visit has to be found.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM019",
    "broken-link",
    "iiii",
    bad={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/notes/2026-03-12-graz-visit.md": "---\nkind: visit\n---\n[The offer](offer.md).\n",
    },
    good={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/notes/2026-03-12-graz-visit.md": "---\nkind: visit\n---\n[The plan](../plan.md).\n",
        "accounts/example/plan.md": "## Intelligence\nThey run 14 depots.\n",
    },
)
