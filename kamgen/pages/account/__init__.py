"""How does it stand with this customer, what is wrong, and what comes next? For whoever serves the account.

The page is a row of sections, each a module with its template beside it: the verdict, what is next and the goals come
first, description and records last.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site
from kamgen.pages.account import actions, customer, dates, figures, goals, moved, notes, people, situation, verdict
from kamgen.pages.account.view import View
from kamgen.pages.links import NOTES_ON_PAGE, account_address
from kamgen.pages.templates import page

SECTIONS = (verdict, moved, actions, goals, people, figures, situation, customer, dates, notes)


def addresses(site: Site) -> Iterator[str]:
    """One page an account, and one for older notes where there are more than ten."""
    for account in site.public.accounts.values():
        yield account_address(account.slug)
        if len(account.notes) > NOTES_ON_PAGE:
            yield notes.older_address(account)


def render(site: Site) -> Iterator[Page]:
    """The pages of every account."""
    for account in site.public.accounts.values():
        yield _account_page(site, account)
        if len(account.notes) > NOTES_ON_PAGE:
            yield notes.older_page(View(site, account, notes.older_address(account)))


def _account_page(site: Site, account: Account) -> Page:
    view = View(site, account, account_address(account.slug))
    return page(
        site,
        view.address,
        "account/page.html",
        account.name,
        edit=view.home,
        boost=2,
        description=f"{account.name}: plan, people, figures and notes",
        sections=[section.show(view) for section in SECTIONS],
    )
