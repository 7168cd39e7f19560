"""What a check says: a problem as a rule or the reader tells it, and the finding the engine makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")  # most serious first
Suppression = Literal["waiver", "baseline"]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file of the workspace: path below the root, line and column from 1, and the line's text."""

    path: str
    line: int = 1
    column: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one subject, as its finder tells it.

    `account` is a slug, or "" for the workspace; `subject` the key path in the account's one document.
    The reader names the `code` itself; for a rule's problem the engine stamps it. Without a `place` the
    engine looks the subject up. `escalate` lifts a warning to an error where the level was not set by hand;
    `level` overrides the rule's own (rare: a note about something that was not checked).
    """

    account: str
    subject: str
    message: str
    hint: str = ""
    code: str = ""
    place: Place | None = None
    escalate: bool = False
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its level, name, place and help address, ready to be reported."""

    code: str
    name: str
    level: Level
    message: str
    hint: str
    place: Place
    account: str
    subject: str
    help: str
    suppressed: Suppression | None = None

    @property
    def id(self) -> str:
        """The identity that waivers and baselines hold on to: never the line."""
        return f"{self.code}|{self.account}|{self.subject}"

    @property
    def text(self) -> str:
        """Message and next step as one paragraph."""
        return f"{self.message} {self.hint}".strip()
