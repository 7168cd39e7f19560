"""A Markdown list by account manager, then by account: who has what to look at, for a weekly issue."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kamgen.finding import Finding
from kamgen.report import Report, counted, summary
from kamgen.report.markdown import COMMENT, escaped
from kamgen.rules import worst_first

NOBODY, WORKSPACE = "No manager", "Workspace and playbook"
_LAST = (NOBODY, WORKSPACE)


def render(report: Report) -> str:
    """The summary, then each manager's accounts with errors and warnings, as much as fits into an issue.

    Infos stand in the summary only. Managers stand by name and are not counted: the list says what to look at, not who
    is behind.
    """
    told = (finding for finding in report.active if finding.level != "info")
    found = sorted(told, key=lambda one: (*_order(report, one), worst_first(one.level)))
    parts = [
        (manager, _account(report, account, of_account))
        for manager, of_manager in groupby(found, lambda one: _manager(report, one))
        for account, of_account in groupby(of_manager, lambda one: one.account)
    ]
    lines = [summary(report), ""]
    left, last = COMMENT, ""
    for number, (manager, part) in enumerate(parts):
        head = [] if manager == last else [f"### {escaped(manager)}", ""]
        left -= sum(len(line) + 1 for line in (*head, *part))
        if left < 0:
            more = counted(len(parts) - number, "more account")
            return "\n".join([*lines, f"… and {more}: run `kamgen check` to see them all.", ""])
        lines += [*head, *part]
        last = manager
    return "\n".join(lines)


def _order(report: Report, finding: Finding) -> tuple[int, str, str, str]:
    manager = _manager(report, finding)
    rank = _LAST.index(manager) + 1 if manager in _LAST else 0
    return rank, manager.casefold(), report.names.get(finding.account, ""), finding.account


def _manager(report: Report, finding: Finding) -> str:
    return report.managers.get(finding.account, "") or (NOBODY if finding.account else WORKSPACE)


def _account(report: Report, account: str, findings: Iterable[Finding]) -> list[str]:
    told = [_line(report, finding) for finding in findings]
    name = report.names.get(account, account)
    return [f"**{escaped(name)}**", "", *told, ""] if account else [*told, ""]


def _line(report: Report, finding: Finding) -> str:
    place = f"{report.prefix}{finding.place.path}:{finding.place.line}"
    return f"- {finding.level} {finding.code}: {escaped(finding.text)} ({escaped(place)})"
