"""The things of an account that a slip can name, and which of them is meant by what somebody typed.

A thing is named by its id; by the end of its key path where two share an id (`second-depot/first-stage`); by the whole
path as findings print it; by its own words, since people type names; or by some of these, if one alone has them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import unquote

from kamgen.edit.naming import MOST_LISTED, fitting, likest, listed, person, question, several
from kamgen.errors import KamgenError
from kamgen.facts.rewording import words
from kamgen.facts.swot import CLAIMS
from kamgen.facts.texts import printable, shown
from kamgen.model.account import Action, Contact, Goal, Intelligence, Plan, Record, SwotItem
from kamgen.model.identity import IS_ID, SLUG_LENGTH, slug, subject
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account
from kamgen.model.slips import Thing

THINGS: tuple[Thing, ...] = get_args(Thing)
_SHOWN = 60  # characters of each of several things that a message names
_NOUNS = {
    "action": "an action",
    "stage": "a stage",
    "goal": "a goal",
    "contact": "a contact",
    "opportunities": "an opportunity",
    "threats": "a threat",
    "complaint": "a complaint",
    "decision": "a decision",
}


@dataclass(frozen=True, slots=True)
class Nameable:
    """A thing of an account: its key path in the account's one document, its words, and whether it is still open.

    `sort` is one of `THINGS`; a contact is always open, since people who leave are named as well; a claim is open
    while it is not parked, a complaint until it is resolved, a decision until it is made. `record` is what stands in
    the file; of a complaint its head.
    """

    sort: Thing
    path: tuple[str, ...]
    text: str
    record: Record
    open: bool = True
    private: bool = False

    @property
    def id(self) -> str:
        """Its id."""
        return self.path[-1]

    @property
    def key(self) -> str:
        """The whole path, as findings print it."""
        return subject(*self.path)

    @property
    def ends(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The path with and without the key `stages`, which says nothing to people."""
        return self.path, tuple(part for part in self.path if part != "stages")

    @property
    def noun(self) -> str:
        """What it is, with its article."""
        return _NOUNS[self.path[-2] if self.sort == "claim" else self.sort]


# --- What there is --------------------------------------------------------------------------------------


def things(account: Account, sorts: Collection[Thing] = THINGS) -> list[Nameable]:
    """Every thing of these sorts, closed ones too, in the order of the files."""
    return [one for one in _things(account) if one.sort in sorts]


def named(account: Account, sorts: Collection[Thing] = THINGS) -> dict[str, Nameable]:
    """The things that are open and not private, each by the shortest name that means it alone."""
    every = things(account, sorts)
    return {name_of(one, every): one for one in every if one.open and not one.private}


def name_of(one: Nameable, every: Iterable[Nameable]) -> str:
    """The shortest name of a thing among others: its id, its goal or list and its id, else the whole path."""
    others = [other for other in every if other.path != one.path]
    short = one.ends[1]
    for length in range(1, len(short)):
        if not any(_ends_with(other, short[-length:]) for other in others):
            return "/".join(short[-length:])
    return one.key


def _things(account: Account) -> Iterator[Nameable]:
    plan = account.plan or Plan()
    for action in plan.implementation:
        at = ("plan", "implementation", action.id)
        yield Nameable("action", at, action.what, action, action.open, action.private)
    for name, goal in plan.intentions.items():
        yield from _of_goal(name, goal)
    for name, contact in account.contacts.items():
        yield Nameable("contact", ("contacts", name), contact.name, contact, private=contact.private)
    yield from _claims(plan.intelligence or Intelligence())
    for note in account.notes:
        if note.head.kind == "issue":
            yield Nameable(
                "complaint", ("notes", note.id), note.title, note.head, not note.head.resolved, note.head.private
            )
    for asked in plan.decisions:
        yield Nameable(
            "decision", ("plan", "decisions", asked.id), asked.ask, asked, not asked.decided_on, asked.private
        )


def _of_goal(name: str, goal: Goal) -> Iterator[Nameable]:
    at = ("plan", "intentions", name)
    yield Nameable("goal", at, goal.goal, goal, goal.open, goal.private)
    for stage in goal.stages:
        is_open = stage.open and goal.open
        yield Nameable("stage", (*at, "stages", stage.id), stage.what, stage, is_open, stage.private or goal.private)


def _claims(known: Intelligence) -> Iterator[Nameable]:
    for quadrant in CLAIMS:
        for item in getattr(known, quadrant):
            at = ("plan", "intelligence", quadrant, item.id)
            yield Nameable("claim", at, item.what, item, not item.parked, item.private)


# --- Which one is meant ---------------------------------------------------------------------------------


def find(account: Account, word: str, sorts: Collection[Thing] = THINGS) -> Nameable:
    """The thing of these sorts that a word means: an id, the end of a key path, its own words, or whole words of it.

    Raises KamgenError where there is none, with the likest and those that are open, or more than one, with all of them.
    """
    if one := find_exactly(account, word, sorts):
        return one
    every = things(account, sorts)
    found = _with_words(word, every)
    if len(found) == 1:
        return found[0]
    raise KamgenError(_several(word, found, every) if found else _unknown(account, word, sorts))


def find_exactly(account: Account, word: str, sorts: Collection[Thing] = THINGS) -> Nameable | None:
    """The thing of these sorts whose id, path or words these are; KamgenError where there is more than one."""
    every = things(account, sorts)
    found = _meant(word, every)
    if len(found) > 1:
        are_people = all(one.sort == "contact" for one in found)
        raise KamgenError(_several(word, found, every) if are_people else _ambiguous(word, found, every))
    return found[0] if found else None


