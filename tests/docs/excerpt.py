"""A short excerpt of what `kamgen check` prints on the demo workspace, in real lines."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kamgen import report
from kamgen.project import Clock, check_workspace, report_of

# One account, and a few of its findings that need no explanation.
ACCOUNT, NAME = "hungry-owl-all-night-grocers", "Hungry Owl All-Night Grocers"
CODES = ("KAM404", "KAM410", "KAM502")


def of_the_demo(root: Path) -> str:
    """The heading of one account, a few of its findings, and the closing line."""
    printed = output_on_the_demo(root)
    blocks = printed.rstrip("\n").split("\n\n")
    chosen = [block for block in blocks if f"accounts/{ACCOUNT}/" in block and block.split()[1] in CODES]
    assert len(chosen) >= 2, f"the demo no longer shows {', '.join(CODES)} in {ACCOUNT}"
    return "\n".join(["```text", "$ kamgen check", "\n\n".join([NAME, *chosen, blocks[-1]]), "```"])


@cache
def output_on_the_demo(root: Path) -> str:
    """All that `kamgen check` prints on the demo."""
    checked = check_workspace(root, Clock(datetime.now(UTC)))
    return report.render("text", report_of(checked, "", None, ""))
