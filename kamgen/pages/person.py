"""What is mine to do now, and what lies with me? One page for each of our people: their own work list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kamgen.facts.agenda import grouped
from kamgen.facts.capacity import Carrying, carrying
from kamgen.facts.people import News, last_friday
from kamgen.pages import Page, Site
from kamgen.pages.links import Here, note_anchor, note_home, person_address
from kamgen.pages.templates import page


def addresses(site: Site) -> Iterator[str]:
    """One page a person."""
    yield from (person_address(person) for person in sorted(site.people))


def render(site: Site) -> Iterator[Page]:
    """Everybody's page."""
    load = {one.person: one for one in carrying(site.portfolio, site.public)}
    for person in sorted(site.people):
        yield _page(site, person, load)


def _page(site: Site, person: str, load: Mapping[str, Carrying]) -> Page:
    record = (site.public.playbook.team or {})[person]
    address, work, as_of = person_address(person), site.works[person], site.public.as_of
    return page(
        site,
        address,
        "person.html",
        record.name,
        edit="playbook/team.yml",
        description=f"{record.name}: due now, contacts and accounts",
        repeats=True,
        id=person,
        person=record,
        work=work,
        overdue=work.overdue(as_of),
        week=work.this_week(as_of),
        later=grouped(work.later(as_of), as_of),
        coming=work.coming(as_of),
        news=[(one, _where(Here(site, address), one)) for one in work.news],
        friday=last_friday(as_of),
        load=load.get(person),
        standings=site.standings,
        limits=site.portfolio.settings.limits,
    )


def _where(here: Here, news: News) -> str:
    """The URL of a note, on its account's page or the page of older notes."""
    return here.link(note_home(here.site, news.account, news.note), note_anchor(news.note))
