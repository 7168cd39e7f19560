"""How hard each rule applies: the rule book's levels, the profile, and what kamgen.yml chooses by rule and stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kamgen.errors import did_you_mean
from kamgen.finding import Level, Problem
from kamgen.model.identity import subject
from kamgen.model.settings import Settings
from kamgen.model.values import STAGES, Stage
from kamgen.rules import Rule, names, rule_book

CHOICES = ("error", "warning", "info", "off")

# What the profile "start" keeps at full strength, besides families 0 and 1: the few that matter on day one.
START_CODES = frozenset({"KAM207", "KAM307", "KAM404", "KAM405", "KAM502", "KAM601", "KAM809"})


@dataclass(frozen=True, slots=True)
class Strictness:
    """A rule's level in force: None where it does not apply, and whether somebody set it by hand."""

    level: Level | None
    by_hand: bool = False


def strictness(rule: Rule, stage: Stage | None, settings: Settings) -> Strictness:
    """The level of a rule for accounts of a stage (None: the workspace, or an account of unknown stage)."""
    default = rule.level(stage)
    chosen = settings.rules.get(rule.code, settings.rules.get(rule.name))
    if isinstance(chosen, Mapping):
        by_stage = chosen.get(stage) if stage else None
        if (level := _level_of(by_stage)) is not None:
            return _set(level)
        chosen = chosen.get("level")
    if (level := _level_of(chosen)) is not None and default is not None:
        return _set(level)
    if settings.profile == "start" and default and rule.family > 1 and rule.code not in START_CODES:
        return Strictness("info")
    return Strictness(default)


def _level_of(choice: object) -> str | None:
    if isinstance(choice, Mapping):
        choice = choice.get("level")
    return choice if isinstance(choice, str) and choice in CHOICES else None


def _set(level: str) -> Strictness:
    return Strictness(None if level == "off" else level, by_hand=True)  # type: ignore[arg-type]


def check_choices(settings: Settings) -> Iterator[Problem]:
    """Problems in kamgen.yml's `rules`: rules, levels, stages and numbers that do not exist."""
    for name, chosen in settings.rules.items():
        code = name if name in rule_book() else names().get(name)
        if code is None:
            yield _unknown(("rules", name), f'There is no rule "{name}".', name, [*rule_book(), *names()])
        else:
            yield from _check_choice(rule_book()[code].rule, ("rules", name), chosen, STAGES)


def _check_choice(rule: Rule, keys: tuple[str, ...], chosen: object, stages: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(chosen, str):
        if chosen not in CHOICES:
            yield _problem(keys, f'"{chosen}" is no level; it can be {", ".join(CHOICES)}.', "")
        return
    if not isinstance(chosen, Mapping):
        yield _problem(keys, "A level, or lines of the form `key: value`, belong here.", "")
        return
    for key, value in chosen.items():
        at = (*keys, key)
        if key in stages or key == "level":
            yield from _check_choice(rule, at, value, ())
        elif key in rule.settings:
            yield from _check_number(rule, at, key, value)
        else:
            allowed = ["level", *stages, *rule.settings]
            yield _unknown(at, f'{rule.code} has no setting "{key}".', key, allowed)


def _check_number(rule: Rule, keys: tuple[str, ...], name: str, value: object) -> Iterator[Problem]:
    try:
        rule.settings[name].parsed(value)
    except ValueError as error:
        yield _problem(keys, f'"{name}" is "{value}": {error}.', "")


def _unknown(keys: tuple[str, ...], message: str, word: str, allowed: Iterable[str]) -> Problem:
    allowed = list(allowed)
    few = f"It can be: {', '.join(allowed)}." if len(allowed) < 15 else "`kamgen rule` lists them."
    return _problem(keys, message, did_you_mean(word, allowed) or few, "KAM003")


def _problem(keys: tuple[str, ...], message: str, hint: str, code: str = "KAM004") -> Problem:
    return Problem("", f"{subject('playbook/kamgen')}.{subject(*keys)}", message, hint, code)
