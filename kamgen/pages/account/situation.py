"""What is the situation: their business, culture, aims and pressures, and the SWOT."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.model.account import SwotItem
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose
from kamgen.pages.prose import prose

_PROSE = {
    "business": "Their business",
    "culture": "Their culture",
    "aims": "Their aims",
    "pressures": "Pressures on them",
}
_QUADRANTS = {
    "strengths": "Strengths",
    "weaknesses": "Weaknesses",
    "opportunities": "Opportunities",
    "threats": "Threats",
}


def show(view: View) -> Markup:
    """Prose from plan.yml and plan.md, and the four quadrants."""
    told = view.account.plan.intelligence if view.account.plan else None
    texts = {name: getattr(told, name) for name in _PROSE if told and getattr(told, name)}
    return view.fragment(
        "situation.html",
        texts=[(name, _PROSE[name], prose(text, f"plan-{name}", 4)) for name, text in texts.items()],
        prose=plan_prose(view, "intelligence"),
        quadrants=[(name, title, _items(told, name)) for name, title in _QUADRANTS.items()] if told else [],
    )


def _items(told: object, name: str) -> tuple[SwotItem, ...]:
    items: tuple[SwotItem, ...] = getattr(told, name)
    return items
