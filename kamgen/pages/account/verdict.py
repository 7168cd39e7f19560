"""How it stands in a sentence, why they are key, who serves them: the first thing anybody reads."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from kamgen.facts import reviews
from kamgen.facts.agenda import Event
from kamgen.facts.complaints import open_complaints
from kamgen.facts.plans import has_plan
from kamgen.facts.relationships import account_shape, judgeable
from kamgen.facts.sales import year_of_sales
from kamgen.facts.verdicts import Verdict, verdict
from kamgen.pages.account.view import View

# More reasons than these, and nobody keeps them in mind.
_REASONS = 4
_LEADS: Mapping[str, str] = {"error": "Needs attention", "warning": "Worth a look"}
_IN_ORDER = "In order"


def show(view: View) -> Markup:
    """The verdict strip."""
    whole, account = view.site.portfolio, view.account
    said = verdict(whole, view.whole, view.site.standings[account.slug])
    served = has_plan(account) or account.stage == "key"
    return view.fragment(
        "verdict.html",
        verdict=said,
        lead=_lead(said),
        reasons=said.reasons[:_REASONS],
        served=served,
        shape=account_shape(whole, view.whole) if view.whole.contacts and judgeable(whole, view.whole) else None,
        review=reviews.plan_review(whole, view.whole),
        next_date=_next_date(view),
        complaints=len(open_complaints(whole, view.whole)),
        year=year_of_sales(whole).get(account.slug),
        definitions=_definitions(view),
    )


def _lead(said: Verdict) -> str:
    """The word in front: what no rule complains of may be worth a look all the same."""
    return _LEADS.get(said.state) or (_LEADS["warning"] if said.reasons else _IN_ORDER)


def _next_date(view: View) -> Event | None:
    """The next date of theirs: a contract end, a notice day, a tender."""
    return next((event for event in view.site.events[view.account.slug] if event.kind == "date"), None)


def _definitions(view: View) -> list[str]:
    known = view.site.public.playbook.criteria.definitions
    chosen = view.account.record.selection.definition if view.account.record.selection else ()
    return [known[name].name if name in known else name for name in chosen]
