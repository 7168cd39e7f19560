"""What is the situation: the SWOT with where each item comes from and what answers it; then their business in prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from kamgen.facts.swot import CLAIMS, QUADRANTS, Quadrant
from kamgen.facts.threads import is_answered, is_parked
from kamgen.model.account import Intelligence, Plan, SwotItem
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose
from kamgen.pages.prose import prose

_PROSE = {
    "business": "Their business",
    "culture": "Their culture",
    "aims": "Their aims",
    "pressures": "Pressures on them",
}
QUADRANT_TITLES = {
    "strengths": "Strengths",
    "weaknesses": "Weaknesses",
    "opportunities": "Opportunities",
    "threats": "Threats",
}
Mark = Literal["answered", "parked", "unanswered", "private", ""]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the situation and what became of it; `mark` is "" for strengths and weaknesses that stand alone."""

    item: SwotItem
    mark: Mark


def is_shown(view: View) -> bool:
    """Whether there is anything to show."""
    account = view.account
    told = account.plan is not None and account.plan.intelligence is not None
    return bool(told or account.sections.get("intelligence") or view.found["intelligence"])


def show(view: View) -> Markup:
    """The four quadrants, then prose from plan.yml and plan.md."""
    told = view.account.plan.intelligence if view.account.plan else None
    texts = {name: getattr(told, name) for name in _PROSE if told and getattr(told, name)}
    written = plan_prose(view, "intelligence")
    if not is_shown(view):
        return Markup()
    return view.fragment(
        "situation.html",
        texts=[(name, _PROSE[name], prose(text, f"plan-{name}", 4)) for name, text in texts.items()],
        prose=written,
        quadrants=[(name, QUADRANT_TITLES[name], _items(view, told, name)) for name in QUADRANTS] if told else [],
    )


def _items(view: View, told: Intelligence, name: Quadrant) -> list[Item]:
    truly = _by_id(view.whole.plan, name)
    items: tuple[SwotItem, ...] = getattr(told, name)
    return [Item(item, _mark(view, name, truly.get(item.id, item), item)) for item in items]


def _by_id(plan: Plan | None, name: Quadrant) -> dict[str, SwotItem]:
    items: tuple[SwotItem, ...] = getattr(plan.intelligence, name) if plan and plan.intelligence else ()
    return {item.id: item for item in items}


def _mark(view: View, name: Quadrant, truly: SwotItem, shown: SwotItem) -> Mark:
    """What became of an item: judged by what truly stands there, told by what may be shown."""
    plan = view.whole.plan
    if plan and is_answered(plan, truly):
        return "answered" if shown.goal in view.goal_names else "private"
    if is_parked(truly):
        return "parked"
    return "unanswered" if name in CLAIMS else ""
