"""What a slip means in its account: names become ids, texts are freed of what nobody sees, and dates are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from kamgen.edit.slips.desk import Desk, many_lines, one_line
from kamgen.edit.slips.things import find_named, find_ours
from kamgen.errors import KamgenError
from kamgen.model.references import references_of
from kamgen.model.slips import Slip
from kamgen.read import references

_BODY = "text"  # the only field of several lines

S = TypeVar("S", bound=Slip)


def meant(desk: Desk, slip: S) -> S:
    """The slip with ids for names and clean texts; KamgenError where somebody is not known, or a day lies ahead."""
    _refuse_future(desk, slip)
    changes = {}
    references_in = references_of(type(slip))
    for name in type(slip).model_fields:
        value = getattr(slip, name)
        if value and name in references_in:
            [kind] = references_in[name]
            changes[name] = _ids(_finder(desk, kind), value)
        elif isinstance(value, str) and name not in ("slip", "account"):
            changes[name] = many_lines(value) if name == _BODY else one_line(value)
    return slip.model_copy(update=changes)


def _ids(find: Callable[[str], str], value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return find(value)
    return tuple(dict.fromkeys(find(one) for one in value))


def _finder(desk: Desk, kind: str) -> Callable[[str], str]:
    """What finds the id of a kind of thing behind a word."""
    definitions: Mapping[str, str] = {
        name: one.name for name, one in desk.portfolio.playbook.criteria.definitions.items()
    }
    finders: Mapping[str, Callable[[str], str]] = {
        "ours": lambda word: find_ours(desk.team, word),
        "contact": lambda word: desk.find(word, ["contact"]).id,
        "goal": lambda word: desk.find(word, ["goal"]).id,
        "definition": lambda word: find_named(word, definitions, "a definition of a key account (criteria.yml)"),
    }
    return finders[kind]


def _refuse_future(desk: Desk, slip: Slip) -> None:
    checked = references.Checked(desk.slug, {}, desk.today)
    for problem in references.check(type(slip), slip, ("slip",), checked):
        message = problem.message.replace('"slip" is', "The slip is")
        raise KamgenError(f"{message} {problem.hint}")
