"""How are these pages read? For whoever meets a picture or a figure for the first time, and to judge the look of them.

Every component stands here, with made-up values; so do all meanings, in the order of the alphabet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from kamgen.facts.relation_map import Ours, RelationMap, Theirs, relation_map
from kamgen.facts.relationships import Tie
from kamgen.facts.sales import YearOfSales, concentration, months_up_to
from kamgen.pages import Page, Site
from kamgen.pages.meanings import MEANINGS
from kamgen.pages.templates import page

ADDRESS = "reading/"
_DAY = date(2026, 5, 6)
_BOUGHT = (31, 24, 18, 0, 22, 27, 35, 30, 12, 8, 26, 29, 38, 33, 21, -4, 24, 31)
_PLANNED = (26, 26, 26, 26, 26, 26, None, None, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30)
_SIZES = (310, 240, 170, 95, 80, 62, 51, 40, 33, 25, 21, 18, 14, 11, 9, 7, 6, 4, 3, 2, 1)
_QUARTER = timedelta(days=90)


def addresses(site: Site) -> Iterator[str]:
    """The one page."""
    yield ADDRESS


def render(site: Site) -> Iterator[Page]:
    """Every component with an example, and all meanings."""
    yield page(
        site,
        ADDRESS,
        "reading.html",
        "How to read these pages",
        description="What the pictures and figures of the portfolio mean",
        meanings_in_order=sorted(MEANINGS.items(), key=lambda pair: pair[1].title.casefold()),
        day=_DAY,
        months=months_up_to("2026-04", len(_BOUGHT)),
        bought=[Decimal(1000 * value) for value in _BOUGHT],
        planned=[None if value is None else Decimal(1000 * value) for value in _PLANNED],
        shares=concentration({f"account-{n:02}": YearOfSales(Decimal(size)) for n, size in enumerate(_SIZES)}),
        some=Decimal("0.45"),
        more=Decimal("0.6"),
        drawn=_map(),
    )


def _map() -> RelationMap:
    ours = [Ours("anna", "Anna Berg"), Ours("tom", "Tom Reed"), Ours("sue", "Sue Lang")]
    theirs = [
        Theirs("ida", "Ida Holm", "Head of Purchasing", "influencer", date(2026, 4, 24), _QUARTER),
        Theirs("max", "Max Frank", "Depot Manager", "implementer", date(2025, 12, 27), _QUARTER, cold=True),
        Theirs("eva", "Eva Stone", "Quality", "implementer", date(2026, 3, 27), _QUARTER, leaves=date(2026, 6, 30)),
        Theirs("jon", "Jon Abel", "Warehouse"),
    ]
    ties = [
        Tie("anna", "ida", True, date(2026, 4, 24)),
        Tie("anna", "max", True, date(2025, 12, 27)),
        Tie("anna", "eva", True, date(2026, 3, 27)),
        Tie("tom", "ida", False, date(2026, 4, 6)),
    ]
    return relation_map(ours, theirs, ties, _DAY)
