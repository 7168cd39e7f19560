"""The calendars: read back as a calendar program would, the same bytes for the same input, and nothing private."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from icalendar import Event as Entry

from kamgen.exchange.calendar import calendars
from kamgen.pages import Site
from kamgen.pages.links import calendar_addresses
from tests.conftest import write_files
from tests.pages.test_pages import SECRETS, SMALL, site_of

ALL = "reviews/reviews.ics"
URL = "https://intranet.example/accounts"


def entries(content: bytes) -> dict[str, Entry]:
    """A calendar's events by summary."""
    calendar = Calendar.from_ical(content)
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


def site_with(tmp_path: Path, old: str = "", new: str = "") -> Site:
    """The small workspace with something else in its account.yml."""
    text = str(SMALL["accounts/ernst-handel/account.yml"])
    assert old in text
    return site_of(write_files(tmp_path, SMALL | {"accounts/ernst-handel/account.yml": text.replace(old, new)}))


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """The small workspace."""
    return site_of(write_files(tmp_path, SMALL))


def test_a_calendar_for_all_and_one_a_person(small: Site) -> None:
    found = dict(calendars(small))
    assert set(found) == set(calendar_addresses(small))
    assert {ALL, "people/margaret-peacock/reviews.ics"} <= set(found)
    assert Calendar.from_ical(found[ALL])["x-wr-calname"] == "Key accounts"
    own = Calendar.from_ical(found["people/margaret-peacock/reviews.ics"])
    assert own["x-wr-calname"] == "Key accounts: Margaret Peacock"


def test_events_are_whole_days_with_what_to_do(small: Site) -> None:
    found = entries(dict(calendars(small, URL))[ALL])
    assert set(found) == {
        "Ernst Handel: Review of the plan due",
        "Ernst Handel: Review planned",
        "Ernst Handel: The 90 days end",
        "Ernst Handel: Last day to act: Frame contract ends",
        "Ernst Handel: Frame contract ends",
        "Ernst Handel: Audit due",
    }
    review = found["Ernst Handel: Review of the plan due"]
    assert review.decoded("dtstart") == date(2026, 3, 31)
    assert review.decoded("dtend") == date(2026, 4, 1)
    assert review.decoded("dtstamp") == datetime(2026, 5, 6, tzinfo=UTC)
    assert review["url"] == f"{URL}/accounts/ernst-handel/"
    assert review["transp"] == "TRANSPARENT"
    assert str(review["description"]).split("\n") == [
        "Key account: Ernst Handel",
        "Manager: Margaret Peacock",
        "Go through the plan together, and enter the day as reviewed.",
    ]
    booked = str(found["Ernst Handel: Review planned"]["description"])
    assert "With: Roland Mendel\nFrom us: Andrew Fuller" in booked


def test_a_person_gets_the_accounts_they_manage_or_sponsor_and_meetings_that_name_them(tmp_path: Path) -> None:
    site = site_with(tmp_path, "who: andrew-fuller, with", "who: [andrew-fuller, laura-callahan], with")
    found = dict(calendars(site))
    everything = set(entries(found[ALL]))
    assert set(entries(found["people/margaret-peacock/reviews.ics"])) == everything
    assert set(entries(found["people/andrew-fuller/reviews.ics"])) == everything
    assert set(entries(found["people/laura-callahan/reviews.ics"])) == {"Ernst Handel: Review planned"}
    assert not entries(found["people/steven-buchanan/reviews.ics"])


def test_the_same_input_gives_the_same_bytes(small: Site) -> None:
    assert dict(calendars(small, URL)) == dict(calendars(small, URL))


def test_an_event_keeps_its_uid_when_its_day_moves(tmp_path: Path) -> None:
    before = entries(dict(calendars(site_with(tmp_path / "before")))[ALL])
    after = entries(dict(calendars(site_with(tmp_path / "after", "on: 2026-12-31", "on: 2027-01-15")))[ALL])
    assert {name: one["uid"] for name, one in before.items()} == {name: one["uid"] for name, one in after.items()}
    assert after["Ernst Handel: Frame contract ends"].decoded("dtstart") == date(2027, 1, 15)
    assert len({str(one["uid"]) for one in before.values()}) == len(before)


def test_events_with_the_same_id_are_still_two(tmp_path: Path) -> None:
    twice = "  - {what: review, on: 2026-05-28, who: andrew-fuller, with: roland-mendel}\n"
    site = site_with(tmp_path, "planned:\n", f"planned:\n{twice}")
    content = dict(calendars(site))[ALL]
    uids = [str(one["uid"]) for one in Calendar.from_ical(content).walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 7


AWKWARD = "Verlängerung für Süd-Österreich; Rabatt 3,5 %, Lager \\Linz, " + "Kühlhäuser und Überschüsse " * 8


def test_awkward_words_come_back_as_they_were(tmp_path: Path) -> None:
    site = site_with(tmp_path, "{what: Frame contract ends", f"{{what: '{AWKWARD.strip()}'")
    content = dict(calendars(site))[ALL]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert f"Ernst Handel: {' '.join(AWKWARD.split())}" in entries(content)


def test_line_breaks_and_control_characters_forge_no_line(tmp_path: Path) -> None:
    forged = '"Ernst\\r\\nEND:VEVENT\\nBEGIN:VALARM\\x07\\u2028X-FORGED:1 Handel"'
    site = site_with(tmp_path, "name: Ernst Handel", f"name: {forged}")
    content = dict(calendars(site))[ALL]
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")
    assert not [line for line in lines if line.startswith((b"X-FORGED", b"BEGIN:VALARM"))]
    assert lines.count(b"END:VEVENT") == 6


def test_nothing_private_is_in_a_calendar(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL | SECRETS))
    for address, content in calendars(site):
        told = content.replace(b"\r\n ", b"").decode().lower()
        for word in ("xsecret", "silent-partner", "silent partner", "hidden-goal"):
            assert word not in told, address
    assert "With: somebody" in str(entries(dict(calendars(site))[ALL])["Ernst Handel: Review planned"]["description"])


def test_an_empty_workspace_has_an_empty_calendar(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, {"accounts/one.yml": "name: One\nstage: suspect\n"}))
    assert [(address, entries(content)) for address, content in calendars(site)] == [(ALL, {})]
