"""The 30-day review as a dialogue: what it shows, what it asks, and that nothing is written until it is confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kamgen import slips
from tests.test_commands import FILES, Ran, Run, plan, root, run, snapshot

__all__ = ["root", "run"]

# Answers in their order: nothing is asked for twice, so each test says what it types.
NO_OUTCOMES = "\n\n"  # the two actions that are due before the next review
NOTHING_LATER = "\n"
KEEP_THE_PERIOD = "n\n"
SAME_PEOPLE = "anna\n"
YES, NO = "y\n", "n\n"


def test_it_opens_with_the_point_to_reach(run: Run) -> None:
    told = run("review", "alpine-foods", typed="").out
    assert told.startswith(
        "Alpine Foods: review of 2026-05-06 (the last one was on 2026-04-20, 16 days before)\n\n"
        "The point to reach by 2026-07-15:\n  They ask us first.\n"
    )


def test_the_account_may_be_named_as_people_call_it(run: Run) -> None:
    assert run("review", "Alpine Foods", typed="").out.startswith("Alpine Foods: review of 2026-05-06")


def test_a_terminal_does_not_obey_what_stands_in_a_file(run: Run, root: Path) -> None:
    text = (
        plan(root)
        .replace("reach: They ask us first.", 'reach: "They\\e[2J ask"')
        .replace("Send the", '"\\e]0;x Send the')
    )
    (root / "accounts/alpine-foods/plan.yml").write_text(
        text.replace("forecast   #", 'forecast"   #'), encoding="utf-8"
    )
    told = run("review", "alpine-foods", typed=NO_OUTCOMES).out + run("done", "alpine-foods", typed="").out
    assert "They [2J ask" in told
    assert "]0;x Send the forecast" in told
    assert "\x1b" not in told


def test_it_asks_for_what_is_due_before_the_next_review_the_earliest_first(run: Run, root: Path) -> None:
    text = plan(root).replace("due: 2026-05-20", "due: 2026-05-01")
    (root / "accounts/alpine-foods/plan.yml").write_text(text, encoding="utf-8")
    told = run("review", "alpine-foods", typed=NO_OUTCOMES + NOTHING_LATER).out
    assert "1 of 2: Overdue since 2026-05-01: Baseline agreed (Bert Berger)\n" in told
    assert "2 of 2: Due 2026-05-15: Send the forecast (Anna Auer)\n" in told
    assert "After that:\n   1  2026-05-30  Baseline agreed\n" in told
    assert "Old thing" not in told  # it is done
    assert "They see no gaps" not in told  # the goal is due beyond the next 90 days


def test_done_later_dropped_and_left_alone(run: Run, root: Path) -> None:
    typed = "d\n2026-05-04\n" + "later\n2026-05-27\nBert is ill\n" + "1\nx\nThey do it alone\n\n"
    ran = run("review", "alpine-foods", typed=typed + KEEP_THE_PERIOD + SAME_PEOPLE + YES)
    assert (ran.code, ran.err) == (0, "")
    assert 'Done on 2026-05-04: "Send the forecast"' in ran.out
    assert "Moved from 2026-05-20 to 2026-05-27" in ran.out
    assert "because: They do it alone" in ran.out
    assert "Reviewed on 2026-05-06 by Anna Auer" in ran.out
    assert ran.out.endswith("Write this? [y/N]: Written: accounts/alpine-foods/plan.yml\n")
    read = yaml.safe_load(plan(root).replace("2026", "'2026").replace("'", ""))
    forecast, baseline, old = read["implementation"]
    assert str(forecast["done"]) == "2026-05-04"
    assert str(baseline["due"]) == "2026-05-27"
    assert str(old["done"]) == "2026-03-19"
    assert read["intentions"]["no-gaps"]["stages"][0]["because"] == "They do it alone"
    assert str(read["reviewed"]) == "2026-05-06"
    assert "# what we want\n" in plan(root)
    assert "   # every Monday\n" in plan(root)


def test_a_blank_answer_leaves_alone_what_comes_later(run: Run, root: Path) -> None:
    typed = NO_OUTCOMES + "1\n \n\n" + KEEP_THE_PERIOD + SAME_PEOPLE + YES
    assert run("review", "alpine-foods", typed=typed).code == 0
    assert "dropped" not in plan(root)


def test_what_is_left_alone_stays_as_it_is(run: Run, root: Path) -> None:
    before = plan(root)
    run("review", "alpine-foods", typed=NO_OUTCOMES + NOTHING_LATER + KEEP_THE_PERIOD + SAME_PEOPLE + YES)
    changed = [line for line in plan(root).splitlines() if line not in before.splitlines()]
    assert changed == ["reviewed: 2026-05-06", "reviewed_by: anna"]


def test_the_point_to_reach_may_be_closed_early(run: Run, root: Path) -> None:
    period = "y\nmaybe\np\n\nGraz only\nThey ask us second\n2026-05-01\n\n"
    ran = run("review", "alpine-foods", typed=NO_OUTCOMES + NOTHING_LATER + period + SAME_PEOPLE + YES)
    assert ran.code == 0
    assert 'Was it reached: "They ask us first." (yes, partly, no)' in ran.out
    assert "Type yes, partly or no." in ran.out
    assert "2026-05-01 has passed: type a day from 2026-05-06 on." in ran.out
    assert "By [2026-08-04]" in ran.out  # 90 days from the day of the review
    read = yaml.safe_load(plan(root))
    assert read["period"]["reach"] == "They ask us second"
    assert str(read["period"]["ends"]) == "2026-08-04"
    assert [(one["reached"], one["because"]) for one in read["past_periods"]] == [("partly", "Graz only")]


def test_when_the_90_days_are_over_the_verdict_is_asked_for(run: Run, root: Path) -> None:
    later = ("--as-of", "2026-07-20")
    typed = "\n" * 3 + "yes\n\nThey ask us second\n\n" + SAME_PEOPLE + YES
    ran = run("review", "alpine-foods", *later, typed=typed)
    assert "The point that was to be reached by 2026-07-15:" in ran.out
    assert "Close the 90 days now" not in ran.out
    assert "Because (Enter: nothing to add)" in ran.out
    assert (ran.code, yaml.safe_load(plan(root))["past_periods"][0]["reached"]) == (0, True)


def test_where_there_is_no_point_to_reach_one_is_asked_for(run: Run, root: Path) -> None:
    text = plan(root).replace("period:\n  ends: 2026-07-15\n  reach: They ask us first.\n", "")
    (root / "accounts/alpine-foods/plan.yml").write_text(text, encoding="utf-8")
    typed = NO_OUTCOMES + NOTHING_LATER + "They ask us first\n2026-07-31\n" + SAME_PEOPLE + YES
    ran = run("review", "alpine-foods", typed=typed)
    assert "There is no point to reach yet." in ran.out
    assert yaml.safe_load(plan(root))["period"]["reach"] == "They ask us first"


def test_a_plan_of_which_nothing_is_due(run: Run, root: Path) -> None:
    (root / "accounts/alpine-foods/plan.yml").write_text("reviewed: 2026-04-20\n", encoding="utf-8")
    ran = run("review", "alpine-foods", typed="They ask us first\n\n" + SAME_PEOPLE + YES)
    assert "Nothing is overdue, and nothing is due before the next review." in ran.out
    assert ran.code == 0


def test_the_next_point_to_reach_may_be_left_open(run: Run, root: Path) -> None:
    (root / "accounts/alpine-foods/plan.yml").write_text("reviewed: 2026-04-20\n", encoding="utf-8")
    ran = run("review", "alpine-foods", typed="\n" + SAME_PEOPLE + YES)
    assert "as the customer will see it (Enter: none for now): " in ran.out
    assert (ran.code, plan(root)) == (0, "reviewed: 2026-05-06\nreviewed_by: anna\n")


def test_days_are_understood_as_people_say_them(run: Run, root: Path) -> None:
    typed = "d\nyesterday\nl\n27.5.2026\nBert is ill\n" + NOTHING_LATER + KEEP_THE_PERIOD + SAME_PEOPLE + YES
    assert run("review", "alpine-foods", typed=typed).code == 0
    assert "done: 2026-05-05" in plan(root)
    assert "due: 2026-05-27" in plan(root)
    moved = ("--move", "no-gaps/baseline-agreed=31.5.2026:They wait")
    assert run("review", "alpine-foods", "--held-by", "anna", *moved).code == 0
    assert "2026-05-31" in plan(root)


def test_a_first_review(run: Run, root: Path) -> None:
    text = plan(root).replace("reviewed: 2026-04-20\n", "")
    (root / "accounts/alpine-foods/plan.yml").write_text(text, encoding="utf-8")
    ran = run("review", "alpine-foods", typed="")
    assert "review of 2026-05-06 (the first)" in ran.out


def test_who_held_the_last_one_is_proposed(run: Run, root: Path) -> None:
    text = plan(root).replace("reviewed:", "reviewed_by: [bert, carl]\nreviewed:")
    (root / "accounts/alpine-foods/plan.yml").write_text(text, encoding="utf-8")
    ran = run("review", "alpine-foods", typed=NO_OUTCOMES + NOTHING_LATER + KEEP_THE_PERIOD + "\n" + YES)
    assert " [bert]: " in ran.out  # Carl has left
    assert "by Bert Berger" in ran.out


def test_wrong_answers_are_asked_again(run: Run) -> None:
    typed = (
        "huh\nd\n2026-05-30\n2026-05-06\n" + "l\n2026-05-01\nsoon\n2026-05-27\n \nBert is ill\n" + "7\n1\nd\n\n1\n\n"
    )
    ran = run("review", "alpine-foods", typed=typed + KEEP_THE_PERIOD + "nobody\nanna\n" + YES)
    for words in (
        "Type d for done, l for later or x for dropped, or Enter alone.",
        "2026-05-30 is still to come: type a day up to 2026-05-06.",
        "2026-05-01 has passed: type a day from 2026-05-06 on.",
        '"soon": write dates as year-month-day, for example 2026-04-30.',
        "An answer is needed here. Type it, or stop with Ctrl-C.",
        "Type a number from 1 to 1, or Enter alone.",
        "You have said what became of that one.",
        '"nobody" is not one of our people',
    ):
        assert words in ran.out, words
    assert ran.code == 0


def test_a_review_of_yesterday_is_written_down_today(run: Run, root: Path) -> None:
    typed = "d\n\n\n" + NOTHING_LATER + KEEP_THE_PERIOD + SAME_PEOPLE + YES
    ran = run("review", "alpine-foods", "--on", "2026-05-05", typed=typed)
    assert "Alpine Foods: review of 2026-05-05 (the last one was on 2026-04-20, 15 days before)\n" in ran.out
    assert "Done on [2026-05-05]: " in ran.out
    assert "done: 2026-05-05" in plan(root)
    assert "reviewed: 2026-05-05" in plan(root)


# --- Nothing is written until it is confirmed -----------------------------------------------------------------

ALL = "d\n2026-05-04\n" + "\n" + NOTHING_LATER + KEEP_THE_PERIOD + SAME_PEOPLE


@pytest.mark.parametrize("said", range(len(ALL.splitlines()) + 1))
def test_stopped_anywhere_nothing_is_written(run: Run, root: Path, said: int) -> None:
    """Ctrl-C and the end of what is typed are one and the same here."""
    before = snapshot(root)
    ran = run("review", "alpine-foods", typed="".join(f"{line}\n" for line in ALL.splitlines()[:said]))
    assert ran.code == 130
    assert ran.err == "\nStopped. Nothing was written.\n"
    assert snapshot(root) == before


def test_stopped_it_keeps_what_was_said(run: Run, root: Path) -> None:
    """At the last question all of it, ready to be applied; before that with who held it still to be added."""
    stopped = run("review", "alpine-foods", typed=ALL)
    assert stopped.err == "\nStopped. Nothing was written.\n"
    _, _, kept = stopped.out.partition("Keep it in a file for `kamgen apply FILE`:\n\n")
    early = run("review", "alpine-foods", typed="d\n2026-05-04\n").out
    assert "and add who held the review as `held_by: …`:\n\nslip: review\n" in early
    assert early.endswith("outcomes:\n- item: send-the-forecast\n  done: '2026-05-04'\n")
    assert "slip: review" not in run("review", "alpine-foods", typed="").out  # nothing was said
    assert run("apply", "-", fed=kept.encode()).code == 0
    assert "done: 2026-05-04" in plan(root)


@pytest.mark.parametrize("answer", [NO, "\n"])
def test_unconfirmed_it_keeps_what_was_said(run: Run, root: Path, answer: str) -> None:
    before = snapshot(root)
    ran = run("review", "alpine-foods", typed=ALL + answer)
    assert ran.code == 0
    assert snapshot(root) == before
    said, _, kept = ran.out.partition("keep what you said in a file for `kamgen apply FILE`:\n\n")
    assert said.endswith("Nothing was written. To do it later, ")
    assert run("apply", "-", fed=kept.encode()).code == 0
    assert "done: 2026-05-04" in plan(root)


def test_what_is_refused_is_kept_too(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise slips.Refused("It would put a mistake into plan.yml.")

    before = snapshot(root)
    monkeypatch.setattr(slips, "apply_slips", refuse)
    ran = run("review", "alpine-foods", typed=ALL)
    assert ran.code == 1
    assert ran.err == "kamgen: Nothing was written. It would put a mistake into plan.yml.\n"
    assert "Write this?" not in ran.out
    assert "item: send-the-forecast\n" in ran.out
    assert snapshot(root) == before


def test_a_plan_with_mistakes_is_put_right_first(run: Run, root: Path) -> None:
    """Before the first question, since nobody can tell what stands in it."""
    (root / "accounts/alpine-foods/plan.yml").write_text("reviewed: [\n" + plan(root), encoding="utf-8")
    ran = run("review", "alpine-foods", typed="")
    assert (ran.code, ran.out) == (2, "")
    assert "Put them right first: kamgen check alpine-foods\n" in ran.err


def test_a_dry_run_shows_and_does_not_ask(run: Run, root: Path) -> None:
    before = snapshot(root)
    ran = run("review", "alpine-foods", "--dry-run", typed=ALL)
    assert ran.code == 0
    assert "Reviewed on 2026-05-06 by Anna Auer" in ran.out
    assert "Write this?" not in ran.out
    assert snapshot(root) == before


def test_an_account_without_a_plan_has_no_review(run: Run) -> None:
    assert run("review", "berg-bau", typed="") == Ran(
        2, "", "kamgen: Berg Bau has no plan, so there is nothing to review. Write one in accounts/berg-bau/plan.yml.\n"
    )
    assert 'There is no account "alpine". ' not in run("review", "alpine-foods", "--dry-run", typed=ALL).err
    assert 'There is no account "alpin-foods". Did you mean' in run("review", "alpin-foods", typed="").err


# --- Without a terminal -----------------------------------------------------------------------------------------


def test_with_options_it_is_one_command(run: Run, root: Path) -> None:
    ran = run(
        *("review", "alpine-foods", "--held-by", "anna", "--held-by", "bert", "--done", "send-the-forecast"),
        *("--move", "implementation/baseline-agreed=2026-05-27:Bert is ill: a week at least"),
        *("--drop", "no-gaps/baseline-agreed:They do it alone"),
        *("--reached", "no", "--because", "Nobody asked", "--reach", "They ask us second", "--ends", "2026-08-01"),
    )
    assert (ran.code, ran.err) == (0, "")
    read = yaml.safe_load(plan(root))
    assert str(read["implementation"][0]["done"]) == "2026-05-06"
    assert read["implementation"][1]["because"] == "Bert is ill: a week at least"
    assert read["intentions"]["no-gaps"]["stages"][0]["because"] == "They do it alone"
    assert read["reviewed_by"] == ["anna", "bert"]
    assert str(read["period"]["ends"]) == "2026-08-01"


def test_with_options_only_who_held_it_is_asked_for(run: Run) -> None:
    ran = run("review", "alpine-foods", "--done", "send-the-forecast", "--dry-run", typed="bert\n")
    assert ran.code == 0
    assert "What became of it" not in ran.out
    assert "by Bert Berger" in ran.out


def test_the_day_of_the_review_is_the_day_of_what_is_done(run: Run, root: Path) -> None:
    run("review", "alpine-foods", "--held-by", "anna", "--done", "send-the-forecast", "--on", "2026-05-02")
    assert "done: 2026-05-02" in plan(root)


def test_the_fixture_stands_on_its_day(root: Path) -> None:
    """What is due in these tests hangs on it."""
    assert "as_of: 2026-05-06" in FILES["playbook/kamgen.yml"]
