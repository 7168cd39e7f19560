"""An account manager has more key accounts than one person can serve.

**Why it matters.** A key account needs about 15 relationships, and a person sustains about 60. With more than four
accounts each of them is spread thin, and they notice it before we do.

**To put it right.** Give an account to a colleague with room for it, and hand over in person: the new manager comes
along to each contact who matters. Or ask whether all of them should be key (KAM703).

**The method.** About 60 relationships, about 15 an account, hence about four key accounts a manager. The limit is
`accounts_per_manager` under `limits` in kamgen.yml. Counted are the key accounts that name the person as `manager`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.load import has_left, managed
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

_ONE = "limits: {accounts_per_manager: 1}\n"

RULE = Rule(
    "KAM708",
    "too-many-accounts",
    "W",
    needs=("team",),
    hint="Hand one over to a colleague who has room for it, or ask whether all of them should be key.",
    bad={
        "playbook/kamgen.yml": _ONE,
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\nmanager: margaret-peacock\n",
        "accounts/bergland.yml": "name: Bergland\nstage: key\nmanager: margaret-peacock\n",
    },
    good={
        "playbook/kamgen.yml": _ONE,
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\nmanager: margaret-peacock\n",
        "accounts/bergland.yml": "name: Bergland\nstage: key\nmanager: janet-leverling\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Account managers over the limit."""
    limit = portfolio.settings.limits.accounts_per_manager
    for person, held in managed(portfolio).items():
        if len(held) > limit and not has_left(portfolio, person):
            names = ", ".join(account.name for account in held)
            message = (
                f"{portfolio.person_name(None, person)} manages {len(held)} key accounts ({names}); "
                f"{limit:f} is what one person can serve."
            )
            place = portfolio.place("", subject("playbook/team", person), True)
            yield Problem("", subject("people", person), message, place=place)
