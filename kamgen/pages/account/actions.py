"""What is to be done in the next 90 days, by us and by them, and what comes later or is closed."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts import agenda
from kamgen.pages.account.view import View
from kamgen.pages.account.written import plan_prose


def show(view: View) -> Markup:
    """Actions within the horizon by whose they are, later ones, closed ones, and decisions."""
    account = view.account
    near, later = agenda.horizon(account, agenda.tasks([account]), view.site.public.as_of)
    return view.fragment(
        "actions.html",
        prose=plan_prose(view, "implementation"),
        ours=[task for task in near if not task.theirs],
        theirs=[task for task in near if task.theirs],
        later=later,
        closed=agenda.closed_actions(account),
    )
