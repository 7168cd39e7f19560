"""What kamgen writes to people: their week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kamgen.errors import KamgenError, near
from kamgen.facts.people import works
from kamgen.facts.publication import published, secrets
from kamgen.facts.week import week
from kamgen.project import Clock
from kamgen.read.workspace import read_workspace
from kamgen.report.week import Letter, render


def remind(root: Path, clock: Clock, people: Sequence[str], form: str, site: str, version: str) -> str:
    """The weeks of the people asked for, or of everybody with something to do, in a format.

    Nothing private is told: a letter leaves the house. Raises KamgenError for somebody who is not in the team.
    """
    whole = read_workspace(root, clock.day).portfolio
    public = published(whole, secrets(whole))
    found = works(whole, public)
    _refuse_unknown(people, found)
    weeks = [week(public, person, found[person]) for person in people or sorted(found)]
    told = [one for one in weeks if people or one.lines]
    return render(form, Letter(public, told, site, version))


def _refuse_unknown(people: Iterable[str], known: Iterable[str]) -> None:
    names = list(known)
    for person in people:
        if person not in names:
            raise KamgenError(f'Nobody in playbook/team.yml has the id "{person}".{near(person, names)}')
