"""A key account that is not marked by every criterion, or whose choice nobody senior has agreed.

**Why it matters.** Those who serve an account are too close to judge it. Marks by the same criteria make accounts
comparable, and a senior name under the choice means that time and money will be there when they are needed.

**To put it right.** Let the people who decide on the list give a mark from 1 to 5 for each criterion of criteria.yml
under `selection.scores`, and write them under `agreed_by` with the day under `agreed_on`. Criteria that are computed
from sales.csv are not typed.

**The method.** Agree the criteria at senior level, and let the list be agreed there too. Senior is who has
`senior: true` in team.yml; one is enough, and who has left since did agree at the time. Where nothing at all is said of
the choice, KAM701 speaks and this rule is silent; without a team.yml nobody can be called senior, and only the marks
are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.plans import understood
from kamgen.facts.programme import counting
from kamgen.finding import Problem
from kamgen.model.account import Selection
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM702",
    "key-without-agreement",
    "W---",
    needs=("account", "criteria"),
    bad={
        "playbook/criteria.yml": "criteria:\n  prestige: {name: Prestige}\n  access: {name: Opens doors}\n",
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            selection:
              scores: {prestige: 2}
              reason: Their depots open the wholesale trade.
              agreed_by: [margaret-peacock]
            """,
    },
    good={
        "playbook/criteria.yml": "criteria:\n  prestige: {name: Prestige}\n  access: {name: Opens doors}\n",
        "accounts/example.yml": """
            name: Example & Sons
            stage: key
            selection:
              scores: {prestige: 2, access: 4}
              reason: Their depots open the wholesale trade.
              agreed_by: [margaret-peacock, andrew-fuller]
            """,
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Key accounts with a selection that lacks marks, or somebody senior."""
    criteria = {name: one.name for name, one in counting(portfolio).items() if not one.computed}
    for account in portfolio.accounts.values():
        selection = account.record.selection
        if account.stage == "key" and selection and selection.model_fields_set:
            unmarked = [name for name in criteria if name not in selection.scores]
            if unmarked and understood(portfolio, account, "selection", "scores"):
                yield _unmarked(account, [criteria[name] for name in unmarked], len(criteria))
            if _nobody_senior(portfolio, account, selection):
                yield _unagreed(portfolio, account, selection)


def _unmarked(account: Account, names: list[str], of: int) -> Problem:
    what = "any criterion" if len(names) == of else " and ".join(f'"{name}"' for name in names)
    hint = (
        "Give each criterion a mark from 1 to 5 under `selection.scores`, together with those who decide on the list."
    )
    return Problem(account.slug, "selection.scores", f"{account.name} has no mark for {what}.", hint)


def _nobody_senior(portfolio: Portfolio, account: Account, selection: Selection) -> bool:
    """Whether everybody who agreed is known, and none of them senior."""
    team = portfolio.playbook.team
    if team is None or "team" in portfolio.unread or not understood(portfolio, account, "selection", "agreed_by"):
        return False
    return all(person in team and not team[person].senior for person in selection.agreed_by)


def _unagreed(portfolio: Portfolio, account: Account, selection: Selection) -> Problem:
    names = " and ".join(portfolio.person_name(account, person) for person in selection.agreed_by)
    said = f"only {names} agreed, and nobody senior" if names else "nobody is named as having agreed"
    message = f"{account.name} is a key account, but {said}."
    hint = "Have somebody senior agree to the choice, and name them under `agreed_by`."
    return Problem(account.slug, "selection.agreed_by", message, hint)
