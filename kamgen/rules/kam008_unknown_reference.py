"""Something is named that does not exist: a goal, an action, a contact, a site, an indicator, a question, a
criterion or a product.

**Why it matters.** A plan is a thread: an observation leads to a goal, a goal to actions, an answer in an
audit to what came of it. Where a name leads nowhere the thread is cut. The goal looks as if nobody worked
for it, and the action as if it served nothing.

**To put it right.** Write the name as it stands where the thing is defined. The message says where that is,
and proposes the one that looks alike or lists what there is. Renamed a goal? Then rename it wherever it is
used.

**The method.** Work back from the end: every action serves a goal, and every goal answers something we know
about the customer.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM008",
    "unknown-reference",
    "EEEE",
    bad="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks
          implementation:
            - what: Put the forecast sheet on their intranet
              goal: no-empty-shelfs
        """,
    good="""
        plan:
          intentions:
            no-empty-shelves:
              goal: Their depots see us as the supplier that ended out-of-stocks
          implementation:
            - what: Put the forecast sheet on their intranet
              goal: no-empty-shelves
        """,
)
