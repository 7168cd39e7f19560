"""A file lies among the accounts that kamgen does not read.

**Why it matters.** Whoever put it there believes that it counts. A plan saved as `plan.yaml`, or contacts
in `contact.yml`, stay unread, and nobody sees what they say. Presentations and tables beside the plan are
second copies of the truth.

**To put it right.** If the message proposes a name, rename the file. Pictures and PDFs belong beside a note
that links to them. Anything else: move it out of `accounts/`, or delete it. Hidden files and the temporary
files of editors are not reported.

**The method.** A plan that lies where nobody looks is a plan on the shelf.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM012",
    "stray-file",
    "WWWW",
    bad={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/contact.yml": "roland-mendel: {name: Roland Mendel}\n",
    },
    good={
        "accounts/example/account.yml": "name: Example & Sons\nstage: customer\n",
        "accounts/example/contacts.yml": "roland-mendel: {name: Roland Mendel}\n",
    },
)
