"""What is coming: reviews, dates of contracts and tenders, what is booked; and how earlier periods ended."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts import agenda
from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """Reviews and dates, and earlier periods."""
    return view.fragment("dates.html", events=agenda.events(view.site.public, view.account))
