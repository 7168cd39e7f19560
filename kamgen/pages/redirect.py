"""Where is what stood here? At the former address of an account or a person, a page leads to the one of today.

These pages are no pages of the menu or the search: a small file of their own each, without any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamgen.model.identity import IS_ID
from kamgen.pages import Site
from kamgen.pages.links import account_address, person_address, relative


def redirects(site: Site) -> Iterator[tuple[str, str]]:
    """The former addresses with the whole HTML of the page there; none where a page stands."""
    template = site.templates.get_template("redirect.html")
    for old, new, name in _moves(site):
        for address in sorted(one for one in site.addresses if one.startswith(new)):
            former = old + address.removeprefix(new)
            if former not in site.addresses:
                yield former, template.render(name=name, target=relative(former, address))


def _moves(site: Site) -> Iterator[tuple[str, str, str]]:
    """Former address, address and name of everything that was renamed."""
    for slug, account in site.public.accounts.items():
        for old in _names(account.record.formerly):
            yield account_address(old), account_address(slug), account.name
    for one, person in (site.public.playbook.team or {}).items():
        for old in _names(person.formerly):
            yield person_address(old), person_address(one), person.name


def _names(former: Iterable[str]) -> list[str]:
    """Former names that can stand in an address."""
    return [name for name in dict.fromkeys(former) if IS_ID(name)]
