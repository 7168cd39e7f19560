"""What is wrong, everywhere, and what should we learn next? All findings by rule, and their number by account."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import first
from kamgen.facts.lessons import lessons
from kamgen.facts.standing import tally, worst
from kamgen.pages import Page, Site
from kamgen.pages.templates import page
from kamgen.rules import rule_book

# A rule's own page holds all of its findings; here they would bury the other rules.
MOST_OF_A_RULE = 10


def addresses(site: Site) -> Iterator[str]:
    """The list of findings."""
    yield "findings/"


def render(site: Site) -> Iterator[Page]:
    """Findings by rule, the weightiest first, and by account."""
    book = rule_book()
    waived = [finding for finding in site.findings if finding.suppressed == "waiver"]
    yield page(
        site,
        "findings/",
        "findings.html",
        "Findings",
        description="All findings by rule and by account",
        repeats=True,
        wide=True,
        tally=tally(site.shown),
        troubled=sum(1 for standing in site.standings.values() if standing.tally.total),
        waived=len(waived),
        by_rule=[
            (book[lesson.code], lesson, *first(lesson.findings, MOST_OF_A_RULE)) for lesson in lessons(site.shown)
        ],
        by_account=worst(site.standings, len(site.standings)),
    )
