"""Two states of the workspace side by side: what changed, and which findings came and went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kamgen.errors import KamgenError
from kamgen.facts.changes.workspace import AccountChanges, account_changes, workspace_changes
from kamgen.finding import Finding
from kamgen.project import Clock
from kamgen.read.git import NoHistory, Repository, open_repository
from kamgen.read.snapshot import Snapshot
from kamgen.read.workspace import Read, read_workspace
from kamgen.report.diff import AccountDiff, Diff
from kamgen.rules import worst_first
from kamgen.rules.engine import Scope, judge


@dataclass(frozen=True, slots=True)
class Compared:
    """Which two states are compared: revisions of git; without a base the point where a branch left the main branch.

    Without a head the files as they are now.
    """

    base: str | None = None
    head: str | None = None


def difference(root: Path, clock: Clock, compared: Compared, version: str, help_base: str = "") -> Diff:
    """What changed for the accounts between two states, with the findings introduced and fixed.

    Both are judged on the same day and by the later one's settings, so that a change of rules is no change of accounts.
    Raises KamgenError where git knows nothing of one of them.
    """
    root = root.resolve()
    try:
        repository = open_repository(root)
        base, named = _base(repository, compared.base)
        before = _read_state(repository, base, clock)
        after = _read_state(repository, compared.head, clock) if compared.head else read_workspace(root, clock.day)
    except NoHistory as reason:
        raise KamgenError(f"What changed is unknown: {reason}.") from reason
    settings, as_of = after.portfolio.settings, after.portfolio.as_of
    older = replace(before, portfolio=replace(before.portfolio, settings=settings, as_of=as_of))
    then, now = _open_findings(older, help_base), _open_findings(after, help_base)
    accounts = account_changes(before.portfolio, after.portfolio)
    told = [_account_diff(one, then, now) for one in accounts]
    workspace = AccountChanges(
        "", "", "Workspace and playbook", tuple(workspace_changes(before.portfolio, after.portfolio))
    )
    return Diff(
        base=named,
        head=compared.head or "the files as they are now",
        as_of=as_of,
        accounts=[_account_diff(workspace, then, now), *told],
        limits=_limits(repository),
        version=version,
        prefix=repository.prefix,
    )


def _base(repository: Repository, asked: str | None) -> tuple[str, str]:
    """The commit to compare with, and what to call it."""
    if asked:
        return repository.resolve(asked), asked
    main = repository.main()
    base = repository.base(main)
    return base, "the last commit" if base == repository.resolve("HEAD") else f"{main} ({base[:8]})"


def _read_state(repository: Repository, revision: str, clock: Clock) -> Read:
    with repository.texts() as store:
        return read_workspace(repository.root, clock.day, Snapshot(repository.root, repository.files(revision), store))


def _open_findings(read: Read, help_base: str) -> Mapping[str, Mapping[str, Finding]]:
    """The findings that nothing silences, by account and identity."""
    found: dict[str, dict[str, Finding]] = {}
    for finding in judge(read.portfolio, read.problems, Scope(), help_base):
        if not finding.suppressed:
            found.setdefault(finding.account, {})[f"{finding.code}|{finding.subject}"] = finding
    return found


def _account_diff(
    one: AccountChanges,
    before: Mapping[str, Mapping[str, Finding]],
    after: Mapping[str, Mapping[str, Finding]],
) -> AccountDiff:
    is_workspace = not one.before and not one.after
    old = before.get(one.before, {}) if one.before or is_workspace else {}
    new = after.get(one.after, {}) if one.after or is_workspace else {}
    return AccountDiff(
        one.after or one.before,
        one.name,
        one.changes,
        introduced=_by_level(_only_in(new, old)),
        fixed=_by_level(_only_in(old, new)) if one.after or is_workspace else (),
    )


def _only_in(these: Mapping[str, Finding], others: Mapping[str, Finding]) -> Iterator[Finding]:
    """The findings of one state that the other has not; what is told of a thing with another id now is the same."""
    told = {(other.code, other.message) for key, other in others.items() if key not in these}
    for key, finding in these.items():
        if key not in others and (finding.code, finding.message) not in told:
            yield finding


def _by_level(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (worst_first(finding.level), finding.code)))


def _limits(repository: Repository) -> tuple[str, ...]:
    if not repository.shallow:
        return ()
    return ("This clone holds only the newest part of the history: what was before is unknown.",)
