"""A year of an office in forty commits, made by git itself: what kamgen says moved is what moved, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from kamgen.cli import main
from kamgen.facts.ledger import ledger
from tests.conftest import checked, lines
from tests.history import commit, git

Edit = Callable[[str], str]
Files = Mapping[str, str | Edit | None]

ERNST, QUICK, SAVE = "accounts/ernst-handel", "accounts/quick-stop", "accounts/save-a-lot"
TAIL = [f"accounts/corner-shop-{number:02}.yml" for number in range(1, 12)]
TEAM = """\
andrew-fuller: {name: Andrew Fuller, senior: true}
margaret-peacock: {name: Margaret Peacock, reports_to: andrew-fuller}
laura-callahan: {name: Laura Callahan, reports_to: andrew-fuller}
"""
ERNST_PLAN = """\
reviewed: 2025-06-02
reviewed_by: [margaret-peacock]
period:
  ends: 2025-09-01
  reach: The depot managers ask us before they tender
intentions:
  no-gaps:
    goal: Their depots see us as the supplier that ended empty shelves
    for: customer
    owner: margaret-peacock
    measure: lines out of stock
    start: 14
    aim: 3
    due: 2026-06-30
    stages:
      - {id: baseline, what: Baseline agreed with the depots, due: 2025-07-31}
      - {id: forecast, what: Joint forecast for Graz, due: 2025-12-31}
  known-by-name:
    goal: Their board knows us by name
    for: relationship
    owner: andrew-fuller
    due: 2026-03-31
implementation:
  - {what: Agree the stock count with Linz, who: margaret-peacock, due: 2025-07-31, goal: no-gaps}
  - {what: Put the forecast sheet on their intranet, who: laura-callahan, due: 2025-08-31, goal: no-gaps}
  - {what: Share twelve months of depot data, who: roland-mendel, due: 2025-12-31, goal: no-gaps}
  - {what: Invite the board to the tasting, who: andrew-fuller, due: 2026-02-28, goal: known-by-name}
  - {what: Send the price list, who: laura-callahan, due: 2025-06-30}
"""
ERNST_ACCOUNT = """\
name: Ernst Handel
stage: key
manager: margaret-peacock
sponsor: andrew-fuller
promises:
  - {id: same-day, what: A named person answers within the day, target: {at_least: 0.95}, kept: {2025-05: 0.97}}
"""
ROLAND = "roland-mendel: {name: Roland Mendel, level: implementer, stance: supporter, covered_by: [margaret-peacock]}\n"
PETRA = "petra-fuchs: {name: Petra Fuchs, level: influencer, stance: neutral, covered_by: [margaret-peacock]}\n"
GOAL = """\
  own-brand:
    goal: They sell our cheese under their own brand
    owner: margaret-peacock
    measure: lines under their brand
    start: 0
    aim: 8
    due: 2026-12-31
"""
SAVE_PLAN = f"reviewed: 2026-04-10\nintentions:\n{GOAL.replace('own-brand', 'cheese')}"
COMPLAINT = "---\nkind: issue\nwith: [roland-mendel]\n---\n# Two pallets were warm\n"
AUDIT = "who: [andrew-fuller]\nwith: [roland-mendel]\nmarks: 7\nseen_as: supplier\n"


def light(name: str, stage: str = "suspect", **more: str) -> str:
    return f"name: {name}\nstage: {stage}\n" + "".join(f"{key}: {value}\n" for key, value in more.items())


def edit(*changes: tuple[str, str]) -> Edit:
    """Replace each text, which must stand there once."""

    def apply(text: str) -> str:
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text

    return apply


def rewritten(**how: Any) -> Edit:
    """The same document, written by another hand."""
    return lambda text: re.sub(r"!!\w+ ", "", yaml.safe_dump(yaml.safe_load(text), **how))


@dataclass(frozen=True)
class Step:
    """A commit, and its news: "account kind subject before>after". `form` is how the files are written this once.

    A step of a branch is committed beside the main line, and its news come with the merge.
    """

    day: str
    files: Files
    news: list[str] = field(default_factory=list)
    form: Edit | None = None
    branch: bool = False


START: Files = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    f"{ERNST}/account.yml": ERNST_ACCOUNT,
    f"{ERNST}/contacts.yml": ROLAND,
    f"{ERNST}/plan.yml": ERNST_PLAN,
    f"{QUICK}/account.yml": light("QUICK-Stop", "key", manager="laura-callahan"),
    f"{QUICK}/plan.yml": "reviewed: 2025-06-02\n",
    f"{SAVE}.yml": light("Save-a-lot", "prospect"),
    "accounts/frankenversand.yml": light("Frankenversand", crm_id="FRANK"),
    "accounts/rattlesnake.yml": light("Rattlesnake Canyon"),
    "accounts/old-shop.yml": light("Old Shop"),
    "accounts/white-clover.yml": light("White Clover", "key", manager="laura-callahan", region="West"),
    "accounts/sales.csv": "account,month,product,amount\nernst-handel,2025-05,cheese,100\n",
    **{path: light(f"Corner Shop {path[-6:-4]}", region="West") for path in TAIL},
}
COUNT = "agree-the-stock-count-with-linz"
SHEET = "put-the-new-forecast-sheet-on-their-intranet"
GOALS, ACTIONS = "plan.intentions", "plan.implementation"


def plan(news: list[str], day: str, *changes: tuple[str, str]) -> Step:
    """An edit of Ernst Handel's plan, with its news."""
    return Step(day, {f"{ERNST}/plan.yml": edit(*changes)}, [f"ernst-handel {one}" for one in news])


