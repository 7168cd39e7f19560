"""The prose of a plan: the three sections of plan.md as safe HTML."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.pages.account.view import View
from kamgen.pages.prose import prose


def plan_prose(view: View, section: str) -> Markup:
    """What plan.md says under "Intelligence", "Intentions" or "Implementation"."""
    account = view.account
    path, files = account.files.get("prose", ""), view.here.files(account)
    return prose(account.sections.get(section, ""), f"prose-{section}", 3, path, files)
