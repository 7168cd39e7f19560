"""How far a goal has come against its time, typed figures and sales alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts import progress
from kamgen.facts.progress import Progress, Span
from kamgen.facts.sales import shifted
from kamgen.model.account import AccountFile, Goal
from kamgen.model.portfolio import Account, Exports, Portfolio, Sale
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def goal(**given: Any) -> Goal:
    return Goal.model_validate({"goal": "They call us first", **given})


def portfolio(sold: dict[str, tuple[Sale, ...]] | None = None, **more: Any) -> Portfolio:
    record = AccountFile.model_validate({"name": "Example", "stage": "key"})
    exports = Exports(sales=sold)
    return Portfolio(TODAY, default_settings(), {"a": Account("a", "key", record)}, exports=exports, **more)


def rows(first: str, count: int, amount: int, product: str = "dairy", site: str = "") -> tuple[Sale, ...]:
    """So many months in a row, each with the same amount."""
    return tuple(Sale("a", shifted(first, i), product, Decimal(amount), site=site) for i in range(count))


def stands(found: Portfolio, one: Goal) -> Progress:
    return progress.progress(found, found.accounts["a"], one, progress.sales_span(found))


@pytest.mark.parametrize(
    ("since", "due", "expected"),
    [
        ("2026-05-06", "2026-05-16", "0"),
        ("2026-04-26", "2026-05-16", "0.5"),
        ("2026-05-01", "2026-05-06", "1"),
        ("2026-04-26", "2026-05-01", "2"),  # over: twice its time has gone
        ("2026-05-16", "2026-05-26", "-1"),  # not yet begun
        ("2026-05-06", "2026-05-06", None),  # no time between
        ("2026-05-07", "2026-05-06", None),
        (None, "2026-05-06", None),
        ("2026-05-06", None, None),
    ],
)
def test_share_of_time(since: str | None, due: str | None, expected: str | None) -> None:
    found = progress.share_of_time(goal(**{k: v for k, v in {"since": since, "due": due}.items() if v}), TODAY)
    assert found == (None if expected is None else Decimal(expected))


def test_a_leap_day_is_a_day() -> None:
    found = progress.share_of_time(goal(since="2024-02-29", due="2028-02-29"), TODAY)
    assert found == Decimal(797) / 1461


@pytest.mark.parametrize(
    ("start", "aim", "reading", "expected"),
    [
        (12, 2, 10, "0.2"),  # a figure that shall fall
        (0, 4, 2, "0.5"),
        (0, 4, 0, "0"),
        (0, 4, 5, "1.25"),
        (5, 10, 4, "-0.2"),  # the wrong way
        (-10, 10, 0, "0.5"),
        (3, 3, 3, None),
        (None, 3, 3, None),
        (3, None, 3, None),
        (3, 4, None, None),
        (3, 4, "nearly", None),
        ("a supplier", "a partner", 3, None),
    ],
)
def test_share_of_way(start: Any, aim: Any, reading: Any, expected: str | None) -> None:
    start, aim, reading = (Decimal(one) if isinstance(one, int) else one for one in (start, aim, reading))
    assert progress.share_of_way(start, aim, reading) == (None if expected is None else Decimal(expected))


def test_typed_readings_since_it_began_oldest_first() -> None:
    one = goal(
        measure="gaps",
        start="12",
        aim="2",
        since="2026-01-20",
        due="2026-12-31",
        readings={"2026-04-14": "8", "2026-02-24": "11", "2026-01-19": "2"},
    )
    found = stands(portfolio(), one)
    assert list(found.readings.items()) == [(date(2026, 2, 24), 11), (date(2026, 4, 14), 8)]
    assert found.newest == (date(2026, 4, 14), Decimal(8))
    assert found.start == 12
    assert found.way == Decimal("0.4")
    assert found.time == Decimal(106) / 345


def test_a_goal_without_figures() -> None:
    found = stands(portfolio(), goal())
    assert found == Progress()
    assert found.newest is None


@pytest.mark.parametrize(
    ("measure", "family"),
    [("sales", ""), ("sales:dairy", "dairy"), ("salesmen met", None), ("Sales", None), ("gaps: two", None)],
)
def test_measured_in_sales(measure: str, family: str | None) -> None:
    assert progress.sales_family(goal(measure=measure)) == family
    assert progress.sales_family(goal()) is None


def test_sales_start_with_the_year_before_and_go_on_month_by_month() -> None:
    sold = {"a": (*rows("2025-01", 12, 100), *rows("2026-01", 4, 150), *rows("2026-02", 1, 999, "seafood"))}
    found = stands(portfolio(sold), goal(measure="sales:dairy", since="2026-01-20", aim="1800", start="7"))
    assert found.start == 1200  # what is typed does not count beside the export
    assert list(found.readings.items()) == [
        (date(2026, 1, 31), 1250),
        (date(2026, 2, 28), 1300),
        (date(2026, 3, 31), 1350),
        (date(2026, 4, 30), 1400),
    ]
    assert found.way == Decimal(200) / 600


def test_all_families_together_and_the_current_month_left_out() -> None:
    sold = {"a": (*rows("2025-01", 12, 100), *rows("2025-03", 1, 50, "seafood"), *rows("2026-05", 1, 9000))}
    found = stands(portfolio(sold), goal(measure="sales", since="2026-01-01", aim="2000"))
    assert found.start == 1250
    assert found.readings == {}  # no month of this year is full: the newest full one is December
    assert (found.newest, found.way) == (None, None)


def test_an_account_that_bought_nothing_stands_at_zero() -> None:
    sold = {"b": (Sale("b", "2025-01", "dairy", Decimal(5)), Sale("b", "2026-04", "dairy", Decimal(5)))}
    found = stands(portfolio(sold), goal(measure="sales", since="2026-04-01", aim="100"))
    assert (found.start, found.newest, found.way) == (0, (date(2026, 4, 30), Decimal(0)), 0)


def test_credits_count_as_less() -> None:
    sold = {"a": (*rows("2025-01", 16, 10), *rows("2026-04", 1, -50))}
    assert stands(portfolio(sold), goal(measure="sales", since="2026-04-01", aim="1")).newest == (
        date(2026, 4, 30),
        Decimal(70),
    )


@pytest.mark.parametrize(
    ("since", "start", "first"),
    [
        ("2026-01-31", 120, "2026-01-31"),
        ("2025-12-31", None, "2025-12-31"),  # only eleven months of the year before are in the export
        ("2020-01-01", None, "2025-12-31"),
        ("2026-05-01", 120, None),  # the year before is there; no month has followed
        ("2026-06-01", None, None),  # the year before is not yet full
        (None, None, "2025-12-31"),
    ],
)
def test_months_that_the_export_does_not_hold_are_not_taken_for_zero(
    since: str | None, start: int | None, first: str | None
) -> None:
    sold = {"a": rows("2025-01", 16, 10)}
    found = stands(portfolio(sold), goal(measure="sales", aim="200", **({"since": since} if since else {})))
    assert found.start == start
    assert next((day.isoformat() for day in found.readings), None) == first


@pytest.mark.parametrize("sold", [{}, {"a": ()}, {"a": rows("2026-05", 1, 10)}])
def test_no_full_month_no_figures(sold: dict[str, tuple[Sale, ...]]) -> None:
    one = goal(measure="sales", start="1", aim="2", readings={"2026-04-01": "1"}, since="2026-01-01")
    assert (stands(portfolio(sold), one).start, stands(portfolio(sold), one).readings) == (None, {})
    assert progress.sales_span(portfolio(sold)) is None


def test_without_the_export_what_is_typed_counts_and_an_unreadable_one_says_nothing() -> None:
    one = goal(measure="sales", start="1", aim="3", readings={"2026-04-01": "2"}, since="2026-01-01")
    assert stands(portfolio(), one).way == Decimal("0.5")
    unread = portfolio(unread=frozenset({"sales"}))
    assert (progress.reads_itself(portfolio(), one), progress.reads_itself(unread, one)) == (False, True)
    assert stands(unread, one).way is None
    assert progress.reads_itself(portfolio({}), goal(measure="gaps")) is False


def test_a_goal_of_one_site_counts_its_rows_only() -> None:
    one = goal(measure="sales", since="2026-01-01", aim="500", site="graz")
    sold = {"a": (*rows("2025-01", 16, 10, site="graz"), *rows("2025-01", 16, 99, site="linz"))}
    assert stands(portfolio(sold), one).start == 120
    assert stands(portfolio({"a": rows("2025-01", 16, 10)}), one).start is None
    assert stands(portfolio({"a": rows("2025-01", 16, 10, site="linz")}), one).start == 0


def test_the_span_of_the_export() -> None:
    sold = {"a": rows("2025-01", 1, 1), "b": (Sale("b", "2026-05", "x", Decimal(1)), *rows("2026-02", 1, 1))}
    assert progress.sales_span(portfolio(sold)) == Span("2025-01", "2026-02")


def test_open_worded_goals_of_all_plans() -> None:
    intentions = {
        "shelves": {"goal": "No gaps"},
        "todo": {"goal": "TODO"},
        "reached": {"goal": "One call", "reached": "2026-04-01"},
    }
    record = AccountFile.model_validate({"name": "Example", "stage": "key", "plan": {"intentions": intentions}})
    found = Portfolio(TODAY, default_settings(), {"a": Account("a", "key", record)})
    assert [(account.slug, name) for account, name, _, _ in progress.progress_of_goals(found)] == [("a", "shelves")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, False),
        ({"due": "2026-05-06"}, False),
        ({"due": "2026-05-05"}, True),
        ({"due": "2026-05-05", "reached": "2026-05-06"}, False),
        ({"due": "2026-05-05", "dropped": "2026-05-06"}, False),
    ],
)
def test_expired(given: dict[str, str], expected: bool) -> None:
    assert progress.is_expired(goal(**given), TODAY) is expected


@pytest.mark.parametrize(
    ("start", "aim", "readings", "expected"),
    [
        ("0", "1", {"2026-04-20": "0"}, True),
        ("1", "0", {}, True),
        ("7", "8", {"2026-04-20": "7"}, True),
        ("0", "1", {"2026-04-20": "0.2"}, False),  # a share
        ("0", "2", {"2026-04-20": "0"}, False),
        ("0.5", "1.5", {}, False),
        ("none", "all", {}, False),
    ],
)
def test_no_and_yes_have_no_half(start: str, aim: str, readings: dict[str, str], expected: bool) -> None:
    one = goal(start=start, aim=aim, readings=readings, since="2026-01-01", due="2026-06-30")
    assert progress.all_or_nothing(one, stands(portfolio(), one)) is expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({"2026-02-01": "30"}, True),  # 31 of 180 days, 30 of 100
        ({"2026-02-01": "17"}, False),
        ({"2026-02-01": "30", "2026-04-01": "30"}, False),  # the newest counts
        ({"2026-01-01": "0"}, True),  # on the first day nobody is late
        ({"2025-12-01": "30"}, False),  # from before it began
        ({"2026-02-01": "much"}, False),
        ({}, False),
    ],
)
def test_who_was_on_the_way_when_last_measured(readings: dict[str, str], expected: bool) -> None:
    one = goal(start="0", aim="100", readings=readings, since="2026-01-01", due="2026-06-30")
    assert progress.on_its_way(one, stands(portfolio(), one)) is expected
