"""How numbers, dates and money are written in the workspace's locale; the words around them stay English.

Babel knows the signs and patterns of every locale. They are asked for once: a large site writes some hundred thousand
numbers, and Babel's own functions read a pattern anew for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kamgen.facts.agenda import days_until
from kamgen.model.locale import ENGLISH, find_locale
from kamgen.model.values import NEVER

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPACE = "\N{NO-BREAK SPACE}"
_THOUSANDS = (3, 3)
_Form = tuple[str, Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The signs and patterns of one locale.

    `date_form` is a format string with the fields d, m, y, yy, mon and month, and the short and the long names of the
    months; `month_form` likewise, for a month alone. `grouping` is how many digits stand in the last group, and how
    many in those before it.
    """

    locale: str
    signs: dict[int, str]
    grouping: tuple[int, int]
    date_form: _Form
    month_form: _Form
    percent_form: str
    money_form: str

    def day(self, value: date) -> str:
        """30 Apr 2026."""
        return _dated(self.date_form, value.year, value.month, value.day)

    def month(self, value: str) -> str:
        """Apr 2026, from 2026-04."""
        return _dated(self.month_form, int(value[:4]), int(value[5:]), 1)

    def number(self, value: Decimal | int | str) -> str:
        """A number with separators as in 12,000.5, or the words as they stand."""
        if isinstance(value, str):
            return value
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = value.quantize(Decimal(1)) if abs(value) < 10**15 else value
        return self._signed(f"{value:,}")

    def _signed(self, plain: str) -> str:
        """A number as Python writes it, in the locale's signs."""
        if self.grouping != _THOUSANDS:
            plain = _regrouped(plain, *self.grouping)
        return plain.translate(self.signs) if self.signs else plain

    def money(self, value: Decimal, currency: str) -> str:
        """USD 65,206: whole units, since cents are the export's matter."""
        whole = f"{value:,.0f}"
        return self.money_form.format(currency=currency, number=self._signed("0" if whole == "-0" else whole))

    def percent(self, value: Decimal) -> str:
        """54 %, from 0.54."""
        whole = f"{value * 100:,.0f}"
        return self.percent_form.format(number=self._signed("0" if whole == "-0" else whole))

    def count(self, number: int, noun: str, nouns: str = "") -> str:
        """1 day, 3 days, 1,200 days."""
        return f"{self._signed(f'{number:,}')} {noun if number == 1 else nouns or noun + 's'}"

    def span(self, value: timedelta | Decimal) -> str:
        """30 days, never, or a plain number."""
        if isinstance(value, Decimal):
            return self.number(value)
        return "never" if value == NEVER else self.count(value.days, "day")

    def due(self, value: date, as_of: date) -> str:
        """Overdue by 6 days, due today, due in 3 days. The script writes the same words."""
        days = days_until(value, as_of)
        if days == 0:
            return "due today"
        return f"due in {self.count(days, 'day')}" if days > 0 else f"overdue by {self.count(-days, 'day')}"

    def coming(self, value: date, as_of: date) -> str:
        """In 3 days, today, 6 days ago. The script writes the same words."""
        days = days_until(value, as_of)
        if days == 0:
            return "today"
        return f"in {self.count(days, 'day')}" if days > 0 else f"{self.count(-days, 'day')} ago"


def _dated(form: _Form, year: int, month: int, day: int) -> str:
    pattern, short, long = form
    return pattern.format(d=day, m=month, y=year, yy=year % 100, mon=short[month - 1], month=long[month - 1])


ENGLISH_WORDING = Wording(
    locale=ENGLISH,
    signs={},
    grouping=_THOUSANDS,
    date_form=("{d} {mon} {y}", _MONTHS, _MONTHS),
    month_form=("{mon} {y}", _MONTHS, _MONTHS),
    percent_form="{number} %",
    money_form="{currency} {number}",
)


@cache
def wording_of(locale: str) -> Wording:
    """How a locale writes; `en` is plain international English, as is a name that Babel does not know."""
    found = None if locale == ENGLISH else find_locale(locale)
    return _compiled(found) if found else ENGLISH_WORDING


def _compiled(locale: Locale) -> Wording:
    signs = locale.number_symbols["latn"]
    before, after = _around(locale.currency_formats["standard"])
    first, second = locale.decimal_formats[None].grouping
    return Wording(
        locale=str(locale).replace("_", "-"),
        signs=str.maketrans({",": signs["group"], ".": signs["decimal"], "-": signs["minusSign"]}),
        grouping=(first, second),
        date_form=_date_form(locale, locale.date_formats["medium"].pattern),
        month_form=_date_form(locale, str(locale.datetime_skeletons.get("yMMM", "MMM y"))),
        percent_form="{number}".join(_around(locale.percent_formats[None])),
        money_form=_money_form(before, after),
    )


def _around(pattern: NumberPattern) -> tuple[str, str]:
    """What stands before and after a positive number."""
    return _literal(pattern.prefix[0]), _literal(pattern.suffix[0])


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _money_form(before: str, after: str) -> str:
    """The currency's code where the locale writes the sign; letters need a space between them and the digits."""
    head = before.replace("¤", "{currency}" + _SPACE).replace(_SPACE * 2, _SPACE)
    tail = after.replace("¤", _SPACE + "{currency}").replace(_SPACE * 2, _SPACE)
    return f"{head}{{number}}{tail}"


_FIELDS = {
    ("d", 1): "{d}",
    ("d", 2): "{d:02}",
    ("M", 1): "{m}",
    ("M", 2): "{m:02}",
    ("M", 3): "{mon}",
    ("M", 4): "{month}",
    ("y", 1): "{y}",
    ("y", 2): "{yy:02}",
    ("y", 4): "{y:04}",
}


def _date_form(locale: Locale, pattern: str) -> _Form:
    """A CLDR pattern with the months' names in the form it asks for; other fields than day, month, year are left out.

    "L" asks for the name as it stands alone, "M" for the one within a date.
    """
    from babel.dates import tokenize_pattern

    parts = []
    for kind, value in tokenize_pattern(pattern):
        if kind == "chars":
            parts.append(_literal(str(value)))
        else:
            parts.append(_FIELDS.get((str(value[0]).replace("L", "M"), int(value[1])), ""))
    months = locale.months["stand-alone" if "LLL" in pattern else "format"]
    short, long = ([months[kind][number] for number in range(1, 13)] for kind in ("abbreviated", "wide"))
    return "".join(parts).strip(), short, long


def _regrouped(plain: str, last: int, others: int) -> str:
    """12,34,567 from 1,234,567: the last group of digits and those before it have sizes of their own."""
    whole, point, rest = plain.replace(",", "").partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = [digits[-last:]]
    digits = digits[:-last]
    while digits:
        groups.insert(0, digits[-others:])
        digits = digits[:-others]
    return sign + ",".join(groups) + point + rest
