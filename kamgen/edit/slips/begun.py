"""What the method asks for as soon as an account has a plan, so that nobody is surprised by the next check."""

from __future__ import annotations

from dataclasses import replace

from kamgen.edit.slips.desk import Desk
from kamgen.rules import rule_book
from kamgen.rules.engine import Scope, at_or_above, judge

_ABOUT_PLANS = 1  # the family of rules on what belongs in a plan


def plan_begun(desk: Desk) -> tuple[str, ...]:
    """The errors of an account whose plan has just been begun that it did not have without one, in sentences."""
    known = _errors(desk)
    desk.look()
    told = [f"- {code} {message}" for code, message in _errors(desk).items() if code not in known]
    return (
        (f"This begins a plan for {desk.account.name}, and a check now asks for the rest of it:", *told) if told else ()
    )


def _errors(desk: Desk) -> dict[str, str]:
    codes = frozenset(code for code, entry in rule_book().items() if entry.rule.family == _ABOUT_PLANS)
    portfolio = replace(desk.portfolio, accounts={desk.slug: desk.account})
    return {one.code: one.message for one in at_or_above(judge(portfolio, (), Scope(codes), ""), "error")}
