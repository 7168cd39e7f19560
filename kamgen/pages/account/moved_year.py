"""How the account stood at the end of each month of the last year, by today's rules: findings, partnership, shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from kamgen.facts.course import Course, Point
from kamgen.facts.drawing import rounded
from kamgen.pages.account.view import View
from kamgen.pages.telling.teller import unknown_past

_NOT_YET = "git does not know this account before then"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a point: its name, the key of what it means, its value (None: there is none), and it in words."""

    name: str
    means: str
    value: Callable[[Point], Decimal | None]
    told: Callable[[Point], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over the year: its name, the key of what it means, its values (None: unknown), and words for them."""

    name: str
    means: str
    values: tuple[Decimal | None, ...]
    words: str


def show(view: View) -> Markup:
    """The lines of the year with their words and a table; nothing where nobody asked, or nothing is to be told."""
    course = view.site.courses.get(view.account.slug)
    if course is None or not _worth_telling(view, course):
        return Markup()
    return view.fragment(
        "moved_year.html",
        course=course,
        lines=[_line(view, course, figure) for figure in _figures(view) if _occurs(course, figure)],
        unknown_before=_unknown_before(course),
        because=unknown_past(view.site, _NOT_YET if course.known else "git knows of no earlier month"),
        rows=list(zip(course.days, course.points, strict=True))[::-1],
    )


def _worth_telling(view: View, course: Course) -> bool:
    """Whether there is anything to see; where no month is known, only an account with a plan says so."""
    if not course.known:
        return view.account.plan is not None
    return any(point and (point.findings or point.indicators or point.shape is not None) for point in course.points)


def _unknown_before(course: Course) -> date | None:
    """The first day whose state is known, where the year begins earlier."""
    first = course.known[0][0] if course.known else course.days[-1]
    return None if first == course.days[0] else first


def _figures(view: View) -> tuple[_Figure, ...]:
    number = view.site.wording.number
    signs = number(len(view.site.public.playbook.indicators))

    def shape(point: Point) -> str:
        return "no ties" if point.shape is None else f"{number(rounded(point.shape))} ({point.word})"

    return (
        _Figure(
            "Errors and warnings", "findings", lambda point: Decimal(point.findings), lambda one: number(one.findings)
        ),
        _Figure(
            "Partnership",
            "our-view",
            lambda point: Decimal(point.indicators),
            lambda point: f"{number(point.indicators)} of {signs} signs",
        ),
        _Figure("Shape", "shape", lambda point: point.shape, shape),
    )


def _occurs(course: Course, figure: _Figure) -> bool:
    """Whether a figure says anything: an account without ties has no shape, and few claim a partnership."""
    values = [figure.value(point) for point in course.points if point]
    return any(value is not None for value in values) and (figure.means != "our-view" or any(values))


def _line(view: View, course: Course, figure: _Figure) -> Line:
    day, first = course.known[0] if course.known else (course.days[-1], None)
    ago = "a year ago" if day == course.days[0] else f"on {view.site.wording.day(day)}"
    now = f"{figure.told(course.now)} now" if course.now else "unknown now, since not all of its files can be read"
    values = tuple(figure.value(point) if point else None for point in course.points)
    return Line(figure.name, figure.means, values, f"{figure.told(first)} {ago}, {now}" if first else now)
