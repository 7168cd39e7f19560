"""There are more key accounts than a programme can carry.

**Why it matters.** What makes an account key is attention that others do not get. Given to everybody, nobody has it:
accounts that should be met each month are met twice a year, and they notice.

**To put it right.** Rank the key accounts by score (KAM703 names those under the threshold), agree at senior level how
many you can really serve, and let the others step down, with a word to those who look after them.

**The method.** About 5 % of the accounts are key, often 10 to 20. Start with few: one firm began with 200 and cut to a
handful. The rule warns only where there are more than `key_accounts` **and** more than `key_account_share` of the
buying accounts, the key accounts and the customers (both under `limits` in kamgen.yml).
"""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.portfolio import by_stage
from kamgen.facts.programme import count_buying
from kamgen.finding import Place, Problem
from kamgen.model.portfolio import Portfolio
from kamgen.rules import Rule

_FEW = "limits: {key_accounts: 1, key_account_share: 0.5}\n"

RULE = Rule(
    "KAM705",
    "too-many-key-accounts",
    "W",
    hint="Agree at senior level how many you can serve, and let the lowest scores step down.",
    bad={
        "playbook/kamgen.yml": _FEW,
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\n",
        "accounts/bergland.yml": "name: Bergland\nstage: key\n",
        "accounts/cafe-anker.yml": "name: Café Anker\nstage: customer\n",
    },
    good={
        "playbook/kamgen.yml": _FEW,
        "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\n",
        "accounts/bergland.yml": "name: Bergland\nstage: customer\n",
        "accounts/cafe-anker.yml": "name: Café Anker\nstage: customer\n",
    },
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """The programme, where it is over both limits."""
    limits = portfolio.settings.limits
    key = by_stage(portfolio.accounts.values())["key"]
    buying = count_buying(portfolio.accounts.values())
    if key > limits.key_accounts and key > limits.key_account_share * buying:
        message = (
            f"{key} of {buying} buying accounts are key, {key / buying:.0%}. "
            f"Where there are more than {limits.key_accounts:f}, no more than {limits.key_account_share:.0%} should be."
        )
        yield Problem("", "programme", message, place=Place("accounts"))
