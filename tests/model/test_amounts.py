"""Numbers as people write them, and what they should have written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from kamgen.model.values import meant_number, parse_money, parse_number, thousands_meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234.567", "1234567"),
        ("900,000", "900000"),
        ("900 000", "900000"),
        ("900\u00a0000", "900000"),
        ("1'234'567", "1234567"),
        ("1.234.567,50", "1234567.50"),
        ("1,234.5", "1234.5"),
        ("900.000 EUR", "900000"),
        ("EUR 900 000", "900000"),
        ("€ 1200", "1200"),
        ("900,5", "900.5"),
        ("1,234,56", None),
        ("1.234,567", None),
        ("900k", None),
        ("about 900", None),
        ("12 %", None),
        ("", None),
    ],
)
def test_the_number_that_was_meant(written: str, meant: str | None) -> None:
    assert meant_number(written) == meant
    with pytest.raises(PydanticCustomError, match=f"for example {meant or '1200.50'} "):
        parse_number(written)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("900.000", "write 900000; a point stands before decimals here, and 900.000 would be 900"),
        ("-12.500", "write -12500; a point stands before decimals here, and -12.500 would be -12.5"),
        ("0.125", None),
        ("900.00", None),
        ("900.0000", None),
        ("9000.000", None),
        ("900", None),
        ("900.5", None),
    ],
)
def test_a_point_before_thousands(written: str, wrong: str | None) -> None:
    assert thousands_meant(written) == thousands_meant(Decimal(written)) == wrong
    if wrong:
        with pytest.raises(PydanticCustomError, match=wrong):
            parse_money(written)
    else:
        assert parse_money(written) == Decimal(written)
