"""How values are written on a page: dates, money, shares, levels and roles, in the words of the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from kamgen.facts.agenda import days_until
from kamgen.facts.standing import Tally
from kamgen.model.values import NEVER

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STAGES: Mapping[str | None, str] = {
    "key": "Key account",
    "customer": "Customer",
    "prospect": "Prospect",
    "suspect": "Suspect",
    None: "Stage unknown",
}
MANY_STAGES: Mapping[str, str] = {
    "key": "Key accounts",
    "customer": "Customers",
    "prospect": "Prospects",
    "suspect": "Suspects",
}
SECTIONS: Mapping[str, str] = {
    "intelligence": "Intelligence",
    "intentions": "Intentions",
    "implementation": "Implementation",
    "relationships": "Relationships",
    "freshness": "Freshness",
    "partnership": "Partnership",
    "account": "Account",
}
POLICY: Mapping[str | None, str] = {
    "instigator": "decides policy",
    "influencer": "shapes policy",
    "implementer": "carries policy out",
    None: "level not known",
}
FOR: Mapping[str | None, str] = {
    "customer": "Value for the customer",
    "us": "Value for us",
    "relationship": "For the relationship",
    None: "Nobody said for whom",
}
PARTS: Mapping[str, str] = {"past": "Past and present", "future": "Future", "key": "On being a key account"}
ROLES: Mapping[str, str] = {"manager": "Manager", "sponsor": "Sponsor", "buddy": "Buddy", "team": "In the team"}
FAMILIES: Mapping[int, str] = {
    0: "Data",
    1: "The plan's sections",
    2: "Intelligence",
    3: "Intentions",
    4: "Implementation",
    5: "Freshness",
    6: "Relationships",
    7: "Programme",
    8: "Partnership, audits, promises",
    9: "Confidentiality",
}
KINDS: Mapping[str, str] = {
    "visit": "Visit",
    "call": "Call",
    "meeting": "Meeting",
    "review": "Senior review",
    "touch": "Contact that sells nothing",
    "value": "Value delivered",
    "issue": "Issue",
    "signal": "Signal",
    "internal": "Internal meeting",
}


def day(value: date) -> str:
    """30 Apr 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """Apr 2026, from 2026-04."""
    return f"{_MONTHS[int(value[5:]) - 1]} {value[:4]}"


def due(value: date, as_of: date) -> str:
    """Overdue by 6 days, due today, due in 3 days. The script writes the same words."""
    days = days_until(value, as_of)
    if days == 0:
        return "due today"
    return f"due in {count(days, 'day')}" if days > 0 else f"overdue by {count(-days, 'day')}"


def coming(value: date, as_of: date) -> str:
    """In 3 days, today, 6 days ago. The script writes the same words."""
    days = days_until(value, as_of)
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


def count(number: int, noun: str, nouns: str = "") -> str:
    """1 day, 3 days, 1,200 days."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def number(value: Decimal | int | str) -> str:
    """A number with separators as in 12,000.5, or the words as they stand."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = value.quantize(Decimal(1)) if abs(value) < 10**15 else value
    return f"{value:,}"


def money(value: Decimal, currency: str) -> str:
    """USD 65,206: whole units, since cents are the export's matter."""
    return f"{currency} {value:,.0f}".replace("-0", "0") if abs(value) < Decimal("0.5") else f"{currency} {value:,.0f}"


def percent(value: Decimal) -> str:
    """54 %, from 0.54."""
    return f"{value:.0%}".replace("%", " %")


def span(value: timedelta | Decimal) -> str:
    """30 days, never, or a plain number."""
    if isinstance(value, Decimal):
        return number(value)
    return "never" if value == NEVER else count(value.days, "day")


def tally_words(tally: Tally) -> str:
    """2 errors, 1 warning, 3 hints; or: in order."""
    names = {"error": "error", "warning": "warning", "info": "hint"}
    parts = [count(getattr(tally, level), word) for level, word in names.items() if getattr(tally, level)]
    return ", ".join(parts) or "in order"


def worst_words(tally: Tally) -> str:
    """The most serious level alone: 2 errors; or: in order."""
    if not tally.worst:
        return "in order"
    return count(tally.worst_count, "hint" if tally.worst == "info" else tally.worst)


def several(words: Iterable[str], last: str = "and") -> str:
    """A, B and C."""
    *head, tail = [word for word in words if word] or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return text[:1].upper() + text[1:]
