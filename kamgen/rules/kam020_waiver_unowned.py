"""An error is waived and nobody senior agreed to it, or a waiver runs longer than half a year.

**Why it matters.** An error says that the plan cannot do its work: no goals, no owner, no sponsor. To live with that is
a decision about a customer who carries the business, and whoever takes it must be able to answer for it. A waiver
without a near end is no decision at all: it is a rule switched off for one account.

**To put it right.** Talk it over with the account's sponsor or another senior colleague and write their id under
`agreed_by` (`senior: true` in team.yml says who is). Set `until` to the day on which you will look again, at most 180
days ahead. If the rule is simply wrong for you, change its level in kamgen.yml, for everybody to see. A waiver cannot
silence this rule.

**The method.** The executive sponsor is the point of escalation: what the account's own team cannot put right goes
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import cache, partial

from kamgen.finding import Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule, Setting, rule_book
from kamgen.rules.levels import GRACE_FAMILIES, in_force_for, in_grace, level_of
from kamgen.rules.waivers import NEVER_WAIVED, Standing, standings

RULE = Rule(
    "KAM020",
    "waiver-unowned",
    "WWWW",
    needs=("team",),
    settings={"longest": Setting(timedelta(days=180), "How far ahead `until` may lie")},
    bad="""
        waivers:
          - rule: KAM101
            reason: The plan is written in June, when the new manager has started
            agreed_by: margaret-peacock
            until: 2026-06-30
        """,
    good="""
        waivers:
          - rule: KAM101
            reason: The plan is written in June, when the new manager has started
            agreed_by: andrew-fuller
            until: 2026-06-30
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Waivers in force of an error without a senior `agreed_by`, and those whose `until` lies too far ahead."""
    errors = cache(partial(_errors, portfolio))  # several waivers may name one rule: it is asked once
    for waivers in standings(portfolio).values():
        for one in waivers:
            if one.code and one.code not in NEVER_WAIVED and not one.over(portfolio.as_of):
                if not _somebody_senior(portfolio, one) and _is_error(portfolio, one, one.code, errors):
                    yield _unowned(portfolio, one)
                yield from _too_long(portfolio, one)


def _unowned(portfolio: Portfolio, one: Standing) -> Problem:
    who = [portfolio.person_name(None, person) for person in one.waiver.agreed_by]
    agreed = f"nobody senior has agreed, only {' and '.join(who)}" if who else "nobody has agreed"
    return Problem(
        one.account,
        one.at("agreed_by"),
        f"This waiver of {one.told} silences an error, and {agreed}.",
        "Agree it with somebody senior, and write their id under `agreed_by`.",
    )


def _somebody_senior(portfolio: Portfolio, one: Standing) -> bool:
    """Whether one of those who agreed is senior; without a team.yml nobody can tell, and a name is enough."""
    team = portfolio.playbook.team
    if team is None:
        return bool(one.waiver.agreed_by)
    return any(person in team and team[person].senior for person in one.waiver.agreed_by)


def _is_error(portfolio: Portfolio, one: Standing, code: str, errors: Callable[[str], Sequence[Problem]]) -> bool:
    """Whether what is waived is an error: by the rule's level here, or because a finding has grown into one."""
    entry = rule_book()[code]
    account = portfolio.accounts.get(one.account)
    level = in_force_for(portfolio, entry.rule, one.account).level
    spared = account is not None and entry.rule.family in GRACE_FAMILIES and in_grace(portfolio, account)
    if level == "error" and not spared:
        return True
    if level is None:
        return False
    return any(p.account == one.account and one.names(code, p.subject) for p in errors(code))


def _errors(portfolio: Portfolio, code: str) -> Sequence[Problem]:
    """All that a rule's own check finds and that is an error here."""
    entry = rule_book()[code]
    found = entry.check(portfolio) if entry.check else ()
    return [problem for problem in found if level_of(portfolio, entry.rule, problem) == "error"]


def _too_long(portfolio: Portfolio, one: Standing) -> Iterator[Problem]:
    account = portfolio.accounts.get(one.account)
    longest = RULE.days(portfolio, account, "longest")
    if one.waiver.until - portfolio.as_of > longest:
        yield Problem(
            one.account,
            one.at("until"),
            f"This waiver of {one.told} runs until {one.waiver.until}, over {longest.days} days from now.",
            f"Set `until` to {portfolio.as_of + longest} or earlier, and look again then.",
        )
