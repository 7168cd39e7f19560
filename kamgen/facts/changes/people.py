"""Their people: who joined, who leaves, whose stance or level changed, who of ours covers them."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.changes.change import Change, Two
from kamgen.facts.rewording import same
from kamgen.model.account import Contact

_LEVELS = {"instigator": "decides policy", "influencer": "shapes policy", "implementer": "carries policy out"}


def changes(two: Two) -> Iterator[Change]:
    """What changed in contacts.yml."""
    if not two.comparable("account", "contacts"):
        return
    before, after = two.before.contacts, two.after.contacts
    for person, contact in after.items():
        old = before.get(person)
        if old is None:
            yield two.told("contact-joined", ["contacts", person], f"New contact: {_with_title(contact)}.")
        elif old != contact:
            yield from _contact(two, person, old, contact)
    for person, contact in before.items():
        if person not in after:
            text = f"{contact.name} is gone from the contacts. Who left stays in the file, with `leaves`."
            yield two.told("contact-gone", ["contacts", person], text)


def _with_title(contact: Contact) -> str:
    return f"{contact.name}, {contact.title}" if contact.title else contact.name


def _contact(two: Two, person: str, old: Contact, new: Contact) -> Iterator[Change]:
    at = ["contacts", person]
    if old.leaves != new.leaves:
        yield _leaving(two, person, old, new)
    elif new.leaves and old.successor != new.successor:
        text = f"{new.name} is followed by {_successor(two, new)}."
        yield two.told("contact-leaves", at, text, old.successor, new.successor)
    if old.stance != new.stance:
        text = f"{new.name}: {old.stance or 'stance not known'}, now {new.stance or 'stance not known'}."
        yield two.told("stance-changed", at, text, old.stance, new.stance)
    if old.level != new.level:
        text = f"{new.name} {_LEVELS.get(new.level or '', 'has no policy level any more')} ({_was(old)})."
        yield two.told("level-changed", at, text, old.level, new.level)
    if set(old.covered_by) != set(new.covered_by):
        text = f"{new.name} is covered by {two.names(new.covered_by)}, no longer by {two.names(old.covered_by)}."
        yield two.told("cover-changed", at, text, old.covered_by, new.covered_by)
    for key, label in (("name", "Name"), ("title", "Title")):
        was, now = str(getattr(old, key)), str(getattr(new, key))
        if not same(was, now):
            whose = "" if key == "name" else f"{new.name}: "
            yield two.told("contact-changed", at, f"{whose}{label}: {was or 'none'}, now {now or 'none'}.", was, now)


def _was(old: Contact) -> str:
    return f"was {old.level}" if old.level else "was not known"


def _leaving(two: Two, person: str, old: Contact, new: Contact) -> Change:
    at = ["contacts", person]
    if new.leaves is None:
        return two.told("contact-stays", at, f"{new.name} stays after all.", old.leaves, "")
    follow = f", followed by {_successor(two, new)}" if new.successor else ""
    text = f"{new.name} leaves on {new.leaves}{follow}."
    return two.told("contact-leaves", at, text, old.leaves, new.leaves)


def _successor(two: Two, contact: Contact) -> str:
    if contact.successor in (None, "not-known-yet"):
        return "somebody not known yet"
    return two.name(str(contact.successor))
