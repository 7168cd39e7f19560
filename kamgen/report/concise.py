"""One line a finding, `path:line:column: CODE text`, for editors and grep."""

from __future__ import annotations

from kamgen.report import Report, summary


def render(report: Report) -> str:
    """The findings, one a line, and the summary."""
    found = [f"{f.place.path}:{f.place.line}:{f.place.column}: {f.code} {f.text}" for f in report.active]
    return "\n".join([*found, summary(report)]) + "\n"
