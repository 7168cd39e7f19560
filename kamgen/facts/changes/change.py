"""One change, and the two states of an account that are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from kamgen.facts.texts import shown
from kamgen.model.account import Plan
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account

# The most important first: in this order changes are told.
Kind = Literal[
    "account-gone",
    "account-added",
    "account-renamed",
    "stage-changed",
    "complaint-opened",
    "contact-leaves",
    "contact-gone",
    "role-changed",
    "goal-vanished",
    "goal-dropped",
    "goal-lowered",
    "action-vanished",
    "goal-moved",
    "action-moved",
    "step-vanished",
    "step-moved",
    "promise-broken",
    "promise-gone",
    "stance-changed",
    "level-changed",
    "goal-reached",
    "decision-made",
    "audit-held",
    "period-closed",
    "period-set",
    "period-changed",
    "review-held",
    "complaint-resolved",
    "contact-joined",
    "contact-stays",
    "cover-changed",
    "action-dropped",
    "step-dropped",
    "action-done",
    "step-done",
    "goal-added",
    "goal-raised",
    "goal-reopened",
    "goal-changed",
    "reading-added",
    "action-added",
    "action-reopened",
    "action-changed",
    "step-added",
    "step-reopened",
    "decision-asked",
    "decision-gone",
    "promise-added",
    "promise-kept",
    "promise-changed",
    "selection-changed",
    "threat-added",
    "opportunity-added",
    "weakness-added",
    "strength-added",
    "swot-gone",
    "swot-answered",
    "swot-parked",
    "evidence-added",
    "evidence-renewed",
    "evidence-gone",
    "date-added",
    "date-moved",
    "date-gone",
    "meeting-booked",
    "meeting-moved",
    "meeting-gone",
    "waiver-added",
    "waiver-gone",
    "note-added",
    "note-gone",
    "goal-reworded",
    "action-reworded",
    "step-reworded",
    "swot-reworded",
    "promise-reworded",
    "contact-changed",
    "detail-changed",
    "text-changed",
    "playbook-changed",
    "export-changed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `subject` is the key path in the account's document, `text` one sentence or two.

    `before` and `after` are the values that changed, as they are written in the file, where there are two of them.
    """

    kind: Kind
    account: str
    subject: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Two:
    """An account as it was and as it is."""

    before: Account
    after: Account
    name: Callable[[str], str]

    def told(self, kind: Kind, at: Iterable[str], text: str, before: object = "", after: object = "") -> Change:
        """A change of this account; `at` are the segments of the subject."""
        return Change(kind, self.after.slug, subject(*at), text, written(before), written(after))

    def names(self, people: Iterable[str]) -> str:
        """People by name, with commas; "nobody" for none."""
        return ", ".join(self.name(person) for person in people) or "nobody"

    def comparable(self, *parts: str) -> bool:
        """Whether these parts were read in both states: what could not be read has not gone."""
        return not (self.before.unread | self.after.unread).intersection(parts)

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The plan in both states; an empty one where there is none."""
        return self.before.plan or Plan(), self.after.plan or Plan()


def written(value: object) -> str:
    """A value as a file has it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return ", ".join(written(one) for one in value)
    return str(value)


def quoted(text: str) -> str:
    """A text within a sentence, cut short."""
    return f'"{shown(text)}"'


def moved(before: object, after: object) -> str:
    """ "from … to …", with words for what was not or is not given."""
    return f"from {written(before) or 'no date'} to {written(after) or 'no date'}"
