"""The facts that pages show, edges first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kamgen.facts.agenda import Task, grouped, horizon
from kamgen.facts.standing import SECTIONS, Tally, section_of, standings, tally, worst
from kamgen.finding import Finding, Level, Place
from kamgen.model.account import AccountFile, Action, Period, Plan
from kamgen.model.portfolio import Account, Portfolio
from kamgen.pages import words
from kamgen.pages.wording import ENGLISH_WORDING as EN
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def account(slug: str, stage: str = "key", plan: Plan | None = None) -> Account:
    """An account in memory."""
    record = AccountFile.model_validate({"name": slug.title(), "stage": stage})
    return Account(slug, record.stage, record.model_copy(update={"plan": plan}))


def finding(code: str, slug: str, level: Level = "warning", subject: str = "plan") -> Finding:
    """A finding in memory."""
    return Finding(code, "name", level, "message", "", Place("f"), slug, subject, "")


def task(due: date | None) -> Task:
    """An open action due on a day."""
    return Task(account("a"), Action.model_validate({"what": "x", "id": "x"}).model_copy(update={"due": due}), False)


@pytest.mark.parametrize(
    ("code", "subject", "section"),
    [
        ("KAM101", "plan", "account"),
        ("KAM102", "plan.intelligence", "intelligence"),
        ("KAM105", "plan.intelligence.culture", "intelligence"),
        ("KAM105", "promises.a", "partnership"),
        ("KAM006", "plan.reviewed", "freshness"),
        ("KAM404", "plan.implementation.x", "implementation"),
        ("KAM411", "dates.contract-ends", "implementation"),
        ("KAM604", "contacts.x", "relationships"),
        ("KAM701", "selection.reason", "account"),
        ("KAM809", "", "partnership"),
    ],
)
def test_section_of(code: str, subject: str, section: str) -> None:
    assert section_of(finding(code, "a", subject=subject)) == section
    assert section in SECTIONS


def test_worst_first_and_none_without_errors_or_warnings() -> None:
    accounts = {
        slug: account(slug, stage) for slug, stage in (("a", "customer"), ("b", "key"), ("c", "key"), ("d", "key"))
    }
    found = [
        finding("KAM404", "a"),
        finding("KAM404", "b"),
        finding("KAM401", "c", "error"),
        finding("KAM406", "d", "info"),
        finding("KAM404", "gone"),
    ]
    standing = standings(Portfolio(TODAY, default_settings(), accounts), found)
    assert [one.account.slug for one in worst(standing, 10)] == ["c", "b", "a"]
    assert [one.account.slug for one in worst(standing, 1)] == ["c"]
    assert standing["c"].first == found[2]
    assert standing["d"].tally == Tally(info=1)


def test_tally_in_words() -> None:
    assert words.tally_words(tally([]), EN) == "in order"
    assert words.tally_words(Tally(1, 2, 3), EN) == "1 error, 2 warnings, 3 infos"
    assert words.worst_words(Tally(0, 1, 3), EN) == "1 warning"
    assert Tally(0, 1, 3).others == 3


def test_tasks_by_week() -> None:
    days = [date(2026, 5, 5), TODAY, date(2026, 5, 10), date(2026, 5, 11), None]
    groups = grouped([task(day) for day in days], TODAY)
    assert [(g.kind, g.monday, len(g.tasks)) for g in groups] == [
        ("overdue", None, 1),
        ("week", date(2026, 5, 4), 2),
        ("week", date(2026, 5, 11), 1),
        ("undated", None, 1),
    ]


def test_the_horizon_is_the_period_while_it_lasts_and_else_ninety_days() -> None:
    tasks = [task(date(2026, 5, 20)), task(date(2026, 6, 20)), task(None), task(date(2027, 1, 1))]
    running = account("a", plan=Plan(period=Period(ends=date(2026, 5, 20))))
    over = account("a", plan=Plan(period=Period(ends=date(2026, 5, 5))))
    assert [len(part) for part in horizon(running, tasks, TODAY)] == [2, 2]
    assert [len(part) for part in horizon(over, tasks, TODAY)] == [3, 1]


@pytest.mark.parametrize(
    ("day", "due", "coming"),
    [
        (date(2026, 5, 5), "overdue by 1 day", "1 day ago"),
        (TODAY, "due today", "today"),
        (date(2026, 5, 8), "due in 2 days", "in 2 days"),
    ],
)
def test_relative_words(day: date, due: str, coming: str) -> None:
    assert (EN.due(day, TODAY), EN.coming(day, TODAY)) == (due, coming)


def test_figures_in_words() -> None:
    assert EN.money(Decimal("65206.4"), "USD") == "USD 65,206"
    assert EN.money(Decimal("-0.2"), "USD") == "USD 0"
    assert EN.percent(Decimal("0.5")) == "50 %"
    assert EN.number(Decimal("12000.50")) == "12,000.50"
    assert EN.number(Decimal("14.0")) == "14"
    assert words.several(["a", "b", "c"]) == "a, b and c"
    assert words.several([]) == ""