def counted_later(day: str, old: str, new: str) -> Step:
    """The stock count is put off once more."""
    return plan([f"action-moved {ACTIONS}.{COUNT} {old}>{new}"], day, (f"peacock, due: {old}", f"peacock, due: {new}"))


def looked_at(day: str, before: str, *news: str) -> Step:
    """QUICK-Stop's plan is marked as reviewed."""
    files: Files = {f"{QUICK}/plan.yml": edit((before, day))}
    return Step(day, files, [f"quick-stop review-held plan.reviewed {before}>{day}", *news])


DEPOT = "  - {what: Share twelve months of depot data, who: roland-mendel, due: 2025-12-31, goal: no-gaps}\n"
BOARD = "who: andrew-fuller, due: 2026-02-28, goal: known-by-name"
GIVEN_UP = "dropped: 2025-12-01, because: The board was replaced"
NEW_PERIOD = """\
reviewed: 2025-09-04
reviewed_by: [margaret-peacock]
past_periods:
  - {ends: 2025-09-01, reach: The depot managers ask us before they tender, reached: partly, because: Linz only}
period:
  ends: 2025-12-01
  reach: Both depots share their stock data
"""
HISTORY = [
    Step("2025-06-02", START),
    plan(
        [f"action-done {ACTIONS}.send-the-price-list >2025-06-19"],
        "2025-06-20",
        ("due: 2025-06-30}", "due: 2025-06-30, done: 2025-06-19}"),
    ),
    plan(
        [f"step-done {GOALS}.no-gaps.stages.baseline >2025-07-08"],
        "2025-07-10",
        ("depots, due: 2025-07-31}", "depots, due: 2025-07-31, done: 2025-07-08}"),
    ),
    counted_later("2025-07-25", "2025-07-31", "2025-09-15"),
    Step(
        "2025-07-28",
        {"accounts/rattlesnake.yml": edit(("suspect", "prospect"))},
        ["rattlesnake stage-changed stage suspect>prospect"],
    ),
    Step(
        "2025-08-01",
        {f"{ERNST}/contacts.yml": lambda text: text + PETRA},
        ["ernst-handel contact-joined contacts.petra-fuchs"],
    ),
    Step(
        "2025-08-15",
        {f"{ERNST}/plan.yml": edit(), f"{ERNST}/account.yml": edit()},
        form=rewritten(sort_keys=True, indent=6),
    ),
    plan(
        [
            f"action-reworded {ACTIONS}.{SHEET} Put the forecast sheet on their intranet>"
            "Put the new forecast sheet on their intranet"
        ],
        "2025-08-30",
        ("the forecast sheet", "the new forecast sheet"),
    ),
    counted_later("2025-09-01", "2025-09-15", "2025-10-31"),
    plan(
        [
            "period-closed plan.past_periods.the-depot-managers-ask-us-before-they-tender >partly",
            "period-set plan.period 2025-09-01>2025-12-01",
            "review-held plan.reviewed 2025-06-02>2025-09-04",
        ],
        "2025-09-05",
        (ERNST_PLAN[: ERNST_PLAN.index("intentions")], NEW_PERIOD),
    ),
    Step(
        "2025-09-10",
        {"accounts/sales.csv": lambda text: f"{text}ernst-handel,2025-08,cheese,120\n"},
        [" export-changed sales 2025-05>2025-08"],
    ),
    Step("2025-09-20", {f"{SAVE}.yml": None, f"{SAVE}/account.yml": light("Save-a-lot", "prospect")}),
    counted_later("2025-10-01", "2025-10-31", "2025-12-15"),
    Step(
        "2025-10-05",
        {f"{ERNST}/notes/2025-10-04-pallets.md": COMPLAINT},
        ["ernst-handel complaint-opened notes.2025-10-04-pallets"],
    ),
    Step(
        "2025-10-12",
        {f"{SAVE}/account.yml": light("Save-a-lot", "customer", manager="laura-callahan")},
        ["save-a-lot role-changed manager >laura-callahan", "save-a-lot stage-changed stage prospect>customer"],
    ),
    Step(
        "2025-10-20",
        {"accounts/frankenversand.yml": None, "accounts/franken.yml": light("Franken", crm_id="FRANK")},
        [
            "franken account-renamed account frankenversand>franken",
            "franken detail-changed name Frankenversand>Franken",
        ],
    ),
    plan([f"action-vanished {ACTIONS}.share-twelve-months-of-depot-data"], "2025-10-28", (DEPOT, "")),
    plan(
        [f"action-added {ACTIONS}.share-twelve-months-of-depot-data"],
        "2025-11-02",
        ("  - {what: Invite", DEPOT + "  - {what: Invite"),
    ),
    Step(
        "2025-11-10",
        {f"{ERNST}/notes/2025-10-04-pallets.md": edit(("issue\n", "issue\nresolved: 2025-11-09\n"))},
        ["ernst-handel complaint-resolved notes.2025-10-04-pallets >2025-11-09"],
    ),
    Step("2025-11-20", {f"{ERNST}/audits/2025-11-18.yml": AUDIT}, ["ernst-handel audit-held audits.2025-11-18 >7"]),
    Step(
        "2025-11-28",
        {f"{ERNST}/contacts.yml": edit(("stance: neutral", "stance: critic"), ("implementer", "influencer"))},
        [
            "ernst-handel level-changed contacts.roland-mendel implementer>influencer",
            "ernst-handel stance-changed contacts.petra-fuchs neutral>critic",
        ],
    ),
    plan(
        [
            f"action-dropped {ACTIONS}.invite-the-board-to-the-tasting >2025-12-01",
            f"goal-dropped {GOALS}.known-by-name >2025-12-01",
        ],
        "2025-12-01",
        (BOARD, f"{BOARD}, {GIVEN_UP}"),
        ("    due: 2026-03-31\n", f"    due: 2026-03-31\n    {GIVEN_UP.replace(', ', chr(10) + '    ')}\n"),
    ),
    Step(
        "2025-12-05",
        {f"{ERNST}/contacts.yml": edit(("supporter", "supporter, leaves: 2026-01-31, successor: petra-fuchs"))},
        ["ernst-handel contact-leaves contacts.roland-mendel >2026-01-31"],
    ),
    Step(
        "2025-12-15",
        {"accounts/old-shop.yml": None, "accounts/new-shop.yml": light("Lehmanns")},
        ["new-shop account-added account", "old-shop account-gone account"],
    ),
    plan([f"goal-lowered {GOALS}.no-gaps 3>5"], "2025-12-20", ("aim: 3", "aim: 5\n    because: Linz closes")),
    plan(
        [f"action-done {ACTIONS}.share-twelve-months-of-depot-data >2026-01-07"],
        "2026-01-08",
        ("who: roland-mendel, due: 2025-12-31", "who: roland-mendel, due: 2025-12-31, done: 2026-01-07"),
    ),
    Step(
        "2026-01-10",
        {f"{ERNST}/account.yml": edit(("2025-05: 0.97", "2025-05: 0.97, 2025-12: 0.96"))},
        ["ernst-handel promise-kept promises.same-day.kept.2025-12 >0.96"],
    ),
    Step("2026-01-15", {f"{QUICK}/contacts.yml": "horst: {name: Horst Kloss}\n"}, branch=True),
    Step(
        "2026-01-20",
        {f"{QUICK}/plan.yml": edit(("reviewed: 2025-06-02", "reviewed: 2026-01-19"))},
        ["quick-stop contact-joined contacts.horst", "quick-stop review-held plan.reviewed 2025-06-02>2026-01-19"],
        branch=True,
    ),
    plan(
        [f"goal-moved {GOALS}.no-gaps 2026-06-30>2026-09-30", f"reading-added {GOALS}.no-gaps.readings.2026-01-31 >9"],
        "2026-02-01",
        ("due: 2026-06-30", "due: 2026-09-30\n    readings: {2026-01-31: 9}"),
    ),
    Step(
        "2026-02-08",
        {f"{ERNST}/account.yml": edit(("0.96}", "0.96, 2026-01: 0.90}"))},
        ["ernst-handel promise-broken promises.same-day.kept.2026-01 >0.90"],
    ),
    Step(
        "2026-02-10",
        dict.fromkeys([*TAIL, "accounts/white-clover.yml"], edit(("West", "DACH"))),
        [f"{path[9:-4]} detail-changed region West>DACH" for path in TAIL]
        + ["white-clover detail-changed region West>DACH"],
    ),
    plan([f"goal-added {GOALS}.own-brand"], "2026-02-20", ("  known-by-name:", f"{GOAL}  known-by-name:")),
    plan(
        [f"goal-reworded {GOALS}.own-label They sell our cheese under their own brand>Our cheese carries their label"],
        "2026-02-25",
        ("own-brand", "own-label"),
        ("They sell our cheese under their own brand", "Our cheese carries their label"),
    ),
    looked_at("2026-03-01", "2026-01-19"),
    Step("2026-03-05", {"accounts/rattlesnake.yml": None}, ["rattlesnake account-gone account"]),
    Step(
        "2026-03-10",
        {"accounts/rattlesnake.yml": light("Rattlesnake Canyon", "customer")},
        ["rattlesnake account-added account"],
    ),
    plan(
        [f"action-vanished {ACTIONS}.{SHEET}"],
        "2026-03-20",
        (
            "  - {what: Put the new forecast sheet on their intranet, "
            "who: laura-callahan, due: 2025-08-31, goal: no-gaps}\n",
            "",
        ),
    ),
    Step(
        "2026-03-31",
        {
            f"{QUICK}/plan.yml": edit(("2026-03-01", "2026-03-31")),
            f"{QUICK}/notes/2026-03-30-call.md": "---\nkind: call\n---\n# They buy less\n",
        },
        ["quick-stop note-added notes.2026-03-30-call", "quick-stop review-held plan.reviewed 2026-03-01>2026-03-31"],
    ),
    plan(
        [f"goal-reached {GOALS}.own-label >2026-04-04"],
        "2026-04-05",
        ("due: 2026-12-31", "due: 2026-12-31\n    reached: 2026-04-04"),
    ),
    Step(
        "2026-04-10",
        {f"{SAVE}/account.yml": edit(("customer", "key")), f"{SAVE}/plan.yml": SAVE_PLAN},
        [
            f"save-a-lot goal-added {GOALS}.cheese",
            "save-a-lot review-held plan.reviewed >2026-04-10",
            "save-a-lot stage-changed stage customer>key",
        ],
    ),
    looked_at("2026-04-12", "2026-03-31"),
    Step(
        "2026-04-20", {f"{SAVE}/plan.yml": edit(("aim: 8", "aim: 5"))}, [f"save-a-lot goal-lowered {GOALS}.cheese 8>5"]
    ),
    looked_at("2026-04-28", "2026-04-12"),
    Step(
        "2026-05-02",
        {f"{ERNST}/plan.yml": edit(), f"{SAVE}/plan.yml": edit()},
        form=rewritten(default_flow_style=True, default_style="'", sort_keys=False),
    ),
]
LAST = counted_later("2026-05-06", "2025-12-15", "2026-05-30")  # never committed


