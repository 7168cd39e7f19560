"""Promises: kept or broken over time, the newest measured month, months not measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kamgen.facts.promises import Kept, Record, record, records
from kamgen.model.account import Promise

TODAY = date(2026, 5, 6)
FLOOR = {"at_least": "0.9"}


def promise(kept: dict[str, str] | None = None, target: dict[str, str] | None = None) -> Promise:
    given: dict[str, Any] = {"id": "night-line", "what": "The night line is picked up", "kept": kept or {}}
    return Promise.model_validate({**given, **({"target": target} if target is not None else {})})


def test_never_measured() -> None:
    found = record(promise(target=FLOOR), TODAY)
    assert found == Record(promise(target=FLOOR))
    assert (found.newest, found.unmeasured, found.broken, found.broken_for) == (None, None, False, 0)
    assert (found.kept_share, found.gaps) == (None, ())
    assert records([], TODAY) == []


def test_kept_and_broken_over_time() -> None:
    found = record(promise({"2026-04": "0.7", "2025-12": "0.9", "2026-01": "0.5", "2026-03": "0.8"}, FLOOR), TODAY)
    assert [(month.month, month.kept) for month in found.months] == [
        ("2025-12", True),
        ("2026-01", False),
        ("2026-03", False),
        ("2026-04", False),
    ]
    assert found.newest == Kept("2026-04", Decimal("0.7"), False)
    assert found.broken
    assert found.broken_for == 3
    assert found.kept_share == Decimal("0.25")
    assert found.gaps == ("2026-02",)
    assert found.unmeasured == 0


@pytest.mark.parametrize(
    ("target", "value", "kept"),
    [
        ({"at_least": "3"}, "3", True),
        ({"at_least": "3"}, "2.99", False),
        ({"at_most": "3"}, "3.0", True),
        ({"at_most": "3"}, "4", False),
        ({"at_least": "2", "at_most": "4"}, "3", True),
        ({"at_least": "2", "at_most": "4"}, "5", False),
        ({}, "0", None),
        (None, "0", None),
    ],
)
def test_targets(target: dict[str, str] | None, value: str, kept: bool | None) -> None:
    found = record(promise({"2026-04": value}, target), TODAY)
    assert found.newest == Kept("2026-04", Decimal(value), kept)
    assert found.broken == (kept is False)
    assert found.kept_share == (None if kept is None else Decimal(kept))


@pytest.mark.parametrize(
    ("as_of", "newest", "unmeasured"),
    [
        (date(2026, 5, 31), "2026-04", 0),  # May is not over on its last day
        (date(2026, 5, 31), "2026-03", 1),
        (date(2026, 6, 1), "2026-03", 2),
        (date(2026, 1, 1), "2025-10", 2),  # over the turn of the year
        (date(2024, 3, 1), "2024-01", 1),  # after a leap day
        (date(2026, 5, 6), "2026-05", 0),
        (date(2026, 5, 6), "2024-04", 24),
    ],
)
def test_months_not_measured(as_of: date, newest: str, unmeasured: int) -> None:
    assert record(promise({newest: "1"}), as_of).unmeasured == unmeasured


def test_the_current_month_is_measured_and_not_judged() -> None:
    found = record(promise({"2026-03": "0.95", "2026-05": "0.1"}, FLOOR), TODAY)
    assert found.newest == Kept("2026-03", Decimal("0.95"), True)
    assert found.unmeasured == 0
    only = record(promise({"2026-05": "0.1"}, FLOOR), TODAY)
    assert (only.newest, only.unmeasured, only.broken) == (None, 0, False)


def test_a_month_that_has_not_begun_is_left_out() -> None:
    assert record(promise({"2026-06": "0.1"}, FLOOR), TODAY) == Record(promise({"2026-06": "0.1"}, FLOOR))
