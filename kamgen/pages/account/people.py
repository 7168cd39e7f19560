"""Who they are, what they think of us, who of ours covers them, and when they were last met."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts.meetings import Relation, relations
from kamgen.model.account import Contact
from kamgen.model.values import POLICY_LEVELS
from kamgen.pages.account.view import View


def show(view: View) -> Markup:
    """Their active people, those who decide first, and those who left."""
    active = relations(view.site.public, view.account)
    return view.fragment(
        "people.html",
        people=sorted(active.items(), key=_policy),
        gone=[(name, contact) for name, contact in view.account.contacts.items() if name not in active],
    )


def _policy(pair: tuple[str, Relation]) -> int:
    contact: Contact = pair[1].contact
    return POLICY_LEVELS.index(contact.level) if contact.level else len(POLICY_LEVELS)
