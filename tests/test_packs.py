"""`kamgen pack`: the review of an account, of all of them, the handover; with git and without, nothing private."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import write_files
from tests.history import commit_on, git

HOME = "accounts/ernst-handel/"
ACCOUNT = """\
name: Ernst Handel
stage: key
manager: margaret-peacock
sponsor: andrew-fuller
selection: {reason: The door to the DACH wholesale trade, agreed_by: andrew-fuller, agreed_on: 2026-01-20}
dates:
  - {what: Frame contract ends, on: 2026-06-30}
promises:
  - {id: answer, what: An answer within the day, owner: laura-callahan, target: {at_least: 0.95}, kept: {2026-04: 0.9}}
"""
CONTACTS = """\
roland-mendel: {name: Roland Mendel, level: influencer, stance: critic, covered_by: margaret-peacock}
silent: {name: Silent-XSECRET, level: instigator, private: true, leaves: 2026-05-30, stance: opponent}
"""
JOINED = "anna-graf: {name: Anna Graf, level: implementer}\n"
PLAN = """\
reviewed: 2026-04-20
period: {ends: 2026-07-15, reach: They ask us before they tender}
past_periods:
  - {ends: 2026-04-15, reach: Two depots share their stock, reached: partly, because: Linz only}
intentions:
  shelves:
    goal: No gaps in their cold store
    measure: lines out of stock
    start: 14
    aim: 3
    readings: {2026-04-14: 8}
    since: 2026-01-20
    due: 2026-12-31
implementation:
  - {what: Agree the stock count, who: margaret-peacock, due: %s, goal: shelves}
  - {what: Share the stock data, who: roland-mendel, due: 2026-04-28}
  - {what: Dine with XSECRET, who: laura-callahan, due: 2026-05-02, private: true}
  - {what: Join the fair, who: silent, due: 2026-05-20, dropped: 2026-04-25, because: They stay away}
%sdecisions:
  - {ask: Free samples, of: andrew-fuller, asked_on: 2026-04-20}
  - {ask: A second day for Linz, of: andrew-fuller, asked_on: 2026-02-25, decided_on: 2026-03-03, outcome: Agreed}
"""
NOTES = {
    f"{HOME}notes/2026-05-02-short.md": "---\nkind: issue\nwith: roland-mendel\n---\n# Two pallets short\n",
    f"{HOME}notes/2026-05-03-x.md": "---\nkind: issue\nprivate: true\n---\n# XSECRET is angry\n",
}


def files(due: str, more: str = "", contacts: str = CONTACTS) -> dict[str, str]:
    return {
        "mkdocs.yml": "site_name: T\n",
        "playbook/team.yml": TEAM,
        "playbook/kamgen.yml": SETTINGS,
        "accounts/alfki.yml": "name: Alfreds\nstage: customer\n",
        f"{HOME}account.yml": ACCOUNT,
        f"{HOME}contacts.yml": contacts,
        f"{HOME}plan.yml": PLAN % (due, more),
    }


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reviewed on 20 April; since then one action was moved, one went, a contact came, a complaint too."""
    root = tmp_path / "workspace"
    commit_on(
        root,
        "2026-03-01",
        {**files("2026-03-31"), f"{HOME}account.yml": ACCOUNT.replace("stage: key", "stage: customer")},
    )
    commit_on(
        root, "2026-04-20", files("2026-04-30", "  - {what: Write to Graz, who: laura-callahan, due: 2026-05-20}\n")
    )
    write_files(root, {**files("2026-05-31", contacts=CONTACTS + JOINED), **NOTES})
    monkeypatch.chdir(root)
    return root


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["pack", *arguments]) == 0
    said = capsys.readouterr().out
    assert said.count("**Internal: for our own use. What stands here is not for the customer.**") == 1
    assert "XSECRET" not in said
    assert "silent" not in said
    return said


def section(said: str, title: str) -> list[str]:
    """The lines of a section, without its heading."""
    return [line for line in said.split(f"## {title}\n")[1].split("\n## ")[0].splitlines() if line]


def test_the_review_pack(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "ernst-handel")
    assert said.startswith("# Ernst Handel: review pack\n\n**Internal")
    assert "- **Last review:** 20 Apr 2026\n- **Next review due:** 20 May 2026\n" in said
    assert section(said, "What we promised last time") == [
        "- **Not done:** Share the stock data (Roland Mendel): was due 28 Apr 2026",
        "- **Moved:** Agree the stock count (Margaret Peacock): from 30 Apr 2026 to 31 May 2026",
        "- **Gone without a word:** Write to Graz: was due 20 May 2026, gone on 6 May 2026",
        "- **Dropped:** Join the fair (somebody): They stay away",
    ]
    assert section(said, "The point to reach") == [
        "- **Partly reached:** By 15 Apr 2026: Two depots share their stock. Linz only.",
        "- **Now:** By 15 Jul 2026: They ask us before they tender.",
    ]
    assert section(said, "What changed since the last review") == [
        '- Complaint of 2026-05-02: "Two pallets short".',
    ]
    assert section(said, "Goals") == [
        "- **No gaps in their cold store.** lines out of stock: start 14, now 8 (14 Apr 2026), aim 3, "
        "55 % of the way, 31 % of the time, by 31 Dec 2026.",
    ]
    assert "- **Joined:** New contact: Anna Graf." in section(said, "People: moves and gaps")
    assert "- **Nobody of ours knows:** Anna Graf." in section(said, "People: moves and gaps")
    assert section(said, "Open complaints") == [
        "_1 more is open and not shown here._",
        "- **Since 2 May 2026:** Two pallets short (Roland Mendel)",
    ]
    assert "- **30 Jun 2026:** Frame contract ends" in section(said, "Dates coming")
    assert section(said, "Decisions wanted") == ["- Free samples (Andrew Fuller, asked on 20 Apr 2026)"]
    assert section(said, "Proposed: the next 90 days")[:2] == [
        "### Overdue",
        "- What stands above as not done: do it, move it or drop it, and say why.",
    ]
    assert 3 <= len(section(said, "Questions to put to them")) <= 5


