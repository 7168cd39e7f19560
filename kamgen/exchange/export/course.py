"""The table of how each account stood over the last twelve months, where that is asked for (`--history`)."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.exchange.export.table import Row, Source, rounded, table

# The families of rules that judge an account by what stands in it, in the order of the columns.
_FAMILIES = (1, 2, 3, 4, 5, 6, 8)


def _course(source: Source) -> Iterator[Row]:
    for account, _ in source.accounts():
        course = source.courses.get(account.slug)
        for day, point in zip(course.days, course.points, strict=True) if course else ():
            if point is None:
                yield account.slug, day, False, *[None] * (len(_FAMILIES) + 4)
            else:
                found = [point.families.get(family, 0) for family in _FAMILIES]
                stood = (point.indicators, rounded(point.shape), point.word)
                yield account.slug, day, True, point.findings, *found, *stood


COURSE = table(
    "course",
    "account on known findings sections intelligence intentions implementation freshness relationships partnership "
    "indicators shape_index shape",
    _course,
)
