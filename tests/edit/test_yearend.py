"""Closing a year: what ended moves as it is written, nothing is lost, and nothing seems gone or new."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamgen.errors import KamgenError
from kamgen.facts.ledger import ledger
from kamgen.facts.past import changed_since, last_change
from kamgen.model.account import Plan
from kamgen.model.portfolio import Account, Portfolio
from kamgen.project import Clock, check_workspace
from kamgen.read.workspace import read_workspace
from kamgen.upkeep import Kept, close_year
from tests.conftest import write_files
from tests.edit.conftest import Run, tree
from tests.edit.styles import _GOAL, ACCOUNT, Map, Table, Writer, _day, _id, made
from tests.history import commit_on

CLOCK = Clock(datetime(2027, 1, 4, 12, tzinfo=UTC))
HOME = "accounts/ernst-handel/"
TEAM = "margaret-peacock: {name: Margaret Peacock}\nandrew-fuller: {name: Andrew Fuller, senior: true}\n"
PLAN = """\
reviewed: 2026-12-20   # in the depot
past_periods:
  # the first one
  - {ends: 2026-04-15, reach: "Two depots share their stock data.", reached: partly, because: Linz, id: stock-data}
  - {ends: 2025-10-15, reach: They know us, reached: "yes"}
  - {ends: 2026-07-15, reach: Not judged yet}
intelligence:
  opportunities:
    - {what: Two new depots, on: 2026-03-12, goal: no-empty-shelves}
intentions:
  # What they want most.
  no-empty-shelves:     # since January
    goal: "Their depots see us as the supplier that ended out-of-stocks"
    owner: margaret-peacock
    measure: lines out of stock
    start: 14
    aim: 3
    readings: {2026-02-24: 11, 2026-11-14: 3}
    reached: 2026-11-30
    stages:
      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}
      - what: Joint forecast
        due: 2026-06-30
        done: 2026-07-02
  second-depot: {goal: "They open with us [and](../../out.md) *only* us", dropped: 2026-05-01, because: No money}
  at-the-table:
    goal: They ask us first
    stages:
      - {what: Asked once, done: 2026-09-09}
implementation:
  - what: Put the forecast sheet on their intranet
    who: margaret-peacock
    due: 2026-05-15
    goal: no-empty-shelves
    # it took long
    done: 2026-05-20
  - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2027-04-30, goal: no-empty-shelves}
  - {what: Call Graz, done: 2025-12-31}
  - {what: Ask <Vienna>, dropped: 2026-06-06, because: "They moved {{ away }}"}
  - {what: Win over the buyer, done: 2026-06-07, private: true}
decisions:
  - {ask: Free samples, of: andrew-fuller, decided_on: 2026-04-28, outcome: Agreed}
  - {ask: A second van, of: andrew-fuller, asked_on: 2026-12-20}
"""
FILES = {
    "playbook/team.yml": TEAM,
    f"{HOME}account.yml": (
        "name: Ernst Handel\nstage: key\npromises:\n  - what: A named person answers\n    target: {at_least: 0.9}\n"
        "    kept: {2026-01: 0.95, 2026-02: 0.80, 2025-12: 0.1}\n"
    ),
    f"{HOME}plan.yml": PLAN,
    f"{HOME}audits/2026-03-18.yml": (
        "answers:\n  unresolved: {answer: x, goal: second-depot}\n"
        "  pressures: {answer: y, action: put-the-forecast-sheet-on-their-intranet}\n"
    ),
    "accounts/light.yml": "name: Light\nstage: customer\nplan: {implementation: [{what: Call, done: 2026-01-02}]}\n",
    "accounts/none.yml": "name: None\nstage: suspect\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES)


def close(root: Path, *accounts: str, year: int | None = None, dry_run: bool = False) -> Kept:
    return close_year(root, CLOCK, year, accounts, dry_run)


def portfolio(root: Path) -> Portfolio:
    return check_workspace(root, CLOCK).portfolio


def findings(root: Path) -> Counter[str]:
    found = check_workspace(root, CLOCK).findings
    return Counter(f"{one.account}|{one.code}|{one.subject}" for one in found)


def items(account: Account) -> Counter[str]:
    """Every entry of a plan, as one long text each."""
    plan = account.plan or Plan()
    goals = [f"{name} {goal!r}" for name, goal in plan.intentions.items()]
    lists = (*plan.implementation, *plan.decisions, *plan.past_periods)
    return Counter([*goals, *(repr(item) for item in lists)])


def test_what_ended_moves_as_it_is_written(root: Path) -> None:
    said = close(root)
    assert said.lines == (
        "Ernst Handel: 1 period, 2 goals, 3 actions and 1 decision of 2026 moved to plan-2026.yml.",
        "Light: 1 action of 2026 moved to plan-2026.yml.",
    )
    assert (
        (root / HOME / "plan-2026.yml").read_text()
        == """\
