"""Their people: still there, gone, new. And an opportunity or a threat that is still true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.edit.naming import fitting, listed, misspelt
from kamgen.edit.slips.departure import hanging
from kamgen.edit.slips.desk import Desk, Written, fresh
from kamgen.edit.slips.notes import NewNote, add_note
from kamgen.edit.slips.things import alike, find_exactly, is_it, named
from kamgen.edit.workspace import stays
from kamgen.errors import KamgenError, near
from kamgen.facts.relationships import cover, named_in
from kamgen.facts.rewording import words
from kamgen.facts.texts import shown
from kamgen.model.account import Action, Contact, Plan
from kamgen.model.identity import IS_ID, slug
from kamgen.model.slips import Checked, Joined, Leaves

_UNKNOWN = "not-known-yet"
# What people write where nobody knows who follows; signs alone, such as "?", are no name either.
_NOBODY = {
    *("", "unknown", "not known", "not known yet", "not yet known", "unclear", "open", "tbd", "n a", "none"),
    *("nobody", "nobody yet", "no one", "no one yet", "noone", "no idea", "don t know", "we don t know"),
}
_HANDOVER = timedelta(days=14)  # time for a last meeting with both, the one who goes and the one who comes
_SOON = timedelta(days=7)
_TOLD = {"told": "They or their firm told us.", "heard": "We heard it from somebody else."}


def checked(desk: Desk, slip: Checked) -> tuple[str, ...]:
    """Write `checked` at a contact, `on` at an opportunity or a threat; a newer day that stands there is kept."""
    thing, day = desk.find(slip.item, ["contact", "claim"]), desk.day(slip.on)
    key = "checked" if thing.sort == "contact" else "on"
    known: date | None = getattr(thing.record, key)
    if known and known >= day:
        return ()
    desk.set(thing.path, **{key: day})
    return (f"Still true on {day}: {shown(thing.text)}.",)


# --- Somebody new ---------------------------------------------------------------------------------------


def joined(desk: Desk, slip: Joined) -> tuple[str, ...]:
    """Write a new contact, and `successor` at whose place they take; of who is there already, only what was empty."""
    desk.refuse_unread("contacts")
    person = _known(desk, slip.name)
    told = _filled_in(desk, person, slip) if person else ()
    if person is None:
        person = _new_contact(
            desk,
            slip.name,
            title=slip.title,
            level=slip.level,
            stance=slip.stance,
            covered_by=slip.covered_by,
            checked=desk.day(slip.on),
        )
    if slip.follows is None:
        return told
    _refuse_self(person, slip.follows)
    leaver = desk.account.contacts[slip.follows]
    _follow(desk, slip.follows, person)
    desk.look()
    return (*told, *_instead(desk, leaver, person), *_search_over(desk, leaver.name))


def _filled_in(desk: Desk, person: str, slip: Joined) -> tuple[str, ...]:
    """Write what is told of a contact where nothing stands; what stands there is kept, and the answer says so."""
    there, kept = desk.account.contacts[person], []
    for key in ("title", "level", "stance", "covered_by"):
        told, has = getattr(slip, key), getattr(there, key)
        if not told or told == has:
            continue
        if has:
            kept.append(str(Joined.model_fields[key].title).lower())
        else:
            desk.set(("contacts", person), **{key: told})
    if not kept:
        return ()
    return (
        f"{there.name} is there already, so what stands there was kept: {listed(kept)}. "
        f"If it is no longer true, change it in {_file(desk)}.",
    )


def _file(desk: Desk) -> str:
    """The file in which their people stand."""
    return desk.account.files.get("contacts") or desk.account.files.get("account") or desk.home


def _new_contact(desk: Desk, name: str, **values: Written | None) -> str:
    """Write a contact, without what is not known; their id."""
    if not any(char.isalnum() for char in name):
        raise KamgenError(f'"{name}" has neither a letter nor a digit, so it cannot be a name.')
    person = fresh(slug(name), [*desk.account.contacts, *(desk.team or {})])
    desk.set(("contacts", person), name=name, **{key: value for key, value in values.items() if value})
    return person


def _known(desk: Desk, word: str) -> str | None:
    """The contact that is meant by an id or a full name; None for the name of somebody new.

    Raises KamgenError where it may be the name of somebody who is known: one person shall not stand there twice.
    """
    if one := find_exactly(desk.account, word, ["contact"]):
        return one.id
    if "-" in word and IS_ID(word):  # nobody writes a name like that
        raise KamgenError(
            f'There is no contact "{word}".{near(word, desk.account.contacts)} '
            "For somebody new write the name: Karin Huber."
        )
    _refuse_ours(desk, word)
    _refuse_like(desk, word)
    return None


def _refuse_ours(desk: Desk, word: str) -> None:
    """Refuse somebody of ours; who has left us may be with them now."""
    for one in (desk.team or {}).values():
        if alike(one.name, word) and stays(one, desk.today):
            raise KamgenError(
                f"{one.name} is one of our people (playbook/team.yml), and not of theirs. "
                f"Name somebody at {desk.account.name}."
            )


def _refuse_like(desk: Desk, word: str) -> None:
    """Refuse a part of the name of somebody who is known, and a name that is one of theirs but for a few letters."""
    contacts = desk.account.contacts
    found = fitting(word, contacts, lambda key: (contacts[key].name, key))
    found += [key for key, one in contacts.items() if key not in found and misspelt(word, one.name)]
    if not found:
        return
    names = ["somebody who is private" if contacts[key].private else contacts[key].name for key in found]
    said = f'"{shown(word)}": Do you mean {" or ".join(dict.fromkeys(names))}? Then write the name like that.'
    if len(words(word)) > 1:
        raise KamgenError(f"{said} Somebody new with a name so like it is to be written into {_file(desk)} by hand.")
    raise KamgenError(f"{said} Write the full name of somebody new, first and last name.")


def _follow(desk: Desk, person: str, successor: str) -> None:
    if desk.account.contacts[person].successor != successor:
        desk.set(("contacts", person), successor=successor)


def _refuse_self(person: str, follows: str) -> None:
    if person == follows:
        raise KamgenError("Nobody can follow themselves. Name somebody else.")


# --- Somebody goes --------------------------------------------------------------------------------------


def leaves(desk: Desk, slip: Leaves) -> tuple[str, ...]:
    """Write `leaves` and `successor`, a note of how we know, and an action to get to know or to find out who follows.

    A successor whom nobody knows becomes a contact. The answer says what hangs on who leaves.
    """
    desk.refuse_unread("plan")
    desk.refuse_far(slip.last_day)
    leaver = desk.account.contacts[slip.contact]
    hangs = hanging(desk.portfolio, desk.account, slip.contact, slip.last_day)
    meets = _meets(desk, slip, leaver)
    successor = _successor(desk, slip, leaver, meets)
    if leaver.leaves != slip.last_day:
        desk.set(("contacts", slip.contact), leaves=slip.last_day)
    _follow(desk, slip.contact, successor)
    desk.look()
    _note_it(desk, slip, leaver, successor)
    _plan_it(desk, slip, leaver, successor, meets)
    found = _search_over(desk, leaver.name) if successor != _UNKNOWN else ()
    return (*hangs, *_instead(desk, leaver, successor), *found)


def _meets(desk: Desk, slip: Leaves, leaver: Contact) -> tuple[str, ...]:
    """Who of ours gets to know the successor: who is named, else who covers the leaver, else the manager."""
    manager = desk.account.record.manager
    named_one = (slip.meets,) if slip.meets else cover(desk.portfolio, desk.account, leaver)
    return named_one or ((manager,) if manager else ())


def _successor(desk: Desk, slip: Leaves, leaver: Contact, meets: tuple[str, ...]) -> str:
    """The id of who follows, who is written down if nobody knows them; what is known already is kept."""
    word = slip.successor
    if " ".join(words(word)) in _NOBODY:
        return leaver.successor or _UNKNOWN
    person = _known(desk, word) or _new_contact(
        desk,
        word,
        level=leaver.level,
        covered_by=meets,
        site=leaver.site,
        private="true" if leaver.private else None,
    )
    _refuse_self(slip.contact, person)
    _refuse_gone(desk, person, slip.last_day)
    return person


def _refuse_gone(desk: Desk, person: str, last_day: date) -> None:
    """Refuse a successor who goes first."""
    follows = desk.account.contacts.get(person)
    if follows and follows.leaves and follows.leaves <= max(desk.today, last_day):
        raise KamgenError(
            f"{follows.name} cannot follow: their own last day is {follows.leaves}. "
            "Name somebody else, or leave it empty, which means: not known yet."
        )


def _note_it(desk: Desk, slip: Leaves, leaver: Contact, successor: str) -> None:
    follows = desk.account.contacts.get(successor)
    said = [_TOLD[slip.source], f"{follows.name} follows." if follows else "Who follows is not known yet."]
    new = NewNote(
        desk.day(slip.on),
        "internal",
        f"{leaver.name} leaves on {slip.last_day}",
        " ".join(said),
        who=(slip.by,) if slip.by else (),
        about=(slip.contact,),
        private=leaver.private,
        lasting=True,
    )
    add_note(desk, new)


def _plan_it(desk: Desk, slip: Leaves, leaver: Contact, successor: str, meets: tuple[str, ...]) -> None:
    """Add the action, unless it is there already, open or not."""
    follows = desk.account.contacts.get(successor)
    what = _acquaintance(follows, leaver) if follows else _search(leaver.name)
    plan = desk.account.plan or Plan()
    if any(is_it(action, what) for action in plan.implementation):
        return
    goals, _ = named_in(desk.account, slip.contact)
    desk.append(
        ("plan", "implementation"),
        what=what,
        who=meets,
        due=due_before(desk.today, slip.last_day),
        goal=goals[0] if len(goals) == 1 else None,
        about=slip.contact,
        private="true" if leaver.private else None,
    )


def due_before(today: date, last_day: date) -> date:
    """By when to know who follows: two weeks before the last day, else within a week, while both are there.

    When the last day is over, two weeks from today.
    """
    if last_day < today:
        return today + _HANDOVER
    return max(last_day - _HANDOVER, min(today + _SOON, last_day))


def _acquaintance(follows: Contact, leaver: Contact) -> str:
    return f"Get to know {follows.name}, who follows {leaver.name}"


def _search(name: str) -> str:
    return f"Find out who follows {name}"


def _search_over(desk: Desk, name: str) -> Iterator[str]:
    """That the action to find out who follows has had its answer, where it is still open."""
    for typed, text in _still_open(desk, _search(name)):
        yield f'"{text}" is answered and still open. Close it with: kamgen done {desk.slug} {typed}'


def _instead(desk: Desk, leaver: Contact, successor: str) -> Iterator[str]:
    """That somebody else was to follow until now, and that the action to get to know them is still open."""
    before = desk.account.contacts.get(leaver.successor or "")
    if before is None or leaver.successor == successor:
        return
    now = desk.account.contacts.get(successor)
    was, follows = ("somebody else" if one is None or one.private else one.name for one in (before, now))
    yield f"{follows} follows {leaver.name} now; until now it was {was}."
    for typed, text in _still_open(desk, _acquaintance(before, leaver)):
        yield f'"{text}" is still open. Drop it with: kamgen drop {desk.slug} {typed}'


def _still_open(desk: Desk, what: str) -> Iterator[tuple[str, str]]:
    """The open action that says this, by its shortest name and in its words."""
    for typed, thing in named(desk.account, ["action"]).items():
        if isinstance(thing.record, Action) and is_it(thing.record, what):
            yield typed, thing.text
