"""The things of an account that a slip can name, and which of them is meant by what somebody typed.

A thing is named by its id; by the end of its key path where two share an id (`second-depot/first-stage`); by the whole
path as findings print it; or by its own words, since people type names.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import unquote

from kamgen.edit.workspace import near
from kamgen.errors import KamgenError
from kamgen.facts.rewording import words
from kamgen.model.account import Action, Goal, Intelligence, Plan, Record, SwotItem
from kamgen.model.identity import IS_ID, SLUG_LENGTH, slug, subject
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account
from kamgen.model.slips import Thing

THINGS: tuple[Thing, ...] = get_args(Thing)
MOST_LISTED = 7
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

    `sort` is one of `THINGS`; a contact is open while they are there, a claim while it is not parked, a complaint
    until it is resolved, a decision until it is made. `record` is what stands in the file; of a complaint its head.
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
        yield Nameable("contact", ("contacts", name), contact.name, contact, contact.leaves is None, contact.private)
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
    for quadrant in ("opportunities", "threats"):
        for item in getattr(known, quadrant):
            at = ("plan", "intelligence", quadrant, item.id)
            yield Nameable("claim", at, item.what, item, not item.parked, item.private)


# --- Which one is meant ---------------------------------------------------------------------------------


def find(account: Account, word: str, sorts: Collection[Thing] = THINGS) -> Nameable:
    """The thing of these sorts that a word means: an id, the end of a key path, or its own words.

    Raises KamgenError where there is none, with the likest and those that are open, or more than one, with both.
    """
    every = things(account, sorts)
    found = _meant(word, every)
    if len(found) == 1:
        return found[0]
    raise KamgenError(_ambiguous(word, found, every) if found else _unknown(account, word, sorts))


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
    said = f'There is no {_sorts_in_words(sorts)} "{_short(word)}" in {account.name}.'
    if guess := _guess(word, {name: one.text for name, one in known.items()}):
        said += f' Did you mean "{guess}"?'
    if not known:
        return f"{said} None is open."
    listed, more = list(known)[:MOST_LISTED], len(known) - MOST_LISTED
    return f"{said} Open: {', '.join(listed)}{f' and {more} more' if more > 0 else ''}."


def _sorts_in_words(sorts: Collection[Thing]) -> str:
    named = " ".join(sort for sort in THINGS if sort in sorts).replace("claim", "opportunity threat").split()
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _short(text: str, length: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _guess(word: str, known: Mapping[str, str]) -> str:
    """The name whose id or whose words are likest, or ""."""
    wanted = slug(word[:200])
    alike = {**{slug(text): name for name, text in known.items()}, **{name: name for name in known}}
    found = difflib.get_close_matches(wanted, list(alike), 1, 0.6)
    return alike[found[0]] if found else ""


# --- People ---------------------------------------------------------------------------------------------


def find_ours(team: Mapping[str, Person] | None, word: str) -> str:
    """The id of one of our people by id or name. Without a team.yml an id is taken as it stands.

    Raises KamgenError where nobody is meant, or more than one.
    """
    if team is None:
        return word if IS_ID(word) else slug(word)
    people = {name: person.name for name, person in team.items()}
    return find_named(word, people, "one of our people (playbook/team.yml)")


def find_theirs(account: Account, word: str) -> str:
    """The id of one of a customer's people by id, name or key path; KamgenError as for `find`."""
    return find(account, word, ["contact"]).id


def find_named(word: str, known: Mapping[str, str], what: str) -> str:
    """The id that is meant by an id or a name; `known` are the names by id, `what` says what they are.

    Raises KamgenError where none is meant, or more than one.
    """
    if word in known:
        return word
    found = [name for name, full in known.items() if alike(full, word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise KamgenError(f'"{word}" is the name of {" and of ".join(found)}. Type the id of the one you mean.')
    guess = _guess(word, known)
    raise KamgenError(f'"{_short(word)}" is not {what}.{near(guess, [guess]) if guess else ""}')
