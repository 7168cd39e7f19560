"""What is YAML and is refused all the same (KAM011): references, types, several documents, nesting past the cap."""

from __future__ import annotations

import re
from typing import Any

import yaml

from kamgen.read.explain import Mistake, Spot, about_sign
from kamgen.read.loader import Loader

_SIGN = re.compile(r"(?m)(?:^|[\s\[{,:-])[&*!]\S|(?:^|[\[{,:-])\s*!\s")
_DIVIDER = re.compile(r"(?m)^(?:---|\.\.\.)")
_INLINE_LISTS = re.compile(r"-[ \t]+-[ \t]")
_INLINE_KEYS = re.compile(r"\?[\s?-]*[?-]\s")
_ANCHOR = re.compile(r"&([A-Za-z0-9_-]+)")
REUSE = "A place is named with & here and used again with *, which kamgen does not take."


def refused(text: str, nesting: int, whole: str) -> Mistake | None:
    """The first thing in a text that is refused, or None; text that is no YAML at all is left to the parser.

    `whole` is the file's text before anything was left out of it.
    """
    if not _suspicious(text, nesting):
        return None
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            told = _about_event(event, text, whole) or _about_shape(
                event, nesting if depth > nesting else 0, documents > 1
            )
            if told:
                return told
    except (yaml.YAMLError, ValueError, IndexError, AttributeError):
        pass  # composing tells it better
    return None


def _suspicious(text: str, nesting: int) -> bool:
    """Whether a text could hold anything refused: looking event by event doubles the time, so most are let pass here.

    Searching for a sign first is many times faster than any of the patterns.
    """
    if ("&" in text or "*" in text or "!" in text) and _SIGN.search(text):
        return True
    if ("---" in text or "..." in text) and _DIVIDER.search(text):
        return True
    if text.count("[") + text.count("{") > nesting or " " * 2 * nesting in text:
        return True
    return bool(_INLINE_LISTS.search(text) or _INLINE_KEYS.search(text))


def _about_event(event: Any, text: str, whole: str) -> Mistake | None:
    sign = _sign(event)
    if not sign:
        return None
    mark = event.start_mark
    if sign != "!" and _in_earnest(whole):
        hint = "Write the text out wherever it is needed."
        return Mistake("KAM011", mark.line + 1, mark.column + 1, REUSE, hint)
    error = yaml.MarkedYAMLError(problem_mark=mark)
    return about_sign(Spot(text.split("\n"), mark.line, mark.column, "", "", error), sign)


def _sign(event: Any) -> str:
    """The sign of YAML's reuse and typing that an event carries: "*", "&", "!" or none."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None):
        return "&"
    return "!" if getattr(event, "tag", None) else ""


def _in_earnest(text: str) -> bool:
    """Whether a text names a place and uses it again, so that the signs are no slip of the pen."""
    return any(f"*{anchor}" in text for anchor in set(_ANCHOR.findall(text)))


def _about_shape(event: Any, cap: int, second: bool) -> Mistake | None:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    if cap:
        return Mistake(
            "KAM011",
            line,
            column,
            f"This stands more than {cap} levels deep, counting indentation and brackets.",
            "Make it flatter.",
        )
    if second:
        message = "A line with --- begins a second text here, and one file holds one."
        return Mistake("KAM011", line, column, message, "Delete the line.", cure="line")
    return None
