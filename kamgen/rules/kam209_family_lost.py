"""They have stopped buying a product family that they bought steadily, while their total hides it.

**Why it matters.** A rival comes in by one shelf. As long as the total holds, no report shows it; half a year later the
rival has the next shelf as well. Lost here is also what makes a customer sticky: that they buy more than one thing.

**To put it right.** Ask them why, while it is recent: a rival, a complaint that nobody heard, a line that we ended, a
change in their trade. Then write it down with `about: [sales]`, or set a goal measured in `sales:<the family>`.

**The method.** A customer who buys one thing buys the rest elsewhere. Told is a family that was bought in at least six
of the last twelve full months and in none of the last three. A family that paused in the same three months a year
before is between two seasons. Where the total itself falls (nothing bought in three months, or less than 85 % of the
same months a year before), KAM207 or the figures speak, and this rule is silent. So it is where a threat, an open
issue or a goal `about: [sales]`, or an open goal for the family, is newer than the last order of it. The rule speaks
whether or not there is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kamgen.facts.plans import open_goals
from kamgen.facts.sales import newest_full_month, shifted
from kamgen.facts.topics import noticed
from kamgen.facts.trends import LostFamily, first_day, first_month, lost_families, total_holds, trends
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

_BOUGHT = """
    account,month,product,amount
    example,2025-07,seafood,900
    example,2025-08,seafood,800
    example,2025-09,seafood,900
    example,2025-10,seafood,700
    example,2025-11,seafood,900
    example,2025-12,seafood,600
    example,2025-12,dairy,2000
    example,2026-02,dairy,3000
    example,2026-04,dairy,4000
    """

RULE = Rule(
    "KAM209",
    "family-lost",
    "Wi--",
    needs=("plan", "notes", "sales"),
    hint="Ask them why, and write it down with `about: [sales]`, or set a goal for the family.",
    settings={
        "bought_in": Setting(Decimal(6), "Months of the last twelve in which a family must have been bought"),
        "quiet": Setting(Decimal(3), "Full months without it from which it counts as lost"),
        "total_holds": Setting(
            Decimal("0.85"), "The share of the year before that the total must reach for this rule to speak"
        ),
    },
    bad={"accounts/example.yml": "name: Example & Sons\nstage: key\n", "accounts/sales.csv": _BOUGHT},
    good={
        "accounts/example.yml": "name: Example & Sons\nstage: key\n",
        "accounts/sales.csv": _BOUGHT.rstrip(" ") + "    example,2026-03,seafood,300\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Families bought in `bought_in` of twelve months and not in the last `quiet`, where the total holds."""
    found = lost_in_force(portfolio)
    known = trends(portfolio, found)
    for slug, families in found.items():
        account = portfolio.accounts[slug]
        if not total_holds(known[slug], share=RULE.number(portfolio, account, "total_holds")):
            continue
        for lost in families:
            if not _noticed(portfolio, account, lost):
                yield Problem(slug, subject("sales", lost.family), _message(portfolio, lost))


def lost_in_force(portfolio: Portfolio) -> dict[str, tuple[LostFamily, ...]]:
    """The families lost by the numbers in force, by account; accounts without any are not in it."""
    rows, newest = portfolio.exports.sales, newest_full_month(portfolio)
    if rows is None or newest is None:
        return {}
    first, found = first_month(rows), {}
    for slug, account in portfolio.accounts.items():
        bought_in, quiet = (RULE.number(portfolio, account, name) for name in ("bought_in", "quiet"))
        if lost := lost_families(rows.get(slug, ()), newest, first, bought_in=bought_in, quiet=quiet):
            found[slug] = lost
    return found


def _noticed(portfolio: Portfolio, account: Account, lost: LostFamily) -> bool:
    since = first_day(shifted(lost.last, 1))
    return noticed(portfolio, account, "sales", since) or _pursued(account, lost.family, since)


def _pursued(account: Account, family: str, since: date) -> bool:
    """Whether an open goal was set for the family since then (or does not say when)."""
    goals = open_goals(account.plan).values() if account.plan else ()
    return any(g.measure == f"sales:{family}" and (g.since is None or g.since >= since) for g in goals)


def _message(portfolio: Portfolio, lost: LostFamily) -> str:
    family = (portfolio.playbook.offer or {}).get(lost.family)
    return (
        f"{family.name if family else lost.family}: bought in {lost.months} of the last twelve full months for "
        f"{portfolio.settings.currency} {lost.amount:,.0f}, and not since {lost.last}, while the total holds."
    )
