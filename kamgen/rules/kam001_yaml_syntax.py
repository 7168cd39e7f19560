"""A place in a file cannot be read: a tab, a colon too many, a quotation mark or bracket left open, or
wrong indentation.

**Why it matters.** What cannot be read does not exist: a deadline in a broken block is a deadline nobody is
reminded of. Only the block around the mistake is lost. The rest of the file, and of the account, is read
and judged as ever.

**To put it right.** Go to the line named and compare it with its neighbours. Four habits avoid nearly every
case:

- Indent with two spaces for each step, never with the tab key.
- Put one space after the colon of a key: `country: Austria`.
- Put a text that holds a colon followed by a space, or that begins with `@`, `%`, `*`, `&`, `!`, `[` or
  `{`, in straight quotes: `reach: "By July: they ask us first"`.
- Longer text goes below `key: |`, each line two spaces further in. There, every sign is allowed.

**The method.** A plan is of use while many people can read and change it. So it is written as plain text,
in a form that a program can check line by line.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM001",
    "yaml-syntax",
    "EEEE",
    bad="""
        plan:
          period:
            ends: 2026-07-15
            reach: By July: the depots ask us before they tender
        """,
    good="""
        plan:
          period:
            ends: 2026-07-15
            reach: "By July: the depots ask us before they tender"
        """,
)