def test_long_lists_are_cut_and_say_how_many_more(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = "".join(f"  - {{what: Step {n}, who: laura-callahan, due: 2026-04-{n:02}}}\n" for n in range(1, 25))
    write_files(root, files("2026-05-31", many))
    git(root, "commit", "--quiet", "--all", "--message", "many", day="2026-04-20")
    said = told(capsys, "ernst-handel")
    assert section(said, "What we promised last time")[-1] == "- … and 18 more"
    assert len(said.splitlines()) < 110


def test_without_git_it_says_what_is_unknown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".git").rename(root / "kept")
    (root / ".git").write_text("gitdir: nowhere\n")
    said = told(capsys, "ernst-handel")
    first, *lines = section(said, "What we promised last time")
    assert first.startswith("_Unknown: what was moved, and what went without a word (")
    assert lines == [
        "- **Not done:** Share the stock data (Roland Mendel): was due 28 Apr 2026",
        "- **Dropped:** Join the fair (somebody): They stay away",
    ]
    (changed,) = section(said, "What changed since the last review")
    assert changed.startswith("_Since 20 Apr 2026: unknown (")
    assert "_Unknown: how stage, choice and roles changed (" in told(capsys, "ernst-handel", "--handover")
    assert "- **Since the last review:** unknown (" in told(capsys, "--all")


def test_a_shallow_clone_is_told(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    commit_on(root, "2026-05-02", {})
    git(root, "clone", "--quiet", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert "unknown (shallow clone, which begins on 2 May 2026)" in told(capsys, "ernst-handel")
    handed = section(told(capsys, "ernst-handel", "--handover"), "How we got here")
    assert handed[0] == "_Unknown: what was before 2 May 2026 (shallow clone)._"
    assert not any("New account" in line for line in handed)


def test_the_handover(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "ernst-handel", "--handover")
    assert said.startswith("# Ernst Handel: handover\n")
    assert section(said, "Who knows whom")[0] == (
        "- **Roland Mendel:** shapes policy, critic. Known to Margaret Peacock (not met); never met on record."
    )
    path = section(said, "How we got here")
    assert "- **1 Mar 2026:** New account: Ernst Handel (customer)." in path
    assert "- **20 Apr 2026:** Stage: customer, now key." in path
    assert "- **20 Jan 2026:** The door to the DACH wholesale trade. Agreed by Andrew Fuller." in path
    assert "- **3 Mar 2026:** A second day for Linz: Agreed." in section(said, "Decisions, and why")
    assert "- An answer within the day (Laura Callahan, not kept in Apr 2026)" in section(said, "Open promises")
    sore = section(said, "Sore spots")
    assert "- **Since 2 May 2026:** Two pallets short (Roland Mendel)" in sore
    assert "- **Roland Mendel, critic:**" in "\n".join(sore)
    assert "- **Moved:** Agree the stock count: from 31 Mar 2026 to 31 May 2026" in sore
    assert "- **Gone without a word:** Write to Graz: was due 20 May 2026, gone on 6 May 2026" in sore


def test_an_account_without_a_plan_has_a_handover(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "alfki", "--handover")
    assert "No contact is on record." in said


def test_the_executive_review(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "--all")
    assert "As of 6 May 2026: 2 accounts, 1 with a plan;" in said
    assert section(said, "What needs somebody, the costliest first")[0].startswith(
        "- **Ernst Handel (key account, Margaret Peacock):**"
    )
    lines = section(said, "Ernst Handel")
    assert [line.split(":**")[0].removeprefix("- **") for line in lines] == [
        "How it stands",
        "To reach",
        "Since the last review",
        "First action",
        "Next date",
        "Decision wanted",
    ]
    assert lines[2] == '- **Since the last review:** Complaint of 2026-05-02: "Two pallets short".'


def test_into_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", f"{HOME}plan.yml", "--output", "pack.md"]) == 0
    assert capsys.readouterr().out == ""
    assert (root / "pack.md").read_text(encoding="utf-8").startswith("# Ernst Handel: review pack\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ernst-handl"], 'There is no account "ernst-handl". Did you mean "ernst-handel"?'),
        (["alfki"], "Alfreds has no plan, so there is nothing to review. Write one in accounts/alfki/plan.yml"),
        ([], "Name one account"),
        (["ernst-handel", "--all"], "Name one account"),
        (["--all", "--handover"], "Name one account"),
        (["ernst-handel", "--output", "no/such/folder.md"], "could not be written"),
    ],
)
def test_mistakes_are_one_line(root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["pack", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1
