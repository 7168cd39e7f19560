"""A preset: SQL files, one a target, and a small preset.yml that says how to read the export."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kamgen.errors import KamgenError
from kamgen.exchange.imports.targets import TARGETS

SHIPPED = Path(__file__).parents[1] / "presets"
VIEWS = "views"

# Tests that need no pattern of one's own.
NAMED_FITS = {
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?",
    "number": r"-?\d+(\.\d+)?",
    "whole number": r"-?\d+",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """What the values of one column look like: a pattern, a kind, or the values of another file's column."""

    pattern: re.Pattern[str] | None = None
    is_date: bool = False
    known_from: tuple[str, str] | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the preset knows of one file of the export: see docs/import.md."""

    commas_in: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    fits: dict[str, Fit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preset:
    """A loaded preset: `nothing` lists the texts that mean an empty cell; `sql` is by target, and `views`."""

    name: str
    sql: dict[str, str]
    nothing: frozenset[str] = frozenset()
    shift_years: int = 0
    as_of: date | None = None
    files: dict[str, FileFacts] = field(default_factory=dict)

    def adjusted(self, *, shift_years: int | None, as_of: date | None, today: date | None) -> Preset:
        """The preset with what the command line says in place of its own; `today` only fills a gap."""
        return replace(
            self,
            shift_years=self.shift_years if shift_years is None else shift_years,
            as_of=as_of or self.as_of or today,
        )


def preset_names() -> list[str]:
    """The presets that come with kamgen."""
    return sorted(path.name for path in SHIPPED.iterdir() if path.is_dir() and any(path.glob("*.sql")))


def load_preset(name_or_folder: str) -> Preset:
    """The shipped preset of that name, else the preset in that folder; KamgenError when it is neither."""
    known = preset_names()
    folder = SHIPPED / name_or_folder if name_or_folder in known else Path(name_or_folder)
    if not folder.is_dir():
        raise KamgenError(f'"{name_or_folder}" is neither a preset ({", ".join(known)}) nor a folder of SQL files.')
    return Preset(name=folder.resolve().name, sql=_read_sql(folder), **_read_facts(folder / "preset.yml"))


def _read_sql(folder: Path) -> dict[str, str]:
    sql = {path.stem: _read_text(path) for path in sorted(folder.glob("*.sql"))}
    for name in sql:
        if name not in TARGETS and name != VIEWS:
            near = get_close_matches(name, [*TARGETS, VIEWS], n=1)
            meant = f" Did you mean {near[0]}.sql?" if near else ""
            raise KamgenError(f"{name}.sql fills nothing: an import knows {_sql_names()}.{meant}")
    if not sql.keys() - {VIEWS}:
        raise KamgenError(f"{folder} holds no SQL file that an import knows: {_sql_names()}.")
    return sql


def _sql_names() -> str:
    return ", ".join(f"{name}.sql" for name in [*TARGETS, VIEWS])


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KamgenError(f"Cannot read {path.name}: it must be a text file in UTF-8.") from error


def _read_facts(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        data = yaml.safe_load(_read_text(path)) or {}
        return _facts(data)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        raise KamgenError(f"{path.name}{place}: {problem}.") from error


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    _only(data, {"about", "nothing", "shift_years", "as_of", "files"}, "a preset")
    as_of = data.get("as_of")
    return {
        "nothing": frozenset(_texts(data.get("nothing", []), "nothing")),
        "shift_years": _years(data.get("shift_years", 0)),
        "as_of": _day(as_of) if as_of else None,
        "files": {name: _file_facts(facts or {}) for name, facts in (data.get("files") or {}).items()},
    }


def _years(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError(f"shift_years must be a whole number, not {value}")
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"as_of must be a day such as 2026-05-06, not {value}") from None


def _file_facts(data: dict[str, Any]) -> FileFacts:
    _only(data, {"commas_in", "needed", "fits"}, "a file")
    return FileFacts(
        commas_in=_texts(data.get("commas_in", []), "commas_in"),
        needed=_texts(data.get("needed", []), "needed"),
        fits={column: _fit(column, fit) for column, fit in (data.get("fits") or {}).items()},
    )


def _fit(column: str, fit: str | dict[str, str]) -> Fit:
    if isinstance(fit, str):
        return Fit(pattern=_pattern(column, fit), told=f"does not fit {fit}")
    _only(fit, {"is", "in"}, f"the test of {column}")
    if (kind := fit.get("is")) is not None:
        if kind not in NAMED_FITS:
            raise ValueError(f"{column}: `is` can be {', '.join(NAMED_FITS)}, not {kind}")
        return Fit(re.compile(NAMED_FITS[kind]), is_date=kind == "date", told=f"is not a {kind}")
    table, _, of = fit["in"].rpartition(".")
    if not table:
        raise ValueError(f"{column}: write `in: file.column`, not {fit['in']}")
    return Fit(known_from=(table, of), told=f"is not in {of} of {table}")


def _pattern(column: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"the pattern of {column} is not valid: {error}") from error


def _only(data: dict[str, Any], known: set[str], of: str) -> None:
    for key in data:
        if key not in known:
            raise ValueError(f"unknown key {key}: {of} may say {', '.join(sorted(known))}")


def _texts(value: object, key: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(value)
