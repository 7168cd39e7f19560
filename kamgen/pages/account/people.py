"""Who they are, what they think of us, who of ours is tied to whom, and what is lost if one of them all leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from kamgen.facts.departures import Departure, account_gaps, departures, sites, without_ties
from kamgen.facts.drawing import account_map
from kamgen.facts.meetings import Relation, relations
from kamgen.facts.plans import has_plan
from kamgen.facts.publication import SOMEBODY
from kamgen.facts.relationships import account_shape, judgeable
from kamgen.model.account import Contact
from kamgen.model.values import POLICY_LEVELS
from kamgen.pages.account.view import View

STANCES = ("advocate", "supporter", "neutral", "critic", "opponent")
# With fewer people whose level and stance are known, a matrix says less than the list.
_ENOUGH = 4


def show(view: View) -> Markup:
    """Their active people, those who decide first, the ties drawn and told, what hangs on whom, and those who left."""
    if not (view.account.contacts or view.whole.contacts or view.found["relationships"]):
        return Markup()
    public, whole, account = view.site.public, view.site.portfolio, view.whole
    active = relations(public, view.account)
    judged = bool(active) and judgeable(whole, account)
    people = sorted(active.items(), key=_policy)
    served = account.stage == "key" or has_plan(account)
    return view.fragment(
        "people.html",
        people=people,
        gone=[(name, contact) for name, contact in view.account.contacts.items() if name not in active],
        levels=POLICY_LEVELS,
        drawn=account_map(public, view.account) if served or len(active) > 1 else None,
        shape=account_shape(whole, account) if judged and (served or len(active) > 1) else None,
        stances=[(stance, stance) for stance in STANCES],
        cells=_cells(people),
        departures=[(one, _alone(view, one)) for one in departures(whole, account)] if judged else [],
        gaps=account_gaps(whole, account) if judged and served else (),
        untied=without_ties(whole, account) if judged and served else (),
        sites=sites(whole, account) if judged else [],
    )


def _policy(pair: tuple[str, Relation]) -> int:
    contact: Contact = pair[1].contact
    return POLICY_LEVELS.index(contact.level) if contact.level else len(POLICY_LEVELS)


def _cells(people: Iterable[tuple[str, Relation]]) -> Mapping[tuple[str, str], list[Markup]]:
    """Their names by level and stance; {} where too few of both are known."""
    found: dict[tuple[str, str], list[Markup]] = {}
    for _, relation in people:
        contact = relation.contact
        if contact.level and contact.stance:
            found.setdefault((contact.level, contact.stance), []).append(escape(contact.name))
    return found if sum(map(len, found.values())) >= _ENOUGH else {}


def _alone(view: View, departure: Departure) -> list[str]:
    """The names of those who would be left alone; who may not be named is somebody."""
    names = [view.site.public.person_name(view.account, name) for name in departure.alone]
    return [*names, SOMEBODY] if departure.unnamed else names
