"""Issues and mails as they arrive: who says what, character by character; whatever is odd is refused in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kamgen.errors import KamgenError
from kamgen.model.slip_body import Style, body
from kamgen.model.slip_fields import form_fields
from kamgen.model.slips import SLIPS, as_slip
from kamgen.read.filled import Filled, filled_in, is_slip
from kamgen.read.issue import Message, NotASlip, Refused, Source, read_message

TODAY = date(2026, 5, 6)
DONE = "### Slip\n\ndone\n\n### Account\n\nernst-handel\n\n### What\n\nput-the-sheet\n\n### When\n\n_No response_"


def read(tmp_path: Path, content: object) -> Message:
    path = tmp_path / "message"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_message(path)


def github(text: object = DONE, **more: Any) -> dict[str, Any]:
    issue = {"number": 12, "title": "Done", "user": {"login": "Margaret"}, "body": text}
    return {"action": "opened", "issue": issue, "sender": {"login": "Margaret"}} | more


def gitlab(text: object = DONE, **more: Any) -> dict[str, Any]:
    issue = {
        "iid": 7,
        "title": "Done",
        "description": text,
        "author_id": 3,
        "action": "open",
        "last_edited_by_id": None,
    }
    return {"object_kind": "issue", "user": {"id": 3, "username": "margaret"}, "object_attributes": issue | more}


def mail(text: str, head: str = "Content-Type: text/plain; charset=utf-8\n", sender: str = "m@example.com") -> bytes:
    return f"From: Margaret <{sender}>\nTo: plans@example.com\nSubject: Done\n{head}\n{text}".encode()


def filled(text: str, source: Source = "github") -> Mapping[str, str]:
    return filled_in(text, source).values


# --- Who says it ----------------------------------------------------------------------------------------


def test_an_event_of_github(tmp_path: Path) -> None:
    assert read(tmp_path, github()) == Message("github", "Margaret", "issue-12", DONE, 12)
    edited = github(action="edited", changes={"body": {"from": "before"}})
    assert read(tmp_path, edited).author == "Margaret"
    assert read(tmp_path, github(None)).text == ""


def test_an_event_of_gitlab_and_an_issue_of_its_interface(tmp_path: Path) -> None:
    expected = Message("gitlab", "margaret", "issue-7", DONE, 7)
    assert read(tmp_path, gitlab()) == expected
    assert read(tmp_path, gitlab(action="update") | {"changes": {"description": {}}}) == expected
    assert read(tmp_path, {"iid": 7, "author": {"username": "margaret"}, "description": DONE}) == expected


def test_who_edits_speaks_for_nobody_else(tmp_path: Path) -> None:
    changes = {"body": {}, "description": {}}
    events = (
        github(action="edited", changes=changes, sender={"login": "mallory"}),
        gitlab(action="update", author_id=4) | {"changes": changes},
        gitlab(action="update", last_edited_by_id=4) | {"changes": changes},
    )
    for event in events:
        with pytest.raises(Refused, match="edited by somebody else"):
            read(tmp_path, event)


@pytest.mark.parametrize(
    "event",
    [
        github(action="closed"),
        github(action="labeled"),
        github(action="edited", changes={"title": {}}),
        github(action=[]),
        gitlab(action="close"),
        gitlab(action="update") | {"changes": {"labels": {}}},
    ],
    ids=range(6),
)
def test_an_event_that_says_nothing_new_is_none_of_ours(tmp_path: Path, event: object) -> None:
    with pytest.raises(NotASlip):
        read(tmp_path, event)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b'{"issue": ' + b"[" * 100_000,
        b'{"issue": {"number": ' + b"9" * 5000 + b"}}",
        b'{"issue": {"number": 1, "body": "\xff"}}',
        github() | {"issue": {"number": "12", "user": {"login": "margaret"}, "body": DONE}},
        github() | {"issue": {"number": True, "user": {"login": "Margaret"}, "body": DONE}},
        github() | {"issue": {"number": 10**12, "user": {"login": "Margaret"}, "body": DONE}},
        github() | {"issue": {"number": -1, "user": {"login": "Margaret"}, "body": DONE}},
        github() | {"issue": {"number": 1, "user": {"login": ["Margaret"]}, "body": DONE}, "sender": None},
        github() | {"issue": "text"},
        gitlab() | {"user": "margaret"},
        {"iid": 7, "author": None, "description": DONE},
        b"x" * (1024 * 1024 + 1),
        b"\0\1\2\3",
        b"just some text",
    ],
    ids=range(19),
)
def test_what_is_no_message_is_refused_in_words(tmp_path: Path, content: object) -> None:
    with pytest.raises(Refused, match=r"\. (Open|Send) .*\.$"):
        read(tmp_path, content)


def test_a_file_that_is_not_there_is_a_wrong_command(tmp_path: Path) -> None:
    with pytest.raises(KamgenError, match="could not be read"):
        read_message(tmp_path / "nothing")


# --- Mails ----------------------------------------------------------------------------------------------

LINES = "Slip: done\nAccount: ernst-handel\nWhat: put-the-sheet\n"


def test_a_mail(tmp_path: Path) -> None:
    found = read(tmp_path, mail(LINES, sender="Margaret.Peacock@Example.com"))
    assert (found.source, found.author, found.number) == ("email", "Margaret.Peacock@Example.com", None)
    assert found.name == read(tmp_path, mail(LINES, sender="Margaret.Peacock@Example.com")).name
    assert found.name != read(tmp_path, mail(LINES)).name
    assert filled(found.text, "email") == {"slip": "done", "account": "ernst-handel", "item": "put-the-sheet"}


QUOTED = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
BASE64 = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n"
PARTS = 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n'
BOTH = f"--b\nContent-Type: text/html\n\n<p>html</p>\n--b\nContent-Type: text/plain\n\n{LINES}--b--\n"
ATTACHED = "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nSlip: drop\n--b--\n"


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (QUOTED, "Account: K=F6nig =\nEssen", "Account: König Essen"),
        (BASE64, "QWNjb3VudDogS8O2bmlnCg==", "Account: König"),
        (PARTS, BOTH, LINES.strip()),
        ("", "Account: x\r\nWhat: y", "Account: x\nWhat: y"),
        ("", "Account: x\n-- \nMargaret\nAccount: y", "Account: x"),
        ("", "Account: x\n--\nMargaret", "Account: x"),
        ("", "Account: x\n\nOn 5 May, kamgen wrote:\n> Account: y\n> more", "Account: x\n"),
        ("Content-Type: text/plain; format=flowed\n", "Why: it waits \nfor them\n stuffed\nWhat: y", None),
        ("Content-Type: text/plain; format=flowed; delsp=yes\n", "What: a-long- \nname", "What: a-long-name"),
        ("Content-Type: text/plain; format=flowed\n", "What: y\n-- \nme", "What: y"),
    ],
    ids=range(10),
)
def test_a_mail_in_any_coat(tmp_path: Path, head: str, text: str, expected: str | None) -> None:
    assert read(tmp_path, mail(text, head)).text == (expected or "Why: it waits for them\nstuffed\nWhat: y")


@pytest.mark.parametrize(
    "content",
    [
        b"To: x@example.com\n\nSlip: done",
        b"From: a@example.com, b@example.com\n\nSlip: done",
        b"From: a@example.com\nFrom: b@example.com\n\nSlip: done",
        b"From: anna\n\nSlip: done",
        b'From: "m@example.com\n\nSlip: done',
        b"From: m@example.com)x@evil.example\n\nSlip: done",
        b"From: \xff@example.com\n\nSlip: done",
        b"From: " + b"(" * 5000 + b"\n\nSlip: done",
        b"From: m@example.com\n" + b"X: " + b"y" * 70_000 + b"\n\nSlip: done",
        mail(LINES, "Content-Type: text/html\n"),
        mail(LINES, PARTS),
        mail(ATTACHED, PARTS),
        mail(LINES, "Content-Type: text/plain; charset=zlib\n"),
        mail(LINES, "Content-Type: text/plain; charset=no-such-thing\n"),
        b"From: m@example.com\n\nSlip: \xff",
        mail("x" * 300_000),
    ],
    ids=range(16),
)
def test_a_mail_that_cannot_be_taken(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        read(tmp_path, content)


def test_the_name_beside_an_address_says_nothing(tmp_path: Path) -> None:
    content = b'From: "boss@example.com" <x@evil.example>\nSender: boss@example.com\n\nSlip: done'
    assert read(tmp_path, content).author == "x@evil.example"


def test_machines_are_not_answered(tmp_path: Path) -> None:
    with pytest.raises(NotASlip):
        read(tmp_path, mail(LINES, "Auto-Submitted: auto-replied\n"))


# --- What it says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("style", ["headings", "lines"])
def test_what_kamgen_writes_it_reads(kind: str, style: Style) -> None:
    source: Source = "gitlab" if style == "headings" else "email"
    every = {one.key: f"a, b: ({one.key})" for one in form_fields(kind) if not one.rows}
    assert filled_in(body(kind, every, style), source) == Filled(kind, {"slip": kind, **every})
    text = body(kind, {}, style)
    if style == "lines":
        text = text.partition("\n-- \n")[0]
    assert filled_in(text, source).tree(TODAY) == {"slip": kind}


def test_values_are_read_character_by_character() -> None:
    odd = "*a*: [b], {c: d} & 'e' \"f\" # g | h > i % j @k `l` \\n $(m) ${{ n }} é 日本 🙂"
    text = (
        f"### Slip\n\nnote\n\n### In a few words\n\n  {odd}  \n\n### What was said\n\n  one\n\n    two  \n- {odd}\n\n"
    )
    assert filled(text)["title"] == odd
    assert filled(text)["text"] == f"  one\n\n    two\n- {odd}"


def test_line_ends_of_any_kind() -> None:
    for end in ("\r\n", "\r", "\u2028", "\v"):
        assert filled(DONE.replace("\n", end))["item"] == "put-the-sheet"


def test_labels_in_any_spelling_of_case_and_space() -> None:
    assert filled(DONE.replace("### Account", "###   ACCOUNT "))["account"] == "ernst-handel"
    assert filled("slip:done\n ACCOUNT : ernst\nwhat: x", "email")["account"] == "ernst"


def test_names_and_rows_become_lists() -> None:
    rows = (
        "- share-data: done\n- joint: done 2026-05-02\nforecast: 2026-06-15, they wait for Linz\nold: Dropped - no need"
    )
    text = (
        f"### Slip\n\nreview\n\n### Account\n\nx\n\n### Who held it\n\nanna, bob,\n\n### What became of each\n\n{rows}"
    )
    tree = filled_in(text, "github").tree(TODAY)
    assert tree["held_by"] == ["anna", "bob"]
    assert tree["outcomes"] == [
        {"item": "share-data", "done": "2026-05-06"},
        {"item": "joint", "done": "2026-05-02"},
        {"item": "forecast", "why": "they wait for Linz", "to": "2026-06-15"},
        {"item": "old", "why": "no need", "dropped": "true"},
    ]
    assert as_slip(tree).account == "x"
    with pytest.raises(Refused, match='"share-data" cannot be understood'):
        filled_in(text.replace(rows, "share-data"), "github").tree(TODAY)


def test_days_as_people_say_them() -> None:
    """Only where a field is a day, and in one reading only."""
    text = f"{DONE.replace('_No response_', '{}')}"
    for said, day in (("4.5.2026", "2026-05-04"), ("Yesterday", "2026-05-05"), ("5/4/2026", "5/4/2026")):
        assert filled_in(text.format(said), "github").tree(TODAY)["on"] == day
    words = "Slip: drop\nAccount: x\nWhat: yesterday\nWhy: 4.5.2026"
    assert filled_in(words, "email").tree(TODAY) == {
        "slip": "drop",
        "account": "x",
        "item": "yesterday",
        "why": "4.5.2026",
    }
    rows = "### Slip\n\nreview\n\n### What became of each\n\na: done yesterday\nb: 15.6.2026, they wait"
    assert filled_in(rows, "github").tree(TODAY)["outcomes"] == [
        {"item": "a", "done": "2026-05-05"},
        {"item": "b", "why": "they wait", "to": "2026-06-15"},
    ]


def test_what_nobody_reads_is_told() -> None:
    text = f"Hello\n\n{DONE}\n\n### Priority\n\nhigh\n\n### Who reports it\n\nanna"
    assert filled_in(text, "github").left_out == ("Priority",)
    assert filled_in(text, "github").values["by"] == "anna"
    sent = filled_in(f"{LINES}\nSent from my phone", "email")
    assert (sent.values["item"], sent.left_out) == ("put-the-sheet", ("Sent from my phone",))


def test_a_value_in_paragraphs_becomes_one_line() -> None:
    text = "### Slip\n\ndrop\n\n### Why\n\nThey wait.\n\nSo do we.\n\n### What\n\n<!-- help -->\n\nx"
    assert filled(text, "gitlab") == {"slip": "drop", "why": "They wait. So do we.", "item": "x"}


def test_a_heading_within_a_long_text_belongs_to_it() -> None:
    text = "### Slip\n\nnote\n\n### What was said\n\nFirst\n\n### Prices\n\nThey rise.\n\n### Kind\n\ncall"
    found = filled_in(text, "github")
    assert found.values["text"] == "First\n\n### Prices\n\nThey rise."
    assert (found.values["what"], found.left_out) == ("call", ())


def test_who_says_so_of_something_heard_is_not_who_sends_it() -> None:
    text = "### Slip\n\nheard\n\n### Who says so\n\nRoland Mendel"
    assert filled(text) == {"slip": "heard", "source": "Roland Mendel"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{DONE}\n\n### Slip\n\ndrop", '"Slip" is there twice'),
        (f"{DONE}\n\n### what\n\nother", '"What" is there twice'),
        ("### Slip\n\n", 'no kind of slip ""'),
        ("### Slip\n\ndonee", 'Did you mean "done"'),
        ("### Slip\n\n../../etc/passwd", "There are: done, move,"),
        (DONE + "".join(f"\n\n### F{n}\n\nx" for n in range(30)), "more than 20 fields"),
        (DONE + " " * 65_536, "longer than 64 kB"),
        (DONE.replace("put-the-sheet", "x" * 1001), "longer than 1000 characters"),
        (f"### Slip\n\nnote\n\n### What was said\n\n{'x ' * 10_001}y", "longer than 20000 characters"),
        (DONE.replace("put", "\0"), r"Line 11 holds a sign that cannot be seen \(U\+0000\)"),
        (DONE.replace("put", "\x1b[31m"), "cannot be seen"),
        (DONE.replace("put", "\ud800"), "cannot be seen"),
        (DONE.replace("put", "\u202e"), r"U\+202E"),
        (DONE.replace("put", "\ufffe"), "cannot be seen"),
        (DONE.replace("put", "\U000e0041"), "cannot be seen"),
    ],
    ids=range(15),
)
def test_what_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        filled_in(text, "github")


def test_most_issues_are_no_slips() -> None:
    assert is_slip(DONE, "github")
    assert is_slip(LINES, "email")
    assert not is_slip(DONE, "email")
    for text in ("", "Slip: done", "The ### Slip\n\ndone", "#### Slip", "# Slip\n\ndone", "###Slip"):
        assert not is_slip(text, "gitlab")


SLOW = 60_000


@pytest.mark.parametrize(
    "text",
    [
        f"### x{' ' * SLOW}y",
        "### " * (SLOW // 4),
        "###\n" * (SLOW // 4),
        "### x\n" * (SLOW // 6),
        f"<!--{'-' * SLOW}",
        "<!-- --> " * (SLOW // 9),
        f"x{' ' * 15_000}: nothing",
        ":" * 15_000,
        "a: " * 5_000,
        "x\n" * 9_000,
    ],
    ids=range(10),
)
def test_no_text_takes_long(text: str) -> None:
    for before in ("### Slip\n\ndone\n\n### What\n\n", "### Slip\n\nreview\n\n### What became of each\n\n"):
        with suppress(Refused):
            filled_in(before + text, "github").tree(TODAY)


@pytest.mark.parametrize("line", [" \n", "x \n", "> \n", ">\nx:\n", ": \n", "--\n"], ids=range(6))
def test_no_mail_takes_long(tmp_path: Path, line: str) -> None:
    text = line * (250_000 // len(line))
    assert read(tmp_path, mail(text, "Content-Type: text/plain; format=flowed; delsp=yes\n")).author == "m@example.com"
