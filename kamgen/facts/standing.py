"""How accounts stand: their findings counted by level and by section of the plan, and which need attention first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kamgen.finding import LEVELS, Finding, Level
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import STAGES

Section = Literal[
    "account", "intelligence", "intentions", "implementation", "relationships", "freshness", "partnership"
]
# The columns of the table of plans; "account" (selection, data, the plan as a whole) comes last there.
SECTIONS: tuple[Section, ...] = (
    "intelligence",
    "intentions",
    "implementation",
    "relationships",
    "freshness",
    "partnership",
    "account",
)
_BY_CODE: Mapping[str, Section] = {
    "KAM102": "intelligence",
    "KAM103": "intentions",
    "KAM104": "implementation",
    "KAM712": "relationships",
}
_BY_FAMILY: Mapping[str, Section] = {
    "2": "intelligence",
    "3": "intentions",
    "4": "implementation",
    "5": "freshness",
    "6": "relationships",
    "8": "partnership",
}
# The longest path first: where something of no family stands says which section it belongs to.
_BY_PATH: tuple[tuple[str, Section], ...] = (
    ("plan.intelligence", "intelligence"),
    ("prose.intelligence", "intelligence"),
    ("plan.intentions", "intentions"),
    ("prose.intentions", "intentions"),
    ("plan.implementation", "implementation"),
    ("prose.implementation", "implementation"),
    ("plan.period", "freshness"),
    ("plan.past_periods", "freshness"),
    ("plan.reviewed", "freshness"),
    ("contacts", "relationships"),
    ("partnership", "partnership"),
    ("audits", "partnership"),
    ("promises", "partnership"),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings there are of each level."""

    error: int = 0
    warning: int = 0
    info: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.error + self.warning + self.info

    @property
    def worst(self) -> Level | None:
        """The most serious level that occurs."""
        return next((level for level in LEVELS if getattr(self, level)), None)

    @property
    def worst_count(self) -> int:
        """How many there are of the most serious level."""
        return getattr(self, self.worst) if self.worst else 0

    @property
    def others(self) -> int:
        """How many there are below the most serious level."""
        return self.total - self.worst_count


@dataclass(frozen=True, slots=True)
class Standing:
    """One account's findings: counted, by section, and the one to begin with."""

    account: Account
    tally: Tally = Tally()
    sections: Mapping[Section, Tally] = field(default_factory=dict)
    first: Finding | None = None


def tally(findings: Iterable[Finding]) -> Tally:
    """Findings counted by level."""
    levels = [finding.level for finding in findings]
    return Tally(levels.count("error"), levels.count("warning"), levels.count("info"))


def section_of(finding: Finding) -> Section:
    """The section of an account's page that a finding speaks of: by its code, its family, else where it stands."""
    if section := _BY_CODE.get(finding.code) or _BY_FAMILY.get(finding.code[3]):
        return section
    return next((section for path, section in _BY_PATH if finding.subject.startswith(path)), "account")


def by_section(findings: Iterable[Finding]) -> dict[Section, list[Finding]]:
    """Findings by section, the most serious first."""
    found: dict[Section, list[Finding]] = {}
    for finding in sorted(findings, key=_seriousness):
        found.setdefault(section_of(finding), []).append(finding)
    return found


def standings(portfolio: Portfolio, findings: Iterable[Finding]) -> dict[str, Standing]:
    """How every account stands, by slug; `findings` are those to be counted."""
    grouped: dict[str, list[Finding]] = {slug: [] for slug in portfolio.accounts}
    for finding in findings:
        if finding.account in grouped:
            grouped[finding.account].append(finding)
    return {slug: _standing(portfolio.accounts[slug], found) for slug, found in grouped.items()}


def _standing(account: Account, findings: list[Finding]) -> Standing:
    if not findings:
        return Standing(account)
    sections = {section: tally(found) for section, found in by_section(findings).items()}
    return Standing(account, tally(findings), sections, min(findings, key=_seriousness))


def worst(found: Mapping[str, Standing], limit: int) -> list[Standing]:
    """Who needs attention first: most errors, then most warnings, then the higher stage, then the name.

    Accounts with neither error nor warning are not among them; at most `limit`.
    """
    pressing = [standing for standing in found.values() if standing.tally.worst in ("error", "warning")]
    return sorted(pressing, key=_urgency)[:limit]


def _urgency(standing: Standing) -> tuple[int, int, int, str]:
    account = standing.account
    stage = STAGES.index(account.stage) if account.stage else len(STAGES)
    return -standing.tally.error, -standing.tally.warning, stage, account.name.casefold()


def _seriousness(finding: Finding) -> tuple[int, str, str, int]:
    return LEVELS.index(finding.level), finding.code, finding.place.path, finding.place.line
