"""The rule book: one module a rule, discovered by its name `kam<number>_<name>`.

A rule's module holds its manual (the docstring), its record `RULE`, and `check(portfolio)`, which yields problems and
knows nothing of levels, stages, waivers or output. Rules that the reader reports have no `check`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from inspect import cleandoc

from kamgen.finding import LEVELS, Level, Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import STAGES, Stage, parse_duration, parse_number

Number = timedelta | Decimal


@dataclass(frozen=True, slots=True)
class OverTime:
    """An example that only git can show: the text of one account's file by the day on which it was committed.

    The last text is also the one that stands in the file now.
    """

    texts: Mapping[str, str]


Example = str | Mapping[str, str] | OverTime

_LETTERS: Mapping[str, Level] = {"E": "error", "W": "warning", "i": "info"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule's own number: a span of days (timedelta) or a plain number (Decimal), and what it means."""

    default: Number
    what: str

    def parsed(self, text: object) -> Number:
        """The number from kamgen.yml; raises PydanticCustomError with words for the reader."""
        return parse_duration(text) if isinstance(self.default, timedelta) else parse_number(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's record.

    `levels` is one letter a stage in the order key, customer, prospect, suspect (E error, W warning, i info, - does
    not apply), or one letter for a rule about the workspace or a person. `bad` and `good` are examples: the text of
    one account's file (name and stage are added when they are missing), files by path, or what was committed when.
    `needs` names the parts of an account without which the rule cannot judge. `compares` is for a rule that holds
    accounts against each other: it is shown all of them, the others only those for whose stage they are in force.
    """

    code: str
    name: str
    levels: str
    bad: Example
    good: Example
    hint: str = ""
    needs: tuple[str, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    compares: bool = False

    @property
    def family(self) -> int:
        """The first digit of the code."""
        return int(self.code[3])

    def level(self, stage: Stage | None) -> Level | None:
        """The default level for a stage; None where the rule does not apply."""
        if len(self.levels) == 1:
            return _LETTERS.get(self.levels)
        if stage is None:
            return _LETTERS.get(self.levels[0]) if self.family == 0 else None
        return _LETTERS.get(self.levels[STAGES.index(stage)])

    def days(self, portfolio: Portfolio, account: Account | None, name: str) -> timedelta:
        """A setting in days as in force for the account's stage."""
        value = self._in_force(portfolio, account, name)
        assert isinstance(value, timedelta)
        return value

    def number(self, portfolio: Portfolio, account: Account | None, name: str) -> Decimal:
        """A setting that is a plain number, as in force for the account's stage."""
        value = self._in_force(portfolio, account, name)
        assert isinstance(value, Decimal)
        return value

    def _in_force(self, portfolio: Portfolio, account: Account | None, name: str) -> Number:
        setting = self.settings[name]
        chosen = portfolio.settings.rules.get(self.code, portfolio.settings.rules.get(self.name))
        if not isinstance(chosen, Mapping):
            return setting.default
        by_stage = chosen.get(account.stage) if account and account.stage else None
        for level in (by_stage, chosen):
            if isinstance(level, Mapping) and name in level:
                try:
                    return setting.parsed(level[name])
                except ValueError:
                    return setting.default  # reported when the choices were checked
        return setting.default


Check = Callable[[Portfolio], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule of the book: its record, its manual (Markdown), and its check (None: the reader reports it)."""

    rule: Rule
    manual: str
    check: Check | None

    @property
    def summary(self) -> str:
        """The manual's first paragraph on one line."""
        return " ".join(self.manual.split("\n\n")[0].split())


@cache
def rule_book() -> Mapping[str, Entry]:
    """Every rule by its code, in the order of the codes."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("kam")]
    entries = [_entry(name) for name in names]
    return {entry.rule.code: entry for entry in sorted(entries, key=lambda entry: entry.rule.code)}


def _entry(name: str) -> Entry:
    module = importlib.import_module(f"{__name__}.{name}")
    return Entry(module.RULE, cleandoc(module.__doc__ or ""), getattr(module, "check", None))


def find_rules(words: Iterable[str]) -> tuple[set[str], list[str]]:
    """The codes that codes, prefixes of codes or names stand for, and the words that stand for none."""
    found: set[str] = set()
    unknown: list[str] = []
    for word in words:
        matches = {
            code
            for code, entry in rule_book().items()
            if code.startswith(word.upper()) or entry.rule.name == word.lower()
        }
        if matches and (word.upper().startswith("KAM") or word.lower() in names()):
            found |= matches
        else:
            unknown.append(word)
    return found, unknown


@cache
def names() -> Mapping[str, str]:
    """Codes by rule name."""
    return {entry.rule.name: code for code, entry in rule_book().items()}


def worst_first(level: Level) -> int:
    """A sort key: errors before warnings before infos."""
    return LEVELS.index(level)
