"""What we want to reach with them, in their words: each goal as a thread from the situation to what is done for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from kamgen.facts.families import span_of_sales
from kamgen.facts.progress import Progress, progress, reads_itself
from kamgen.facts.swot import ONE, QUADRANTS, Quadrant
from kamgen.facts.threads import Thread, Threads, TornEnd, threads
from kamgen.model.account import Action, Goal, Plan, SwotItem
from kamgen.pages import Site
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose

# A thread shows its ends, not all of them: the situation and the next 90 days hold every one.
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """One open goal: its thread as it may be shown, where it is torn (private ends count as held), and its progress.

    `asks` are the items of the situation that it answers, with their quadrants; `readings` the figures in time order,
    the start first, [] where one of them is no number.
    """

    thread: Thread
    torn: tuple[TornEnd, ...]
    measure: str
    in_sales: bool
    progress: Progress
    asks: tuple[tuple[Quadrant, SwotItem], ...]
    readings: list[Decimal]

    @property
    def done(self) -> int:
        """How many of its actions are done."""
        return sum(action.done is not None for action in self.thread.actions)

    @property
    def next(self) -> list[Action]:
        """The open actions that come next; the others stand in the next 90 days as well."""
        return sorted(self.thread.open_actions, key=lambda action: action.due or date.max)[:_SHOWN]

    @property
    def more(self) -> int:
        """How many open actions there are besides."""
        return max(0, len(self.thread.open_actions) - _SHOWN)

    @property
    def more_asks(self) -> int:
        """How many items of the situation ask for it besides the first ones."""
        return max(0, len(self.asks) - _SHOWN)


def show(view: View) -> Markup:
    """Open goals as threads, the loose ends, and the goals that are closed."""
    plan, whole = view.account.plan, view.whole.plan
    if plan is None or whole is None:
        return view.fragment("goals.html", prose=Markup(), goals=[]) if view.found["intentions"] else Markup()
    closed = [(name, goal) for name, goal in plan.intentions.items() if not goal.open]
    told, truly = threads(plan), threads(whole)
    goals = _shown(view, plan, told, truly)
    prose = plan_prose(view, "intentions")
    loose, unanswered = _loose(told, truly), _unanswered(told, truly)
    if not (goals or closed or prose or loose or unanswered or view.found["intentions"]):
        return Markup()
    return view.fragment(
        "goals.html",
        prose=prose,
        goals=goals,
        closed=closed,
        loose=loose,
        unanswered=unanswered,
        one=ONE,
        most=_SHOWN,
        span=span_of_sales(view.site.portfolio),
    )


def measure_words(site: Site, goal: Goal) -> str:
    """What a goal is measured by, in words: `sales:FAMILY` stands for the sales of a product family."""
    kind, _, family = (goal.measure or "").partition(":")
    offer = site.public.playbook.offer or {}
    if kind != "sales" or (family and family not in offer):
        return goal.measure or ""
    return f"sales of {offer[family].name}" if family else "sales"


def _shown(view: View, plan: Plan, told: Threads, truly: Threads) -> list[Shown]:
    torn = {thread.id: thread.torn for thread in truly.threads}
    asks = _asks(plan)
    return [_one(view, thread, torn[thread.id], tuple(asks.get(thread.id, ()))) for thread in told.threads]


def _one(view: View, thread: Thread, torn: tuple[TornEnd, ...], asks: tuple[tuple[Quadrant, SwotItem], ...]) -> Shown:
    portfolio = view.site.portfolio
    found = progress(portfolio, view.whole, thread.goal, span_of_sales(portfolio))
    figures = [found.start, *found.readings.values()]
    readings = [figure for figure in figures if isinstance(figure, Decimal)]
    return Shown(
        thread,
        torn,
        measure_words(view.site, thread.goal),
        reads_itself(portfolio, thread.goal),
        found,
        asks,
        readings if len(readings) == len(figures) else [],
    )


def _asks(plan: Plan) -> Mapping[str, list[tuple[Quadrant, SwotItem]]]:
    found: dict[str, list[tuple[Quadrant, SwotItem]]] = {}
    for quadrant in QUADRANTS if plan.intelligence else ():
        for item in getattr(plan.intelligence, quadrant):
            if item.goal:
                found.setdefault(item.goal, []).append((quadrant, item))
    return found


def _loose(told: Threads, truly: Threads) -> list[Action]:
    """Open actions that serve no open goal; one that serves a private goal is none of them."""
    loose = {action.id for action in truly.loose}
    return [action for action in told.loose if action.id in loose]


def _unanswered(told: Threads, truly: Threads) -> list[tuple[Quadrant, SwotItem]]:
    """Opportunities and threats that no goal answers; one that a private goal answers is none of them."""
    alone = {(quadrant, item.id) for quadrant, item in truly.unanswered}
    return [(quadrant, item) for quadrant, item in told.unanswered if (quadrant, item.id) in alone]
