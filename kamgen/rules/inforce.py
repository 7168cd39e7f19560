"""What is in force, and where it comes from: every setting, and the level of every rule by stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from kamgen.model.account import Record
from kamgen.model.identity import subject
from kamgen.model.settings import Settings
from kamgen.model.values import NEVER, STAGES, Stage
from kamgen.rules import Number, Rule, rule_book
from kamgen.rules.strictness import strictness

Row = tuple[str, ...]

DEFAULT = "default"
WIDE = 60  # longer lists are counted


@dataclass(frozen=True, slots=True)
class Origins:
    """The workspace's own settings: their lines in `file` by key path, and those that could not be used."""

    file: str
    lines: Mapping[str, int]
    refused: Collection[str] = ()

    def of(self, *keys: str) -> str:
        """Where the value of a key path comes from."""
        name = subject(*keys)
        if name not in self.lines:
            return DEFAULT
        place = f"{self.file}:{self.lines[name]}"
        return f"{DEFAULT} ({place} cannot be used)" if self._is_refused(name) else place

    def first(self, *paths: tuple[str, ...]) -> str:
        """Where the first of several key paths that is set comes from."""
        return next((self.of(*keys) for keys in paths if subject(*keys) in self.lines), DEFAULT)

    def _is_refused(self, name: str) -> bool:
        parts = name.split(".")
        return any(".".join(parts[:end]) in self.refused for end in range(1, len(parts) + 1))


def setting_rows(settings: Settings, origins: Origins) -> Iterator[Row]:
    """Each setting, its value in words, and where it comes from."""
    for keys, value in _values(settings, ()):
        if keys[0] != "rules":
            yield ".".join(keys), _in_words(value), origins.of(*keys)


def _values(record: Record, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, field in type(record).model_fields.items():
        value, keys = getattr(record, name), (*above, field.alias or name)
        if isinstance(value, Record):
            yield from _values(value, keys)
        elif isinstance(value, Mapping):
            yield from (((*keys, str(key)), inner) for key, inner in value.items())
        else:
            yield keys, value


def _in_words(value: object) -> str:
    if isinstance(value, tuple):
        told = ", ".join(one for one in value if isinstance(one, str))
        short = value and told and len(told) <= WIDE
        return told if short else f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    if isinstance(value, timedelta):
        return shown(value)
    return "not set" if value is None else str(value)


def shown(number: Number) -> str:
    """A setting's number in words."""
    if isinstance(number, timedelta):
        return "never" if number == NEVER else f"{number.days} days"
    return f"{number:f}"


def rule_rows(settings: Settings, origins: Origins) -> Iterator[Row]:
    """Each rule with its level by stage, each of its numbers, and where these come from."""
    for entry in rule_book().values():
        rule = entry.rule
        levels: list[str] = [strictness(rule, stage, settings).level or "-" for stage in STAGES]
        froms = [_level_from(rule, stage, settings, origins) for stage in STAGES]
        if len(rule.levels) == 1:  # once for the workspace or a person
            levels, froms = [levels[0], "", "", ""], froms[:1]
        yield f"{rule.code} {rule.name}", *levels, _joined(froms)
        yield from _number_rows(rule, settings, origins)


def _level_from(rule: Rule, stage: Stage, settings: Settings, origins: Origins) -> str:
    in_force = strictness(rule, stage, settings)
    if in_force.by_hand:
        named = ((rule.code,), (rule.name,))
        paths = [("rules", *name, *keys) for name in named for keys in ((stage, "level"), (stage,), ("level",), ())]
        return origins.first(*paths)
    by_profile = in_force.level != rule.level(stage)
    return f"profile {settings.profile} ({origins.of('profile')})" if by_profile else DEFAULT


def _joined(froms: Iterable[str]) -> str:
    """The places, once each; the default is named only where it is the only one."""
    places = dict.fromkeys(froms)
    return ", ".join([place for place in places if place != DEFAULT] or [DEFAULT])


def _number_rows(rule: Rule, settings: Settings, origins: Origins) -> Iterator[Row]:
    chosen = settings.rules.get(rule.code, settings.rules.get(rule.name))
    own = chosen if isinstance(chosen, Mapping) else {}
    name = rule.code if rule.code in settings.rules else rule.name
    for key, setting in rule.settings.items():
        at = ("rules", name, key)
        yield f"  {key}", _number(rule, own, key) or shown(setting.default), "", "", "", origins.of(*at)
        for stage in STAGES:
            by_stage = own.get(stage)
            told = _number(rule, by_stage, key) if isinstance(by_stage, Mapping) else ""
            if told:
                yield f"  {key} ({stage})", told, "", "", "", origins.of("rules", name, stage, key)


def _number(rule: Rule, own: Mapping[str, object], key: str) -> str:
    """A number that was set by hand, in words; "" where it was not or cannot be used."""
    try:
        return shown(rule.settings[key].parsed(own[key])) if key in own else ""
    except ValueError:
        return ""


def aligned(rows: Iterable[Row]) -> str:
    """Rows as lines with their columns below one another."""
    table = list(rows)
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines) + "\n"
