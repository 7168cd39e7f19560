"""What is mine to do now, and what lies with me? One page for each of our people: their own work list."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import grouped
from kamgen.facts.people import ROLES
from kamgen.pages import Page, Site
from kamgen.pages.links import person_address
from kamgen.pages.templates import page


def addresses(site: Site) -> Iterator[str]:
    """One page a person."""
    yield from (person_address(person) for person in sorted(site.people))


def render(site: Site) -> Iterator[Page]:
    """Everybody's page."""
    team = site.public.playbook.team or {}
    for person in sorted(site.people):
        work = site.works[person]
        yield page(
            site,
            person_address(person),
            "person.html",
            team[person].name,
            edit="playbook/team.yml",
            description=f"{team[person].name}: due now, contacts and accounts",
            id=person,
            person=team[person],
            work=work,
            groups=grouped(work.tasks, site.public.as_of),
            roles=[(role, work.accounts[role]) for role in ROLES if work.accounts[role]],
            limits=site.portfolio.settings.limits,
        )
