"""A table of the export: its name, its columns, and its rows as plain values; and what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from kamgen.facts.course import Course
from kamgen.facts.publication import Hidden, published, published_findings, secrets
from kamgen.facts.sales import YearOfSales, year_of_sales
from kamgen.finding import Finding
from kamgen.model.account import Item
from kamgen.model.portfolio import Account, Portfolio

Cell = str | int | Decimal | bool | date | Sequence[str] | None
Row = tuple[Cell, ...]
_Entry = TypeVar("_Entry", bound=Item)

# More digits than this in a share are noise, and would make bytes differ that mean the same.
_PLACES = 6
_EXACT_BELOW = Decimal(10) ** 15


@dataclass(frozen=True)
class Source:
    """What tables are made from: the portfolio and its findings as they were judged.

    Facts are counted over `whole`; what is written comes from `public` and `shown`, which hold nothing private.
    `courses` tells how each account stood over the year, by slug; {} where nobody asked.
    """

    whole: Portfolio
    findings: tuple[Finding, ...]
    courses: Mapping[str, Course] = field(default_factory=dict)

    @cached_property
    def _hidden(self) -> Mapping[str, Hidden]:
        return secrets(self.whole)

    @cached_property
    def public(self) -> Portfolio:
        """The portfolio without private things."""
        return published(self.whole, self._hidden)

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """All findings, those waived or in the baseline too, with nothing private in them."""
        return published_findings(self.whole, self.findings, self._hidden)

    @cached_property
    def years(self) -> dict[str, YearOfSales]:
        """Each account's last twelve full months, by slug."""
        return year_of_sales(self.whole)

    @property
    def as_of(self) -> date:
        """The day on which everything is judged."""
        return self.whole.as_of

    def accounts(self) -> Iterator[tuple[Account, Account]]:
        """Each account, in the order of slugs: as it may be shown, and whole."""
        for slug in sorted(self.public.accounts):
            yield self.public.accounts[slug], self.whole.accounts[slug]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `name` is the name of its CSV file, `rows` gives one value a column."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Source], Iterator[Row]]


def table(name: str, columns: str, rows: Callable[[Source], Iterator[Row]]) -> Table:
    """A table whose columns are named in one text, with blanks between them."""
    return Table(name, tuple(columns.split()), rows)


def rounded(value: Decimal | None) -> Decimal | None:
    """A computed share or ratio, to six decimal places."""
    return value if value is None or abs(value) >= _EXACT_BELOW else round(value, _PLACES)


def overdue_days(due: date | None, is_open: bool, as_of: date) -> int | None:
    """Days since something open was due; None where it is closed, has no day, or is not overdue."""
    return (as_of - due).days if is_open and due is not None and due < as_of else None


def side_by_side(shown: Iterable[_Entry], whole: Iterable[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """The public items of a list, each as it may be shown and whole: what is private stands in neither."""
    return zip(shown, (item for item in whole if not item.private), strict=True)
