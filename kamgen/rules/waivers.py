"""Waivers: which findings they silence, which are over, which silence nothing, and what is wrong with them.

An account's waivers stand in its own file, those for the workspace, people and the playbook in kamgen.yml.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kamgen.finding import Finding, Problem
from kamgen.model.account import Waiver
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.model.settings import Settings
from kamgen.read import references
from kamgen.rules import names, rule_book
from kamgen.rules.levels import heard

# What cannot be read hides everything else, and a waiver must not speak in its own cause.
NEVER_WAIVED = frozenset({"KAM001", "KAM010", "KAM011", "KAM017", "KAM018", "KAM020"})
_SETTINGS = "playbook/kamgen"


@dataclass(frozen=True, slots=True, eq=False)  # each is itself, so that many are told apart fast
class Standing:
    """A waiver where it stands: the account's slug ("": kamgen.yml) and the code it means (None: no such rule)."""

    account: str
    waiver: Waiver
    code: str | None

    def at(self, *keys: str) -> str:
        """The subject of the waiver, or of one of its keys."""
        top = () if self.account else (_SETTINGS,)
        return subject(*top, "waivers", self.waiver.id, *keys)

    def over(self, as_of: date) -> bool:
        """Whether its last day has passed."""
        return self.waiver.until < as_of

    def names(self, code: str, name: str) -> bool:
        """Whether it means this rule and this subject."""
        return self.code == code and self.waiver.subject in ("", name)

    @property
    def told(self) -> str:
        """What it accepts, in words: the rule and, where there is one, the subject."""
        rule = rule_book()[self.code].rule if self.code else None
        what = f"{rule.code} ({rule.name})" if rule else self.waiver.rule
        return f"{what} for {self.waiver.subject}" if self.waiver.subject else what


def standings(portfolio: Portfolio) -> Mapping[str, tuple[Standing, ...]]:
    """Every waiver by the slug of the account it speaks of; "" for those in kamgen.yml."""
    given = {slug: account.record.waivers for slug, account in portfolio.accounts.items()}
    given[""] = portfolio.settings.waivers
    return {slug: tuple(_standing(slug, one) for one in waivers) for slug, waivers in given.items() if waivers}


def _standing(slug: str, waiver: Waiver) -> Standing:
    return Standing(slug, waiver, waiver.rule if waiver.rule in rule_book() else names().get(waiver.rule))


def silencing(waivers: Iterable[Standing], finding: Finding, as_of: date) -> Standing | None:
    """The waiver that silences a finding, the first of several."""
    if finding.code in NEVER_WAIVED:
        return None
    return next((one for one in waivers if one.names(finding.code, finding.subject) and not one.over(as_of)), None)


def mistakes(portfolio: Portfolio, waivers: Iterable[Standing]) -> Iterator[Problem]:
    """Waivers of rules that do not exist (KAM008), and people in those of kamgen.yml whom nobody knows (KAM007)."""
    for one in waivers:
        if one.code is None:
            yield _no_such_rule(one)
    if "team" not in portfolio.unread:
        checked = references.Checked("", {"ours": portfolio.playbook.team}, portfolio.as_of)
        yield from references.check(Settings, portfolio.settings, (_SETTINGS,), checked)


def _no_such_rule(one: Standing) -> Problem:
    wanted = one.waiver.rule
    near = difflib.get_close_matches(wanted, [*rule_book(), *names()], 1, 0.6)
    near = [wanted.upper()] if wanted.upper() in rule_book() else near
    hint = f'Did you mean "{near[0]}"?' if near else "`kamgen rule` lists them."
    return Problem(one.account, one.at("rule"), f'There is no rule "{wanted}".', hint, "KAM008")


def expired(waivers: Iterable[Standing], as_of: date) -> Iterator[Problem]:
    """Waivers whose last day has passed (KAM017)."""
    for one in waivers:
        if one.code and one.over(as_of):
            message = f"The waiver of {one.told} ended on {one.waiver.until}, so what it silenced counts again."
            yield Problem(one.account, one.at("until"), message, code="KAM017")


def unused(portfolio: Portfolio, waivers: Iterable[Standing], used: Collection[Standing]) -> Iterator[Problem]:
    """Waivers that silenced nothing in a full run (KAM018); those of rules that could not speak are left alone.

    Where a value is not understood, rules on other values of the account fall silent too.
    """
    in_doubt = {slug for slug, _ in portfolio.distrusted}
    for one in waivers:
        if one.code is None or one in used or one.over(portfolio.as_of):
            continue
        if one.code in NEVER_WAIVED:
            message = f"{one.code} can never be waived, so this waiver silences nothing."
            yield Problem(
                one.account, one.at(), message, "Put right what is reported, and delete the waiver.", "KAM018"
            )
        elif one.account not in in_doubt and heard(
            portfolio, rule_book()[one.code].rule, one.account, one.waiver.subject
        ):
            message = f"There is nothing that this waiver of {one.told} would silence."
            yield Problem(one.account, one.at(), message, code="KAM018")
