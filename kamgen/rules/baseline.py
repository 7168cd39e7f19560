"""Old debt and new: findings that are in the baseline do not count, and those of it that are gone are mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from kamgen.finding import Finding
from kamgen.model.portfolio import Portfolio
from kamgen.read.origins import SETTINGS_FILE
from kamgen.rules import rule_book
from kamgen.rules.levels import heard


def belongs(finding: Finding) -> bool:
    """Whether a baseline takes a finding in: not what is waived, and no error in the settings.

    Mistakes in the settings change what every rule says, so they are never old debt.
    """
    in_settings = finding.place.path == SETTINGS_FILE and finding.level == "error"
    return finding.suppressed != "waiver" and not in_settings


def marked(findings: Iterable[Finding], known: Collection[str]) -> list[Finding]:
    """The findings, those of the baseline suppressed; `known` are the identities in it."""
    return [
        replace(finding, suppressed="baseline") if finding.id in known and belongs(finding) else finding
        for finding in findings
    ]


def fixed(portfolio: Portfolio, findings: Iterable[Finding], known: Collection[str]) -> list[str]:
    """The identities of a baseline that a full run no longer finds, sorted.

    What could not be judged in this run (a file that cannot be read, a rule that is off) is not fixed. Nor is anything
    in an account whose data have a new mistake: where a value is not understood, rules on other values fall silent.
    """
    found = list(findings)
    mistakes = (one for one in found if one.code.startswith("KAM0") and one.level == "error")
    in_doubt = {one.account for one in mistakes if one.id not in known}
    gone = set(known) - {one.id for one in found}
    return sorted(identity for identity in gone if _judged(portfolio, identity, in_doubt))


def _judged(portfolio: Portfolio, identity: str, in_doubt: Collection[str]) -> bool:
    code, _, rest = identity.partition("|")
    account, _, name = rest.partition("|")
    entry = rule_book().get(code)
    if entry is None:
        return True
    return account not in in_doubt and heard(portfolio, entry.rule, account, name.partition("~")[0])


def in_words(names: Mapping[str, str], identity: str) -> str:
    """An identity for a reader: the rule, the account by its name (`names` by slug), and the subject."""
    code, _, rest = identity.partition("|")
    slug, _, name = rest.partition("|")
    entry = rule_book().get(code)
    whom = names.get(slug, slug) if slug else "workspace"
    return f"{code}{f' {entry.rule.name}' if entry else ''}, {whom}: {unquote(name)}"
