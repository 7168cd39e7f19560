"""What the customer thinks of us: promises kept, audits, and signs of partnership."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts.audits import audits_newest_first
from kamgen.facts.promises import record
from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """Promises with their newest figure, audits, and the indicators with evidence."""
    public, account = view.site.public, view.account
    claimed = account.record.partnership or {}
    known = public.playbook.indicators
    return view.fragment(
        "customer.html",
        promises=[(promise, record(promise, public.as_of).newest) for promise in account.record.promises],
        audits=audits_newest_first(account),
        menu=public.playbook.menu,
        claimed=[(name, known[name].name if name in known else name, seen) for name, seen in claimed.items()],
        unclaimed=[one.name for name, one in known.items() if name not in claimed] if claimed else [],
        has_audit_menu=f"{view.address}audit/" in view.site.addresses,
    )
