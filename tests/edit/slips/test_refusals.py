"""What cannot be written is refused with what to do, and what is private stays so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kamgen.errors import KamgenError
from tests.conftest import Write, checked
from tests.edit.conftest import tree
from tests.edit.slips.applying import applied
from tests.edit.slips.samples import FOLDER, PLAN

ACCOUNT = "ernst-handel"


def slip(kind: str, **values: Any) -> dict[str, Any]:
    return {"slip": kind, "account": ACCOUNT, **{key.rstrip("_"): value for key, value in values.items()}}


REFUSED = {
    "an unknown item": (slip("done", item="call-lins"), 'There is no action, stage or goal "call-lins" in Ernst'),
    "an ambiguous item": (slip("done", item="joint-forecast"), '"joint-forecast" is the name of an action ('),
    "done though dropped": (
        slip("done", item="sell-the-cheese-counter"),
        '"Sell the cheese counter" was dropped on 2026-03-01. If it was done after all, take `dropped` and `because` '
        "out of the file first.",
    ),
    "dropped though done": (slip("drop", item="call-linz", why="No"), '"Call Linz about the invoices" is done since'),
    "a day ahead": (
        slip("done", item="call-linz", on="2026-06-01"),
        "The slip is dated 2026-06-01, and today is 2026-05",
    ),
    "a stranger": (slip("done", item="call-linz", by="Mallory"), '"Mallory" is not one of our people'),
    "an unknown contact": (
        slip("leaves", contact="Rolando", last_day="2026-06-01", source="told"),
        'There is no contact "Rolando" in Ernst Handel. Did you mean "Roland Mendel"? On file: Roland Mendel (Sales M',
    ),
    "a successor who is not there": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="karin-huber"),
        'There is no contact "karin-huber". For somebody new write the name: Karin Huber.',
    ),
    "a successor who is gone": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="Petra Hofer"),
        "Petra Hofer cannot follow: their own last day is 2026-04-30.",
    ),
    "their own successor": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="Roland Mendel"),
        "Nobody can follow themselves.",
    ),
    "a part of a successor's name": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="Sabine"),
        '"Sabine": Do you mean Sabine Moser? Then write the name like that. Write the full name of somebody new, ',
    ),
    "a successor misspelt": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="Sabina Mooser"),
        '"Sabina Mooser": Do you mean Sabine Moser? Then write the name like that. Somebody new with a name so like it '
        "is to be written into accounts/ernst-handel/contacts.yml by hand.",
    ),
    "somebody new with a part of a name": (slip("joined", name="Möser"), '"Möser": Do you mean Sabine Moser?'),
    "somebody of ours who joins them": (
        slip("joined", name="Margaret  PEACOCK"),
        "Margaret Peacock is one of our people (playbook/team.yml), and not of theirs. Name somebody at Ernst Handel.",
    ),
    "somebody of ours who follows": (
        slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told", successor="Laura Callahan"),
        "Laura Callahan is one of our people",
    ),
    "a word of several things": (slip("done", item="forecast"), '"forecast" can be 3 of them: "Put the forecast sheet'),
    "a name of signs": (slip("joined", name="?!"), '"?!" has neither a letter nor a digit'),
    "a reading of sales": (
        slip("reading", goal="more-cheese", value="9"),
        '"They buy more cheese" is measured in sales.csv, so nobody needs to type what it shows.',
    ),
    "another outcome": (
        slip("decided", decision="a-second-driver", outcome="Yes"),
        '"A second driver" was decided on 2026-03-02: No. If something else was decided since',
    ),
    "a review without the verdict": (
        slip("review", held_by="margaret-peacock", reach="More"),
        "The 90 days to 2026-05-05 are over. Say whether their point was reached: yes, partly or no.",
    ),
    "a review alone when the 90 days are over": (
        slip("review", held_by="margaret-peacock"),
        "The 90 days to 2026-05-05 are over. Say whether their point was reached: yes, partly or no.",
    ),
    "a review with outcomes when the 90 days are over": (
        slip("review", held_by="margaret-peacock", outcomes=[{"item": "more-cheese", "done": "2026-05-01"}]),
        "The 90 days to 2026-05-05 are over. Say whether their point was reached: yes, partly or no.",
    ),
    "a decimal comma": (
        slip("reading", goal="no-empty-shelves", value="8,5"),
        '"Their depots see us as the supplier that ended empty shelves" is measured in figures, and "8,5" is none. '
        "Write 8.5?",
    ),
    "a comma of thousands": (slip("reading", goal="no-empty-shelves", value="1,200"), '"Their depots see'),
    "a share": (slip("reading", goal="no-empty-shelves", value="5 %"), '"Their depots see'),
    "words for a figure": (slip("reading", goal="no-empty-shelves", value="about eight"), '"Their depots see'),
    "a date that has passed": (
        slip("move", item="put-the-forecast-sheet-on-their-intranet", to="2026-05-05", why="Later"),
        "2026-05-05 has passed: give a day from 2026-05-06 on.",
    ),
    "a date far ahead": (
        slip("move", item="put-the-forecast-sheet-on-their-intranet", to="2062-05-05", why="Later"),
        "2062-05-05 is more than ten years ahead. Look at the year.",
    ),
    "a last day far ahead": (
        slip("leaves", contact="roland-mendel", last_day="2062-12-31", source="told"),
        "2062-12-31 is more than ten years ahead. Look at the year.",
    ),
    "an outcome that has passed": (
        slip(
            "review",
            held_by="margaret-peacock",
            reached="yes",
            outcomes=[{"item": "more-cheese", "to": "2026-05-01", "why": "Later"}],
        ),
        "2026-05-01 has passed: give a day from 2026-05-06 on.",
    ),
    "done long ago": (
        slip("done", item="put-the-forecast-sheet-on-their-intranet", on="2019-01-01"),
        "2019-01-01 is more than two years ago. Look at the year; if it is right, write the day into the file by hand.",
    ),
    "put right before it went wrong": (
        slip("resolved", complaint="2026-04-10-two-pallets-short", on="2026-04-09"),
        '"Two pallets short" was written on 2026-04-10, so it was not put right on 2026-04-09.',
    ),
    "decided before it was asked": (
        slip("decided", decision="free-samples-for-the-two-depots", outcome="Yes", on="2026-04-19"),
        '"Free samples for the two depots" was asked on 2026-04-20, so it was not decided on 2026-04-19.',
    ),
    "a waiver for years": (
        slip("waiver", rule="KAM604", reason="Why not", agreed_by="andrew-fuller", until="2028-01-01"),
        "A waiver holds for 180 days at most. Give 2026-11-02 or an earlier day, and look again then.",
    ),
    "a day without a point to reach": (
        slip("review", held_by="margaret-peacock", reached="yes", ends="2026-08-01"),
        "Say the next point to reach as well: a day alone is no plan.",
    ),
    "days that are over": (
        slip("review", held_by="margaret-peacock", reached="no", reach="More", ends="2026-05-01"),
        "The next 90 days would be over on 2026-05-01, before they begin. Give a later day.",
    ),
    "two outcomes of one thing": (
        slip(
            "review",
            held_by="margaret-peacock",
            outcomes=[
                {"item": "more-cheese", "done": "2026-05-01"},
                {"item": "They buy more cheese", "dropped": "true", "why": "No"},
            ],
        ),
        '"They buy more cheese" stands twice among the outcomes.',
    ),
    "an outcome of two sorts": (
        slip(
            "review",
            held_by="margaret-peacock",
            outcomes=[{"item": "more-cheese", "to": "2026-06-01", "dropped": "true"}],
        ),
        'Say one thing of "They buy more cheese": `done` with the day, a new date `to`, or `dropped`.',
    ),
    "an outcome without a reason": (
        slip("review", held_by="margaret-peacock", outcomes=[{"item": "more-cheese", "to": "2026-06-01"}]),
        'Say `why` "They buy more cheese" moves, in a sentence.',
    ),
    "an unknown definition": (
        slip("selection", reason="Large", definition="must-not-loose", agreed_by="andrew-fuller"),
        '"must-not-loose" is not a definition of a key account (criteria.yml). Did you mean "must-not-lose"?',
    ),
    "an unknown rule": (
        slip("waiver", rule="KAM999", reason="Why not", agreed_by="andrew-fuller", until="2026-06-01"),
        "It would put a mistake into accounts/ernst-handel/account.yml: KAM008 ",
    ),
    "a note too large": (
        slip("note", what="visit", title="Long", text="x" * 1_100_000),
        "It would put a mistake into accounts/ernst-handel/notes/2026-05-06-long.md: KAM010 ",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_what_to_do(workspace: Write, name: str) -> None:
    root = workspace(FOLDER)
    before = tree(root)
    values, said = REFUSED[name]
    with pytest.raises(KamgenError) as told:
        applied(root, values)
    assert str(told.value).startswith(said)
    assert "\n" not in str(told.value)
    assert tree(root) == before


BROKEN = {
    "accounts/ernst-handel/plan.yml": PLAN.replace("implementation:", "implementation: [", 1),
    "accounts/ernst-handel/notes/2026-05-01-broken.md": "---\nkind: visit\n",
}


def test_where_the_plan_cannot_be_read_nothing_is_looked_for_in_it(workspace: Write) -> None:
    root = workspace({**FOLDER, **BROKEN})
    said = r"^There are mistakes in accounts/ernst-handel/plan\.yml, .* first: kamgen check ernst-handel$"
    with pytest.raises(KamgenError, match=said):
        applied(root, slip("done", item="call-linz"))
    applied(root, slip("checked", item="roland-mendel"))  # their people stand in another file


def test_a_file_that_cannot_be_opened_is_named(workspace: Write) -> None:
    root = workspace(FOLDER)
    (root / "accounts/ernst-handel/plan.yml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(KamgenError, match=r'^accounts/ernst-handel/plan\.yml: The file "plan\.yml" .*\.$'):
        applied(root, slip("done", item="call-linz"))


def test_the_broken_file_is_named(workspace: Write) -> None:
    path = "accounts/ernst-handel/contacts.yml"
    root = workspace({**FOLDER, path: FOLDER[path] + "a: [\n"})
    with pytest.raises(KamgenError, match=rf"^There are mistakes in {path}, "):
        applied(root, slip("leaves", contact="roland-mendel", last_day="2026-06-01", source="told"))


CONFLICT = PLAN.replace(
    "    due: 2026-05-15\n", "<<<<<<< HEAD\n    due: 2026-05-15\n=======\n    due: 2026-05-22\n>>>>>>> main\n"
)


@pytest.mark.parametrize("text", [CONFLICT, f"{PLAN}<<<<<<< HEAD\n"], ids=["both", "a stray mark"])
@pytest.mark.parametrize("values", [
    slip("move", item="put-the-forecast-sheet-on-their-intranet", to="2026-06-01", why="Later"),
    slip("done", item="share-twelve-months-of-stock-data"),
    slip("review", held_by="margaret-peacock", reached="yes", reach="More"),
    slip("heard", sort="threat", what="They close", source="Their boss"),
], ids=["move", "done", "review", "heard"])  # fmt: skip
def test_where_two_people_changed_the_same_lines_nothing_is_written(
    workspace: Write, text: str, values: dict[str, Any]
) -> None:
    root = workspace({**FOLDER, "accounts/ernst-handel/plan.yml": text})
    before = tree(root)
    with pytest.raises(KamgenError) as told:
        applied(root, values)
    assert str(told.value).startswith("accounts/ernst-handel/plan.yml, line ")
    assert "Two people changed the same lines, and git has left its marks here. Put them right first" in str(told.value)
    assert tree(root) == before


def test_where_two_people_changed_a_note_nothing_is_written(workspace: Write) -> None:
    name = "accounts/ernst-handel/notes/2026-04-10-two-pallets-short.md"
    root = workspace({**FOLDER, name: f"{FOLDER[name]}<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> main\n"})
    with pytest.raises(KamgenError, match="Two people changed the same lines"):
        applied(root, slip("resolved", complaint="2026-04-10-two-pallets-short"))


# --- Names, dates, answers ------------------------------------------------------------------------------


def test_what_has_ended_is_not_moved_and_the_answer_says_so(workspace: Write) -> None:
    root = workspace(FOLDER)
    done = applied(root, slip("move", item="call-linz", to="2026-06-01", why="Later"))
    dropped = applied(root, slip("move", item="sell-the-cheese-counter", to="2026-06-01", why="Later"))
    assert done.answers[0].lines == ('"Call Linz about the invoices" is done since 2026-04-02, so it was not moved.',)
    assert dropped.answers[0].lines == ('"Sell the cheese counter" was dropped on 2026-03-01, so it was not moved.',)
    assert (done.files, dropped.files) == ((), ())


def test_an_older_review_leaves_the_point_to_reach_alone(workspace: Write) -> None:
    root = workspace(FOLDER)
    older = slip("review", held_by="margaret-peacock", reached="yes", reach="Something old", on="2026-02-01")
    result = applied(root, older)
    assert result.files == ()
    assert result.answers[0].lines == (
        "The plan was reviewed since, on 2026-04-20: its point to reach stays as it is.",
    )


def test_the_search_for_a_successor_is_over_when_somebody_comes(workspace: Write) -> None:
    root = workspace(FOLDER)
    applied(root, slip("leaves", contact="roland-mendel", last_day="2026-06-30", source="heard"))
    result = applied(root, slip("joined", name="Karin Huber", follows="roland-mendel"))
    assert result.answers[0].lines == (
        '"Find out who follows Roland Mendel" is answered and still open. '
        "Close it with: kamgen done ernst-handel find-out-who-follows-roland-mendel",
    )


def test_long_texts_that_begin_alike_are_two(workspace: Write) -> None:
    """Their ids are cut, and are the same."""
    root = workspace(FOLDER)
    begins = "They plan two new depots in Styria from next year on,"
    for end in ("in Graz", "in Leoben", "in Graz"):
        applied(root, slip("heard", sort="opportunity", what=f"{begins} {end}", source="Roland Mendel"))
    plan = checked(root, "KAM001").portfolio.accounts[ACCOUNT].plan
    assert plan
    assert plan.intelligence
    ids = [one.id for one in plan.intelligence.opportunities[-2:]]
    assert ids == ["they-plan-two-new-depots-in-styria-from-next", "they-plan-two-new-depots-in-styria-from-next-2"]
    with pytest.raises(KamgenError, match="There is no contact, opportunity or threat"):
        applied(root, slip("checked", item=f"{begins} in Linz"))
    applied(root, slip("checked", item=f"{begins} in Leoben!"))


def test_a_claim_that_was_reworded_is_not_heard_again(workspace: Write) -> None:
    root = workspace(FOLDER)
    heard = slip("heard", sort="threat", what="A strike", source="The news")
    applied(root, heard)
    path = root / "accounts/ernst-handel/plan.yml"
    path.write_text(path.read_text().replace("what: A strike", "what: The drivers strike"))
    assert applied(root, heard).files == ()


def test_a_known_successor_is_not_forgotten(workspace: Write) -> None:
    root = workspace(FOLDER)
    applied(root, slip("leaves", contact="roland-mendel", last_day="2026-06-30", source="told", successor="Karin H."))
    applied(root, slip("leaves", contact="roland-mendel", last_day="2026-07-31", source="told"))
    assert _contacts(root)["roland-mendel"].successor == "karin-h"


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        ("2026-09-30", "2026-09-16"),  # two weeks before
        ("2026-05-16", "2026-05-13"),  # within a week
        ("2026-05-08", "2026-05-08"),  # while both are there
        ("2026-05-06", "2026-05-06"),
        ("2026-05-01", "2026-05-20"),  # gone already
    ],
)
def test_by_when_to_know_who_follows(workspace: Write, last_day: str, due: str) -> None:
    root = workspace(FOLDER)
    applied(root, slip("leaves", contact="roland-mendel", last_day=last_day, source="told"))
    plan = checked(root, "KAM001").portfolio.accounts[ACCOUNT].plan
    assert plan
    assert str(plan.implementation[-1].due) == due


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("8,5", "Write 8.5?"),
        ("1,200", "Write 1200?"),
        ("5 %", "Write 5?"),
        ("about eight", "Write a figure, such as 9."),
    ],
)
def test_a_figure_is_asked_for_where_all_else_is_one(workspace: Write, value: str, meant: str) -> None:
    with pytest.raises(KamgenError) as told:
        applied(workspace(FOLDER), slip("reading", goal="no-empty-shelves", value=value))
    assert str(told.value).endswith(f'"{value}" is none. {meant}')


def test_words_are_taken_where_words_stand(workspace: Write) -> None:
    plan = PLAN.replace("start: 14", "start: often")
    root = workspace({**FOLDER, "accounts/ernst-handel/plan.yml": plan})
    assert applied(root, slip("reading", goal="no-empty-shelves", value="now and then")).files


def test_a_figure_that_is_replaced_is_told(workspace: Write) -> None:
    root = workspace(FOLDER)
    result = applied(root, slip("reading", goal="no-empty-shelves", value="8", on="2026-04-14"))
    assert result.answers[0].lines == (
        '"Their depots see us as the supplier that ended empty shelves": on 2026-04-14 it was 9 before.',
    )
    again = applied(root, slip("reading", goal="no-empty-shelves", value="8", on="2026-04-14"))
    assert (again.answers[0].lines, again.files) == ((), ())


def test_a_move_of_an_earlier_day_looks_ahead_from_there(workspace: Write) -> None:
    root = workspace(FOLDER)
    moved = slip("move", item="call-them", to="2026-05-01", why="Ill")
    plan = PLAN.replace("implementation:\n", "implementation:\n- {what: Call them, due: 2026-04-20}\n")
    (root / "accounts/ernst-handel/plan.yml").write_text(plan)
    assert applied(root, {**moved, "on": "2026-04-18"}).files
    assert applied(root, moved).files == ()  # it stands there already


def test_a_choice_that_nobody_senior_has_agreed_is_told(workspace: Write) -> None:
    chosen = slip("selection", reason="Large", agreed_by=["margaret-peacock", "laura-callahan"])
    assert applied(workspace(FOLDER), chosen).answers[0].lines == (
        "Nobody senior has agreed yet, only Margaret Peacock and Laura Callahan. "
        "Have somebody senior agree, and name them too.",
    )


def test_what_a_plan_that_begins_has_to_hold_is_told(workspace: Write) -> None:
    shop = "name: Other Shop\nstage: key\nselection: {reason: Large, agreed_by: andrew-fuller}\n"
    root = workspace({**FOLDER, "accounts/other-shop.yml": shop})
    heard = {**slip("heard", sort="threat", what="They close", source="Their boss"), "account": "other-shop"}
    first, *rest = applied(root, heard).answers[0].lines
    assert first == "This begins a plan for Other Shop, and a check now asks for the rest of it:"
    assert [line.split(" ")[1] for line in rest] == ["KAM103", "KAM104"]
    assert applied(root, {**heard, "what": "They move"}).answers[0].lines == ()


def test_a_review_that_begins_a_plan_tells_it_too(workspace: Write) -> None:
    shop = "name: Other Shop\nstage: key\nselection: {reason: Large, agreed_by: andrew-fuller}\n"
    root = workspace({**FOLDER, "accounts/other-shop.yml": shop})
    held = {**slip("review", held_by="margaret-peacock"), "account": "other-shop"}
    assert "KAM103" in applied(root, held).text()


def test_nobody_who_is_private_is_given_away(workspace: Write) -> None:
    contacts = "roland-mendel: {name: Roland Mendel, private: true}\nanna: {name: Anna, successor: roland-mendel}\n"
    root = workspace({**FOLDER, "accounts/ernst-handel/contacts.yml": contacts})
    for name in ("2026-04-10-two-pallets-short", "2026-04-12-walked"):
        (root / f"accounts/ernst-handel/notes/{name}.md").unlink()
    applied(root, slip("leaves", contact="roland-mendel", last_day="2026-06-30", source="told", successor="Karin"))
    account = checked(root, "KAM001").portfolio.accounts[ACCOUNT]
    assert account.plan
    assert account.plan.implementation[-1].private
    assert account.contacts["karin"].private
    assert all(note.head.private for note in account.notes)


def test_text_is_data(workspace: Write) -> None:
    """Lines of a title, control characters and signs that turn a line round: nothing of them reaches the file."""
    root = workspace(FOLDER)
    title = "One\nkind: visit\r\n---\x00\x1b[31m\u202etxt\u2066"
    text = "first\r\nsecond\x07\tthird\n\n---\nkind: visit\n---\n"
    applied(root, slip("note", what="call", title=title, text=text, with_="Roland Mendel\n"))
    note = checked(root, "KAM001").portfolio.accounts[ACCOUNT].notes[-1]
    assert (note.head.kind, note.head.with_) == ("call", ("roland-mendel",))
    assert note.title == "One kind: visit ---[31mtxt"
    assert note.body.endswith("\n\nfirst\nsecond third\n\n---\nkind: visit\n---\n")


def test_two_talks_of_a_day_are_two_notes(workspace: Write) -> None:
    root = workspace(FOLDER)
    applied(root, slip("note", what="call", title="Call", with_="roland-mendel"))
    applied(root, slip("note", what="call", title="Call", with_="sabine-moser"))
    applied(root, slip("note", what="call", title="Call", with_="roland-mendel"))
    notes = [one.id for one in checked(root, "KAM001").portfolio.accounts[ACCOUNT].notes if one.title == "Call"]
    assert notes == ["2026-05-06-call", "2026-05-06-call-2"]


def test_what_people_add_to_a_note_does_not_bring_it_twice(workspace: Write) -> None:
    root = workspace(FOLDER)
    same = slip("complaint", title="Late again", text="Two hours.")
    applied(root, same)
    path = root / "accounts/ernst-handel/notes/2026-05-06-late-again.md"
    path.write_text(path.read_text().replace("hours.", "hours. And on Monday, too."))
    before = tree(root)
    applied(root, same)
    assert tree(root) == before


@pytest.mark.parametrize("word", ["unknown", "Not known yet.", "not-known-yet", "nobody yet", "?", " - "])
def test_a_word_for_nobody_is_no_name(workspace: Write, word: str) -> None:
    root = workspace(FOLDER)
    applied(root, slip("leaves", contact="roland-mendel", last_day="2026-06-30", source="told", successor=word))
    assert _contacts(root)["roland-mendel"].successor == "not-known-yet"
    assert len(_contacts(root)) == 3


def test_another_successor_is_told_with_what_is_left_of_the_first(workspace: Write) -> None:
    root = workspace(FOLDER)
    going = slip("leaves", contact="roland-mendel", last_day="2026-06-30", source="told", successor="Karin Huber")
    applied(root, going)
    assert not [line for line in applied(root, going).answers[0].lines if "until now" in line]
    lines = applied(root, {**going, "successor": "Eva Lang"}).answers[0].lines
    assert lines[-2:] == (
        "Eva Lang follows Roland Mendel now; until now it was Karin Huber.",
        '"Get to know Karin Huber, who follows Roland Mendel" is still open. '
        "Drop it with: kamgen drop ernst-handel get-to-know-karin-huber-who-follows-roland",
    )


def test_who_is_there_already_gets_what_was_missing_and_keeps_the_rest(workspace: Write) -> None:
    root = workspace(FOLDER)
    came = slip("joined", name="sabine moser", title="Head of the depots", level="instigator", stance="neutral")
    result = applied(root, came)
    moser = _contacts(root)["sabine-moser"]
    assert (moser.title, moser.level, moser.stance) == ("Head of the depots", "implementer", "neutral")
    kept = (
        "Sabine Moser is there already, so what stands there was kept: level. "
        "If it is no longer true, change it in accounts/ernst-handel/contacts.yml."
    )
    assert result.answers[0].lines == (kept,)
    again = applied(root, came)
    assert again.files == ()
    assert again.text() == f"{kept}\n\nNothing was written.\n"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (slip("done", item="linz"), 'Already so: done ernst-handel "Call Linz about the invoices" (since 2026-04-02)'),
        (slip("drop", item="counter", why="No"), '"Sell the cheese counter" (since 2026-03-01)'),
        (slip("checked", item="Mendel", on="2026-01-02"), "checked ernst-handel Roland Mendel (on 2026-01-14)"),
        (slip("decided", decision="driver", outcome="No"), '"A second driver" (on 2026-03-02)'),
    ],
)
def test_what_is_so_already_is_told_by_its_full_name_with_since_when(
    workspace: Write, values: dict[str, Any], said: str
) -> None:
    assert said in applied(workspace(FOLDER), values).text()


def test_what_is_not_moved_is_not_already_so(workspace: Write) -> None:
    text = applied(workspace(FOLDER), slip("move", item="linz", to="2026-06-01", why="Later")).text()
    assert (
        text
        == '"Call Linz about the invoices" is done since 2026-04-02, so it was not moved.\n\nNothing was written.\n'
    )


def test_a_waiver_is_for_a_whole_name_only(workspace: Write) -> None:
    """Its subject may be of another sort than the things that are known here."""
    root = workspace(FOLDER)
    applied(
        root, slip("waiver", rule="KAM508", subject="plan.sheet", reason="So", agreed_by="fuller", until="2026-06-09")
    )
    waivers = checked(root, "KAM001").portfolio.accounts[ACCOUNT].record.waivers
    assert [(one.subject, one.agreed_by) for one in waivers[1:]] == [("plan.sheet", ("andrew-fuller",))]


def _contacts(root: Path) -> Any:
    return checked(root, "KAM001").portfolio.accounts[ACCOUNT].contacts
