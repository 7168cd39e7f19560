"""An open action or stage has been moved three times or more.

**Why it matters.** Once is planning, twice is bad luck. What moves a third time is in the way of something, too large,
or not wanted by whoever has to do it, and another date changes none of this.

**To put it right.** Ask what stands in its way. Cut it into a first step that can be done within two weeks, give it to
somebody who can do it, ask the sponsor for what is missing, or drop it: `dropped:` with the day and `because:` with
the reason.

**The method.** Implementation lives on promises that are kept. Every date it has had is known from git; without git the
rule is silent. A move to an earlier day is no slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.ledger import Entry, ledger
from kamgen.facts.plans import planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import OverTime, Rule, Setting


def _moved(*days: str) -> OverTime:
    head = "plan: {implementation: [{what: Agree the stock count with Linz, who: margaret-peacock, due: "
    committed = ("2026-01-05", "2026-01-30", "2026-02-27", "2026-03-30")
    return OverTime({on: f"{head}{due}}}]}}" for on, due in zip(committed, days, strict=False)})


RULE = Rule(
    "KAM513",
    "keeps-slipping",
    "W---",
    needs=("account", "plan"),
    hint="Ask what stands in its way: make it smaller, give it to somebody else, or drop it and say why.",
    settings={"moves": Setting(Decimal(3), "Moves to a later day from which on it is reported")},
    bad=_moved("2026-01-31", "2026-02-28", "2026-03-31", "2026-05-15"),
    good=_moved("2026-01-31", "2026-02-28", "2026-05-15"),
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open promises of the plan that were moved `moves` times or more."""
    for account, plan in planned(portfolio):
        goals = plan.intentions
        for entry in ledger(portfolio, account):
            if entry.fate != "open" or (entry.stage and not (entry.goal in goals and goals[entry.goal].open)):
                continue
            if entry.moves >= RULE.number(portfolio, account, "moves"):
                yield Problem(account.slug, _subject(entry), _message(portfolio, account, entry))


def _subject(entry: Entry) -> str:
    if entry.stage:
        return subject("plan", "intentions", entry.goal, "stages", entry.id)
    return subject("plan", "implementation", entry.id)


def _message(portfolio: Portfolio, account: Account, entry: Entry) -> str:
    who = ", ".join(portfolio.person_name(account, person) for person in entry.who)
    dates = ", ".join(str(one.due) if one.due else "no date" for one in entry.dates)
    named = f'"{shown(entry.what)}"{f" ({who})" if who else ""}'
    return f"Moved {entry.moves} times: {named} was due {dates}."
