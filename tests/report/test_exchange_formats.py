"""The formats that other programs read: their public shapes, stable identities, escaping and limits."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from markdown_it import MarkdownIt

from kamgen.finding import Finding, Place
from kamgen.project import report_of
from kamgen.report import Report, markdown, render
from kamgen.rules import rule_book
from tests.conftest import checked, write_files
from tests.report.shapes import GITLAB, JUNIT, junit, sarif
from tests.report.test_formats import FINDINGS, REPORT

EMPTY = replace(REPORT, findings=())
HOSTILE = (
    '%0A::error::x\r\n|a|`b`*c*_d_[e](f)<img src=x onerror=y>@team #12 ]]> \x1b[31m\x00 "q" &amp; $x$ ~~z~~ http://e.f'
)
WILD = replace(
    REPORT, findings=(replace(FINDINGS[1], message=HOSTILE, hint=HOSTILE, subject="x|y"),), names={"a": HOSTILE}
)


@pytest.mark.parametrize("made", [REPORT, EMPTY, WILD])
def test_sarif_obeys_the_public_schema(made: Report) -> None:
    log = json.loads(render("sarif", made))
    sarif().validate(log)
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]


def test_sarif_takes_the_texts_from_the_rule_book() -> None:
    (run,) = json.loads(render("sarif", REPORT))["runs"]
    for told in run["tool"]["driver"]["rules"]:
        entry = rule_book()[told["id"]]
        assert told["shortDescription"]["text"] == entry.summary
        assert told["help"]["markdown"] == entry.manual


def test_sarif_keeps_what_is_suppressed_and_says_so() -> None:
    (run,) = json.loads(render("sarif", replace(REPORT, findings=(replace(FINDINGS[0], suppressed="baseline"),))))[
        "runs"
    ]
    assert run["results"][0]["suppressions"] == [
        {"kind": "external", "justification": "Known since the baseline was written."}
    ]


def test_paths_begin_at_the_top_of_the_repository() -> None:
    (run,) = json.loads(render("sarif", REPORT))["runs"]
    where = run["results"][1]["locations"][0]["physicalLocation"]
    assert where == {
        "artifactLocation": {"uri": "plans/accounts/a%25b/plan.yml"},
        "region": {"startLine": 47, "startColumn": 5},
    }
    assert json.loads(render("gitlab", REPORT))[1]["location"]["path"] == "plans/accounts/a%b/plan.yml"


def test_a_finding_keeps_its_fingerprint_when_its_line_and_words_change() -> None:
    moved = replace(FINDINGS[1], message="Later.", place=Place("accounts/a.yml", 3))
    other = replace(FINDINGS[1], subject="plan.implementation.y")
    first, second, third = (_fingerprints(finding) for finding in (FINDINGS[1], moved, other))
    assert first == second
    assert not set(first) & set(third)


def _fingerprints(finding: Finding) -> list[str]:
    made = replace(REPORT, findings=(finding,))
    (run,) = json.loads(render("sarif", made))["runs"]
    return [*run["results"][0]["partialFingerprints"].values(), json.loads(render("gitlab", made))[0]["fingerprint"]]


@pytest.mark.parametrize("made", [REPORT, EMPTY, WILD])
def test_gitlab_has_the_public_shape(made: Report) -> None:
    entries = json.loads(render("gitlab", made))
    jsonschema.Draft202012Validator(GITLAB).validate(entries)
    assert [entry["description"].split()[0] for entry in entries] == [finding.code for finding in made.active]


@pytest.mark.parametrize("made", [REPORT, EMPTY, WILD])
def test_junit_obeys_the_public_schema(made: Report) -> None:
    junit().validate(render("junit", made))


@pytest.mark.parametrize("made", [REPORT, EMPTY, WILD])
def test_junit_has_what_stricter_readers_ask_for(made: Report) -> None:
    top = ElementTree.fromstring(render("junit", made))
    for element in top.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) == attributes
        order = [children.index(child.tag) for child in element]
        assert order == sorted(order)
    for suite in top:
        found = Counter(element.tag for element in suite.iter())
        assert found["testcase"] == int(suite.attrib["tests"]) > 0
        assert found["failure"] == int(suite.attrib["failures"])
        assert found["skipped"] == int(suite.attrib["skipped"])
        assert all(found[tag] == 1 for tag in ("properties", "system-out", "system-err"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    assert [suite.attrib["id"] for suite in top] == [str(number) for number in range(len(top))]


def test_junit_has_one_suite_an_account_also_where_nothing_was_found() -> None:
    made = replace(REPORT, names={"a": "Ärger & Söhne, Inc.", "b": "Clean"})
    suites = {suite.attrib["name"]: suite for suite in ElementTree.fromstring(render("junit", made))}
    assert list(suites) == ["Workspace and playbook", "Ärger & Söhne, Inc.", "Clean"]
    assert [(case.attrib["name"], len(case)) for case in suites["Clean"].iter("testcase")] == [("nothing found", 0)]


@pytest.mark.parametrize("made", [REPORT, WILD])
def test_a_markdown_row_stays_a_row_and_reads_as_it_was_meant(made: Report) -> None:
    text = render("markdown", made)
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(made.active)
    assert {row.count("|") for row in rows} == {6}
    shown = MarkdownIt("commonmark").enable("table").render(text)
    assert "<img" not in shown
    assert "<em>" not in shown
    assert "<code>b" not in shown
    assert "@team" not in text


def test_a_markdown_table_fits_into_a_comment_and_says_what_is_left_out() -> None:
    many = tuple(replace(FINDINGS[1], subject=str(number), message="x" * 300) for number in range(1000))
    text = render("markdown", replace(REPORT, findings=(*many, FINDINGS[0])))
    rows = text.count("\n| error ")
    assert len(text) < 65_536
    assert rows > 100
    assert f"… and {1001 - rows} more findings: run `kamgen check` to see them all." in text
    whole = markdown.document(replace(REPORT, findings=many[:500]), markdown.STEP_SUMMARY)
    assert whole.count("\n| error ") == 500


def test_github_shows_ten_of_a_type_the_worst_first_and_says_how_many_more() -> None:
    errors = [replace(FINDINGS[1], subject=str(number)) for number in range(13)]
    warnings = [replace(FINDINGS[0], subject=str(number)) for number in range(11)]
    lines = render("github", replace(REPORT, findings=(*warnings, *errors, FINDINGS[2]))).splitlines()
    assert [line.split()[0] for line in lines[:21]] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert lines[21] == (
        "Not shown beside the lines: 3 more errors, 1 more warning. The summary of this step lists them all."
    )
    assert len(lines) == 23


def test_github_survives_everything_in_a_name() -> None:
    lines = render("github", WILD).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=")
    assert "\n" not in lines[0]
    assert "%250A" in lines[0]


HOSTILE_ACCOUNT = f"""
name: {json.dumps(HOSTILE)}
stage: key
manager: {json.dumps(HOSTILE)}
plan:
  reviewed: 2026-02-30
  intelligence: {{threats: [{{what: {json.dumps(HOSTILE)}, on: 2026-01-01}}]}}
  implementation: [{{what: {json.dumps(HOSTILE)}, due: 2026-04-01}}]
