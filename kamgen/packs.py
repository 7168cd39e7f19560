"""Packs: what a review, the executives and the next manager of an account have to look at, as Markdown."""

from __future__ import annotations

import difflib
from pathlib import Path

from kamgen.errors import KamgenError
from kamgen.facts.plans import has_plan
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.telling import Document
from kamgen.pages.telling.review import review
from kamgen.project import Clock, check_workspace
from kamgen.report.pack.executive import executive
from kamgen.report.pack.handover import handover
from kamgen.report.pack.markdown import render


def pack(root: Path, clock: Clock, slug: str | None, is_handover: bool = False) -> str:
    """The review pack of an account, its handover, or (without a slug) the executive review; nothing private is told.

    Raises KamgenError for an account that is not there, and for the review of one without a plan.
    """
    checked = check_workspace(root, clock)
    site = Site(checked.portfolio, tuple(checked.findings))
    return render(_document(site, slug, is_handover))


def _document(site: Site, slug: str | None, is_handover: bool) -> Document:
    if slug is None:
        return executive(site)
    account = _account(site, slug)
    if is_handover:
        return handover(site, account)
    if not has_plan(account):
        raise KamgenError(
            f"{account.name} has no plan, so there is nothing to review. Write one in accounts/{slug}/plan.yml, "
            f"or ask for what is known: kamgen pack {slug} --handover"
        )
    return review(site, account)


def _account(site: Site, slug: str) -> Account:
    account = site.public.accounts.get(slug)
    if account is None:
        near = difflib.get_close_matches(slug, list(site.public.accounts), 1, 0.6)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise KamgenError(f'There is no account "{slug}".{hint}')
    return account
