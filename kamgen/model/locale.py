"""The locales that there are, as Babel knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
_IS_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def is_locale(name: str) -> bool:
    """Whether there is a locale of that name, such as de-AT.

    Where kamgen only checks, Babel may not be installed: then the form of the name has to do.
    """
    if name == ENGLISH:
        return True
    if not _IS_LOCALE.fullmatch(name):
        return False
    try:
        import babel  # noqa: F401
    except ImportError:
        return True
    return find_locale(name) is not None


def find_locale(name: str) -> Locale | None:
    """What Babel knows of a locale; None when there is none of that name."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
