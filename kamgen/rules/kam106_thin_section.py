"""A section of the plan is so short that it says nothing.

**Why it matters.** "Wholesaler, friendly people" fills the box and helps nobody. Whoever takes over the account, or
rings them tomorrow, knows as little as before.

**To put it right.** Write what only somebody who knows this customer could write: for Intelligence what they earn by
and what presses them, for Intentions what they will see when we have succeeded, for Implementation a step that
somebody could take from the list and do.

**The method.** A plan need not be complicated, but each of its three questions wants an answer. Prose and entries are
counted together, in plan.yml and plan.md; what is done or dropped counts too. The defaults are low on purpose: they
ask for two or three sentences, for one whole goal, for one whole step. A section that is missing, that holds a
placeholder, or whose steps are all done or are vague is left to the rule that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamgen.facts.placeholders import placeholders
from kamgen.facts.plans import has_section, open_actions, planned, understood
from kamgen.facts.texts import count_words, says_only, section_texts
from kamgen.finding import Problem
from kamgen.model.account import Plan
from kamgen.model.portfolio import SECTIONS, Account, Portfolio
from kamgen.rules import Rule, Setting

RULE = Rule(
    "KAM106",
    "thin-section",
    "i---",
    needs=("plan",),
    settings={
        "intelligence_words": Setting(Decimal(24), "Words that Intelligence should have at least"),
        "intentions_words": Setting(Decimal(6), "Words that Intentions should have at least"),
        "implementation_words": Setting(Decimal(3), "Words that Implementation should have at least"),
    },
    hint="Add what only somebody who knows this customer could write.",
    bad="""
        plan:
          intelligence:
            business: Wholesaler. Friendly people.
        """,
    good="""
        plan:
          intelligence:
            business: >-
              They sell by the case to nine hundred hotels and mountain inns, and earn by delivering before six in the
              morning. An empty place in the cold store costs them the whole order, so we keep it full.
            strengths: [Weekly depot visits are welcomed]
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Sections with fewer words than they should have."""
    for account, plan in planned(portfolio):
        for section in SECTIONS:
            least = RULE.number(portfolio, account, f"{section}_words")
            words = _words(portfolio, account, section, int(least))
            if words is None or words >= least or _told_otherwise(portfolio, plan, section):
                continue
            if understood(portfolio, account, "plan", section):
                said = f"{words} word" if words == 1 else f"{words} words"
                message = f"{section.capitalize()} has {said} in all; with fewer than {least} it says next to nothing."
                yield Problem(account.slug, f"plan.{section}", message)


def _words(portfolio: Portfolio, account: Account, section: str, enough: int) -> int | None:
    """How many words a section has, counted until it is enough; None where it is missing or holds a placeholder."""
    if not has_section(account, section):
        return None
    unfilled = placeholders(portfolio.settings.words.placeholder)
    words = 0
    for _, text in section_texts(account, section):
        words += count_words(text)
        if words >= enough:
            return words
        if unfilled.in_value(text):
            return None
    return words


def _told_otherwise(portfolio: Portfolio, plan: Plan, section: str) -> bool:
    """Whether another rule says already what is wrong with the actions (KAM405, KAM408)."""
    actions = open_actions(plan)
    vague = portfolio.settings.words.vague_actions
    return section == "implementation" and (not actions or any(says_only(a.what, vague) for a in actions))
