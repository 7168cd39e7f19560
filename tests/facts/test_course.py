"""The course of a year: which days it has, what each of them knows of the exports, and who moved furthest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts.course import Course, Point, as_it_stood, month_ends, moved_furthest
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Activity, Budgeted, Delivered, Exports, History, Portfolio, Sale, State
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)
MARCH = date(2026, 3, 31)


def account(slug: str, unread: frozenset[str] = frozenset()) -> Account:
    record = AccountFile.model_validate({"name": slug.title(), "stage": "key"})
    return Account(slug, "key", record, unread=unread)


def course(slug: str, *findings: int | None) -> Course:
    points = tuple(None if count is None else Point({4: count} if count else {}, 0, None, "none") for count in findings)
    return Course((*month_ends(TODAY)[1 - len(points) :], TODAY), points)


@pytest.mark.parametrize(
    ("as_of", "first", "last", "count"),
    [
        (TODAY, date(2025, 5, 31), date(2026, 4, 30), 12),
        (date(2026, 4, 30), date(2025, 4, 30), MARCH, 12),
        (date(2024, 3, 1), date(2023, 3, 31), date(2024, 2, 29), 12),
        (date(1, 3, 5), date(1, 1, 31), date(1, 2, 28), 2),
    ],
)
def test_the_month_ends_before_a_day(as_of: date, first: date, last: date, count: int) -> None:
    ends = month_ends(as_of)
    assert (ends[0], ends[-1], len(ends)) == (first, last, count)


def test_before_the_calendar_begins_there_is_no_month() -> None:
    assert month_ends(date(1, 1, 9)) == ()


def test_exports_are_those_of_today_up_to_the_day_and_budgets_are_whole() -> None:
    months = ("2026-03", "2026-04")
    exports = Exports(
        sales={"a": tuple(Sale("a", month, "tea", Decimal(1)) for month in months)},
        budget={"a": tuple(Budgeted("a", month, Decimal(1)) for month in months)},
        deliveries={"a": tuple(Delivered("a", month, 1, 0) for month in months)},
        activities={"a": tuple(Activity("a", date(2026, m, d), "x", "y", "call") for m, d in ((3, 31), (4, 1)))},
    )
    then = as_it_stood(Portfolio(TODAY, default_settings(), {"a": account("a")}, exports=exports), MARCH).exports
    tables = (then.sales, then.budget, then.deliveries, then.activities)
    assert [len(rows["a"]) for rows in tables if rows] == [1, 2, 1, 1]
    assert as_it_stood(Portfolio(TODAY, default_settings()), MARCH).exports == Exports()


def test_accounts_are_there_as_they_were_written_then() -> None:
    old, new, broken = account("a"), account("a"), account("b", frozenset({"plan"}))
    past = {
        "a": (State(date(2026, 1, 1), lambda: old), State(date(2026, 4, 1), lambda: new), State(TODAY, lambda: new)),
        "b": (State(date(2026, 1, 1), lambda: broken), State(TODAY, lambda: account("b"))),
        "late": (State(date(2026, 4, 2), lambda: account("late")), State(TODAY, lambda: account("late"))),
    }
    accounts = {slug: account(slug) for slug in past}
    whole = Portfolio(TODAY, default_settings(), accounts, history=History("", None, lambda slug: past[slug]))
    then = as_it_stood(whole, MARCH)
    assert list(then.accounts) == ["a"]
    assert then.accounts["a"] is old
    assert [(state.on, state.account is old) for state in then.history.states("a")] == [
        (date(2026, 1, 1), True),
        (MARCH, True),
    ]
    assert then.place("a", "name", False).path == ""


def test_better_and_worse_count_from_the_first_known_day() -> None:
    assert course("a", None, 9, 4, 3).better_by == 6
    assert course("a", 1, None, 3).better_by == -2
    assert course("a", None, None, 3).better_by == 0
    assert course("a", 9, 3, None).better_by == 0


def test_who_moved_furthest_comes_first_then_the_name() -> None:
    found = {"c": course("c", 5, 2), "b": course("b", 4, 2), "a": course("a", 3, 1), "d": course("d", 1, 4)}
    found |= {"e": course("e", 2, 2), "f": course("f", 1, 9)}
    accounts = [account(slug) for slug in ("f", "e", "d", "c", "b", "a", "new")]
    better, worse = moved_furthest(found, accounts, 2)
    assert [one.slug for one in better] == ["c", "a"]
    assert [one.slug for one in worse] == ["f", "d"]
    assert moved_furthest({}, accounts, 2) == ([], [])
