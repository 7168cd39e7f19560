"""The commands made from the slips: arguments, questions, completion, help, and slips from files."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from kamgen.cli import kamgen, main
from kamgen.commands import given
from kamgen.commands.fields import Asked, asked_by
from kamgen.commands.group import SECTIONS
from kamgen.model.slips import SLIPS
from tests.conftest import Write

PLAN = """\
# what we want
reviewed: 2026-04-20
period:
  ends: 2026-07-15
  reach: They ask us first.
intelligence:
  threats:
    - what: A rival delivers daily
      source: Karin Hofer
      on: 2026-03-12
intentions:
  no-gaps:
    goal: They see no gaps on their shelves
    measure: gaps a week
    start: 9
    aim: 3
    due: 2026-12-31
    stages:
      - {what: Baseline agreed, due: 2026-05-30}
implementation:
  - what: Send the forecast   # every Monday
    who: anna
    due: 2026-05-15
    goal: no-gaps
  - {what: Baseline agreed, who: bert, due: 2026-05-20, goal: no-gaps}
  - {what: Old thing, who: bert, due: 2026-03-20, done: 2026-03-19, goal: no-gaps}
decisions:
  - {ask: Free samples, of: bert, asked_on: 2026-04-20}
"""
FILES: dict[str, str] = {
    "accounts/alpine-foods/account.yml": "name: Alpine Foods\nstage: key\nmanager: anna\n",
    "accounts/alpine-foods/contacts.yml": (
        "karin-hofer: {name: Karin Hofer, title: Buyer, covered_by: [anna, bert]}\n"
        "gone-girl: {name: Gone Girl, leaves: 2026-01-31}\n"
    ),
    "accounts/alpine-foods/plan.yml": PLAN,
    "accounts/alpine-foods/notes/2026-04-09-thawed.md": "---\nkind: issue\n---\n# Two pallets had thawed\n",
    "accounts/berg-bau.yml": "name: Berg Bau\nstage: prospect\n",
    "playbook/team.yml": (
        "anna: {name: Anna Auer, title: Account Manager}\nbert: {name: Bert Berger, senior: true}\n"
        "carl: {name: Carl Cerny, leaves: 2026-01-31}\n"
    ),
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def root(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace, with the shell standing in it."""
    folder = workspace(FILES)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; with `typed`, as somebody at a terminal who answers that line by line."""

    def go(*arguments: str, typed: str | None = None, fed: bytes = b"") -> Ran:
        monkeypatch.setattr(given, "on_terminal", lambda: typed is not None)
        raw = fed if typed is None else typed.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        code = main(arguments)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return go


def plan(root: Path) -> str:
    return (root / "accounts/alpine-foods/plan.yml").read_text(encoding="utf-8")


AGREED = ("--agreed-by", "bert", "--until", "2026-07-01")

# --- One command for each kind ----------------------------------------------------------------------------


def test_a_slip_is_one_command(run: Run, root: Path) -> None:
    done = run("done", "alpine-foods", "send-the-forecast", "--on", "2026-05-04")
    assert done == Ran(0, done.out, "")
    assert 'Done on 2026-05-04: "Send the forecast" (Anna Auer).' in done.out
    assert "Written: accounts/alpine-foods/plan.yml" in done.out
    assert "  - what: Send the forecast   # every Monday\n" in plan(root)
    assert "done: 2026-05-04" in plan(root)
    after = plan(root)
    again = run("done", "alpine-foods", "send-the-forecast", "--on", "2026-05-04")
    assert again.code == 0
    assert "Nothing was written." in again.out
    assert plan(root) == after


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["move", "alpine-foods", "send-the-forecast", "--to", "2026-05-29", "--why", "Anna is ill"], "to 2026-05-29"),
        (["drop", "alpine-foods", "a-rival-delivers-daily", "--why", "He closed"], "A rival delivers daily"),
        (["checked", "alpine-foods", "karin-hofer"], "Karin Hofer"),
        (["leaves", "alpine-foods", "Karin Hofer", "--last-day", "2026-06-30", "--source", "told"], "leaves on"),
        (["joined", "alpine-foods", "--name", "Max Moser", "--covered-by", "anna,Bert Berger"], "Max Moser"),
        (["note", "alpine-foods", "--what", "call", "--title", "Asked for prices", "--with", "karin-hofer"], "Call"),
        (
            ["heard", "alpine-foods", "--sort", "opportunity", "--what", "A new depot", "--source", "Karin Hofer"],
            "A new depot",
        ),
        (["reading", "alpine-foods", "no-gaps", "--value", "7"], "7"),
        (["complaint", "alpine-foods", "--title", "Wrong labels"], "Wrong labels"),
        (["resolved", "alpine-foods", "2026-04-09-thawed", "--what", "Credited"], "Two pallets had thawed"),
        (["decided", "alpine-foods", "free-samples", "--outcome", "Yes, up to 500"], "Free samples"),
        (["review", "alpine-foods", "--held-by", "anna"], "Reviewed on 2026-05-06 by Anna Auer"),
        (["aim", "alpine-foods", "no-gaps", "--aim", "2", "--why", "They count every day now"], "to 2"),
        (["stage", "berg-bau", "--stage", "customer", "--why", "First order"], "customer"),
        (["selection", "alpine-foods", "--reason", "Opens doors", "--agreed-by", "bert"], "agreed on 2026-05-06"),
        (
            ["waiver", "alpine-foods", "--rule", "KAM603", "--reason", "Soon", *AGREED],
            "KAM603",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_every_kind_can_be_said_in_a_line(run: Run, root: Path, arguments: list[str], words: str) -> None:
    """And with --dry-run it tells the same, and writes nothing."""
    before = snapshot(root)
    dry = run(*arguments, "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert words in dry.out
    assert snapshot(root) == before
    wet = run(*arguments)
    assert (wet.code, wet.err) == (0, "")
    assert words in wet.out
    assert snapshot(root) != before


def test_every_kind_is_tried() -> None:
    """In the tests above: a new kind of slip needs a line there."""
    (cases,) = (
        mark.args[1]
        for mark in test_every_kind_can_be_said_in_a_line.pytestmark  # type: ignore[attr-defined]
    )
    assert {arguments[0] for arguments, _ in cases} | {"done"} == set(SLIPS)


def snapshot(root: Path) -> Mapping[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_is_not_known_is_refused_and_nothing_is_written(run: Run, root: Path) -> None:
    before = snapshot(root)
    ran = run("done", "alpine-foods", "send-the-forcast")
    assert ran.code == 1
    assert ran.err.startswith("kamgen: Nothing was written. There is no action, stage or goal")
    assert 'Did you mean "send-the-forecast"?' in ran.err
    assert run("done", "alpin-foods", "x").err.count('Did you mean "alpine-foods"?') == 1
    assert snapshot(root) == before


def test_the_account_may_be_named_by_its_file(run: Run) -> None:
    assert run("done", "accounts/alpine-foods/plan.yml", "send-the-forecast", "--dry-run").code == 0


def test_what_is_for_somebody_else_to_agree_says_so(run: Run, root: Path) -> None:
    words = "It is for somebody else to agree: "
    aim = ("aim", "alpine-foods", "no-gaps", "--aim", "2", "--why", "They count every day")
    assert run(*aim, "--dry-run").out.endswith(f"{words}ask them before anybody relies on it.\n")
    (root / ".git").mkdir()
    assert run(*aim).out.endswith(f"{words}put it up as a pull request.\n")
    assert words not in run(*aim).out  # nothing is written the second time
    assert words not in run("checked", "alpine-foods", "karin-hofer").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["done"], "Missing argument 'ACCOUNT'."),
        (["done", "alpine-foods"], "Missing argument 'ITEM'. What: the action, stage or goal."),
        (["move", "alpine-foods", "x", "--why", "y"], "Missing option '--to'. New date: the day by which it will"),
        (["move", "alpine-foods", "x", "--to", "29/5/2026", "--why", "y"], "for example 2026-05-29"),
        (["leaves", "alpine-foods", "x", "--last-day", "2026-06-30"], "Missing option '--source'. How we know: told"),
        (
            ["leaves", "alpine-foods", "x", "--last-day", "2026-06-30", "--source", "tol"],
            '"tol" is none of these: told, heard. Did you mean "told"?',
        ),
        (["review", "alpine-foods"], "Missing option '--held-by'. Who held it: who of ours sat together;"),
        (["review", "alpine-foods", "--held-by", "anna", "--move", "x=2026-05-29"], "needs the form ITEM=DATE:WHY"),
        (["review", "alpine-foods", "--held-by", "anna", "--drop", "x"], "needs the form ITEM:WHY"),
        (["review", "alpine-foods", "--held-by", "anna", "--move", "x=2026-05-32:y"], "May 2026 has 31 days"),
        (["apply"], "Missing argument 'SLIP...'."),
        (["apply", "nothing.yml"], 'There is no file "nothing.yml" here. Look at its name'),
        (["done", "alpine-foods", "second", "big", "depot"], 'with "big depot". Put several words in "quotes".'),
        (["doen", "alpine-foods"], "No such command 'doen'. Did you mean \"done\"?"),
        (["leaves", "alpine-foods", "x", "--lastday", "2026-06-30"], "Did you mean '--last-day'?"),
    ],
)
def test_without_a_terminal_what_is_missing_is_told_in_a_line(
    run: Run, root: Path, arguments: list[str], words: str
) -> None:
    before = snapshot(root)
    ran = run(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.err.count("\n") == 1
    assert snapshot(root) == before


# --- At a terminal ------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for(run: Run) -> None:
    """What can be named is listed, closed things left out; a wrong answer is asked for again."""
    ran = run("move", "alpine-foods", "--dry-run", typed="9\n\n1\n30/5/2026\n30.5.2026\nAnna is ill\n")
    assert ran.code == 0
    assert "   1  Send the forecast (due 2026-05-15)\n" in ran.out
    assert "Old thing" not in ran.out
    assert "There is no number 9 in the list. Type one from 1 to 4." in ran.out
    assert "An answer is needed here. Type it, or stop with Ctrl-C." in ran.out
    assert "for example 2026-05-30" in ran.out
    assert "Moved from 2026-05-15 to 2026-05-30" in ran.out


def test_the_account_is_asked_for_too(run: Run) -> None:
    ran = run("reading", "--dry-run", "--value", "7", typed="alpin-foods\nalpine-foods\nno-gaps\n")
    assert "   1  Alpine Foods\n   2  Berg Bau\n" in ran.out
    assert 'There is no account "alpin-foods". Did you mean "alpine-foods"?' in ran.out
    assert ran.code == 0


def test_an_account_that_is_named_in_words_has_its_list_too(run: Run) -> None:
    ran = run("done", "Alpine Foods", "--dry-run", typed="1\n")
    assert ("   1  Send the forecast" in ran.out, ran.code) == (True, 0)
    assert set(completed("checked", "Alpine Foods", "karin")) == {"karin-hofer"}
    assert 'There is no account "alpin-foods".' in run("done", "alpin-foods", typed="1\n").err


def test_names_are_looked_up_at_once(run: Run) -> None:
    """So that the last question is not answered in vain."""
    ran = run("leaves", "alpine-foods", "--dry-run", typed="Nobody\nkarin hofer\n2026-06-30\ntold\n\n")
    assert 'There is no contact "Nobody" in Alpine Foods.' in ran.out
    assert "Karin Hofer leaves on 2026-06-30" in ran.out


def test_people_of_ours_are_asked_for_by_number_or_name(run: Run) -> None:
    ran = run("selection", "alpine-foods", "--reason", "Opens", "--dry-run", typed="Nobody\n1, bert berger\n")
    assert "Anna Auer, Account Manager\n" in ran.out
    assert "Carl Cerny" not in ran.out  # who has left
    assert '"Nobody" is not one of our people' in ran.out
    assert ran.code == 0


def test_words_to_choose_from_are_numbered_too(run: Run) -> None:
    ran = run("heard", "alpine-foods", "--what", "x", "--source", "y", "--dry-run", typed="threat?\n2\n")
    assert "   1  opportunity\n   2  threat\n" in ran.out
    assert "a number of the list, or the word)" in ran.out
    assert (ran.code, "threat" in ran.out) == (0, True)


def test_where_nothing_can_be_named_the_question_is_not_asked(run: Run, root: Path) -> None:
    (root / "accounts/alpine-foods/notes/2026-04-09-thawed.md").unlink()
    words = "Alpine Foods has no complaint that is still open, so there is nothing to choose from.\n"
    assert run("resolved", "alpine-foods", typed="") == Ran(2, "", f"kamgen: {words}")
    assert "Berg Bau has no contact, so" in run("leaves", "berg-bau", typed="").err
    (root / "accounts/alpine-foods/plan.yml").write_text("implementation: [", encoding="utf-8")
    assert "Put them right first: kamgen check alpine-foods" in run("done", "alpine-foods", typed="").err


def test_a_few_things_are_offered_and_may_be_passed_over(run: Run) -> None:
    """Among other questions: a line that says enough is not held up by them."""
    line = ("leaves", "alpine-foods", "karin-hofer", "--last-day", "2026-06-30")
    asked = run(*line, "--dry-run", typed="told\nErika Ernst\n")
    assert "Who follows (the name of who takes over; empty: not known yet; Enter: skip): " in asked.out
    assert "Erika Ernst" in asked.out.partition("Enter: skip")[2]
    assert run(*line, "--dry-run", typed="told\n\n").code == 0
    assert "Who follows" not in run(*line, "--source", "told", "--dry-run", typed="").out
    joined = run("joined", "alpine-foods", "--dry-run", typed="Max Moser\nBuyer\n2\n")
    assert (joined.code, "   2  influencer\n" in joined.out) == (0, True)


def test_of_many_accounts_a_part_of_the_name_is_enough(run: Run, root: Path) -> None:
    for number in range(50):
        (root / f"accounts/shop-{number}.yml").write_text(f"name: Shop {number}\nstage: prospect\n", encoding="utf-8")
    ran = run("checked", "--dry-run", typed="shop\nnowhere\npine\nkarin-hofer\n")
    assert "there are 52: a part of the name will do" in ran.out
    assert '"shop" can be 50 accounts: shop-0, shop-1, ' in ran.out
    assert "and 43 more. Say which." in ran.out
    assert 'There is no account "nowhere".' in ran.out
    assert (ran.code, "Karin Hofer" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("said", "day"),
    [("4.5.2026", "2026-05-04"), ("04.05.2026", "2026-05-04"), ("Yesterday", "2026-05-05"), ("today", "2026-05-06")],
)
def test_days_as_people_say_them(run: Run, root: Path, said: str, day: str) -> None:
    """On the line, with the day that --as-of gives wherever it stands, and as an answer."""
    done = ("done", "alpine-foods", "send-the-forecast", "--dry-run")
    assert f"Done on {day}" in run(*done, "--on", said).out
    answered = run("leaves", "alpine-foods", "karin-hofer", "--dry-run", typed=f"{said}\ntold\n\n")
    assert f"Karin Hofer leaves on {day}" in answered.out
    assert "Done on 2026-05-01" in run(*done, "--on", "yesterday", "--as-of", "2.5.2026").out
    assert "there is no such day; February 2026 has 28 days" in run(*done, "--on", "30.2.2026").err


def test_who_stops_is_told_that_nothing_was_written(run: Run, root: Path) -> None:
    before = snapshot(root)
    ran = run("move", "alpine-foods", "send-the-forecast", typed="2026-05-30\n")
    assert ran.code == 130
    assert ran.err.endswith("Stopped. Nothing was written.\n")
    assert snapshot(root) == before


# --- Slips from files -----------------------------------------------------------------------------------------

TWO = b"""\
# after the call
- slip: done
  account: alpine-foods
  item: send-the-forecast
