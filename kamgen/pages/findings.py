"""What is wrong, everywhere? All findings by rule, and how many there are in each account."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.standing import tally, worst
from kamgen.pages import Page, Site
from kamgen.pages.templates import page
from kamgen.rules import rule_book

# A rule's own page holds all of its findings; here they would bury the other rules.
MOST_OF_A_RULE = 20


def addresses(site: Site) -> Iterator[str]:
    """The list of findings."""
    yield "findings/"


def render(site: Site) -> Iterator[Page]:
    """Findings by rule and by account."""
    book = rule_book()
    waived = [finding for finding in site.findings if finding.suppressed == "waiver"]
    yield page(
        site,
        "findings/",
        "findings.html",
        "Findings",
        description="All findings by rule and by account",
        tally=tally(site.shown),
        waived=len(waived),
        by_rule=[
            (book[code], tally(found), found[:MOST_OF_A_RULE], found[MOST_OF_A_RULE:])
            for code, found in site.findings_by_rule.items()
        ],
        by_account=worst(site.standings, len(site.standings)),
    )
