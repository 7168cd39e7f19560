"""Numbers, dates and money in the workspace's locale; the words around them stay English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from kamgen.model.locale import is_locale
from kamgen.pages import Site, all_pages
from kamgen.pages.wording import ENGLISH_WORDING, wording_of
from tests.conftest import checked, write_files

DAY = date(2026, 4, 30)
THIN, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("locale", "day", "month", "number", "share", "money"),
    [
        ("en", "30 Apr 2026", "Apr 2026", "12,000.5", "54 %", "USD 65,206"),
        ("en-GB", "30 Apr 2026", "Apr 2026", "12,000.5", "54%", f"USD{SPACE}65,206"),
        ("en-US", "Apr 30, 2026", "Apr 2026", "12,000.5", "54%", f"USD{SPACE}65,206"),
        ("de-AT", "30.04.2026", "Apr. 2026", "12.000,5", f"54{SPACE}%", f"USD{SPACE}65.206"),
        ("de", "30.04.2026", "Apr. 2026", "12.000,5", f"54{SPACE}%", f"65.206{SPACE}USD"),
        ("fr", "30 avr. 2026", "avr. 2026", f"12{THIN}000,5", f"54{SPACE}%", f"65{THIN}206{SPACE}USD"),
        ("pt-BR", "30 de abr. de 2026", "abr. de 2026", "12.000,5", "54%", f"USD{SPACE}65.206"),
        ("de-CH", "30.04.2026", "Apr. 2026", "12’000.5", "54%", f"USD{SPACE}65’206"),
        ("nobody-knows", "30 Apr 2026", "Apr 2026", "12,000.5", "54 %", "USD 65,206"),
    ],
)
def test_each_locale_writes_in_its_own_way(
    locale: str, day: str, month: str, number: str, share: str, money: str
) -> None:
    wording = wording_of(locale)
    assert wording.day(DAY) == day
    assert wording.month("2026-04") == month
    assert wording.number(Decimal("12000.5")) == number
    assert wording.percent(Decimal("0.54")) == share
    assert wording.money(Decimal("65206.4"), "USD") == money


def test_indian_digits_stand_in_groups_of_their_own() -> None:
    wording = wording_of("en-IN")
    assert wording.number(Decimal("-1234567.5")) == "-12,34,567.5"
    assert wording.number(1234567) == "12,34,567"
    assert wording.number(567) == "567"


def test_nothing_is_less_than_nothing() -> None:
    assert ENGLISH_WORDING.percent(Decimal("-0.002")) == "0 %"
    assert ENGLISH_WORDING.percent(Decimal("-0.02")) == "-2 %"


def test_what_is_no_number_stays_as_it_is() -> None:
    wording = wording_of("de-AT")
    assert wording.number("about 1,200") == "about 1,200"
    assert wording.count(1200, "day") == "1.200 days"
    assert wording.due(date(2026, 5, 1), DAY) == "due in 1 day"
    assert wording.money(Decimal("-0.2"), "EUR") == f"EUR{SPACE}0"


def test_what_is_compiled_once_says_what_babel_says() -> None:
    names = [name for name in localedata.locale_identifiers() if name != "en"]  # ours is plain English
    assert len(names) > 500
    for name in names:
        locale, wording = Locale.parse(name), wording_of(name.replace("_", "-"))
        date_and_era = format_date(DAY, "medium", locale).strip()  # Latin alone names the era; we do not
        assert date_and_era.startswith(wording.day(DAY)), name
        month = format_skeleton("yMMM", DAY, locale=locale)
        assert wording.month("2026-04") == month or "M04" in month, name  # a name that Babel itself lacks
        number = format_decimal(Decimal("1234567.5"), locale=locale, numbering_system="latn")
        assert wording.number(Decimal("1234567.5")) == number, name
        assert wording.percent(Decimal("0.54")) == format_percent(0.54, locale=locale, numbering_system="latn"), name
        assert wording.money(Decimal(7), "EUR").count("EUR") == 1, name


@pytest.mark.parametrize("name", ["en", "de-AT", "de_AT", "en-GB", "zh-TW"])
def test_a_locale_that_there_is(name: str) -> None:
    assert is_locale(name)


@pytest.mark.parametrize("name", ["", "Deutsch", "de-XX", "../de", "de-", "german language", "e" * 5000])
def test_a_locale_that_there_is_not(name: str) -> None:
    assert not is_locale(name)


def test_a_page_is_written_in_the_workspaces_locale(tmp_path: Path) -> None:
    plan = "plan: {implementation: [{what: Call them, who: ann, due: 2025-04-30}]}"
    root = write_files(
        tmp_path,
        {
            "playbook/kamgen.yml": "as_of: 2028-05-06\nlocale: de-AT\n",
            "playbook/team.yml": "ann: {name: Ann Lee}\n",
            "accounts/a.yml": f"name: A\nstage: customer\n{plan}\n",
        },
    )
    found = checked(root)
    pages = {page.address: page for page in all_pages(Site(found.portfolio, tuple(found.findings)))}
    html = pages["accounts/a/"].html
    assert '<time datetime="2025-04-30">30.04.2025</time>' in html
    assert "overdue by 1.102 days" in html
    assert 'data-kg-locale="de-AT"' in html
