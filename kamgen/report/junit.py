"""JUnit's XML, which most CI servers show as test results: one suite an account, one test a finding."""

from __future__ import annotations

from xml.etree import ElementTree

from kamgen.finding import Finding
from kamgen.report import Report

WORKSPACE = "workspace"
SKIPPED = {"waiver": "accepted for a while by a waiver", "baseline": "known since the baseline was written"}


def render(report: Report) -> str:
    """Errors and warnings fail, suppressed findings are skipped, and infos pass and stand in the suite's output."""
    found: dict[str, list[Finding]] = {"": [], **{slug: [] for slug in report.names}}
    for finding in report.findings:
        found.setdefault(finding.account, []).append(finding)
    top = ElementTree.Element("testsuites")
    for number, (slug, findings) in enumerate(found.items()):
        top.append(_suite(report, number, slug, findings))
    ElementTree.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(top, encoding="unicode")}\n'


def _suite(report: Report, number: int, slug: str, findings: list[Finding]) -> ElementTree.Element:
    tests = [_test(report, finding) for finding in findings] or [_case(slug, "nothing found")]
    suite = _element(
        "testsuite",
        name=report.names.get(slug, slug) if slug else "Workspace and playbook",
        package=slug or WORKSPACE,
        id=str(number),
        timestamp=f"{report.as_of}T00:00:00",
        hostname="localhost",  # older readers insist on one; ours would only differ from run to run
        tests=str(len(tests)),
        failures=str(sum(test.find("failure") is not None for test in tests)),
        errors="0",
        skipped=str(sum(test.find("skipped") is not None for test in tests)),
        time="0",
    )
    suite.append(_element("properties"))
    suite.extend(tests)
    infos = (_line(report, one) for one in findings if one.level == "info" and not one.suppressed)
    suite.append(_element("system-out", "\n".join(infos)))
    suite.append(_element("system-err"))
    return suite


def _test(report: Report, finding: Finding) -> ElementTree.Element:
    test = _case(finding.account, f"{finding.code} {finding.name}: {finding.subject}")
    if finding.suppressed:
        test.append(_element("skipped", message=SKIPPED[finding.suppressed]))
    elif finding.level != "info":
        test.append(_element("failure", _line(report, finding), message=finding.message, type=finding.level))
    return test


def _case(slug: str, name: str) -> ElementTree.Element:
    return _element("testcase", classname=slug or WORKSPACE, name=name, time="0")


def _line(report: Report, finding: Finding) -> str:
    place = finding.place
    return f"{report.prefix}{place.path}:{place.line}:{place.column}: {finding.code} {finding.text}"


def _element(tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.Element(tag, {name: _allowed(value) for name, value in attributes.items()})
    element.text = _allowed(text) or None
    return element


def _allowed(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
