"""What a change does to the accounts, as text in a format: one module a format, each `render(diff) -> str`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kamgen.errors import KamgenError
from kamgen.facts.changes import KINDS, Change
from kamgen.finding import Finding
from kamgen.report import counted


@dataclass(frozen=True, slots=True)
class AccountDiff:
    """What changed on one account; on the workspace and its playbook where `slug` is ""."""

    slug: str
    name: str
    changes: Sequence[Change] = ()
    introduced: Sequence[Finding] = ()
    fixed: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What lies between two states, which are named in words; `limits` say what is not known, and why."""

    base: str
    head: str
    as_of: date
    accounts: Sequence[AccountDiff] = ()
    limits: Sequence[str] = ()
    version: str = ""
    prefix: str = ""

    @property
    def ordered(self) -> list[AccountDiff]:
        """The accounts with any news: those with the most important change first, then by name."""
        told = (one for one in self.accounts if one.changes or one.introduced or one.fixed)
        return sorted(told, key=_importance)

    @property
    def summary(self) -> str:
        """One line: how much changed."""
        told = self.ordered
        if not told:
            return f"Nothing changed for any account between {self.base} and {self.head}."
        accounts = sum(1 for one in told if one.slug)
        parts = [
            counted(sum(len(one.changes) for one in told), "change"),
            f"{counted(sum(len(one.introduced) for one in told), 'finding')} introduced",
            f"{sum(len(one.fixed) for one in told)} fixed",
        ]
        return f"{counted(accounts, 'account')}, {', '.join(parts)} between {self.base} and {self.head}."


def _importance(one: AccountDiff) -> tuple[int, str]:
    first = min((KINDS.index(change.kind) for change in one.changes), default=len(KINDS))
    return first, one.name.casefold()


def formats() -> list[str]:
    """The names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, diff: Diff) -> str:
    """The difference in a format; raises KamgenError for a format that does not exist."""
    if name not in formats():
        raise KamgenError(f'There is no format "{name}". There is: {", ".join(formats())}.')
    make: Callable[[Diff], str] = importlib.import_module(f"{__name__}.{name}").render
    return make(diff)
