"""The week of our people as text in a format: one module a format, each `render(letter) -> str`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kamgen.errors import KamgenError
from kamgen.facts.week import Know, Line, Week
from kamgen.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Letter:
    """The weeks to tell, and what they are told from; `site` is the address of the site, or ""."""

    public: Portfolio
    weeks: Sequence[Week]
    site: str = ""
    version: str = ""

    @property
    def as_of(self) -> date:
        """The day on which it is told."""
        return self.public.as_of

    def name(self, person: str) -> str:
        """The name of one of ours."""
        return self.public.person_name(None, person)

    def page(self, person: str) -> str:
        """The address of a person's page, or ""."""
        return f"{self.site}people/{person}/" if self.site else ""

    def sentence(self, line: Line) -> str:
        """A line as one sentence, and one more on what to know before a meeting."""
        account = line.account.name
        who = [self.public.person_name(line.account, person) for person in line.who]
        day = _day(line.on) if line.on else "no day"
        if line.sort == "meeting":
            people = f" ({', '.join(who)})" if who else ""
            return f"{day}: {line.what}, {account}{people}.{self._know(line.know)}"
        if line.sort == "decide":
            return f"To decide, asked on {day}: {line.what} ({account})."
        if line.sort == "waiting":
            return f"Waiting on {', '.join(who) or 'somebody'} since {day}: {line.what} ({account})."
        if line.sort == "overdue":
            return f"Overdue since {day}: {line.what.removesuffix(' due')} ({account})."
        return f"{day}: {line.what} ({account})."

    def _know(self, know: Know | None) -> str:
        if know is None:
            return ""
        words = {
            "complaint": f"Know: their complaint of {_day(know.on)} is open: {know.what}.",
            "promise": f"Know: we owe them since {_day(know.on)}: {know.what}.",
            "note": f"Know: last note, {_day(know.on)}: {know.what}.",
        }
        return f" {words[know.kind]}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def formats() -> list[str]:
    """The names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, letter: Letter) -> str:
    """The weeks in a format; raises KamgenError for a format that does not exist."""
    if name not in formats():
        raise KamgenError(f'There is no format "{name}". There is: {", ".join(formats())}.')
    make: Callable[[Letter], str] = importlib.import_module(f"{__name__}.{name}").render
    return make(letter)
