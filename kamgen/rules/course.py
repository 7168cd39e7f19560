"""The course of a year, judged: every account's findings at the end of each month, by the rules as they are today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kamgen.facts.course import Course, Point, as_it_stood, month_ends, point
from kamgen.finding import Finding
from kamgen.model.portfolio import Portfolio
from kamgen.rules import rule_book
from kamgen.rules.engine import Scope, judge

# Family 0 is what the reader tells of files, which is not kept; family 7 judges the programme and not an account.
_LEFT_OUT = frozenset({0, 7})


def courses(portfolio: Portfolio, findings: Iterable[Finding]) -> Mapping[str, Course]:
    """How every account stood over the last twelve months, by slug; `findings` are those of today.

    Counted are errors and warnings that no waiver of that day silences, those of a baseline too. What is wrong with
    the files themselves (family 0) and with the programme as a whole (family 7) is no part of an account's course.
    """
    days = month_ends(portfolio.as_of)
    scope = Scope(_judging(), workspace=False)
    points = []
    for day in days:
        then = as_it_stood(portfolio, day)
        points.append(_points(then, judge(then, (), scope, "") if then.accounts else ()))
    points.append(_points(portfolio, findings))
    every = (*days, portfolio.as_of)
    return {slug: Course(every, tuple(found.get(slug) for found in points)) for slug in portfolio.accounts}


@cache
def _judging() -> frozenset[str]:
    """The rules that judge an account by what stands in it."""
    book = rule_book().items()
    return frozenset(code for code, entry in book if len(entry.rule.levels) > 1 and _counts(entry.rule.family))


def _counts(family: int) -> bool:
    return family not in _LEFT_OUT


def _points(portfolio: Portfolio, findings: Iterable[Finding]) -> dict[str, Point]:
    families: dict[str, dict[int, int]] = {slug: {} for slug in portfolio.accounts}
    for finding in findings:
        family = int(finding.code[3])
        if finding.level != "info" and finding.suppressed != "waiver" and _counts(family):
            found = families.get(finding.account, {})
            found[family] = found.get(family, 0) + 1
    accounts = portfolio.accounts.items()
    return {slug: point(portfolio, account, families[slug]) for slug, account in accounts if not account.unread}
