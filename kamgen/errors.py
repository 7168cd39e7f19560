"""The one error that is the user's to mend: a wrong command, option or workspace. And what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KamgenError(Exception):
    """Ends a command with one line on stderr and exit code 2; its text says what to do next."""


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The question whether the likest of the allowed words was meant, or ""."""
    found = difflib.get_close_matches(word[:80], list(allowed), 1, 0.6)
    return f'Did you mean "{found[0]}"?' if found else ""


def near(word: str, allowed: Iterable[str]) -> str:
    """The same question behind a sentence, or ""."""
    asked = did_you_mean(word, allowed)
    return f" {asked}" if asked else ""
