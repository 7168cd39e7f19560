"""Something that has happened carries a date that is still to come: a review, a done action, a reading, a
note or an audit.

**Why it matters.** A review dated next year quiets every reminder until then, and nobody notices that none
was held. Mostly it is a slip in the year, or a booked meeting was entered where meetings that took place
belong.

**To put it right.** Correct the date. What is still to come belongs elsewhere: booked meetings under
`planned`, an action's deadline under `due`. `parked` is the day on which you decided to leave a thing for now;
until when it waits is said under `because`. Tomorrow's date is accepted, since the day does not begin
everywhere at once.

**The method.** The 90-30 rhythm lives from what was really done: plan 90 days, look back every 30.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM015",
    "future-date",
    "EEEE",
    bad="""
        plan:
          reviewed: 2027-04-20
        """,
    good="""
        plan:
          reviewed: 2026-04-20
        """,
)