# What ended in 2026, moved here from the plan by `kamgen close-year`.
# It is still read as a part of the plan: links to it and references keep working.
past_periods:
  # the first one
  - {ends: 2026-04-15, reach: "Two depots share their stock data.", reached: partly, because: Linz, id: stock-data}
intentions:
  # What they want most.
  no-empty-shelves:     # since January
    goal: "Their depots see us as the supplier that ended out-of-stocks"
    owner: margaret-peacock
    measure: lines out of stock
    start: 14
    aim: 3
    readings: {2026-02-24: 11, 2026-11-14: 3}
    reached: 2026-11-30
    stages:
      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}
      - what: Joint forecast
        due: 2026-06-30
        done: 2026-07-02
  second-depot: {goal: "They open with us [and](../../out.md) *only* us", dropped: 2026-05-01, because: No money}
implementation:
  - what: Put the forecast sheet on their intranet
    who: margaret-peacock
    due: 2026-05-15
    goal: no-empty-shelves
    # it took long
    done: 2026-05-20
    id: put-the-forecast-sheet-on-their-intranet
  - {what: Ask <Vienna>, dropped: 2026-06-06, because: "They moved {{ away }}", id: ask-vienna}
  - {what: Win over the buyer, done: 2026-06-07, private: true, id: win-over-the-buyer}
decisions:
  - {ask: Free samples, of: andrew-fuller, decided_on: 2026-04-28, outcome: Agreed, id: free-samples}
"""
    )
    assert (
        (root / HOME / "plan.yml").read_text()
        == """\
reviewed: 2026-12-20   # in the depot
past_periods:
  - {ends: 2025-10-15, reach: They know us, reached: "yes"}
  - {ends: 2026-07-15, reach: Not judged yet}
intelligence:
  opportunities:
    - {what: Two new depots, on: 2026-03-12, goal: no-empty-shelves}
intentions:
  at-the-table:
    goal: They ask us first
    stages:
      - {what: Asked once, done: 2026-09-09}
implementation:
  - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2027-04-30, goal: no-empty-shelves}
  - {what: Call Graz, done: 2025-12-31}
decisions:
  - {ask: A second van, of: andrew-fuller, asked_on: 2026-12-20}
"""
    )


def test_the_note_says_what_came_of_it(root: Path) -> None:
    close(root)
    assert (
        (root / HOME / "notes" / "2027-01-04-what-came-of-2026.md").read_text()
        == """\
---
kind: internal
---
# What came of 2026

Written by `kamgen close-year` on 2027-01-04. What ended in 2026 now stands in `plan-2026.yml`.

## Goals reached

- Their depots see us as the supplier that ended out-of-stocks (2026-11-30); lines out of stock: from 14 to 3, aim 3

## Goals given up

- They open with us \\[and\\](../../out.md) \\*only\\* us (2026-05-01), because: No money

## Points to reach

- By 2026-04-15, partly reached: Two depots share their stock data. (Linz)

## Decisions

- Free samples (2026-04-28): Agreed

## Actions done

- Put the forecast sheet on their intranet (2026-05-20)

## Actions given up

- Ask \\<Vienna\\> (2026-06-06), because: They moved \\{\\{ away \\}\\}

1 private entry is not told here.

## Promises

