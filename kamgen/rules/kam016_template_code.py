"""Template code, `{{` or `{%`, stands in an account's text, where it is shown as it is written and does
nothing.

**Why it matters.** Pages of the playbook may ask for data with such code; accounts may not, because many
hands write in them and text is pasted from e-mail. Whoever wrote it here waits for a figure or a list and
sees curly brackets. Or an e-mail tool left `{{first_name}}` standing, and the text was never finished.

**To put it right.** Write what is meant in plain words. If the code was meant for a page of the playbook,
move it there. If the customer really wrote it, leave it: it does no harm, and the remark can be waived with
a reason.

**The method.** What we know of a customer is written down for people, in words they understand.
"""

from __future__ import annotations

from kamgen.rules import Rule

RULE = Rule(
    "KAM016",
    "template-code",
    "iiii",
    bad="""
        plan:
          intelligence:
            business: "They bought for {{ sales }} last year"
        """,
    good="""
        plan:
          intelligence:
            business: They bought for 110,000 last year
        """,
)
