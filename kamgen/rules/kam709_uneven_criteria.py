"""A region's key accounts are judged by other criteria, or marked a full point higher, than those of the other regions.

**Why it matters.** Every region wants its own criteria so as not to be left out: that is how lists grow beyond what
anyone can serve. The others see it, and stop believing in the list.

**To put it right.** Let the people who agreed the list go through these accounts together with those of another region
and mark both by the same scales. Say in criteria.yml under `scale` what a 1, a 3 and a 5 look like. If the region
really is as good as that, waive this in kamgen.yml with the reason.

**The method.** Criteria are agreed at senior level, for all. Compared are at least three marked key accounts on each
side (`accounts`). A criterion is another one where two thirds of one side are marked by it and less than a third of the
other. Higher means: by a full point (`points`) on the weighted average over the criteria that both sides share, at
least two. Computed marks, accounts without a region and single marks that are missing (KAM702) do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.evenness import Side, sides
from kamgen.facts.texts import phrase
from kamgen.finding import Place, Problem
from kamgen.model.identity import slug, subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting


def _accounts(region: str, names: tuple[str, ...], scores: str) -> dict[str, str]:
    return {
        f"accounts/{slug(name)}.yml": (
            f"name: {name}\nstage: key\nregion: {region}\nselection:\n  scores: {{{scores}}}\n"
        )
        for name in names
    }


_CRITERIA = {"playbook/criteria.yml": "criteria:\n  prestige: {name: Prestige}\n  access: {name: Opens doors}\n"}
_NORTH = ("Alpenkost", "Bergland", "Cafe Anker")
_SOUTH = ("Dolomia", "Esposito", "Fontana")

RULE = Rule(
    "KAM709",
    "uneven-criteria",
    "W",
    needs=("account", "criteria"),
    settings={
        "accounts": Setting(Decimal(3), "Marked key accounts that each side needs to be compared"),
        "points": Setting(Decimal(1), "By how many points a region's marks may not lie above the others'"),
    },
    hint="Mark these accounts together with those of another region, by the same scales.",
    bad={
        **_CRITERIA,
        **_accounts("North", _NORTH, "prestige: 3, access: 3"),
        **_accounts("South", _SOUTH, "prestige: 5, access: 4"),
    },
    good={
        **_CRITERIA,
        **_accounts("North", _NORTH, "prestige: 3, access: 3"),
        **_accounts("South", _SOUTH, "prestige: 4, access: 3"),
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Regions whose marks do not compare with the others'."""
    least = max(1, int(RULE.number(portfolio, None, "accounts")))
    points = RULE.number(portfolio, None, "points")
    for side in sides(portfolio, least):
        told = list(_told(portfolio, side, points))
        if told:
            message = (
                f"The key accounts of {side.region} ({side.accounts}) and of the other regions ({side.rest}) are not "
                f"judged alike: {'; '.join(told)}."
            )
            yield Problem("", subject("programme", phrase(side.region)), message, place=Place("accounts"))


def _told(portfolio: Portfolio, side: Side, points: Decimal) -> Iterator[str]:
    if side.own:
        yield f"only {side.region} is marked for {_names(portfolio, side.own)}"
    if side.lacking:
        yield f"only the others are marked for {_names(portfolio, side.lacking)}"
    if side.higher is not None and side.higher >= points:
        yield f"{side.region} is marked {side.higher:.1f} points higher on average"


def _names(portfolio: Portfolio, criteria: tuple[str, ...]) -> str:
    return " and ".join(f'"{portfolio.playbook.criteria.criteria[name].name}"' for name in criteria)
