"""The kinds of value a key can hold, each with its check, its message and its JSON Schema.

Values arrive as the characters of the file (see `read.yaml`): the kind decides what they mean, so `NO`, `00123`
and `12:30` stay text where text is expected. A refused value raises `PydanticCustomError` whose type is the
rule's code and whose text completes the sentence `"key" is "value": …`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal, NoReturn

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kamgen.model.identity import ID_PATTERN, item_id, text_keys

NEVER = timedelta.max

# ASCII digits only, and years that can be meant: others break the calendar sooner or later.
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_POINTS_DAY = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})", re.ASCII)
_LOOSE_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\.\d{1,12}|\d{1,18}(\.\d{0,12})?)([eE][-+]?\d{1,2})?", re.ASCII)
# Money has no three decimals: who writes 900.000 means thousands.
_POINT_OF_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,](\d{1,2}))?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)
_AROUND_MONEY = re.compile(r"^[A-Z]{3}\b|\b[A-Z]{3}$|[€$£¥]", re.IGNORECASE)
_MONTH = re.compile(r"(19|20|21)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
_DURATION = re.compile(r"(\d{1,4})([dw])", re.ASCII)
_YEARS = range(1900, 2200)
_QUOTES = "\"'“”„‘’‚«» "


def refuse(code: str, expected: str) -> NoReturn:
    """Refuse a value: `expected` says what would have been right."""
    raise PydanticCustomError(code, "{expected}", {"expected": expected})


def _written(value: object) -> str | None:
    """The value if it is one piece of text, else None (a list or an indented block)."""
    return value if isinstance(value, str) else None


def parse_day(value: object) -> date:
    """A calendar day written YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    text = (_written(value) or "").strip()
    match = _DAY.fullmatch(text)
    if not match:
        meant = _meant_day(text.strip(_QUOTES))
        refuse("KAM006", f"write dates as year-month-day, for example {meant or '2026-04-30'}")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        year, month, day = (int(part) for part in match.groups())
        refuse("KAM006", _no_such_day(year, month, day) if year in _YEARS else f"the year {year} cannot be meant")
    return found


def _meant_day(text: str) -> str | None:
    """The ISO form of a date that can be read in one way only."""
    if match := _POINTS_DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if "/" in text:  # the day first in Europe, the month first in America
            if day <= 12 and month <= 12 and day != month:
                return None
            day, month = (day, month) if month <= 12 else (month, day)
    elif match := _LOOSE_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _no_such_day(year: int, month: int, day: int) -> str:
    if 12 < month <= 31 and 1 <= day <= 12:
        return f"there is no month {month}; is {date(year, day, month)} meant?"
    if not 1 <= month <= 12:
        return "there is no such month; write dates as year-month-day, for example 2026-04-30"
    days = calendar.monthrange(year, month)[1]
    return f"there is no such day; {calendar.month_name[month]} {year} has {days} days"


def parse_number(value: object) -> Decimal:
    """A number with a decimal point."""
    if isinstance(value, Decimal | int):
        return Decimal(value)
    text = (_written(value) or "").strip()
    if not _NUMBER.fullmatch(text):
        refuse("KAM004", plain_number(text))
    return Decimal(text)


def plain_number(text: str) -> str:
    """What to write where a plain number belongs, in words, with the number that was probably meant."""
    example = meant_number(text) or "1200.50"
    return f"write a plain number, for example {example} (no thousands separators, no currency, no %)"


def meant_number(text: str) -> str | None:
    """The number behind a text such as "1.234.567" or "EUR 900 000", as it should be written; None where in doubt."""
    bare = _AROUND_MONEY.sub("", text.strip()).strip()
    if match := _THOUSANDS.fullmatch(bare):
        decimals = f".{match[2]}" if match[2] else ""
        whole = bare[: match.start(2) - 1] if match[2] else bare
        return "".join(char for char in whole if char.isdigit()) + decimals
    if _DECIMAL_COMMA.fullmatch(bare):
        return bare.replace(",", ".")
    return bare if bare != text.strip() and _NUMBER.fullmatch(bare) else None


def thousands_meant(number: Decimal | str) -> str | None:
    """What is wrong with an amount of money that has a point before its thousands, in words; None where nothing is."""
    text = str(number).strip()
    if not _POINT_OF_THOUSANDS.fullmatch(text):
        return None
    whole, _, rest = text.partition(".")
    return (
        f"write {whole}{rest}; a point stands before decimals here, and {text} would be {Decimal(text).normalize():f}"
    )


def parse_money(value: object) -> Decimal:
    """An amount of money, with a decimal point."""
    number = parse_number(value)
    if wrong := thousands_meant(number):
        refuse("KAM004", wrong)
    return number


def parse_reading(value: object) -> Decimal | str:
    """What a measure shows: a number where it is one, else a few words."""
    text = _written(value)
    if text is None:
        if isinstance(value, Decimal | int):
            return Decimal(value)
        refuse("KAM004", "write a number or a few words here, not a list or an indented block")
    return Decimal(text) if _NUMBER.fullmatch(text.strip()) else text


def parse_month(value: object) -> str:
    """A month written YYYY-MM."""
    text = (_written(value) or "").strip()
    if not _MONTH.fullmatch(text):
        refuse("KAM004", "write months as year-month with two digits for the month, for example 2026-04")
    return text


def parse_duration(value: object) -> timedelta:
    """`<n>d` days, `<n>w` weeks or `never`."""
    if isinstance(value, timedelta):
        return value
    text = (_written(value) or "").strip()
    if text == "never":
        return NEVER
    match = _DURATION.fullmatch(text)
    if not match:
        refuse("KAM004", "write a number of days or weeks such as 60d or 8w, or never")
    return timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))


