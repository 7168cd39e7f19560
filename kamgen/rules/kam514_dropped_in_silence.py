"""An open action is gone from the file, or a goal's aim was lowered, and nobody said why.

**Why it matters.** A promise that disappears looks like one that was never made. The customer remembers it; we no
longer can. And an aim that sinks without a word turns a missed goal into a reached one.

**To put it right.** Put the line back, with `done:` and the day if it was done, or with `dropped:` and the day and
`because:` with the reason. For a goal write `because:` beside the new aim, or set the old aim again.

**The method.** Whatever is given up stays in the plan with a date and a reason. What stood in the file before is known
from git, for the last 90 days; without git the rule is silent. A line that was only reworded is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kamgen.facts.past import lowered_in_silence, vanished
from kamgen.facts.plans import planned
from kamgen.facts.texts import shown
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import OverTime, Rule, Setting

_COUNT = "{what: Agree the stock count with Linz, who: margaret-peacock, due: 2026-04-30%s}"
_REASON = ", dropped: 2026-04-27, because: Linz closes in May"

RULE = Rule(
    "KAM514",
    "dropped-in-silence",
    "W---",
    needs=("account", "plan"),
    hint="Put it back with `done:` or with `dropped:` and `because:`, so that everybody can see what became of it.",
    settings={"look_back": Setting(timedelta(days=90), "Days for which it is told")},
    bad=OverTime(
        {
            "2026-03-02": f"plan: {{implementation: [{_COUNT % ''}, Call Graz]}}",
            "2026-04-27": "plan: {implementation: [Call Graz]}",
        }
    ),
    good=OverTime(
        {
            "2026-03-02": f"plan: {{implementation: [{_COUNT % ''}, Call Graz]}}",
            "2026-04-27": f"plan: {{implementation: [{_COUNT % _REASON}, Call Graz]}}",
        }
    ),
)
_AIM_HINT = "Write `because:` at the goal, or set the old aim again."


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open actions gone, and aims lowered without a reason, within `look_back`."""
    for account, _ in planned(portfolio):
        since = portfolio.as_of - RULE.days(portfolio, account, "look_back")
        for entry in vanished(portfolio, account, since):
            who = ", ".join(portfolio.person_name(account, person) for person in entry.who)
            due = f", due {entry.dates[-1].due}" if entry.dates[-1].due else ""
            named = f'"{shown(entry.what)}"{f" ({who})" if who else ""}'
            message = f"Gone from the file since {entry.ended}, neither done nor dropped: {named}{due}."
            yield Problem(account.slug, subject("plan", "implementation", entry.id), message)
        for goal_id, change in lowered_in_silence(portfolio, account, since):
            message = f"{change.text} Nobody said why."
            yield Problem(account.slug, subject("plan", "intentions", goal_id, "aim"), message, _AIM_HINT)
