"""What does the review of this account have to look at? The review pack: two pages of A4 to print and take along.

For whoever holds the 30-day or 90-day review. It is made for every account that has a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import has_plan
from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site
from kamgen.pages.account.view import View
from kamgen.pages.links import account_address
from kamgen.pages.telling import INTERNAL
from kamgen.pages.telling.review import review
from kamgen.pages.templates import page


def addresses(site: Site) -> Iterator[str]:
    """One for each account with a plan."""
    yield from (_address(account) for account in _planned(site))


def render(site: Site) -> Iterator[Page]:
    """The review packs."""
    for account in _planned(site):
        pack = review(site, account)
        yield page(
            site,
            _address(account),
            "pack.html",
            pack.title,
            edit=View(site, account, _address(account)).home,
            description=f"What the review of {account.name} has to look at",
            repeats=True,
            account=account,
            pack=pack,
            internal=INTERNAL,
        )


def _planned(site: Site) -> list[Account]:
    return [account for account in site.public.accounts.values() if has_plan(account)]


def _address(account: Account) -> str:
    return f"{account_address(account.slug)}review/"
