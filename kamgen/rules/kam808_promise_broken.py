"""A promise to a key account was not kept in the newest month, or nobody has measured it for two months.

**Why it matters.** Special treatment that is not real is worse than none: the hotline for key accounts that is slower
than the ordinary one is what they tell others about. And a promise that nobody measures is one that nobody keeps.

**To put it right.** Find out with the promise's owner what happened, tell the customer before they tell you, and write
an action. Enter each month's figure under `kept`, good or bad. If the promise cannot be kept, agree another one; do not
move the target quietly.

**The method.** Promises say what being a key account means, and the customer should be able to count along. Judged is
the newest month that is wholly over and has a figure; the current month is not judged before it ends. A promise counts
as not measured when the last two full months (`unmeasured_months`) and the current one have no figure, or when it has
never had one. A promise without `target` is only looked at for being measured. One whose text is still a placeholder
is told by KAM105.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.placeholders import placeholders
from kamgen.facts.plans import understood
from kamgen.facts.promises import UNMEASURED_MONTHS, Record, records
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.account import Promise, Target
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM808",
    "promise-broken",
    "W---",
    needs=("account",),
    hint="Find out what happened, tell them before they tell you, and write an action.",
    settings={
        "unmeasured_months": Setting(
            Decimal(UNMEASURED_MONTHS), "Full months without a figure from which a promise counts as not measured"
        )
    },
    bad="""
        promises:
          - what: The night line is picked up by somebody who can decide
            owner: laura-callahan
            target: {at_least: 0.90}
            kept: {2026-03: 0.81, 2026-04: 0.74}
        """,
    good="""
        promises:
          - what: The night line is picked up by somebody who can decide
            owner: laura-callahan
            target: {at_least: 0.90}
            kept: {2026-03: 0.81, 2026-04: 0.92}
        """,
)
MEASURE_HINT = "Enter the month's figure under `kept`, good or bad."


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Promises whose newest full month misses the target, or that lack figures for so many months."""
    unfilled = placeholders(portfolio.settings.words.placeholder)
    for account in portfolio.accounts.values():
        if not account.record.promises:
            continue
        most = RULE.number(portfolio, account, "unmeasured_months")
        for found in records(account.record.promises, portfolio.as_of):
            promise = found.promise
            at = ("promises", promise.id)
            worded = not any(map(unfilled.in_value, (promise.what, promise.measure)))
            if worded and (told := _message(portfolio, account, found, most)) and understood(portfolio, account, *at):
                yield Problem(account.slug, subject(*at), told, "" if found.broken else MEASURE_HINT)


def _message(portfolio: Portfolio, account: Account, found: Record, most: Decimal) -> str:
    name = f'"{shown(found.promise.what)}"{_owner(portfolio, account, found.promise)}'
    if found.unmeasured is None:
        return f"Promised and never measured: {name}."
    unmeasured = found.unmeasured >= most
    since = f"not measured for {_months(found.unmeasured)}"
    if found.broken and found.newest:
        more = f" {since.capitalize()}." if unmeasured else _how_long(found)
        return (
            f"Not kept in {found.newest.month}: {name} stood at {found.newest.value:f}, {_wanted(found.promise)}.{more}"
        )
    return f"Promised and {since}: {name}; the newest figure is of {max(found.promise.kept)}." if unmeasured else ""


def _how_long(found: Record) -> str:
    return f" That makes {found.broken_for} figures in a row." if found.broken_for > 1 else ""


def _wanted(promise: Promise) -> str:
    target = promise.target or Target()
    floor = f"at least {target.at_least:f}" if target.at_least is not None else ""
    ceiling = f"at most {target.at_most:f}" if target.at_most is not None else ""
    return f"promised is {' and '.join(part for part in (floor, ceiling) if part)}"


def _owner(portfolio: Portfolio, account: Account, promise: Promise) -> str:
    return f" ({portfolio.person_name(account, promise.owner)})" if promise.owner else ""


def _months(count: int) -> str:
    return "1 full month" if count == 1 else f"{count} full months"
