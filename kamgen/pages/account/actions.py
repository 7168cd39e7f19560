"""What is to be done in the next 90 days, gate by gate, by us and by them; what is late first, decisions on top."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts import agenda
from kamgen.facts.gates import gate_days, gates
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def show(view: View) -> Markup:
    """The point to reach, decisions that wait, and the work by gates."""
    account, public = view.account, view.site.public
    if not (account.plan or view.found["implementation"]):
        return Markup()
    days = gate_days(public, account)
    decisions = account.plan.decisions if account.plan else ()
    return view.fragment(
        "actions.html",
        prose=plan_prose(view, "implementation"),
        days=days,
        gates=gates(account, view.site.events[account.slug], days, public.as_of),
        ordinals=ORDINALS,
        closed=agenda.closed_actions(account),
        waiting=[decision for decision in decisions if decision.decided_on is None],
        decided=[decision for decision in decisions if decision.decided_on],
    )
