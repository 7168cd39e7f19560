"""The level of a problem: by stage and by hand, in the grace of a new key account, lifted by age."""

from __future__ import annotations

from kamgen.finding import Level, Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule
from kamgen.rules.strictness import Strictness, strictness

# Families that only inform while an account has been key for less than the grace (design: a new plan needs time).
GRACE_FAMILIES = frozenset({2, 5, 6, 8})


def level_of(portfolio: Portfolio, rule: Rule, problem: Problem) -> Level | None:
    """The level of a rule's problem in this workspace; None where the rule is silent."""
    account = portfolio.accounts.get(problem.account)
    in_force = in_force_for(portfolio, rule, problem.account)
    if in_force.level is None or problem.level:
        return problem.level if in_force.level else None
    if account and rule.family in GRACE_FAMILIES and in_grace(portfolio, account):
        return "info"
    lifts = problem.escalate and in_force.level == "warning" and not in_force.by_hand
    return "error" if lifts else in_force.level


def in_force_for(portfolio: Portfolio, rule: Rule, slug: str) -> Strictness:
    """A rule's strictness for an account, or for the workspace (slug "")."""
    account = portfolio.accounts.get(slug)
    if account is None and slug == "" and len(rule.levels) > 1:
        return strictness(rule, "key", portfolio.settings)
    return strictness(rule, account.stage if account else None, portfolio.settings)


def in_grace(portfolio: Portfolio, account: Account) -> bool:
    """Whether the account became key so recently that its plan may still be growing (`grace` in kamgen.yml)."""
    agreed_on = account.record.selection.agreed_on if account.record.selection else None
    return agreed_on is not None and portfolio.as_of - agreed_on <= portfolio.settings.grace


def distrusted(portfolio: Portfolio, account: str, name: str) -> bool:
    """Whether a subject, or something it is part of, stands in the file but could not be understood."""
    while name:
        if (account, name) in portfolio.distrusted:
            return True
        name = name.rpartition(".")[0]
    return False


def heard(portfolio: Portfolio, rule: Rule, account: str, name: str) -> bool:
    """Whether a rule could have spoken of a subject: it is in force there, and all that it needs could be read.

    Where it could not, its silence does not mean that all is well.
    """
    one = portfolio.accounts.get(account)
    if account and one is None:
        return True  # the account is gone, and its troubles with it
    readable = portfolio.unread.isdisjoint(rule.needs) and not (one and one.unread)
    in_force = in_force_for(portfolio, rule, account).level is not None
    return readable and in_force and not distrusted(portfolio, account, name)
