"""What is coming: reviews, dates of contracts and tenders, what is booked; and how earlier periods ended."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """Reviews and dates, and earlier periods."""
    events, plan = view.site.events[view.account.slug], view.account.plan
    if not (events or view.found["freshness"] or (plan and plan.past_periods)):
        return Markup()
    return view.fragment("dates.html", events=events)
