"""What was renamed is still found at its old address: a page of its own leads on, without any script."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.exchange.calendar import calendars
from kamgen.pages import Site, all_pages
from kamgen.pages.redirect import redirects
from kamgen.project import Clock, check_workspace
from kamgen.upkeep import rename
from tests.conftest import NOW, write_files
from tests.pages.test_pages import SMALL, site_of

OLD, NEW = "accounts/ernst-handel/", "accounts/handel/"


def led(site: Site) -> dict[str, str]:
    return dict(redirects(site))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    notes = {f"{OLD}notes/2025-{month:02}-05-call.md": "---\nkind: call\n---\n# Call\n" for month in range(1, 12)}
    return write_files(tmp_path, {**SMALL, **notes})


def test_nothing_was_renamed(root: Path) -> None:
    assert led(site_of(root)) == {}


def test_every_page_of_an_account_leads_on(root: Path) -> None:
    rename(root, Clock(NOW), "account", "ernst-handel", "handel")
    site = site_of(root)
    found = led(site)
    assert {address.replace(OLD, NEW) for address in found} == {one for one in site.addresses if one.startswith(NEW)}
    assert f"{OLD}notes/" in found
    page = found[f"{OLD}audit/"]
    assert '<meta http-equiv="refresh" content="0; url=../../handel/audit/">' in page
    assert '<a href="../../handel/audit/">Ernst Handel</a>' in page
    assert page.startswith("<!DOCTYPE html>\n<html lang=")
    assert "<script" not in page
    assert "//" not in page.removeprefix("<!DOCTYPE html>")


def test_a_person_and_their_calendar(root: Path) -> None:
    rename(root, Clock(NOW), "person", "margaret-peacock", "meg")
    site = site_of(root)
    assert [*led(site)] == ["people/margaret-peacock/"]
    assert '<a href="../meg/">Margaret Peacock</a>' in led(site)["people/margaret-peacock/"]
    feeds = dict(calendars(site, ""))
    assert feeds["people/margaret-peacock/reviews.ics"] == feeds["people/meg/reviews.ics"]


def test_names_are_text(root: Path) -> None:
    path = root / OLD / "account.yml"
    text = path.read_text().replace("name: Ernst Handel", "name: <b>E</b> & Co\nformerly: [ernst, 'a/../b', E]", 1)
    path.write_text(text)
    found = led(site_of(root))
    assert {address.split("/")[1] for address in found} == {"ernst"}
    assert "<h1>&lt;b&gt;E&lt;/b&gt; &amp; Co is found elsewhere</h1>" in found["accounts/ernst/"]


def test_a_page_that_stands_there_stays(root: Path) -> None:
    """The clash is told, and the page of today wins."""
    write_files(root, {"accounts/lamp.yml": "name: Lamp\nstage: suspect\nformerly: [ernst-handel, lamp]\n"})
    site = site_of(root)
    assert led(site) == {}
    assert {page.address for page in all_pages(site)} >= {OLD, "accounts/lamp/"}
    told = [one for one in check_workspace(root, Clock(NOW)).findings if one.subject.startswith("formerly")]
    assert [f"{one.place.path}:{one.place.line} {one.code} {one.text}" for one in told] == [
        'accounts/lamp.yml:3 KAM009 "formerly" names "ernst-handel", which is a name of the account ernst-handel too. '
        "Take it out here: one name can lead to one place only.",
        'accounts/lamp.yml:3 KAM009 "formerly" names "lamp", which is a name of the account lamp too. '
        "Take it out here: one name can lead to one place only.",
    ]
