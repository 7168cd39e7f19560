"""Meetings: who of theirs was met when and by whom, and when the next meeting is due.

*Met* means: a visit, call, meeting, review or touch `with` them, an audit, or a row of activities.csv. That the facts
about somebody were `checked` is no meeting. Nobody types when a contact was last met: it is computed here, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kamgen.facts.once import once_each
from kamgen.model.account import Contact, Planned
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Activity, Portfolio
from kamgen.model.settings import Settings
from kamgen.model.values import NEVER

# Kinds of note that are a meeting with those they name; the others tell of something else.
MET_KINDS = frozenset({"visit", "call", "meeting", "review", "touch"})

# Where the author sits it may be tomorrow already; whatever is later than that is a slip of the pen (KAM015).
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time that people of theirs were met.

    `kind` is a kind of note, "audit", or what the CRM calls it, in small letters. `who` are ours and `with_` theirs, by
    id. `record` is the subject of the note or audit that tells of it, "" for a row of activities.csv; `private` is the
    note's own mark: count it, do not publish it.
    """

    on: date
    kind: str
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    record: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """How it stands with one active contact.

    `last` is their newest meeting on record, `every` how often they are to be met (None: nobody said; NEVER: they do
    not want it), `booked` the next planned meeting with them.
    """

    contact: Contact
    last: Meeting | None = None
    every: timedelta | None = None
    booked: Planned | None = None

    @property
    def wanted(self) -> bool:
        """Whether meetings with them are wanted at regular intervals."""
        return self.every is not None and self.every != NEVER

    @property
    def due(self) -> date | None:
        """The last day on which the next meeting is still in time; None where none is wanted, or none was ever held.

        Who was never met is due at once: ask `cold`.
        """
        if self.last is None or self.every is None or self.every == NEVER:
            return None
        return self.last.on + self.every

    def cold(self, as_of: date) -> bool:
        """Whether they should have been met before today, and nothing is booked with them.

        Who was never met on record is cold as well: how long they have been known is not on record.
        """
        if not self.wanted or self.booked:
            return False
        return self.due is None or self.due < as_of


@once_each
def meetings(portfolio: Portfolio, account: Account) -> tuple[Meeting, ...]:
    """Every meeting with people of the account up to today, oldest first (one day's in a fixed order).

    Source: notes of the kinds in `MET_KINDS`, audits, and activities.csv. An entry without a contact is a meeting with
    nobody in particular. Days later than tomorrow are left out: they are mistakes, and reported as such.
    """
    latest = portfolio.as_of + _AHEAD
    found = (meeting for meeting in _all_meetings(portfolio, account) if meeting.on <= latest)
    return tuple(sorted(found, key=lambda m: (m.on, m.record, m.kind, m.with_, m.who)))


def _all_meetings(portfolio: Portfolio, account: Account) -> Iterator[Meeting]:
    for note in account.notes:
        head = note.head
        if head.kind in MET_KINDS:
            yield Meeting(note.on, head.kind, head.who, head.with_, subject("notes", note.id), head.private)
    for held in account.audits:
        yield Meeting(held.on, "audit", held.audit.who, held.audit.with_, subject("audits", held.id))
    rows = (portfolio.exports.activities or {}).get(account.slug, ())
    by_crm_id = {contact.crm_id: name for name, contact in account.contacts.items() if contact.crm_id} if rows else {}
    for row in rows:
        yield _from_crm(row, account.contacts, by_crm_id)


def _from_crm(row: Activity, contacts: Mapping[str, Contact], by_crm_id: Mapping[str, str]) -> Meeting:
    theirs = row.contact if row.contact in contacts else by_crm_id.get(row.contact, "")
    return Meeting(row.on, row.kind.lower(), (row.who,) if row.who else (), (theirs,) if theirs else ())


def last_met(portfolio: Portfolio, account: Account) -> dict[str, Meeting]:
    """The newest meeting with each contact, by contact id; who was never met is not in it. Source: `meetings`."""
    return {person: meeting for meeting in meetings(portfolio, account) for person in meeting.with_}


def meet_every(settings: Settings, contact: Contact) -> timedelta | None:
    """How often a contact is to be met: what they asked for, else the rhythm of their level in kamgen.yml.

    NEVER where they do not want to be met; None where neither `meet_every` nor `level` is known.
    """
    if contact.meet_every is not None:
        return contact.meet_every
    return settings.rhythm.contact.get(contact.level) if contact.level else None


def booked(portfolio: Portfolio, account: Account) -> tuple[Planned, ...]:
    """The account's planned meetings from today on, the next one first."""
    ahead = (item for item in account.record.planned if item.on >= portfolio.as_of)
    return tuple(sorted(ahead, key=lambda item: (item.on, item.id)))


@once_each
def relations(portfolio: Portfolio, account: Account) -> dict[str, Relation]:
    """How it stands with each active contact, by id, in the order of the file.

    Who has left is no longer in it. Source: `last_met`, `meet_every`, and `planned` of the account.
    """
    if not account.contacts:
        return {}
    last = last_met(portfolio, account)
    ahead = {person: item for item in reversed(booked(portfolio, account)) for person in item.with_}
    return {
        name: Relation(contact, last.get(name), meet_every(portfolio.settings, contact), ahead.get(name))
        for name, contact in account.contacts.items()
        if contact.active(portfolio.as_of)
    }


def doubted(portfolio: Portfolio) -> frozenset[tuple[str, str]]:
    """(account, part) for each part of which something could not be understood: `notes`, `audits`, `planned`, …

    What is missing there may stand in the text that could not be read, so no rule blames its absence.
    """
    return frozenset((account, name.partition(".")[0]) for account, name in portfolio.distrusted)
