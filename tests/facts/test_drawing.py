"""The lines of pictures, edges first: nothing, one value, only zeros, credits, and what is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kamgen.facts.drawing import Bars, Curve, Gauge, Mark, Spark, bars, curve, gauge, rounded, sparkline
from kamgen.facts.sales import Share, YearOfSales, concentration

Numbers = list[int | None]


def decimals(values: Numbers) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def shares(*sizes: int) -> tuple[Share, ...]:
    return concentration({f"a{number:03}": YearOfSales(Decimal(size)) for number, size in enumerate(sizes)})


@pytest.mark.parametrize(
    ("share", "aim", "drawn"),
    [
        (None, None, Gauge()),
        (None, "0.5", Gauge("", "50")),
        ("0", None, Gauge("0")),
        ("0.333", "1", Gauge("33.3", "100")),
        ("-0.2", "-1", Gauge("0", "0")),
        ("1.4", "7", Gauge("100", "100")),
    ],
)
def test_a_gauge_ends_at_its_ends(share: str | None, aim: str | None, drawn: Gauge) -> None:
    wanted = [None if value is None else Decimal(value) for value in (share, aim)]
    assert gauge(*wanted) == drawn


@pytest.mark.parametrize(
    ("values", "path", "dot"),
    [
        ([], "", ""),
        ([None, None], "", ""),
        ([7], "M0 50h0", "M0 50h0"),
        ([0, 0], "M0 50L10 50", "M10 50h0"),
        ([0, 10, 5], "M0 100L10 0L20 50", "M20 50h0"),
        ([-10, 10], "M0 100L10 0", "M10 0h0"),
        ([None, 0, 10, None, 5], "M10 100L20 0M40 50h0", "M40 50h0"),
        ([0, 10, None], "M0 100L10 0", "M10 0h0"),
    ],
)
def test_a_small_line(values: Numbers, path: str, dot: str) -> None:
    drawn = sparkline(decimals(values))
    assert (drawn.path, drawn.dot) == (path, dot)


def test_a_small_change_looks_small() -> None:
    assert sparkline(decimals([100, 101])).path == "M0 52L10 48"


def test_a_small_line_knows_its_values() -> None:
    drawn = sparkline(decimals([3, None, 9, 1, None]))
    assert [drawn.first, drawn.last, drawn.lowest, drawn.highest] == decimals([3, 1, 1, 9])
    assert sparkline([]) == Spark()


@pytest.mark.parametrize(
    ("values", "zero", "path"),
    [
        ([], 0, ""),
        ([0, 0], 0, ""),
        ([None, 4], 100, "M10 100v-100h8V100z"),
        ([10, 5], 100, "M0 100v-100h8V100zM10 100v-50h8V100z"),
        ([5, -5], 50, "M0 50v-50h8V50zM10 50v50h8V50z"),
        ([-4], 0, "M0 0v100h8V0z"),
    ],
)
def test_bars(values: Numbers, zero: int, path: str) -> None:
    drawn = bars(decimals(values))
    assert (drawn.zero, drawn.path) == (zero, path)


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ([], ""),
        ([None, None], ""),
        ([10, 5], "M0 50H10V75H20"),
        ([10, None, 20], "M0 50H10M20 0H30"),
        ([-20, 20], "M0 100H10V0H20"),
    ],
)
def test_a_second_series_is_drawn_as_steps_with_gaps(line: Numbers, steps: str) -> None:
    assert bars(decimals([20, 20, 0]), decimals(line)).steps == steps


def test_bars_name_the_years_that_begin_in_them_and_their_own_extremes() -> None:
    drawn = bars(decimals([3, None, -1, 2]), decimals([9, 9, 9, 9]), ["2025-11", "2025-12", "2026-01", "2026-02"])
    assert drawn.years == (("2026", "50"),)
    assert [drawn.highest, drawn.lowest] == decimals([3, -1])
    assert bars([]) == Bars(10, 0)


def test_a_curve_rises_from_nothing_to_all() -> None:
    drawn = curve(shares(60, 30, 10))
    assert drawn.path == "M0 100L33.3 40L66.7 10L100 0"
    assert drawn.area == f"{drawn.path}V100H0z"
    assert (drawn.accounts, drawn.even, drawn.most) == (3, "M0 100L100 0", "20")


def test_marks_lie_on_the_curve_or_beside_it_and_go_from_left_to_right() -> None:
    marks = curve(shares(60, 30, 10), [(9, "far"), (1, "one"), (2, Decimal("0.4"), "key"), (1, None, "unknown")]).marks
    assert marks == (
        Mark("one", "33.3", "40"),
        Mark("unknown"),
        Mark("key", "66.7", "60"),
        Mark("far", "100", "0"),
    )


def test_nobody_sold_anything() -> None:
    assert curve((), [(3, "three")]) == Curve(marks=(Mark("three"),))


def test_one_account_is_everything() -> None:
    assert curve(shares(5)).path == "M0 100L100 0"


def test_credits_lift_the_curve_above_all_and_the_box_with_it() -> None:
    drawn = curve(shares(100, 25, -25))
    assert drawn.path == "M0 100L33.3 20L66.7 0L100 20"
    assert (drawn.even, drawn.most) == ("M0 100L100 20", "36")


def test_a_thousand_accounts_take_no_more_room_than_the_eye_sees() -> None:
    drawn = curve(shares(*range(1000, 0, -1)))
    assert drawn.path.count("L") < 200
    assert drawn.path.endswith("L100 0")


@pytest.mark.parametrize(
    ("value", "told"),
    [("12345.678", "12346"), ("12300", "12300"), ("0.512", "0.51"), ("-0.004", "0"), ("99.999", "100")],
)
def test_values_are_told_in_few_digits(value: str, told: str) -> None:
    assert f"{rounded(Decimal(value))}" == told
