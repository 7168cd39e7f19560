"""An account, a note or an audit has a file name that does not follow the form.

**Why it matters.** An account's file name becomes its address on the intranet and its name in the exports:
it is permanent, and spaces, capitals and umlauts break such addresses on the way. A note's date is the
beginning of its file name; without a real date nobody can say when the visit was, and the contact looks as
if it had gone cold.

**To put it right.** Rename the file as the message proposes. Accounts: small letters, digits and hyphens
(`ernst-handel.yml`). Notes: date first (`2026-03-12-graz-visit.md`). Audits: the day they were held
(`2026-03-18.yml`).

**The method.** The whole relationship has to be known: every visit, call and complaint, and when it was.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM013",
    "bad-file-name",
    "EEEE",
    bad={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/notes/Visit Graz 12 March.md": "---\nkind: visit\n---\n# Walked the Graz depot\n",
    },
    good={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/notes/2026-03-12-visit-graz.md": "---\nkind: visit\n---\n# Walked the Graz depot\n",
    },
)
