"""Two accounts that say the same, as people write them by hand: a folder full of odd forms, and one light file."""

from __future__ import annotations

from collections.abc import Mapping

TEAM = """\
margaret-peacock: {name: Margaret Peacock, title: Account Manager, reports_to: andrew-fuller}
laura-callahan: {name: Laura Callahan}
andrew-fuller: {name: Andrew Fuller, senior: true}   # the sponsor
robert-king: {name: Robert King, leaves: 2026-03-31}
"""

# Line ends of Windows and a byte order mark, as Notepad saves it.
ACCOUNT = (
    "\ufeff"
    + """\
# Who they are
name: "Ernst Handel"
stage:   customer      # since 2024
manager: margaret-peacock

selection:
    definition: [ must-not-lose ]   # more later
    reason: >-
      Our largest customer
      in Austria.
    agreed_by: [andrew-fuller]
    agreed_on: 2026-01-20
planned:
- {what: meeting, who: [margaret-peacock], with: [roland-mendel], on: 2026-07-02}
waivers:
- rule: KAM604
  subject: contacts.petra-hofer
  reason: 'She leaves anyway'
  agreed_by: andrew-fuller
  until: 2026-06-01
""".replace("\n", "\r\n")
)

CONTACTS = """\
# Their people
roland-mendel: {name: Roland Mendel, title: "Sales Manager", level: influencer,   # he knows everybody
    covered_by: [margaret-peacock, robert-king], checked: 2026-01-14}

petra-hofer:
    name:   'Petra Hofer'
    level:  implementer
    leaves: 2026-04-30      # to Vienna
    successor: roland-mendel
    # met her at the fair
sabine-moser: {name: Sabine Moser, level: implementer}
"""

PLAN = """\
---
reviewed: 2026-04-20   # in Graz
reviewed_by:
- margaret-peacock
period: {ends: 2026-05-05, reach: "They ask us first"}
intelligence:
  opportunities:
  # What they plan
  - Two new depots: in Styria
  - what: Cheese by the half wheel
    source: 'Petra Hofer, call'   # she should know
    on: 2026-02-24
  threats: [ {what: A competitor calls daily, on: 2026-04-14} , Energy costs ]
intentions:
    no-empty-shelves:
        goal: Their depots see us as the supplier that ended empty shelves
        agreed_with: [roland-mendel]
        measure: lines out of stock
        start: 14
        aim: 3
        readings: {2026-04-14: 9}
        due: 2026-12-31
        stages:
        - Baseline agreed
        - {what: Joint forecast, due: 2026-06-30}   # Graz first

    # not before autumn
    more-cheese: {goal: They buy more cheese, measure: "sales:dairy", due: 2026-12-31}
implementation:
-   what: "Put the forecast sheet on their intranet"   # Laura knows how
    who: laura-callahan
    due: 2026-05-15

- {what: Share twelve months of stock data, who: roland-mendel, due: 2026-05-29, goal: no-empty-shelves}
# The old ones
- id: call-linz
  what: Call Linz about the invoices
  done: 2026-04-02
- Joint forecast
- what: Sell the cheese counter
  dropped: 2026-03-01
  because: >
    Nobody
    wants it
decisions:
- {ask: Free samples for the two depots, of: andrew-fuller, asked_on: 2026-04-20}
- ask: A second driver
  decided_on: 2026-03-02
  outcome: No
""".replace("  - Two new depots: in Styria\n", '  - "Two new depots: in Styria"\n')

COMPLAINT = """\
---
kind: issue   # angry
with: [petra-hofer]
---
# Two pallets short

Again, in Linz.
""".replace("\n", "\r\n")

VISIT = "---\nkind: visit\n...\n# Walked the depot\n"

SHARED = {"playbook/team.yml": TEAM, "playbook/kamgen.yml": "as_of: 2026-05-06\n"}
NOTES = {
    "accounts/ernst-handel/notes/2026-04-10-two-pallets-short.md": COMPLAINT,
    "accounts/ernst-handel/notes/2026-04-12-walked.md": VISIT,
}

FOLDER: Mapping[str, str] = {
    **SHARED,
    **NOTES,
    "accounts/ernst-handel/account.yml": ACCOUNT,
    "accounts/ernst-handel/contacts.yml": CONTACTS,
    "accounts/ernst-handel/plan.yml": PLAN,
    "accounts/other-shop.yml": "name: Other Shop\nstage: suspect\n",
}


def _below(key: str, text: str) -> str:
    """A file of a folder as a part of a light account's one file."""
    lines = text.removeprefix("---\n").splitlines(keepends=True)
    return f"{key}:\n" + "".join(f"  {line}" if line.strip() else line for line in lines)


LIGHT: Mapping[str, str] = {
    **SHARED,
    **NOTES,
    "accounts/ernst-handel.yml": ACCOUNT.removeprefix("\ufeff").replace("\r\n", "\n")
    + _below("contacts", CONTACTS)
    + _below("plan", PLAN),
    "accounts/other-shop.yml": "name: Other Shop\nstage: suspect\n",
}
FORMS = {"folder": FOLDER, "light": LIGHT}
