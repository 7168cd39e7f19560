"""Findings as text in a format: one module a format, each `render(report) -> str`, discovered by its name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kamgen.errors import KamgenError
from kamgen.finding import LEVELS, Finding, Level, Suppression


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found. `prefix` leads from the top of the git repository to the workspace ("" or "plans/").

    `names` are the accounts that were checked, by slug, `managers` the names of those who look after them; `fixed` are
    the identities of the baseline that are gone. `known_since` is the first day of a history that is cut short.
    """

    findings: Sequence[Finding]
    as_of: date
    accounts: int
    files: int
    names: dict[str, str]
    version: str = ""
    prefix: str = ""
    colour: bool = False
    fixed: Sequence[str] = ()
    managers: Mapping[str, str] = field(default_factory=dict)
    known_since: date | None = None

    def count(self, level: Level) -> int:
        """How many findings of a level are not suppressed."""
        return sum(1 for finding in self.findings if finding.level == level and not finding.suppressed)

    def hidden(self, why: Suppression) -> int:
        """How many findings are suppressed by waivers, or by the baseline."""
        return sum(1 for finding in self.findings if finding.suppressed == why)

    @property
    def active(self) -> list[Finding]:
        """The findings that are not suppressed."""
        return [finding for finding in self.findings if not finding.suppressed]


def formats() -> list[str]:
    """The names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg)


def render(name: str, report: Report) -> str:
    """The report in a format; raises KamgenError for a format that does not exist."""
    if name not in formats():
        raise KamgenError(f'There is no format "{name}". There is: {", ".join(formats())}.')
    module = importlib.import_module(f"{__name__}.{name}")
    make: Callable[[Report], str] = module.render
    return make(report)


def counted(number: int, thing: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def summary(report: Report) -> str:
    """The closing line: what was checked, on which day, and what was found."""
    found = ", ".join(counted(report.count(level), level) for level in LEVELS)
    waived, old = report.hidden("waiver"), report.hidden("baseline")
    hidden = [f"{waived} waived"] * bool(waived) + [f"{old} in the baseline"] * bool(old)
    besides = f" ({', '.join(hidden)})" if hidden else ""
    checked = f"{counted(report.accounts, 'account')} and {counted(report.files, 'file')}"
    return f"{checked} checked as of {report.as_of}: {found}{besides}.{_mended(report)}"


def _mended(report: Report) -> str:
    if not (number := len(report.fixed)):
        return ""
    them = "it" if number == 1 else "them"
    return f" {counted(number, 'finding')} of the baseline fixed: `kamgen baseline` takes {them} out."
