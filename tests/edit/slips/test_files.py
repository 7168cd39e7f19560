"""Files of slips: every mistake with its line and what would have been right, and never a traceback."""

from __future__ import annotations

import pytest

from kamgen.errors import KamgenError
from kamgen.model.slips import Done, Reviewed
from kamgen.read.slip_files import read_slips

DONE = "slip: done\naccount: ernst-handel\nitem: call-linz\n"


def test_one_slip_or_a_list_with_the_places() -> None:
    assert [slip for slip, _ in read_slips(DONE.encode(), "may.yml")] == [
        Done(account="ernst-handel", item="call-linz")
    ]
    listed = "# May\n- " + DONE.replace("\n", "\n  ") + "\n- {slip: done, account: NO, item: 12:30}\n"
    found = read_slips(b"\xef\xbb\xbf" + listed.replace("\n", "\r\n").encode(), "may.yml")
    assert [(slip.account, place) for slip, place in found] == [("ernst-handel", "may.yml:2"), ("NO", "may.yml:6")]


def test_outcomes_are_read() -> None:
    text = "slip: review\naccount: a\nheld_by: anna\noutcomes:\n- item: i\n  done: 2026-05-04\n"
    (slip, _), *_ = read_slips(text.encode(), "may.yml")
    assert isinstance(slip, Reviewed)
    assert slip.outcomes[0].done


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A slip begins with its kind."),
        ("account: a\nitem: i\n", "may.yml:1: A slip begins with its kind. Add a line `slip: …`."),
        ("slip: doen\n", 'may.yml:1: There is no slip "doen". Did you mean "done"?'),
        ("slip: [done]\naccount: a\n", "may.yml:1: There is no slip "),
        (
            DONE + "itme: x\n",
            'may.yml:4: kamgen knows no key "itme" here, so nobody would read it. Did you mean "item"?',
        ),
        ("slip: done\naccount: a\n", '"item" is missing here. Add a line `item: …`.'),
        (
            DONE + "on: 4.5.2026\n",
            'may.yml:4: "on" is "4.5.2026": write dates as year-month-day, for example 2026-05-04.',
        ),
        (DONE + "on: 2026-02-30\n", "there is no such day; February 2026 has 28 days."),
        (DONE + DONE, 'may.yml:4: "slip" is given twice: here and on line 1.'),
        (DONE + 'item: "\n', "may.yml:"),
        ("- just a text\n", "may.yml:1: A slip begins with its kind."),
        ("a: &x 1\nb: *x\n", "may.yml:"),
        ("slip: done\naccount: a\nitem: ''\n", 'may.yml:3: "item" is "": say it in a few words.'),
        ("slip: !!python/object:os.system done\n", "may.yml:1: "),
        ("[" * 1000, "may.yml:1: "),
        ("\0", "may.yml is no text file."),
        ("x" * 2_000_000, "may.yml is too large"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(KamgenError) as told:
        read_slips(text.encode(), "may.yml")
    assert said in str(told.value)


def test_one_mistake_does_not_hide_the_next() -> None:
    text = "- {slip: doen, account: a}\n- {slip: done, account: a, itm: x}\n"
    with pytest.raises(KamgenError) as told:
        read_slips(text.encode(), "may.yml")
    assert [line.partition(" ")[0] for line in str(told.value).split("\n")] == ["may.yml:1:", "may.yml:2:"]
