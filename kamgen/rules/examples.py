"""The examples of the rules as small workspaces, so that they can be run as well as read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent

from kamgen.rules import Example, OverTime

EXAMPLE_DAY = "2026-05-06"
HOME = "accounts/example.yml"
_GIVEN = ("playbook/team.yml", "playbook/kamgen.yml")

# The people whom examples may name.
TEAM = """\
andrew-fuller: {name: Andrew Fuller, title: Vice President Sales, senior: true}
steven-buchanan: {name: Steven Buchanan, title: Sales Manager, senior: true}
margaret-peacock: {name: Margaret Peacock, title: Account Manager, reports_to: andrew-fuller}
laura-callahan: {name: Laura Callahan, title: Inside Sales Coordinator}
janet-leverling: {name: Janet Leverling, title: Account Manager}
robert-king: {name: Robert King, title: Account Manager, leaves: 2026-03-31}
"""

SETTINGS = f"as_of: {EXAMPLE_DAY}\ncompany: [Northwind Traders, Northwind]\n"


def example_files(example: Example) -> dict[str, str]:
    """The files of an example: those it names, or one light account; with a team and a fixed day where it has none."""
    if isinstance(example, OverTime):
        return example_files(list(example.texts.values())[-1])
    given = {HOME: account_text(example)} if isinstance(example, str) else dict(example)
    files = {path: dedent(text).removeprefix("\n") for path, text in given.items()}
    return {"playbook/team.yml": TEAM, "playbook/kamgen.yml": SETTINGS, **files}


def shown_files(example: Example) -> list[tuple[str, str]]:
    """What a reader sees of an example: titles (paths, and days where time matters) with texts, without the setting."""
    if isinstance(example, OverTime):
        return [(f"{HOME} from {day} on", account_text(text)) for day, text in example.texts.items()]
    if isinstance(example, str):
        return [(HOME, account_text(example))]
    return [(path, text) for path, text in example_files(example).items() if path in example or path not in _GIVEN]


def commits(example: OverTime) -> list[tuple[str, dict[str, str]]]:
    """What is committed when, the oldest first: the day, and the files as they stand then."""
    return [(day, example_files(text)) for day, text in example.texts.items()]


def account_text(text: str) -> str:
    """An account's file from the part that matters: name and a stage are put on top where they are missing."""
    body = dedent(text).removeprefix("\n")
    top = [f"{key}: {value}\n" for key, value in _TOP.items() if not re.search(rf"(?m)^{key}:", body)]
    return "".join(top) + body


_TOP: Mapping[str, str] = {"name": "Example & Sons", "stage": "key"}
