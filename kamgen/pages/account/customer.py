"""How the customer sees us: their marks beside our own view, what they said last and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from kamgen.facts.audits import audits_newest_first
from kamgen.facts.partnership import Claim, assess, last_audit, loose_answers, views_differ
from kamgen.model.account import Answer
from kamgen.model.portfolio import HeldAudit
from kamgen.pages.account.view import View

CameOf = Literal["something", "nothing", "not shown"]


@dataclass(frozen=True, slots=True)
class Told:
    """An audit with its answers: the question, the answer, and whether anything came of it."""

    held: HeldAudit
    answers: list[tuple[str, Answer, CameOf]]


def is_shown(view: View) -> bool:
    """Whether there is anything to show."""
    account = view.account
    return bool(account.audits or account.record.partnership or view.found["partnership"] or _has_menu(view))


def _has_menu(view: View) -> bool:
    return f"{view.address}audit/" in view.site.addresses


def show(view: View) -> Markup:
    """Ours against theirs, the newest audit, the signs of partnership, older audits."""
    public, whole, account = view.site.public, view.site.portfolio, view.account
    if not is_shown(view):
        return Markup()
    ours, newest = assess(whole, view.whole), last_audit(whole, view.whole)
    claims = assess(public, account)
    audits = [_told(view, held) for held in audits_newest_first(account)]
    return view.fragment(
        "customer.html",
        audits=audits,
        marks=_marks(view),
        menu=public.playbook.menu,
        indicators=public.playbook.indicators,
        ours=ours,
        theirs=newest,
        old=len(ours.old(whole.as_of)),
        differ=newest is not None and views_differ(ours, newest.audit),
        claims=[(claim, claim.old(public.as_of)) for claim in _freshest_first(claims.claims)],
        unclaimed=_unclaimed(view) if claims.claims else [],
        has_menu=_has_menu(view),
    )


def _told(view: View, held: HeldAudit) -> Told:
    truly = next((one for one in view.whole.audits if one.id == held.id), held)
    loose = {question for question, _ in loose_answers(view.site.portfolio, truly)}
    return Told(
        held,
        [
            (question, answer, "nothing" if question in loose else _came_of(view, answer))
            for question, answer in held.audit.answers.items()
        ],
    )


def _came_of(view: View, answer: Answer) -> CameOf:
    shown = answer.goal in view.goal_names or answer.action in view.action_names or answer.reason
    return "something" if shown else "not shown"


def _marks(view: View) -> list[Decimal]:
    """What they gave us, audit by audit, the oldest first; [] where it was one audit only."""
    given = [held.audit.marks for held in reversed(audits_newest_first(view.account))]
    found = [Decimal(marks) for marks in given if marks is not None]
    return found if len(found) > 1 else []


def _freshest_first(claims: tuple[Claim, ...]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.evidence.on.toordinal() if claim.evidence.on else 0, reverse=True)


def _unclaimed(view: View) -> list[str]:
    """The signs that nobody claims, private ones left out of the list as well."""
    claimed = view.whole.record.partnership or {}
    return [one.name for name, one in view.site.public.playbook.indicators.items() if name not in claimed]