def _with_words(word: str, every: Sequence[Nameable]) -> list[Nameable]:
    """What has the words that were typed: in its name before also in a title; what is open before what is not."""
    for texts in (_names, _names_and_title):
        if found := fitting(word, every, texts):
            return [one for one in found if one.open] or found
    return []


def _names(one: Nameable) -> tuple[str, ...]:
    return one.text, one.id


def _names_and_title(one: Nameable) -> tuple[str, ...]:
    return one.text, one.id, one.record.title if isinstance(one.record, Contact) else ""


def _meant(word: str, every: Sequence[Nameable]) -> list[Nameable]:
    """What a word may mean: by path before words as they stand, and these before words that are only alike."""
    path = tuple(unquote(part) for part in word.strip().replace("/", ".").split("."))
    plain = _plain(word)
    ways = (
        [one for one in every if _ends_with(one, path)],
        [one for one in every if _plain(one.text) == plain],
        [one for one in every if alike(one.text, word)],
    )
    return next((found for found in ways if found), [])


def alike(text: str, word: str) -> bool:
    """Whether two texts are the same but for case, marks, punctuation and letters such as ß and ø.

    Slugs of long texts are cut, so that equal ones prove nothing.
    """
    if len(text) > SLUG_LENGTH or len(word) > SLUG_LENGTH:
        return bool(words(word)) and words(text) == words(word)
    return slug(text) == slug(word)


def is_it(item: Action | SwotItem, text: str) -> bool:
    """Whether an item of a list says what a text says, or did when it was written: its id stays when it is reworded."""
    return alike(item.what, text) or (len(text) <= SLUG_LENGTH and item.id == slug(text))


def _ends_with(one: Nameable, path: tuple[str, ...]) -> bool:
    return any(whole[-len(path) :] == path for whole in one.ends)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _ambiguous(word: str, found: Sequence[Nameable], every: Sequence[Nameable]) -> str:
    names = [f"{one.noun} ({name_of(one, every)})" for one in found[:MOST_LISTED]]
    return f'"{word}" is the name of {" and of ".join(names)}. Type the name in brackets of the one you mean.'


def _unknown(account: Account, word: str, sorts: Collection[Thing]) -> str:
    known = named(account, sorts)
    said = f'There is no {_sorts_in_words(sorts)} "{shown(word)}" in {account.name}.'
    guesses = likest(word, {name: one.text for name, one in known.items()})
    said += question([f'"{known[name].text if known[name].sort == "contact" else name}"' for name in guesses])
    if not known:
        return f"{said} None is open."
    heading = "On file" if set(sorts) == {"contact"} else "There is" if "contact" in sorts else "Open"
    return f"{said} {heading}: {listed([_label(one, name) for name, one in known.items()])}."


def _several(word: str, found: Sequence[Nameable], every: Sequence[Nameable]) -> str:
    """That a few words fit several things, all of which are told but for the private ones."""
    labels = [_label(one, name_of(one, every)) for one in found if not one.private]
    labels += ["one that is private"] * (len(found) - len(labels))
    return several(word, labels, "people" if all(one.sort == "contact" for one in found) else "of them")


def _label(one: Nameable, name: str) -> str:
    """A thing as a message names it, with its id where its words alone do not give it."""
    own = "" if name == slug(one.text) else name
    if isinstance(one.record, Contact):
        last_day = f"last day {one.record.leaves}" if one.record.leaves else ""
        return person(one.text, own, one.record.title, last_day)
    return printable(f'"{shown(one.text, _SHOWN)}"') + (f" ({own})" if own else "")


def _sorts_in_words(sorts: Collection[Thing]) -> str:
    named = " ".join(sort for sort in THINGS if sort in sorts).replace("claim", "opportunity threat").split()
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


# --- People ---------------------------------------------------------------------------------------------


def find_ours(team: Mapping[str, Person] | None, word: str) -> str:
    """The id of one of our people by id, name or title, or words of these. Without a team.yml an id stands as it is.

    Raises KamgenError where nobody is meant, or more than one.
    """
    if team is None:
        return word if IS_ID(word) else slug(word)
    people = {name: one.name for name, one in team.items()}
    titles = {name: one.title for name, one in team.items()}
    return find_named(word, people, "one of our people (playbook/team.yml)", titles)


def find_named(word: str, known: Mapping[str, str], what: str, titles: Mapping[str, str] | None = None) -> str:
    """The id that is meant by an id or a name, or by whole words of them; `known` are the names by id.

    `what` says what they are; `titles` count where no name fits. Raises KamgenError where none is meant, or more than
    one.
    """
    if word in known:
        return word
    titles = titles or {}
    ways = (
        [name for name, full in known.items() if alike(full, word)],
        fitting(word, known, lambda name: (known[name], name)),
        fitting(word, known, lambda name: (known[name], name, titles.get(name, ""))),
    )
    found = next((way for way in ways if way), [])
    if len(found) == 1:
        return found[0]
    if found:
        own = {name: "" if name == slug(known[name]) else name for name in found}
        labels = [person(known[name], own[name], titles.get(name)) for name in found]
        raise KamgenError(several(word, labels, "of our people" if titles else "of them"))
    guesses = [f'"{known[name] if titles else name}"' for name in likest(word, known)]
    raise KamgenError(f'"{shown(word)}" is not {what}.{question(guesses)}')
