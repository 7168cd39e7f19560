"""What we want to reach with them, in their words: each goal with its measure, its stages and what is done for it."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts import agenda
from kamgen.model.account import Goal
from kamgen.pages import Site
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose


def show(view: View) -> Markup:
    """Goals, open ones first."""
    serving = agenda.serving(view.account)
    goals = view.account.plan.intentions if view.account.plan else {}
    return view.fragment(
        "goals.html",
        prose=plan_prose(view, "intentions"),
        goals=[
            (name, goal, measure_words(view.site, goal), serving.get(name, []))
            for name, goal in sorted(goals.items(), key=_open_first)
        ],
    )


def measure_words(site: Site, goal: Goal) -> str:
    """What a goal is measured by, in words: `sales:FAMILY` stands for the sales of a product family."""
    kind, _, family = (goal.measure or "").partition(":")
    offer = site.public.playbook.offer or {}
    if kind != "sales" or (family and family not in offer):
        return goal.measure or ""
    return f"sales of {offer[family].name}" if family else "sales"


def _open_first(pair: tuple[str, Goal]) -> bool:
    return not pair[1].open
