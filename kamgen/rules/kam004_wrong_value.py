"""A value does not fit its key: a word that is not on the list, a text where a number belongs, or lines
where a text belongs.

**Why it matters.** Lists, reminders and figures are made from these values. `stage: Kunde` belongs to no
stage, so the account would be missing wherever customers are listed. A value that is refused is left out;
everything around it is still read.

**To put it right.** The message says what may stand here, as a list of words or with an example. Write
numbers without thousands separators, currency or percent sign, with a decimal point: `1200.50`. Ids are
small letters, digits and hyphens.

**The method.** Goals are measured, and contacts stand on one of three policy levels. Whatever is to be
counted and compared needs the same words from everybody.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM004",
    "wrong-value",
    "EEEE",
    bad="""
        contacts:
          roland-mendel:
            name: Roland Mendel
            level: boss
        """,
    good="""
        contacts:
          roland-mendel:
            name: Roland Mendel
            level: influencer
        """,
)