def written_duration(value: timedelta) -> str:
    """A duration as a file has it: `60d` or `never`."""
    return "never" if value == NEVER else f"{value.days}d"


def _bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = (_written(value) or "").strip().lower()
    if text not in {"true", "false"}:
        refuse("KAM004", "write true or false")
    return text == "true"


def _text(value: object) -> str:
    if not isinstance(value, str):
        refuse(
            "KAM004",
            "one piece of text belongs here. If it holds a colon or begins with - or [, put it in quotes",
        )
    return value.strip()


def _within(value: object, low: int, high: int) -> Decimal:
    number = parse_number(value)
    if not low <= number <= high:
        refuse("KAM004", f"write a number from {low} to {high}")
    return number


def _score(value: object) -> Decimal:
    return _within(value, 1, 5)


def _marks(value: object) -> Decimal:
    return _within(value, 0, 10)


def _listed(value: object) -> object:
    """One value or a list of them, always as a list."""
    return [value] if isinstance(value, str) else value


def _itemised(value: object, list_name: str) -> object:
    """List items as mappings that carry their id; a plain text is an item that says only what."""
    if isinstance(value, str):
        refuse("KAM004", "a list belongs here, one line an entry, each beginning with a hyphen and a space")
    if not isinstance(value, list):
        return value
    return [_item(item, list_name) for item in value]


def _item(item: object, list_name: str) -> object:
    if isinstance(item, str):
        return {text_keys(list_name)[0]: item, "id": item_id(item, list_name)}
    return {**item, "id": item_id(item, list_name)} if isinstance(item, dict) else item


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text as the id of one of `kinds` of thing; `read.references` checks that it exists."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """Marks a date that cannot lie in the future (KAM015)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Annotation of a value: how its text is understood, and what an editor is told about it."""

    parse: Callable[[object], object]
    schema: Mapping[str, object] = field(hash=False)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """Annotation of a list that may be written as one value when there is only one."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(core)
        return {"anyOf": [many["items"], many]}


@dataclass(frozen=True, slots=True)
class Items:
    """Annotation of a list of items with ids, each a text or a mapping; its name decides what an item's text is."""

    list_name: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        itemise = partial(_itemised, list_name=self.list_name)
        return core_schema.no_info_before_validator_function(itemise, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(core)
        needed = handler.resolve_ref_schema(many["items"]).get("required", [])
        if set(needed) <= {text_keys(self.list_name)[0]}:
            return {**many, "items": {"anyOf": [_ANY_TEXT, many["items"]]}}
        return many


# Scalars may stand unquoted in YAML, so the schema of a text admits what an editor takes for a number or a date.
_ANY_TEXT = {"type": ["string", "number", "boolean"]}
_DAY_SCHEMA = {"type": "string", "format": "date", "description": "YYYY-MM-DD"}
_ID_SCHEMA = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
_AN_ID = Kind(_text, _ID_SCHEMA)

Text = Annotated[str, Kind(_text, _ANY_TEXT)]
Id = Annotated[str, WithJsonSchema(_ID_SCHEMA)]
Day = Annotated[date, Kind(parse_day, _DAY_SCHEMA)]
PastDay = Annotated[date, Past(), Kind(parse_day, _DAY_SCHEMA)]
Number = Annotated[Decimal, Kind(parse_number, {"type": "number"})]
Money = Annotated[Decimal, Kind(parse_money, {"type": "number"})]
Score = Annotated[Decimal, Kind(_score, {"type": "number", "minimum": 1, "maximum": 5})]
Marks = Annotated[Decimal, Kind(_marks, {"type": "number", "minimum": 0, "maximum": 10})]
Reading = Annotated[Decimal | str, Kind(parse_reading, {"type": ["number", "string"]})]
Month = Annotated[str, Kind(parse_month, {"type": "string", "pattern": r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"})]
Duration = Annotated[
    timedelta,
    Kind(parse_duration, {"type": "string", "pattern": r"^(\d{1,4}[dw]|never)$"}),
    PlainSerializer(written_duration, return_type=str),
]
Flag = Annotated[bool, Kind(_bool, {"type": "boolean"})]

Ours = Annotated[str, Ref(("ours",)), _AN_ID]
Theirs = Annotated[str, Ref(("contact",)), _AN_ID]
Anyone = Annotated[str, Ref(("ours", "contact")), _AN_ID]
Successor = Annotated[str, Ref(("contact", "not-known-yet")), _AN_ID]
GoalId = Annotated[str, Ref(("goal",)), _AN_ID]
ActionId = Annotated[str, Ref(("action",)), _AN_ID]
SiteId = Annotated[str, Ref(("site",)), _AN_ID]
Topic = Annotated[str, Ref(("topic", "contact", "date")), _AN_ID]
IndicatorId = Annotated[str, Ref(("indicator",)), _AN_ID]
QuestionId = Annotated[str, Ref(("question",)), _AN_ID]
CriterionId = Annotated[str, Ref(("criterion",)), _AN_ID]
DefinitionId = Annotated[str, Ref(("definition",)), _AN_ID]
Measure = Annotated[str, Ref(("measure",)), Kind(_text, _ANY_TEXT)]

Stage = Literal["suspect", "prospect", "customer", "key"]
STAGES: tuple[Stage, ...] = ("key", "customer", "prospect", "suspect")
PolicyLevel = Literal["instigator", "influencer", "implementer"]
POLICY_LEVELS: tuple[PolicyLevel, ...] = ("instigator", "influencer", "implementer")
Stance = Literal["advocate", "supporter", "neutral", "critic", "opponent"]
