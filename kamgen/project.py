"""The whole pipeline in one place: read, judge, and hand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kamgen.finding import Finding
from kamgen.model.portfolio import Portfolio
from kamgen.model.settings import Settings
from kamgen.model.values import NEVER
from kamgen.read.workspace import read_workspace
from kamgen.report import Report, summary
from kamgen.rules import Number
from kamgen.rules.engine import Scope, judge


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
    """A workspace, read and judged."""

    root: Path
    portfolio: Portfolio
    findings: list[Finding]


def check_workspace(root: Path, clock: Clock, scope: Scope | None = None, help_base: str = "") -> Checked:
    """Read the workspace at `root` and judge it; `help_base` is the address under which rule pages stand."""
    read = read_workspace(root, clock.day)
    findings = judge(read.portfolio, read.problems, scope or Scope(), help_base)
    return Checked(root, read.portfolio, findings)


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
        names={account.slug: account.name for account in accounts.values()},
        version=version,
        prefix=prefix,
        colour=colour,
    )


def today(root: Path, clock: Clock) -> date:
    """The day that counts as today in a workspace."""
    return read_workspace(root, clock.day).portfolio.as_of


def shown(number: Number) -> str:
    """A setting's value in words."""
    if isinstance(number, timedelta):
        return "never" if number == NEVER else f"{number.days} days"
    return f"{number:f}"


def summary_of(checked: Checked) -> str:
    """The closing line of a run."""
    return summary(report_of(checked, "", None, ""))
