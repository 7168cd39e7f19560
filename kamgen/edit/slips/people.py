"""Their people: still there, gone, new. And an opportunity or a threat that is still true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kamgen.edit.slips.departure import hanging
from kamgen.edit.slips.desk import Desk, Written, fresh
from kamgen.edit.slips.notes import Sheet, add_note
from kamgen.edit.slips.things import alike, find_theirs, is_it, named
from kamgen.edit.workspace import near
from kamgen.errors import KamgenError
from kamgen.facts.relationships import cover, named_in
from kamgen.facts.texts import shown
from kamgen.model.account import Action, Contact, Plan
from kamgen.model.identity import IS_ID, slug
from kamgen.model.slips import Checked, Joined, Leaves

_UNKNOWN = "not-known-yet"
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
    """Write a new contact, and `successor` at whose place they take; who is there already stays as they are."""
    desk.refuse_unread("contacts")
    person = _by_name(desk, slip.name)
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
        return ()
    _refuse_self(person, slip.follows)
    _follow(desk, slip.follows, person)
    return tuple(_search_over(desk, desk.account.contacts[slip.follows].name))


def _new_contact(desk: Desk, name: str, **values: Written | None) -> str:
    """Write a contact, without what is not known; their id."""
    if not any(char.isalnum() for char in name):
        raise KamgenError(f'"{name}" has neither a letter nor a digit, so it cannot be a name.')
    person = fresh(slug(name), [*desk.account.contacts, *(desk.team or {})])
    desk.set(("contacts", person), name=name, **{key: value for key, value in values.items() if value})
    return person


def _by_name(desk: Desk, name: str) -> str | None:
    """The contact of exactly that name."""
    return next((key for key, one in desk.account.contacts.items() if alike(one.name, name)), None)


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
    return (*hangs, *(_search_over(desk, leaver.name) if successor != _UNKNOWN else ()))


def _meets(desk: Desk, slip: Leaves, leaver: Contact) -> tuple[str, ...]:
    """Who of ours gets to know the successor: who is named, else who covers the leaver, else the manager."""
    manager = desk.account.record.manager
    named_one = (slip.meets,) if slip.meets else cover(desk.portfolio, desk.account, leaver)
    return named_one or ((manager,) if manager else ())


def _successor(desk: Desk, slip: Leaves, leaver: Contact, meets: tuple[str, ...]) -> str:
    """The id of who follows, who is written down if nobody knows them; what is known already is kept."""
    word = slip.successor
    if word in ("", _UNKNOWN):
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


def _known(desk: Desk, word: str) -> str | None:
    """The contact that is meant by an id or a name; None for the name of somebody new."""
    try:
        return find_theirs(desk.account, word)
    except KamgenError:
        if "-" in word and IS_ID(word):  # nobody writes a name like that
            raise KamgenError(
                f'There is no contact "{word}".{near(word, desk.account.contacts)} '
                "For somebody new write the name: Karin Huber."
            ) from None
        return None


def _note_it(desk: Desk, slip: Leaves, leaver: Contact, successor: str) -> None:
    follows = desk.account.contacts.get(successor)
    said = [_TOLD[slip.source], f"{follows.name} follows." if follows else "Who follows is not known yet."]
    sheet = Sheet(
        desk.day(slip.on),
        "internal",
        f"{leaver.name} leaves on {slip.last_day}",
        " ".join(said),
        who=(slip.by,) if slip.by else (),
        about=(slip.contact,),
        private=leaver.private,
        lasting=True,
    )
    add_note(desk, sheet)


def _plan_it(desk: Desk, slip: Leaves, leaver: Contact, successor: str, meets: tuple[str, ...]) -> None:
    """Add the action, unless it is there already, open or not."""
    follows = desk.account.contacts.get(successor)
    what = f"Get to know {follows.name}, who follows {leaver.name}" if follows else _search(leaver.name)
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


def _search(name: str) -> str:
    return f"Find out who follows {name}"


def _search_over(desk: Desk, name: str) -> Iterator[str]:
    """That the action to find out who follows has had its answer, where it is still open."""
    for typed, thing in named(desk.account, ["action"]).items():
        if isinstance(thing.record, Action) and is_it(thing.record, _search(name)):
            yield f'"{thing.text}" is answered and still open. Close it with: kamgen done {desk.slug} {typed}'
