"""Who they are to us, who serves them, why they are key, and how it stands: the first thing anybody reads."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts import agenda, reviews
from kamgen.facts.complaints import open_complaints
from kamgen.facts.sales import year_of_sales
from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """The verdict strip."""
    public, account = view.site.public, view.account
    return view.fragment(
        "verdict.html",
        standing=view.site.standings[account.slug],
        events=agenda.events(public, account),
        last_review=reviews.plan_review(public, account),
        open_issues=len(open_complaints(public, account)),
        year=year_of_sales(view.site.portfolio).get(account.slug),
        definitions=_definitions(view),
    )


def _definitions(view: View) -> list[str]:
    known = view.site.public.playbook.criteria.definitions
    chosen = view.account.record.selection.definition if view.account.record.selection else ()
    return [known[name].name if name in known else name for name in chosen]