- {slip: checked, account: alpine-foods, item: karin-hofer}
"""


def test_slips_are_applied_in_their_order_and_once(run: Run, root: Path) -> None:
    (root / "today.yml").write_bytes(TWO)
    dry = run("apply", "today.yml", "--dry-run")
    assert dry.code == 0
    assert "done: 2026-05-06" not in plan(root)
    assert run("apply", "today.yml").code == 0
    assert "done: 2026-05-06" in plan(root)
    before = snapshot(root)
    again = run("apply", "today.yml", "-", fed=TWO)
    assert (again.code, snapshot(root)) == (0, before)
    assert again.out.count("Already so") == 4


def test_one_wrong_slip_stops_them_all(run: Run, root: Path) -> None:
    (root / "today.yml").write_bytes(TWO + b"- {slip: done, account: alpine-foods, item: nobody-knows}\n")
    before = snapshot(root)
    ran = run("apply", "today.yml")
    assert ran.code == 1
    assert "today.yml:6: There is no action, stage or goal" in ran.err
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"slip: done\naccount: a\nitm: x\n", 'today.yml:3: kamgen knows no key "itm" here, so nobody would read it.'),
        (b"slip: doen\n", 'today.yml:1: There is no slip "doen". Did you mean "done"?'),
        (b"account: a\n", "today.yml:1: A slip begins with its kind. Add a line `slip: …`."),
        (b"- just words\n", "today.yml:1: A slip begins with its kind."),
        (b"- slip: move\n  account: a\n  item: x\n  to: 30.5.\n  why: y\n", "today.yml:4: "),
        (b"slip: done\naccount: [\n", "today.yml:2: A bracket"),
        (b"- &a {slip: done}\n- *a\n", "today.yml:1: "),
        (b"[]\n", "There is no slip in it"),
        (b"\xff\xfe\x00", "today.yml is saved as"),
        (b"#" * 1_100_000, "today.yml is too large"),
        (b"[" * 5000, "today.yml:1: "),
    ],
)
def test_a_wrong_file_is_told_with_its_line(run: Run, root: Path, text: bytes, words: str) -> None:
    (root / "today.yml").write_bytes(text)
    before = snapshot(root)
    ran = run("apply", "today.yml")
    assert ran.code == 2
    assert words in ran.err
    assert snapshot(root) == before


def test_all_mistakes_of_a_file_are_told(run: Run, root: Path) -> None:
    (root / "today.yml").write_bytes(b"- slip: done\n  account: a\n- slip: heard\n  account: a\n  sort: thret\n")
    lines = run("apply", "today.yml").err.splitlines()
    assert [line.removeprefix("kamgen: ")[:11] for line in lines] == [
        "today.yml:1",
        "today.yml:5",
        *["today.yml:3"] * 2,
    ]


# --- Completion -----------------------------------------------------------------------------------------------


def completed(*words: str) -> dict[str, str]:
    """What a shell offers for the last word, with the words beside it."""
    *before, last = words
    items = ShellComplete(kamgen, {}, "kamgen", "_KAMGEN_COMPLETE").get_completions(before, last)
    return {item.value: item.help or "" for item in items}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["done", "al"], {"alpine-foods"}),
        (
            ["done", "alpine-foods", ""],
            {"send-the-forecast", "implementation/baseline-agreed", "no-gaps", "no-gaps/baseline-agreed"},
        ),
        (["checked", "alpine-foods", ""], {"karin-hofer", "a-rival-delivers-daily"}),
        (["drop", "alpine-foods", "rival"], {"a-rival-delivers-daily"}),
        (["leaves", "alpine-foods", ""], {"karin-hofer"}),
        (["leaves", "alpine-foods", "karin-hofer", "--meets", ""], {"anna", "bert"}),
        (["leaves", "alpine-foods", "karin-hofer", "--source", ""], {"told", "heard"}),
        (["reading", "alpine-foods", ""], {"no-gaps"}),
        (["resolved", "alpine-foods", ""], {"2026-04-09-thawed"}),
        (["decided", "alpine-foods", ""], {"free-samples"}),
        (["note", "alpine-foods", "--with", ""], {"karin-hofer"}),
        (["note", "alpine-foods", "--who", "anna,b"], {"anna,bert"}),
        (["review", "alpine-foods", "--done", "send"], {"send-the-forecast"}),
        (["waiver", "alpine-foods", "--rule", "KAM404"], {"KAM404"}),
        (["check", "berg"], {"berg-bau"}),
        (["check", "--select", "KAM40"], {f"KAM40{number}" for number in range(1, 10)}),
        (["pack", ""], {"alpine-foods", "berg-bau"}),
        (["remind", ""], {"anna", "bert"}),
        (["new", "note", "al"], {"alpine-foods"}),
        (["new", "audit", "al"], {"alpine-foods"}),
        (["rule", "KAM404"], {"KAM404"}),
        (["do"], {"done"}),
        (["move", "alpine-foods", "send-the-forecast", "--t"], {"--to"}),
        (["done", "nobody", ""], set()),
    ],
)
def test_a_shell_completes(root: Path, words: list[str], offered: set[str]) -> None:
    assert set(completed(*words)) == offered


def test_what_is_offered_says_what_it_is(root: Path) -> None:
    assert completed("done", "alpine-foods", "send")["send-the-forecast"] == "Send the forecast (due 2026-05-15)"
    assert completed("leaves", "alpine-foods", "")["karin-hofer"] == "Karin Hofer, Buyer"
    assert completed("resolved", "alpine-foods", "") == {"2026-04-09-thawed": "Two pallets had thawed"}


def test_completion_never_complains(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "accounts/alpine-foods/plan.yml").write_text("implementation: [", encoding="utf-8")
    (root / "playbook/kamgen.yml").write_bytes(b"\xff\xfe")
    assert completed("done", "alpine-foods", "") == {}
    shutil.rmtree(root / "accounts")
    assert completed("done", "al") == {}
    monkeypatch.chdir("/")
    assert completed("done", "alpine-foods", "--by", "") == {}
    assert capsys.readouterr() == ("", "")


def test_only_the_account_that_is_asked_about_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = os.open

    def noted(path: str, *rest: int) -> int:
        opened.append(str(path))
        return real(path, *rest)

    monkeypatch.setattr("kamgen.read.files.os.open", noted)
    completed("done", "alpine-foods", "")
    assert any(path.endswith("plan.yml") for path in opened)
    assert not [path for path in opened if "berg-bau" in path]
    opened.clear()
    completed("done", "al")
    assert not [path for path in opened if "accounts" in path]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_in_a_real_bash(root: Path) -> None:
    """The lines that the README shows, as somebody has them in a shell's start file."""
    script = """
        eval "$(_KAMGEN_COMPLETE=bash_source kamgen)"
        COMP_WORDS=(kamgen done alpine-foods send) COMP_CWORD=3 COMPREPLY=()
        _kamgen_completion kamgen
        echo "${COMPREPLY[*]}"
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env={**os.environ, "PATH": path})
    assert (ran.stdout, ran.returncode) == ("send-the-forecast\n", 0)


# --- Help -------------------------------------------------------------------------------------------------------


def test_the_help_lists_every_command_once_in_its_section(run: Run) -> None:
    told = run("--help").out
    listed = re.findall(r"^  ([a-z][a-z-]*)  ", told, re.MULTILINE)
    assert sorted(listed) == sorted(kamgen.list_commands(click.Context(kamgen)))
    assert all(f"\n{title}:\n" in told for title in SECTIONS)
    assert "\nMore:\n" not in told
    assert "  done  " in told.partition("Say what happened:")[2].partition("Show it:")[0]
    assert run("-h").out == told
    assert run("done", "alpine-foods", "too", "many", "words", "-h").out == run("done", "--help").out


@pytest.mark.parametrize("kind", SLIPS)
def test_the_help_of_a_kind_comes_from_its_record(run: Run, kind: str) -> None:
    told = " ".join(run(kind, "-h").out.split())
    record = SLIPS[kind]
    assert " ".join((record.__doc__ or "").split()) in told or kind == "review"  # which says more
    for asked in asked_by(kind):
        assert asked.is_argument or asked.told in told


def test_what_it_is_about_stands_without_a_name_and_the_rest_are_options() -> None:
    arguments = {kind: [one.key for one in asked_by(kind) if one.is_argument] for kind in SLIPS}
    assert arguments["done"] == ["account", "item"]
    assert arguments["leaves"] == ["account", "contact"]
    assert arguments["reading"] == ["account", "goal"]
    assert arguments["resolved"] == ["account", "complaint"]
    assert arguments["decided"] == ["account", "decision"]
    assert {kind for kind, names in arguments.items() if names == ["account"]} == {
        *("joined", "note", "heard", "complaint", "review", "stage", "selection", "waiver")
    }


def test_what_a_field_knows_of_itself() -> None:
    fields = {one.key: one for one in asked_by("leaves")}
    assert fields["source"].form.choices == ("told", "heard")
    assert fields["meets"].sorts == {"ours"}
    assert not fields["successor"].sorts
    assert fields["last_day"].wrong("2026-02-30") == ('"2026-02-30": there is no such day; February 2026 has 28 days.')
    assert isinstance(fields["contact"], Asked)
