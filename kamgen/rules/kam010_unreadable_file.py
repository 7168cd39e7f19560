"""A file cannot be opened or is not plain text: too large, saved in an old encoding, locked, or a link out
of the workspace.

**Why it matters.** Nothing in that file is read or checked. Whatever else is known of the account is judged
as ever, but rules that would need this file stay silent, so their silence means nothing.

**To put it right.** The message gives the cause. Saved by Excel or an older editor: open it and save it
again as UTF-8 (Excel: "CSV UTF-8"). Too large: something else was pasted in, or a picture was saved under
the wrong name; the cap is `limits: file_size_kb` in `kamgen.yml`. A link to a place outside: copy the file
itself here. Locked: ask whoever looks after the computer for permission.

**The method.** Knowledge that only one machine or one person can open is not shared. A plan has to be
readable by the team.
"""

from __future__ import annotations

from kamgen.rules import Rule


def _account(business: str) -> str:
    return f"name: Example & Sons\nstage: customer\nplan:\n  intelligence:\n    business: {business}\n"


RULE = Rule(
    "KAM010",
    "unreadable-file",
    "EEEE",
    bad={
        "playbook/kamgen.yml": """
            as_of: 2026-05-06
            limits: {file_size_kb: 1}
            """,
        "accounts/example.yml": _account("We supply their depots with dairy goods. " * 30),
    },
    good={
        "playbook/kamgen.yml": """
            as_of: 2026-05-06
            limits: {file_size_kb: 1}
            """,
        "accounts/example.yml": _account("We supply their depots with dairy goods."),
    },
)
