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
        'There is no contact "Rolando" in Ernst Handel. Did you mean "roland-mendel"? Open: roland-mendel',
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


def _contacts(root: Path) -> Any:
    return checked(root, "KAM001").portfolio.accounts[ACCOUNT].contacts
