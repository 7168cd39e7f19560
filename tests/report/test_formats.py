"""Each format against its golden, over findings that hold everything that would have to be escaped."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.finding import Finding, Place
from kamgen.report import Report, formats, render
from tests.conftest import assert_golden

GOLDEN = Path(__file__).parent / "golden"

FINDINGS = (
    Finding(
        code="KAM510",
        name="export-old",
        level="warning",
        message="The newest month in sales.csv is 2026-02.",
        hint="Export again.",
        place=Place("accounts/sales.csv"),
        account="",
        subject="sales",
        help="https://intranet.example/rules/KAM510/",
    ),
    Finding(
        code="KAM404",
        name="action-overdue",
        level="error",
        message='Overdue since 2026-04-01: "100 % off: a, b\nand c" (Zoë <b>O\'Neil</b>).',
        hint="Finish it.",
        place=Place("accounts/a%b/plan.yml", 47, 5, "  - what: 100 % off\t<b>"),
        account="a",
        subject="plan.implementation.x%2Ey",
        help="https://intranet.example/rules/KAM404/",
    ),
    Finding(
        code="KAM507",
        name="contact-going-cold",
        level="info",
        message="Not met since 2026-01-01: Roland Mendel, " + "who has a very long story " * 6 + "indeed.",
        hint="",
        place=Place("accounts/a/contacts.yml", 3, 130, "roland-mendel: " + "x" * 200),
        account="a",
        subject="contacts.roland-mendel",
        help="",
    ),
    Finding(
        code="KAM502",
        name="review-overdue",
        level="warning",
        message="Late.",
        hint="Hold it.",
        place=Place("accounts/a/plan.yml", 1, 1, "reviewed: 2026-01-01"),
        account="a",
        subject="plan.reviewed",
        help="",
        suppressed="waiver",
    ),
)
REPORT = Report(FINDINGS, date(2026, 5, 6), 2, 9, {"a": "Ärger & Söhne, Inc."}, "1.2.3", "plans/")


@pytest.mark.parametrize("name", formats())
def test_format(name: str) -> None:
    assert_golden(GOLDEN / f"{name}.txt", render(name, REPORT))


def test_text_in_colour_says_the_same() -> None:
    import click

    coloured = Report(FINDINGS, date(2026, 5, 6), 2, 9, {"a": "Ärger & Söhne, Inc."}, "1.2.3", colour=True)
    assert "\x1b[" in render("text", coloured)
    assert click.unstyle(render("text", coloured)) == render("text", REPORT)


def test_json_keeps_what_is_suppressed_and_does_not_count_it() -> None:
    told = json.loads(render("json", REPORT))
    assert told["summary"] == {"accounts": 2, "files": 9, "error": 1, "warning": 1, "info": 1}
    assert [finding.get("suppressed") for finding in told["findings"]] == [None, None, None, "waiver"]
    assert told["findings"][1]["id"] == "KAM404|a|plan.implementation.x%2Ey"


def test_a_github_annotation_stays_on_one_line() -> None:
    lines = render("github", REPORT).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("::error file=plans/accounts/a%25b/plan.yml,line=47,col=5,title=KAM404")
    assert lines[0].count("::") == 2


def test_an_unknown_format_is_refused_with_the_list() -> None:
    with pytest.raises(
        KamgenError, match="There is: concise, github, gitlab, json, junit, managers, markdown, sarif, text"
    ):
        render("pdf", REPORT)
