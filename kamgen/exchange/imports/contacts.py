"""Contacts: who of an export's people is who in an account's file, and what an export's rows call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kamgen.exchange.imports.values import Ids, Record, free_id, text_of

Listed = Mapping[str, Record]  # contacts by id
Person = tuple[str, Record]  # an id and what is said of them


@dataclass(frozen=True, slots=True)
class Pairs:
    """An account's contacts beside those of an import.

    `known` is the id in the file by the id that the import would give; `new` the id of those who are not in the file.
    """

    known: Ids = field(default_factory=dict)
    new: Ids = field(default_factory=dict)

    def ids(self, with_new: bool) -> Ids:
        """The ids in the file, those of new people too where they are added to it."""
        return {**self.known, **self.new} if with_new else self.known


def listed_contacts(facts: Record | None) -> dict[str, Record]:
    """The contacts of an account's file that can be read, by id."""
    contacts = (facts or {}).get("contacts")
    pairs = contacts.items() if isinstance(contacts, dict) else ()
    return {id_: one for id_, one in pairs if isinstance(one, dict)}


def paired(wanted: Listed, listed: Listed, ours: set[str]) -> Pairs:
    """Who of an import is who in a file; `ours` are our people's ids, which no contact may bear.

    The other system's number says most, then id and name together, then the name, then the id. Nobody in the file is
    taken for two.
    """
    known: Ids = {}
    for alike in (_same_number, _same_id_and_name, _same_name, _same_id):
        for person in wanted.items():
            if person[0] not in known and (id_ := _found(person, listed, known.values(), alike)):
                known[person[0]] = id_
    new: Ids = {}
    for id_ in wanted:
        if id_ not in known:
            new[id_] = free_id(id_, "2", {*listed, *new.values(), *ours})
    return Pairs(known, new)


def called(people: Iterable[Person]) -> Ids:
    """The id behind each name, id and number by which rows may mean a person; a name that two bear means nobody."""
    names: dict[str, set[str]] = {}
    ids: Ids = {}
    numbers: Ids = {}
    for id_, facts in people:
        names.setdefault(text_of(facts.get("name")), set()).add(id_)
        ids[id_] = id_
        numbers[text_of(facts.get("crm_id"))] = id_
    found = {name: min(bearers) for name, bearers in names.items() if len(bearers) == 1} | ids | numbers
    return {name: id_ for name, id_ in found.items() if name}


def _found(person: Person, listed: Listed, taken: Iterable[str], alike: Callable[[Person, Person], bool]) -> str | None:
    return next((id_ for id_, facts in listed.items() if id_ not in taken and alike(person, (id_, facts))), None)


def _same_number(one: Person, other: Person) -> bool:
    number = text_of(one[1].get("crm_id"))
    return bool(number) and number == text_of(other[1].get("crm_id"))


def _same_name(one: Person, other: Person) -> bool:
    return text_of(one[1].get("name")) == text_of(other[1].get("name"))


def _same_id(one: Person, other: Person) -> bool:
    return one[0] == other[0]


def _same_id_and_name(one: Person, other: Person) -> bool:
    return _same_id(one, other) and _same_name(one, other)
