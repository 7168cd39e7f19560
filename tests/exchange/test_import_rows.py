"""Reading CSV files: what is read, what is repaired, and what is reported with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.imports.preset import FileFacts, Fit
from kamgen.exchange.imports.rows import Table, read_csv

Put = Callable[[str, str | bytes], Path]

PLACES = FileFacts(
    commas_in=("name", "address"),
    needed=("id",),
    fits={
        "id": Fit(re.compile("[A-Z]+"), told="does not fit [A-Z]+"),
        "zip": Fit(re.compile(r"\d+"), told="?"),
    },
)
NO_FACTS = FileFacts()


def read(path: Path, facts: FileFacts = NO_FACTS, nothing: frozenset[str] = frozenset()) -> Table:
    return read_csv(path, facts, nothing, lambda table, column: frozenset({"known"}))


def places(put: Put, *rows: str) -> Table:
    return read(put("places.csv", "\n".join(["id,name,address,city,zip", *rows, ""])), PLACES)


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\n1,Caf\xc3\xa9\n",
        b"\xef\xbb\xbfid,name\r\n1,Caf\xc3\xa9\r\n",
        b"id;name\n1;Caf\xc3\xa9",
        b"id\tname\r1\tCaf\xc3\xa9\r",
        "id,name\r\n1,Café\r\n".encode("utf-16"),
        b'"id","name"\n"1","Caf\xc3\xa9"\n\n\n',
    ],
    ids=[
        "plain",
        "BOM and CRLF",
        "semicolon, no last line end",
        "tabs and CR",
        "UTF-16 from Excel",
        "quoted",
    ],
)
def test_the_usual_dialects_are_read_alike(put: Put, content: bytes) -> None:
    table = read(put("t.csv", content))
    assert (table.columns, table.rows, table.unread) == (("id", "name"), [("1", "Café")], [])


def test_quoted_cells_keep_commas_quotes_and_line_ends(put: Put) -> None:
    table = read(put("t.csv", 'id,name\n1,"a, ""b""\nc"\n2,d\n'))
    assert table.rows == [("1", 'a, "b"\nc'), ("2", "d")]
    assert table.lines == [2, 4]


def test_empty_cells_and_the_texts_for_nothing_are_none(put: Put) -> None:
    assert read(put("t.csv", "a,b,c\n,NULL,NULLA\n"), nothing=frozenset({"NULL"})).rows == [(None, None, "NULLA")]


def test_surplus_commas_go_back_to_where_everything_fits(put: Put) -> None:
    table = places(
        put,
        "A,Plain,Road 1,Town,100",
        "B,Comma,Road, 1,Town,200",
        "C,Foo, Inc.,Road,Town,300",
        "D,Foo, Inc., Ltd,12, Road,Town,400",
    )
    assert table.rows == [
        ("A", "Plain", "Road 1", "Town", "100"),
        ("B", "Comma", "Road, 1", "Town", "200"),
        ("C", "Foo, Inc.", "Road", "Town", "300"),
        ("D", "Foo, Inc., Ltd", "12, Road", "Town", "400"),
    ]
    assert (table.repaired, table.unread) == ([3, 4, 5], [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,Name,Road,1,Town,100", "5 columns expected, 6 found; the surplus commas can be placed in 2 ways"),
        (
            "A,Name,Road,Town, South,100",
            "5 columns expected, 6 found, and no placing of the surplus commas fits",
        ),
        (
            "a,Name,Road, 1,Town,100",
            '5 columns expected, 6 found, and no placing of the surplus commas fits: id "a" does not fit [A-Z]+',
        ),
        ("A,Name,Road,Town", "5 columns expected, 4 found"),
        ("A,Name,Road 1,Town,Zip", 'zip "Zip" ?'),
        (",Name,Road 1,Town,100", "id is empty"),
        ('A,"Name,Road 1,Town,100', "a quote is opened and never closed"),
        ('A,"Na"me,Road 1,Town,100', "a quote stands in the wrong place (',' expected after '\"')"),
        ("A" + "," * 400, "5 columns expected, 401 found"),
    ],
)
def test_what_does_not_fit_is_reported_and_its_neighbours_are_read(put: Put, row: str, reason: str) -> None:
    table = places(put, "X,First,Road,Town,1", row, "Z,Last,Road,Town,2")
    assert [str(unread) for unread in table.unread] == [f"places.csv:3: {reason}"]
    assert [cells[0] for cells in table.rows] == ["X", "Z"]


def test_one_row_that_is_not_utf8_costs_only_itself(put: Put) -> None:
    table = read(put("t.csv", b"id,name\n1,Caf\xe9\n2,ok\n"))
    assert [str(row) for row in table.unread] == ["t.csv:2: it is not in UTF-8; export the file again as CSV in UTF-8"]
    assert table.rows == [("2", "ok")]


@pytest.mark.parametrize(
    ("value", "read_"), [("1996-02-29 00:00:00.000", True), ("1997-02-29", False), ("1/2/97", False)]
)
def test_dates_are_real_days(put: Put, value: str, read_: bool) -> None:
    pattern = re.compile(r"\d{4}-\d\d-\d\d.*")
    facts = FileFacts(fits={"on": Fit(pattern, is_date=True, told="is not a date")})
    assert bool(read(put("t.csv", f"on\n{value}\n"), facts).rows) is read_


def test_values_can_be_compared_with_another_file(put: Put) -> None:
    facts = FileFacts(fits={"id": Fit(known_from=("other", "id"), told="is not in id of other")})
    table = read(put("t.csv", "id\nknown\nstranger\n"), facts)
    assert [str(row) for row in table.unread] == ['t.csv:3: id "stranger" is not in id of other']


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv has no heading: its first line must name the columns."),
        (b"a,,b\n", "t.csv has a column without a name: give each column one in the first line."),
        (b"a,b,a\n", "t.csv names the column a twice: rename one of them."),
        (b"caf\xe9\n", "t.csv is not in UTF-8. Export it again as CSV in UTF-8."),
        (b"a,b\n", "t.csv has no column id, which preset.yml names. It has a, b."),
    ],
)
def test_a_file_that_cannot_be_used_at_all_says_why(put: Put, content: bytes, message: str) -> None:
    facts = FileFacts(needed=("id",)) if content == b"a,b\n" else FileFacts()
    with pytest.raises(KamgenError, match=re.escape(message)):
        read(put("t.csv", content), facts)