- Of 6 actions and stages that ended: 3 done by the day first promised, 2 later, 1 given up.
- 1 of 2 months kept: A named person answers
"""
    )


def test_nothing_is_lost_and_nobody_complains(root: Path) -> None:
    before, told = portfolio(root), findings(root)
    close(root)
    after = portfolio(root)
    for slug, account in before.accounts.items():
        assert items(account) == items(after.accounts[slug])
    assert findings(root) == told


def test_every_item_stands_in_exactly_one_file(root: Path) -> None:
    close(root)
    both = [(root / HOME / name).read_text() for name in ("plan.yml", "plan-2026.yml")]
    for line in filter(None, (line.strip() for line in PLAN.splitlines())):
        kept = line.removeprefix("- ").removesuffix("}")
        assert sum(kept in text for text in both) >= 1, line
    for id_ in ("no-empty-shelves:", "second-depot:", "Call Graz", "Ask <Vienna>", "Free samples", "They know us"):
        assert sum(id_ in text for text in both) == 1, id_


def test_a_second_time_changes_nothing(root: Path) -> None:
    close(root)
    before = tree(root)
    said = close(root)
    assert said.text() == "Nothing that ended in 2026 is left to move.\nNothing was written.\n"
    assert tree(root) == before


def test_what_ends_later_goes_below(root: Path) -> None:
    close(root)
    path = root / HOME / "plan.yml"
    path.write_text(path.read_text().replace("due: 2027-04-30", "done: 2026-12-30"))
    later = Clock(datetime(2027, 2, 1, 12, tzinfo=UTC))
    assert close_year(root, later, 2026, ()).lines == ("Ernst Handel: 1 action of 2026 moved to plan-2026.yml.",)
    text = (root / HOME / "plan-2026.yml").read_text()
    assert text.index("Agree the stock count") > text.index("Win over the buyer")
    assert text.index("Agree the stock count") < text.index("decisions:")
    (note,) = (root / HOME / "notes").iterdir()
    assert note.read_text().endswith(
        "# Closed later, on 2027-02-01\n\n## Actions done\n\n- Agree the stock count with Linz (2026-12-30)\n"
    )


def test_a_light_account_gets_a_folder(root: Path) -> None:
    close(root, "light")
    assert not (root / HOME / "plan-2026.yml").exists()
    assert sorted(path.name for path in (root / "accounts" / "light").iterdir()) == ["notes", "plan-2026.yml"]
    account = portfolio(root).accounts["light"]
    assert [action.id for action in (account.plan or Plan()).implementation] == ["call"]
    assert findings(root)["light|KAM101|plan"] == 0


def test_the_year_before(root: Path) -> None:
    said = close(root, year=2025)
    assert said.lines == ("Ernst Handel: 1 period and 1 action of 2025 moved to plan-2025.yml.",)
    assert close(root).lines[0].startswith("Ernst Handel: 1 period, 2 goals")
    assert "2025-12-31" not in (root / HOME / "plan.yml").read_text()


def test_dry_run_writes_nothing(root: Path) -> None:
    before = tree(root)
    said = close(root, dry_run=True).text()
    assert f"Would be written:\n  {HOME}notes/2027-01-04-what-came-of-2026.md\n  {HOME}plan-2026.yml\n" in said
    assert tree(root) == before


def test_windows_line_ends_stay(root: Path) -> None:
    (root / HOME / "plan.yml").write_bytes(PLAN.replace("\n", "\r\n").encode())
    close(root)
    for name in ("plan.yml", "plan-2026.yml"):
        raw = (root / HOME / name).read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    ("year", "accounts", "message"),
    [
        (2027, (), "2027 is not over yet: it can be closed from 1 January 2028."),
        (None, ("ernst",), 'There is no account "ernst".'),
        (None, ("ernst-handl",), 'There is no account "ernst-handl". Did you mean "ernst-handel"?'),
    ],
)
def test_refusals(root: Path, year: int | None, accounts: tuple[str, ...], message: str) -> None:
    with pytest.raises(KamgenError) as refused:
        close(root, *accounts, year=year)
    assert str(refused.value) == message


def test_a_plan_with_mistakes_is_left_alone(root: Path) -> None:
    (root / HOME / "plan.yml").write_text(PLAN + "intentions: [\n")
    before = tree(root)
    with pytest.raises(KamgenError, match="There are mistakes in the plan of Ernst Handel"):
        close(root)
    assert tree(root) == before
    assert close(root, "light").lines


@pytest.mark.parametrize("at", range(6))
def test_a_stop_on_the_way_leaves_everything_as_it_was(root: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before, done = tree(root), 0
    replace = Path.replace

    def stop(self: Path, target: Any) -> Path:
        nonlocal done
        done += 1
        if done == at + 1:
            raise OSError(28, os.strerror(28))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KamgenError):
        close(root)
    assert tree(root) == before


def test_the_history_goes_on(tmp_path: Path) -> None:
    """Neither the ledger nor what changed tells anything gone, and an account that nobody touched is not fresh."""
    early = PLAN.replace("    # it took long\n    done: 2026-05-20\n", "").replace("due: 2026-05-15", "due: 2026-05-10")
    commit_on(tmp_path, "2026-01-20", {**FILES, f"{HOME}plan.yml": early})
    commit_on(tmp_path, "2026-06-10", {f"{HOME}plan.yml": PLAN})
    before = portfolio(tmp_path)
    account = before.accounts["ernst-handel"]
    kept, changed = ledger(before, account), last_change(before, account, 10)
    close(tmp_path)
    for day in (None, "2027-01-04"):
        if day:
            commit_on(tmp_path, day, {})
        after = portfolio(tmp_path)
        account = after.accounts["ernst-handel"]
        assert set(ledger(after, account)) == set(kept)
        assert last_change(after, account, 10) == changed
        told = changed_since(after, account, CLOCK.now.date().replace(year=2026, month=12, day=20))
        assert [change.text for change in told or ()] == ['Internal note on 2027-01-04: "What came of 2026".']
    assert {entry.fate for entry in kept} == {"kept", "late", "dropped", "open"}


def test_the_command(root: Path, kamgen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    ran = kamgen("close-year", "2026", "accounts/light.yml", "--as-of", "2027-01-04")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Light: 1 action of 2026 moved to plan-2026.yml.")
    assert kamgen("close-year", "--as-of", "2027-01-04", "ernst-handel").out.startswith("Ernst Handel: 1 period")
    assert kamgen("close-year", "--as-of", "2026-12-31", "2026").err.startswith("kamgen: 2026 is not over yet")


# --- Reading what was moved ----------------------------------------------------------------------------------------


def told(root: Path) -> list[str]:
    found = check_workspace(root, CLOCK).findings
    return [
        f"{one.place.path}:{one.place.line} {one.code} {one.text}"
        for one in found
        if one.code[:4] == "KAM0" and one.code != "KAM016"
    ]


def test_findings_of_a_year_stand_in_its_own_file(root: Path) -> None:
    (root / HOME / "plan-2025.yml").write_text(
        "reviewed: 2025-12-01\nimplementation:\n  - {what: Call Wien, who: nobody, done: 2025-13-01}\n"
        "intentions:\n  at-the-table: {goal: They ask}\n  no-empty-shelves: {goal: X}\n"
    )
    assert told(root) == [
        f'{HOME}plan-2025.yml:1 KAM003 kamgen knows no key "reviewed" here, so nobody would read it. '
        "It knows: past_periods, intentions, implementation, decisions.",
        f'{HOME}plan-2025.yml:3 KAM007 "nobody" is neither one of our people (playbook/team.yml) nor a contact of this '
        "account (contacts). There is: margaret-peacock, andrew-fuller.",
        f'{HOME}plan-2025.yml:3 KAM006 "done" is "2025-13-01": there is no month 13; is 2025-01-13 meant?',
        f'{HOME}plan-2025.yml:5 KAM009 The goal "at-the-table" stands twice: here and in a later file of the plan. '
        "Only the later one was read. Delete it in one of them, or give the later one an id of its own.",
        f'{HOME}plan-2025.yml:6 KAM009 The goal "no-empty-shelves" stands twice: here and in a later file of the plan. '
        "Only the later one was read. Delete it in one of them, or give the later one an id of its own.",
    ]


def test_a_file_of_a_year_that_cannot_be_read_accuses_nobody(root: Path) -> None:
    close(root)
    (root / HOME / "plan-2026.yml").write_bytes(b"\xff\xfe")
    assert [line.split()[1] for line in told(root)] == ["KAM010"]


def test_an_id_is_permanent_over_the_years(root: Path) -> None:
    close(root)
    path = root / HOME / "plan.yml"
    path.write_text(path.read_text().replace("Call Graz, done: 2025-12-31", "Ask Vienna, due: 2027-03-01"))
    assert next(line for line in told(root) if "KAM009" in line).startswith(
        f'{HOME}plan-2026.yml:30 KAM009 Two entries of this list have the id "ask-vienna".'
    )


def test_other_names_are_strays(root: Path) -> None:
    for name in ("plan-26.yml", "plan-2026.yaml", "plan-old.yml"):
        (root / HOME / name).write_text("implementation: []\n")
    assert [line.split()[1] for line in told(root)] == ["KAM012"] * 3


# --- Whatever a plan looks like ------------------------------------------------------------------------------------

_GOALS = Table(_id, Map({**_GOAL.fields, "reached": _day, "dropped": _day}))
_PLAN = Map({**ACCOUNT.fields["plan"].fields, "intentions": _GOALS})
_STYLED = Map({**ACCOUNT.fields, "plan": _PLAN})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_whatever_a_plan_looks_like_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Every entry is read as before, every remark stands somewhere, and what cannot be moved stops all of it."""
    random = Random(seed)
    root = write_files(tmp_path_factory.mktemp("year"), {})
    text = Writer(random).file({"name": "X", "stage": "customer", **made(_STYLED, random)})
    (root / "accounts" / "x.yml").write_bytes(text.encode())
    before = read_workspace(root, CLOCK.day).portfolio.accounts["x"]
    files = tree(root)
    try:
        close(root)
    except KamgenError:
        assert tree(root) == files
        return
    after = read_workspace(root, CLOCK.day).portfolio.accounts["x"]
    assert items(after) == items(before)
    now = "".join(raw.decode() for raw in tree(root).values())
    for remark in (line.partition("# remark")[2] for line in text.splitlines()):
        assert remark in now
