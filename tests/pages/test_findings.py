"""Findings and rules: what to coach next, how strict a rule is in plain words, and where a finding stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.pages import Page, findings, rules
from tests.conftest import write_files
from tests.pages.reader import read
from tests.pages.test_pages import SETTINGS, SMALL, pages_of, site_of, words


def page_of(tmp_path: Path, **files: str | bytes) -> Page:
    (page,) = findings.render(site_of(write_files(tmp_path, SMALL | files)))
    assert read(page).faults == []
    return page


def test_the_lesson_stands_beside_the_rule_and_its_findings_below(tmp_path: Path) -> None:
    text = words(page_of(tmp_path))
    start = text.index("KAM404 action-overdue")
    lesson = text[start : start + 400]
    assert "An action is past its date and not done. Finish it, move it and say why" in lesson
    assert "1 warning in 1 account warning Ernst Handel: Overdue since 2026-04-30" in lesson


def test_errors_come_first(tmp_path: Path) -> None:
    broken = {"accounts/second.yml": "name: Second\nstage: key\nmanager: nobody-known\n"}
    html = page_of(tmp_path, **broken).html
    assert html.index('<tr id="KAM007">') < html.index('<tr id="KAM404">')


def test_the_manager_is_a_filter_and_nothing_is_counted_by_person(tmp_path: Path) -> None:
    html = page_of(tmp_path).html
    assert "<th data-kg-select>Manager</th>" in html
    assert 'data-kg-who="margaret-peacock andrew-fuller"><th scope="row">' in html


def test_a_rule_with_many_findings_leads_to_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_OF_A_RULE", 0)
    assert '<li><a href="../rules/KAM404/">1 more</a></li>' in page_of(tmp_path).html


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", "Warning for key accounts and customers"),
        ("rules: {KAM404: info}", "Info for key accounts and customers"),
        ("rules: {KAM404: {key: error}}", "Error for key accounts; warning for customers"),
        ("rules: {KAM404: off}", "Off for all"),
    ],
)
def test_how_strict_a_rule_is_in_words(tmp_path: Path, chosen: str, expected: str) -> None:
    site = site_of(write_files(tmp_path, SMALL | {"playbook/kamgen.yml": f"{SETTINGS}{chosen}\n"}))
    index = next(page for page in rules.render(site) if page.address == "rules/")
    text = words(index)
    assert f"An action is past its date and not done. {expected} " in text
    assert "hint" not in text


def test_what_was_chosen_here_is_marked_on_the_page_of_the_rule(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL | {"playbook/kamgen.yml": f"{SETTINGS}rules: {{KAM404: info}}\n"}))
    text = words(pages_of(site)["rules/KAM404/"])
    assert "1 info in 1 account now." in text
    assert "Key accounts warning info, chosen here" in text
    assert "Prospects off off" in text


def test_nothing_found(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, {"accounts/one.yml": "name: One\nstage: suspect\n"}))
    site = type(site)(site.portfolio, ())
    (page,) = findings.render(site)
    assert "In order. " in words(page)
    assert "Nothing was found." in words(page)
