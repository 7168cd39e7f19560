"""Packs: what a review, the executives and the next manager of an account have to look at, as Markdown."""

from __future__ import annotations

from pathlib import Path

from kamgen.edit.workspace import account_slug
from kamgen.errors import KamgenError
from kamgen.facts.plans import has_plan
from kamgen.pages import Site
from kamgen.pages.telling import Document
from kamgen.pages.telling.review import review
from kamgen.project import Clock, check_workspace
from kamgen.report.pack.executive import executive
from kamgen.report.pack.handover import handover
from kamgen.report.pack.markdown import render


def pack(root: Path, clock: Clock, name: str | None, is_handover: bool = False) -> str:
    """The review pack of an account, its handover, or (without a name) the executive review; nothing private is told.

    Raises KamgenError for an account that is not there, and for the review of one without a plan.
    """
    checked = check_workspace(root, clock)
    site = Site(checked.portfolio, tuple(checked.findings))
    return render(_document(site, name, is_handover))


def _document(site: Site, name: str | None, is_handover: bool) -> Document:
    if name is None:
        return executive(site)
    slug = account_slug(name, site.public.accounts)
    account = site.public.accounts[slug]
    if is_handover:
        return handover(site, account)
    if not has_plan(account):
        raise KamgenError(
            f"{account.name} has no plan, so there is nothing to review. Write one in accounts/{slug}/plan.yml, "
            f"or ask for what is known: kamgen pack {slug} --handover"
        )
    return review(site, account)
