"""The whole pipeline in one place: read, judge, and hand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kamgen.edit.baseline import write_baseline
from kamgen.errors import KamgenError
from kamgen.finding import Finding
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.model.settings import Settings
from kamgen.model.values import STAGES
from kamgen.read.baseline import BASELINE, read_baseline
from kamgen.read.history import read_history
from kamgen.read.origins import SETTINGS_FILE, own_settings
from kamgen.read.workspace import read_workspace
from kamgen.report import Report, summary
from kamgen.rules.baseline import fixed, marked
from kamgen.rules.engine import Scope, judge
from kamgen.rules.inforce import Origins, aligned, rule_rows, setting_rows
from kamgen.rules.inforce import shown as shown
from kamgen.rules.strictness import check_choices


@dataclass(frozen=True, slots=True)
class Clock:
    """What the rim knows of time: the day asked for, SOURCE_DATE_EPOCH in seconds, and now (UTC)."""

    now: datetime
    asked: date | None = None
    epoch: int | None = None

    def day(self, settings: Settings) -> tuple[date, bool]:
        """The day a workspace is judged on, and whether that day stands still.

        In this order: asked for, `as_of` in kamgen.yml, SOURCE_DATE_EPOCH, today in the workspace's time zone.
        """
        if self.asked or settings.as_of:
            return self.asked or settings.as_of or self.now.date(), True
        if self.epoch is not None:
            return datetime.fromtimestamp(self.epoch, UTC).date(), True
        return self.now.astimezone(_zone(settings.timezone)).date(), False


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")  # reported as a finding by the settings' own check


@dataclass(frozen=True, slots=True)
class Checked:
    """A workspace, read and judged; `fixed` are the identities of the baseline that a full run no longer finds."""

    root: Path
    portfolio: Portfolio
    findings: list[Finding]
    fixed: tuple[str, ...] = ()


def check_workspace(root: Path, clock: Clock, scope: Scope | None = None, help_base: str = "") -> Checked:
    """Read the workspace at `root` and judge it; `help_base` is the address under which rule pages stand.

    Raises KamgenError where there is a baseline that cannot be read.
    """
    known = read_baseline(root)
    read = read_workspace(root, clock.day)
    portfolio = with_history(root, read.portfolio)
    scope = scope or Scope()
    findings = judge(portfolio, read.problems, scope, help_base)
    if known is None:
        return Checked(root, portfolio, findings)
    mended = fixed(portfolio, findings, known) if scope.is_full else ()
    return Checked(root, portfolio, marked(findings, known), tuple(mended))


def with_history(root: Path, portfolio: Portfolio) -> Portfolio:
    """The portfolio with what git knows of its earlier states."""
    settings, former = portfolio.settings, portfolio.playbook.former
    history = read_history(root.resolve(), portfolio.accounts, settings.limits, portfolio.as_of, former)
    return replace(portfolio, history=history)


def baseline(root: Path, clock: Clock, renew: bool) -> str:
    """Write or prune the baseline of a workspace; the words that say what was done."""
    known = None if renew else read_baseline(root)
    read = read_workspace(root, clock.day)
    if not read.portfolio.accounts:
        raise KamgenError(f"No account was found in {root / 'accounts'}, so there is nothing to begin with.")
    findings = judge(with_history(root, read.portfolio), read.problems, Scope(), "")
    return write_baseline(root, read.portfolio, findings, known)


def report_of(
    checked: Checked, prefix: str, slugs: frozenset[str] | None, version: str, colour: bool = False
) -> Report:
    """What a run found, ready for a format. `slugs` are the accounts asked for; None: all."""
    accounts = checked.portfolio.accounts
    return Report(
        findings=checked.findings,
        as_of=checked.portfolio.as_of,
        accounts=len(accounts if slugs is None else slugs),
        files=checked.portfolio.files,
        names={slug: account.name for slug, account in accounts.items() if slugs is None or slug in slugs},
        version=version,
        prefix=prefix,
        colour=colour,
        fixed=checked.fixed,
        managers={
            slug: checked.portfolio.person_name(None, account.record.manager)
            for slug, account in accounts.items()
            if account.record.manager
        },
        known_since=checked.portfolio.history.since,
    )


def today(root: Path, clock: Clock) -> date:
    """The day that counts as today in a workspace."""
    return read_workspace(root, clock.day).portfolio.as_of


def settings_in_force(root: Path, clock: Clock) -> str:
    """Every setting and the level of every rule by stage, each with where it comes from."""
    read = read_workspace(root, clock.day)
    settings = read.portfolio.settings
    top = f"{subject('playbook/kamgen')}."
    told = [*read.problems, *check_choices(settings)]
    refused = {problem.subject.removeprefix(top) for problem in told if problem.subject.startswith(top)}
    origins = Origins(SETTINGS_FILE, own_settings(root, int(settings.limits.file_size_kb)), refused)
    rows = aligned([("Setting", "In force", "From"), *setting_rows(settings, origins)])
    rules = aligned([("Rule", *STAGES, "From"), *rule_rows(settings, origins)])
    return f"Judged as of {read.portfolio.as_of}.\n\n{rows}\n{rules}{_baseline_line(root)}"


def _baseline_line(root: Path) -> str:
    known = read_baseline(root)
    return "" if known is None else f"\n{BASELINE}: {len(known)} known findings do not count.\n"


def summary_of(checked: Checked) -> str:
    """The closing line of a run."""
    return summary(report_of(checked, "", None, ""))
