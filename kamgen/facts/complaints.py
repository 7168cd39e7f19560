"""Complaints: notes of the kind `issue`, and how long those without `resolved` have been open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kamgen.model.portfolio import Account, Note, Portfolio

# After two weeks without a word the customer believes that nobody cares.
WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Complaint:
    """An issue that is not resolved, and the time since its note."""

    note: Note
    age: timedelta


def open_complaints(portfolio: Portfolio, account: Account) -> tuple[Complaint, ...]:
    """An account's issue notes without `resolved`, the oldest first; private ones are among them."""
    return tuple(
        Complaint(note, portfolio.as_of - note.on)
        for note in account.notes
        if note.head.kind == "issue" and note.head.resolved is None
    )
