"""Who is key, why, and can we carry it? For those who decide on the list, and whoever asks why an account is on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kamgen.facts.capacity import carrying, without
from kamgen.facts.concentration import MOST, Spread, spread
from kamgen.facts.evenness import sides
from kamgen.facts.programme import HIGHEST, counting, scores_of_the_year, step_down, step_up
from kamgen.facts.sales import full_months, year_of_sales
from kamgen.facts.selection import candidates, considered, judged, profit, size, thumbs
from kamgen.finding import Finding, Place
from kamgen.pages import Page, Site
from kamgen.pages.templates import page
from kamgen.rules import rule_book

ADDRESS = "programme/"
# Tables are to be read; what is longer says how much more there is.
MOST_CANDIDATES = 25
MOST_CARRIERS = 50


def addresses(site: Site) -> Iterator[str]:
    """One page."""
    yield ADDRESS


def render(site: Site) -> Iterator[Page]:
    """The programme: selection, concentration, capacity."""
    whole, public = site.portfolio, site.public
    criteria = public.playbook.criteria
    years, scores = year_of_sales(whole), scores_of_the_year(whole)
    rows = judged(whole, scores)
    up = candidates(whole, step_up(whole, years, scores))
    found = spread(whole, years)
    yield page(
        site,
        ADDRESS,
        "programme.html",
        "Programme",
        description="Who is key and why, who might become key, how the business is spread, and what we can carry",
        wide=True,
        accounts=public.accounts,
        team_known=public.playbook.team is not None,
        years=years,
        months=full_months(whole),
        size=size(whole),
        chosen=[row for row in rows if row.key],
        judged=[row for row in rows if row.score.marks],
        criteria=counting(public),
        criteria_place=_criteria_place(site),
        definitions=criteria.definitions,
        threshold=criteria.threshold,
        threshold_part=criteria.threshold / HIGHEST,
        down={rank.account for rank in step_down(whole, scores)},
        up=up[:MOST_CANDIDATES],
        more_up=len(up[MOST_CANDIDATES:]),
        open_up=[one for one in up if one.decided is None],
        considered=considered(whole),
        spread=found,
        curve_marks=_marks(site, found),
        most=MOST,
        thumbs=thumbs(found),
        carriers=found.carriers[:MOST_CARRIERS],
        more_carriers=len(found.carriers[MOST_CARRIERS:]),
        key_carriers=sum(whole.accounts[one.account].stage == "key" for one in found.carriers),
        aim=_number(site, "KAM706", "share"),
        heavy=found.over(_number(site, "KAM711", "share")),
        dependence=_number(site, "KAM711", "share"),
        profit=profit(whole),
        carrying=carrying(whole, public),
        unserved={role: without(public, role) for role in ("manager", "sponsor")},
        limits=whole.settings.limits,
        sides=sides(whole, _least(site)),
        least=_least(site),
        uneven=_number(site, "KAM709", "points"),
        findings=_findings(site),
    )


def _marks(site: Site, found: Spread) -> list[tuple[int, Decimal | None, str]]:
    """The points of the curve with their words: the rules of thumb, the smallest set, and the key accounts."""
    # The key accounts may lie beside the curve; a rule of thumb for as many accounts would cover their point.
    others = (one for one in thumbs(found) if one.accounts != found.key)
    told = [(one.accounts, one.gives, f"{site.wording.percent(one.part)} of accounts") for one in others]
    if found.carriers:
        count = len(found.carriers)
        told.append((count, found.carriers[-1].cumulative, site.wording.count(count, "account")))
    if found.key and found.key_share is not None:
        told.append((found.key, found.key_share, "the key accounts" if found.key > 1 else "the key account"))
    return [(count, share, f"{site.wording.percent(share)}: {words}") for count, share, words in told]


def _number(site: Site, code: str, name: str) -> Decimal:
    """A rule's own number, as in force: page and finding must speak of the same limit."""
    return rule_book()[code].rule.number(site.portfolio, None, name)


def _criteria_place(site: Site) -> Place | None:
    """Where the criteria can be edited; None where the workspace has none of its own."""
    place = site.portfolio.place("", "playbook/criteria.criteria", True)
    return place if place.path.endswith(".yml") else None


def _least(site: Site) -> int:
    return max(1, int(_number(site, "KAM709", "accounts")))


def _findings(site: Site) -> Mapping[str, list[Finding]]:
    """The findings of the programme itself, by the section of the page that they stand in."""
    places = {
        "KAM705": "size",
        "KAM706": "concentration",
        "KAM711": "concentration",
        "KAM707": "capacity",
        "KAM708": "capacity",
        "KAM709": "evenness",
    }
    found: dict[str, list[Finding]] = {name: [] for name in places.values()}
    for finding in site.findings_by_account.get("", ()):
        if finding.code in places:
            found[places[finding.code]].append(finding)
    return found