"""


@pytest.mark.parametrize("hostile", [False, True], ids=["demo", "hostile"])
def test_real_findings_keep_the_shapes(hostile: bool, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    if hostile:
        root = write_files(tmp_path, {"accounts/a.yml": HOSTILE_ACCOUNT, "playbook/team.yml": "ann: {name: Ann}\n"})
    found = checked(root)
    assert len(found.findings) > 5
    made = report_of(found, "", None, "1.2.3")
    sarif().validate(json.loads(render("sarif", made)))
    junit().validate(render("junit", made))
    entries = json.loads(render("gitlab", made))
    jsonschema.Draft202012Validator(GITLAB).validate(entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    suites = ElementTree.fromstring(render("junit", made))
    assert len(suites) == len(found.portfolio.accounts) + 1


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda: sarif().validate({"version": "2.1.0", "runs": [{"results": []}]}), "'tool' is a required property"),
        (lambda: sarif().validate(_misplaced("a b.yml")), "does not match"),
        (lambda: junit().validate("<testsuites><testsuite name='a'/></testsuites>"), "missing required attribute"),
    ],
)
def test_the_schemas_refuse_what_is_wrong(harm: Callable[[], None], told: str) -> None:
    with pytest.raises(Exception, match=told):
        harm()


def _misplaced(path: str) -> dict[str, object]:
    log: dict[str, object] = json.loads(render("sarif", REPORT).replace("plans/accounts/a%25b/plan.yml", path))
    return log