def write(root: Path, step: Step, texts: dict[str, str]) -> Mapping[str, str | None]:
    """What a step writes; `texts` follow the files in their own form."""
    for name, change in step.files.items():
        if change is None:
            del texts[name]
        else:
            texts[name] = change if isinstance(change, str) else change(texts[name])
    form = step.form or edit()
    return {name: form(texts[name]) if name in texts else None for name in step.files}


@dataclass(frozen=True)
class Office:
    """The repository with its history, and the commit of each step that is one of the main line."""

    root: Path
    commits: list[tuple[str, Step]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = tmp_path_factory.mktemp("office")
    git(root, "init", "--quiet", "--initial-branch", "main")
    texts: dict[str, str] = {}
    commits = []
    for number, step in enumerate(HISTORY):
        before = HISTORY[number - 1].branch
        if step.branch and not before:
            git(root, "switch", "--quiet", "--create", "quick")
        commit(root, step.day, write(root, step, texts))
        if step.branch and before:
            git(root, "switch", "--quiet", "main")
            git(root, "merge", "--quiet", "--no-ff", "--no-edit", "quick", day=step.day)
        if before or not step.branch:
            commits.append((git(root, "rev-parse", "HEAD").strip(), step))
    for name, text in write(root, LAST, texts).items():
        (root / name).write_text(text or "", encoding="utf-8")
    return Office(root, commits)


def news(capsys: pytest.CaptureFixture[str], *revisions: str) -> list[str]:
    assert main(["diff", *revisions, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = []
    for one in told["accounts"]:
        for change in one["changes"]:
            values = f"{change.get('before', '')}>{change.get('after', '')}"
            found.append(
                f"{one['account']} {change['kind']} {change['subject']} {values.strip('>') and values}".rstrip()
            )
    return sorted(found)


@pytest.fixture
def at_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(office.root)
    return office


# What is left of it all: what was put back, moved twice or resolved is told once, from the first to the last value.
WHOLE = [
    *(f"{path[9:-4]} detail-changed region West>DACH" for path in TAIL),
    " export-changed sales 2025-05>2025-08",
    "ernst-handel action-done plan.implementation.send-the-price-list >2025-06-19",
    "ernst-handel action-done plan.implementation.share-twelve-months-of-depot-data >2026-01-07",
    "ernst-handel action-dropped plan.implementation.invite-the-board-to-the-tasting >2025-12-01",
    "ernst-handel action-moved plan.implementation.agree-the-stock-count-with-linz 2025-07-31>2026-05-30",
    "ernst-handel action-vanished plan.implementation.put-the-forecast-sheet-on-their-intranet",
    "ernst-handel audit-held audits.2025-11-18 >7",
    "ernst-handel complaint-resolved notes.2025-10-04-pallets >2025-11-09",
    "ernst-handel contact-joined contacts.petra-fuchs",
    "ernst-handel contact-leaves contacts.roland-mendel >2026-01-31",
    "ernst-handel goal-dropped plan.intentions.known-by-name >2025-12-01",
    "ernst-handel goal-lowered plan.intentions.no-gaps 3>5",
    "ernst-handel goal-moved plan.intentions.no-gaps 2026-06-30>2026-09-30",
    "ernst-handel goal-reached plan.intentions.own-label >2026-04-04",
    "ernst-handel level-changed contacts.roland-mendel implementer>influencer",
    "ernst-handel period-closed plan.past_periods.the-depot-managers-ask-us-before-they-tender >partly",
    "ernst-handel period-set plan.period 2025-09-01>2025-12-01",
    "ernst-handel promise-broken promises.same-day.kept.2026-01 >0.90",
    "ernst-handel promise-kept promises.same-day.kept.2025-12 >0.96",
    "ernst-handel reading-added plan.intentions.no-gaps.readings.2026-01-31 >9",
    "ernst-handel review-held plan.reviewed 2025-06-02>2025-09-04",
    "ernst-handel step-done plan.intentions.no-gaps.stages.baseline >2025-07-08",
    "franken account-renamed account frankenversand>franken",
    "franken detail-changed name Frankenversand>Franken",
    "new-shop account-added account",
    "old-shop account-gone account",
    "quick-stop contact-joined contacts.horst",
    "quick-stop note-added notes.2026-03-30-call",
    "quick-stop review-held plan.reviewed 2025-06-02>2026-04-28",
    "rattlesnake stage-changed stage suspect>customer",
    "save-a-lot goal-added plan.intentions.cheese",
    "save-a-lot review-held plan.reviewed >2026-04-10",
    "save-a-lot role-changed manager >laura-callahan",
    "save-a-lot stage-changed stage prospect>key",
    "white-clover detail-changed region West>DACH",
]
SPRING = [
    "ernst-handel action-vanished plan.implementation.put-the-new-forecast-sheet-on-their-intranet",
    "ernst-handel goal-reached plan.intentions.own-label >2026-04-04",
    "quick-stop note-added notes.2026-03-30-call",
    "quick-stop review-held plan.reviewed 2026-03-01>2026-04-12",
    "rattlesnake account-added account",
    "save-a-lot goal-added plan.intentions.cheese",
    "save-a-lot review-held plan.reviewed >2026-04-10",
    "save-a-lot stage-changed stage customer>key",
]
LEDGER = [
    "2025-06-02 no-gaps/agree-the-stock-count-with-linz: "
    "2025-07-31, 2025-09-15, 2025-10-31, 2025-12-15, 2026-05-30; open",
    "2025-06-02 known-by-name/invite-the-board-to-the-tasting: 2026-02-28; dropped 2025-12-01",
    "2025-06-02 no-gaps/put-the-new-forecast-sheet-on-their-intranet: 2025-08-31; vanished 2026-03-20",
    "2025-06-02 /send-the-price-list: 2025-06-30; kept 2025-06-19",
    "2025-06-02 no-gaps/share-twelve-months-of-depot-data: 2025-12-31; late 2026-01-07",
    "2025-06-02 no-gaps/baseline: 2025-07-31; kept 2025-07-08",
    "2025-06-02 no-gaps/forecast: 2025-12-31; open",
]
FINDINGS = [
    (
        "warning accounts/ernst-handel/plan.yml:37:1: KAM514 Gone from the file since 2026-03-20, neither "
        'done nor dropped: "Put the new forecast sheet on their intranet" (Laura Callahan), due 2025-08-31. '
        "Put it back with `done:` or with `dropped:` and `because:`, so that everybody can see what became "
        "of it."
    ),
    (
        'warning accounts/ernst-handel/plan.yml:38:5: KAM513 Moved 4 times: "Agree the stock count with '
        'Linz" (Margaret Peacock) was due 2025-07-31, 2025-09-15, 2025-10-31, 2025-12-15, 2026-05-30. Ask '
        "what stands in its way: make it smaller, give it to somebody else, or drop it and say why."
    ),
    (
        "warning accounts/quick-stop/plan.yml:1:11: KAM512 Reviewed on 2026-04-12 and again on 2026-04-28, "
        "and in between nothing else changed, notes included. Go through the plan line by line and change "
        "what is no longer true, or write a note on what was found."
    ),
    (
        'warning accounts/save-a-lot/plan.yml:3:50: KAM514 Aim lowered from 8 to 5: "They sell our cheese '
        'under their own brand". Nobody said why. Write `because:` at the goal, or set the old aim again.'
    ),
    (
        "warning accounts/white-clover.yml:1:1: KAM511 Nothing about White Clover changed in meaning since "
        "2025-06-02, 338 days ago. Go through it with fresh eyes: correct what is no longer true, and note "
        "what happened since."
    ),
]


def test_it_is_some_forty_commits(office: Office) -> None:
    assert len(git(office.root, "log", "--format=%H").split()) >= 45


def test_each_commit_brings_its_own_news_and_nothing_else(
    at_office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    commits = at_office.commits
    for (before, _), (after, step) in pairwise(commits):
        assert news(capsys, before, after) == sorted(step.news), step.day


def test_what_is_not_committed_is_news_too(at_office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert news(capsys) == LAST.news


def test_over_the_whole_year_only_what_is_left_is_told(at_office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert news(capsys, at_office.commits[0][0]) == sorted(WHOLE)


def test_between_two_reviews(at_office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    days = {step.day: name for name, step in at_office.commits}
    assert news(capsys, days["2026-03-05"], days["2026-04-12"]) == sorted(SPRING)


def test_the_promise_ledger_of_the_year(office: Office) -> None:
    portfolio = checked(office.root).portfolio
    entries = ledger(portfolio, portfolio.accounts["ernst-handel"])
    told = [
        f"{entry.first} {entry.goal}/{entry.id}: {', '.join(str(one.due) for one in entry.dates)}; "
        f"{entry.fate} {entry.ended or ''}".strip()
        for entry in entries
    ]
    assert told == LEDGER


def test_what_the_rules_find_in_the_year(office: Office) -> None:
    assert lines(checked(office.root, "KAM511", "KAM512", "KAM513", "KAM514")) == FINDINGS
