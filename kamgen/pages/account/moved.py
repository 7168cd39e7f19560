"""What moved since the last review and over the year, and what became of every promise: as far as git knows."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts.past import public_ledger, since_last_review
from kamgen.pages.account import moved_year
from kamgen.pages.account.view import View
from kamgen.pages.telling.teller import unknown_past

MOST = 12


def show(view: View) -> Markup:
    """The changes since the last review, the most important first, the course of the year, and the promise ledger."""
    portfolio, account = view.site.portfolio, view.whole
    reviewed = view.account.plan.reviewed if view.account.plan else None
    year = moved_year.show(view)
    if reviewed is None and not year:
        return Markup()
    changes = since_last_review(portfolio, account)
    return view.fragment(
        "moved.html",
        reviewed=reviewed,
        year=year,
        unknown=unknown_past(view.site) if changes is None else "",
        changes=(changes or ())[:MOST],
        more=(changes or ())[MOST:],
        ledger=public_ledger(portfolio, account) if changes is not None else [],
    )
