"""What do we ask the customer once a year, and what do they tell us? Menus of questions, and themes over all accounts.

For whoever holds an audit (the account's menu is an interview sheet when printed), and for who plans the programme.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.audits import menu_by_part, menu_for, theme_counts, views
from kamgen.facts.partnership import last_audit
from kamgen.facts.reviews import audit
from kamgen.model.portfolio import Account
from kamgen.pages import Page, Site
from kamgen.pages.account.view import View
from kamgen.pages.links import account_address
from kamgen.pages.templates import page


def addresses(site: Site) -> Iterator[str]:
    """The general menu, and one for each key account."""
    yield "audit/"
    yield from (_address(account) for account in _key_accounts(site))


def render(site: Site) -> Iterator[Page]:
    """The general menu and the tailored ones."""
    yield page(
        site,
        "audit/",
        "audit.html",
        "Audit menu",
        description="Questions for the yearly audit, and what audits tell us",
        account=None,
        first=(),
        parts=menu_by_part(site.public.playbook.menu),
        views=views(site.portfolio),
        themes=theme_counts(site.portfolio),
        key_accounts=[(account, _address(account), audit(site.public, account)) for account in _key_accounts(site)],
    )
    for account in _key_accounts(site):
        yield _tailored(site, account)


def _tailored(site: Site, account: Account) -> Page:
    menu = menu_for(site.public, site.portfolio, account, site.findings_by_account.get(account.slug, ()))
    return page(
        site,
        _address(account),
        "audit.html",
        f"{account.name}: audit menu",
        edit=View(site, account, _address(account)).home,
        description=f"Questions for the audit of {account.name}",
        repeats=True,
        account=account,
        first=menu.first,
        parts=menu.parts,
        last=last_audit(site.public, account),
        round=audit(site.public, account),
    )


def _key_accounts(site: Site) -> list[Account]:
    return [account for account in site.public.accounts.values() if account.stage == "key"]


def _address(account: Account) -> str:
    return f"{account_address(account.slug)}audit/"
