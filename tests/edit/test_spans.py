"""Edits of the text of a YAML file, case by case: what is expected stands in the file, and nothing else has moved."""

from __future__ import annotations

from typing import Any

import pytest

from kamgen.edit import spans
from kamgen.edit.spans import CannotEdit, Keys, add, excerpt, in_head, put, put_head, rename, take_out

# A plan as people write it: remarks everywhere, all styles mixed.
PLAN = """\
# the plan of Ernst Handel
reviewed: 2026-04-20            # with Andrew
period:
  ends: 2026-07-15
  reach: |
    By mid
    July
intelligence:
  strengths:
    - Weekly visits # says Roland
    - Deep
      trust
  threats:
  - {what: A rival in Linz, on: 2026-01-01}   # from the paper
  - 'a: b'
intentions:
  no-gaps:
    goal: "No gaps
      on the shelf"
    readings: {2026-01-01: 5}
implementation:
  # the depot first
  - what: Put the sheet up
    who: laura
    # waits for Karl

  - {what: Share data, who: [anna, carl]}
  - what: Count
    due: 2026-01-01
decisions:
# the end
"""


def change(before: str, after: str) -> list[str]:
    """The lines that went and came, in order, told by a sign."""
    old, new = before.split("\n"), after.split("\n")
    both = min(len(old), len(new))
    first = next((i for i in range(both) if old[i] != new[i]), both)
    last = next((i for i in range(both - first) if old[-1 - i] != new[-1 - i]), both - first)
    return [f"-{line}" for line in old[first : len(old) - last]] + [f"+{line}" for line in new[first : len(new) - last]]


PUTS: list[tuple[Keys, Any, list[str]]] = [
    (
        ("reviewed",),
        "2026-05-01",
        ["-reviewed: 2026-04-20            # with Andrew", "+reviewed: 2026-05-01            # with Andrew"],
    ),
    (("period", "reach"), "One line", ["-  reach: |", "-    By mid", "-    July", "+  reach: One line"]),
    (("period", "reach"), "Two\nlines\n", ["-    By mid", "-    July", "+    Two", "+    lines"]),
    (("period", "ends"), "2026\nor\n", ["-  ends: 2026-07-15", "+  ends: |", "+    2026", "+    or"]),
    (("intentions", "no-gaps", "due"), "2026-12-31", ["+    due: 2026-12-31"]),
    (
        ("intentions", "no-gaps", "goal"),
        "None",
        ['-    goal: "No gaps', '-      on the shelf"', "+    goal: None"],
    ),
    (
        ("intentions", "no-gaps", "readings", "2026-02-01"),
        "7",
        ["-    readings: {2026-01-01: 5}", "+    readings: {2026-01-01: 5, 2026-02-01: 7}"],
    ),
    (("implementation", "put-the-sheet-up", "done"), "2026-02-01", ["+    done: 2026-02-01"]),
    (("implementation", "put-the-sheet-up", "who"), ["laura", "carl"], ["-    who: laura", "+    who: [laura, carl]"]),
    (
        ("implementation", "share-data", "because"),
        "It's late, and: #1",
        [
            "-  - {what: Share data, who: [anna, carl]}",
            "+  - {what: Share data, who: [anna, carl], because: 'It''s late, and: #1'}",
        ],
    ),
    (
        ("intelligence", "strengths", "weekly-visits", "id"),
        "weekly-visits",
        ["-    - Weekly visits # says Roland", "+    - what: Weekly visits # says Roland", "+      id: weekly-visits"],
    ),
    (
        ("intelligence", "strengths", "deep-trust", "on"),
        "2026-01-01",
        ["-    - Deep", "-      trust", "+    - what: Deep", "+        trust", "+      on: 2026-01-01"],
    ),
    (
        ("intelligence", "threats", "a-b", "parked"),
        "2026-01-01",
        ["-  - 'a: b'", "+  - what: 'a: b'", "+    parked: 2026-01-01"],
    ),
    (("decisions",), [{"ask": "Samples", "of": "anna"}], ["+  - ask: Samples", "+    of: anna"]),
    (
        ("past_periods",),
        [{"reach": "R", "because": "a\nb"}],
        ["+past_periods:", "+  - reach: R", "+    because: |-", "+      a", "+      b"],
    ),
    (("intelligence", "business"), "Dairy\nand bread\n", ["+  business: |", "+    Dairy", "+    and bread"]),
]


@pytest.mark.parametrize(("keys", "value", "lines"), PUTS, ids=[".".join(keys) for keys, _, _ in PUTS])
def test_put_in_a_plan(keys: Keys, value: Any, lines: list[str]) -> None:
    result = put(PLAN, keys, value)
    assert change(PLAN, result) == lines
    assert put(result, keys, value) == result


def test_records_stand_as_far_apart_as_the_others() -> None:
    contacts = "ida:\n  name: Ida\n\n# new\ncarl:\n  name: Carl\n\n# the end\n"
    assert put(contacts, ("olaf", "name"), "Olaf") == contacts.replace("Carl\n", "Carl\n\nolaf:\n  name: Olaf\n")
    assert put(contacts, ("ida", "level"), "influencer") == contacts.replace("Ida\n", "Ida\n  level: influencer\n")
    actions = "a:\n  - what: x\n\n  - what: y\n"
    assert add(actions, ("a",), {"what": "z"}) == f"{actions}\n  - what: z\n"


def test_a_long_list_has_one_entry_a_line() -> None:
    names = [f"somebody-with-a-long-name-{number}" for number in range(4)]
    lines = "".join(f"    - {name}\n" for name in names)
    assert put("a:\n  b: 1\n", ("a", "c"), names) == f"a:\n  b: 1\n  c:\n{lines}"


def test_a_mapping_is_put_in_key_by_key() -> None:
    result = put(PLAN, ("period",), {"ends": "2026-07-15", "reach": "Once more"})
    assert change(PLAN, result) == ["-  reach: |", "-    By mid", "-    July", "+  reach: Once more"]
    text = "who: # us\n  - anna # first\n  - carl # second\n"
    assert put(text, ("who",), ["carl", "ida"]) == "who: # us\n  - carl # second\n  - ida\n"
    planned = "planned:\n  - {what: call, on: 1} # c\n"
    moved = put(planned, ("planned", "call-1"), {"what": "visit", "on": "2", "who": "anna"})
    assert moved == "planned:\n  - {what: visit, on: 2, who: anna} # c\n"
    assert put("b: 1\n", (), {"a": "2", "b": "1"}) == "b: 1\na: 2\n"


# name, before, edit, key path, value (None: none), after
CASES: list[tuple[str, str, str, str, Any, str]] = [
    ("an empty file", "", "put", "a.b", "1", "a:\n  b: 1\n"),
    ("comments alone", "# c", "put", "a", "1", "# c\na: 1\n"),
    ("a document start", "---\n# c\n", "put", "a", "1", "---\n# c\na: 1\n"),
    ("an empty value", "a: # c\n  # d\nb: 1\n", "put", "a.x", "1", "a: # c\n  x: 1\n  # d\nb: 1\n"),
    ("an empty value without a space", "a:\n", "put", "a", "1", "a: 1\n"),
    ("a word for nothing", "a: ~ # c\n", "put", "a.b", "1", "a: # c\n  b: 1\n"),
    ("an empty value in brackets", "{a: {b: }}\n", "put", "a.b", "1", "{a: {b: 1}}\n"),
    ("no last line end", "a: 1", "put", "b", "2", "a: 1\nb: 2\n"),
    ("no last line end, a value replaced", "b: 0\na: 1", "put", "a", "2", "b: 0\na: 2"),
    ("a text at the end of the file", "a: |\n  x", "put", "b", "2", "a: |\n  x\nb: 2\n"),
    ("a text that keeps blank lines", "a: |+\n  x\n\n", "put", "b", "2", "a: |+\n  x\n\nb: 2\n"),
    (
        "blank lines after a text",
        "a:\n  b: |\n    x\n\n# c\nd: 1\n",
        "put",
        "a.e",
        "2",
        "a:\n  b: |\n    x\n  e: 2\n\n# c\nd: 1\n",
    ),
    ("the remark of a block of text", "a: >- # c\n  # no remark\n# d\n", "put", "a", "1", "a: 1 # c\n# d\n"),
    ("a text on the line below", "a:\n  x # c\nb: 1\n", "put", "a", "2", "a:\n  2 # c\nb: 1\n"),
    (
        "Windows' line ends and mark",
        "\ufeffa: 1\r\nb: 2 # c\r\n",
        "put",
        "b",
        "x\ny",
        "\ufeffa: 1\r\nb: |- # c\r\n  x\r\n  y\r\n",
    ),
    ("mixed line ends", "a: 1\r\nb:\n  c: 1\nd: 1\r\n", "put", "b.e", "1", "a: 1\r\nb:\n  c: 1\n  e: 1\nd: 1\r\n"),
    ("old Mac line ends", "a: 1\rb: 2\r", "put", "a", "3", "a: 3\rb: 2\r"),
    ("a whole file in brackets", "{a: 1}\n", "put", "b", "2", "{a: 1, b: 2}\n"),
    (
        "brackets over lines",
        "a: {\n  b: 1, # c\n  d: 2 # e\n}\n",
        "put",
        "a.f",
        "3",
        "a: {\n  b: 1, # c\n  d: 2, # e\n  f: 3\n}\n",
    ),
    ("a comma at the end", "a: [\n  b, # c\n  ]\n", "add", "a", "d", "a: [\n  b, # c\n  d,\n  ]\n"),
    (
        "a mapping into brackets",
        "a: {b: 1}\n",
        "put",
        "a.c",
        {"d": ["e", {"f": "g"}]},
        "a: {b: 1, c: {d: [e, {f: g}]}}\n",
    ),
    ("lines into brackets", "a: {b: 1}\n", "put", "a.b", "x\ny", 'a: {b: "x\\ny"}\n'),
    ("a list not indented", "a:\n- x\nb:\n", "put", "b", [{"k": "v"}], "a:\n- x\nb:\n- k: v\n"),
    ("steps of four", "a:\n    b: 1\n", "put", "c.d", "1", "a:\n    b: 1\nc:\n    d: 1\n"),
    ("a file further in", "  a: 1\n", "put", "b", "2", "  a: 1\n  b: 2\n"),
    (
        "an entry below its hyphen",
        "a:\n  -\n    what: x\n  - y\n",
        "put",
        "a.x.id",
        "x",
        "a:\n  -\n    what: x\n    id: x\n  - y\n",
    ),
    (
        "a text of lines in a list",
        "a:\n  - |\n    x\n  - y\n",
        "put",
        "a.x.id",
        "x",
        "a:\n  - what: |\n      x\n    id: x\n  - y\n",
    ),
    ("a text in brackets", "a: [x, y]\n", "put", "a.y.id", "y", "a: [x, {what: y, id: y}]\n"),
    ("an entry of a list", "a:\n  - x # c\n", "put", "a.x", "z", "a:\n  - z # c\n"),
    (
        "an entry becomes a mapping",
        "a:\n  - x # c\n",
        "put",
        "a.x",
        {"k": "1", "l": "2"},
        "a:\n  - k: 1 # c\n    l: 2\n",
    ),
    ("a list of one", "a: x\n", "put", "a.x", "y", "a: y\n"),
    ("an odd key", "a: 1\n", "put", "x: #1", "2", "a: 1\n'x: #1': 2\n"),
    ("one becomes two", "a: x # c\n", "add", "a", "y", "a: [x, y] # c\n"),
    ("one with a comma becomes two", "a: x, z\n", "add", "a", "y", "a: ['x, z', y]\n"),
    ("a text and a mapping", "a: x # c\n", "add", "a", {"k": "v"}, "a: # c\n  - x\n  - k: v\n"),
    ("an empty list", "a: [] # c\n", "add", "a", {"k": "1", "l": "2"}, "a: # c\n  - k: 1\n    l: 2\n"),
    ("an empty list in brackets", "a: {b: [ ]}\n", "add", "a.b", "x", "a: {b: [x ]}\n"),
    ("no list yet", "a: 1\n", "add", "b.c", "x", "a: 1\nb:\n  c: [x]\n"),
    (
        "wide hyphens",
        "a:\n-   k: 1\n    # c\n\n# d\n",
        "add",
        "a",
        {"k": "2", "l": "3"},
        "a:\n-   k: 1\n    # c\n-   k: 2\n    l: 3\n\n# d\n",
    ),
    (
        "an entry with its remarks",
        "# top\n\n# b's\nb:\n  c: 1\n  # in\n\n  # in too\n\n# d's\nd: 1\n",
        "take_out",
        "b",
        None,
        "# top\n\n\n# d's\nd: 1\n",
    ),
    ("what stands at the top stays", "# top\na: 1\nb: 2\n", "take_out", "a", None, "# top\nb: 2\n"),
    ("the last line", "a: 1\nb: 2", "take_out", "b", None, "a: 1\n"),
    ("the last entry", "a:\n  b: 1\nc: 1\n", "take_out", "a.b", None, "a:\nc: 1\n"),
    ("out of brackets", "a: [b, c,  d]\n", "take_out", "a.c", None, "a: [b, d]\n"),
    ("the last in brackets", "a: [b, c ]\n", "take_out", "a.c", None, "a: [b ]\n"),
    ("the only one in brackets", "a: {b: 1, }\n", "take_out", "a.b", None, "a: { }\n"),
    ("a line of brackets", "a: [\n  b, # c\n  d # e\n]\n", "take_out", "a.b", None, "a: [\n  d # e\n]\n"),
    ("a list of one goes", "a: x\nb: 1\n", "take_out", "a.x", None, "b: 1\n"),
    ("a key gets another name", "'a' : {b: 1} # c\n", "rename", "a.b", "c", "'a' : {c: 1} # c\n"),
    ("a quoted key", "'a' : 1 # c\n", "rename", "a", "true", "true : 1 # c\n"),
]


@pytest.mark.parametrize(
    ("before", "name", "keys", "value", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_case(before: str, name: str, keys: str, value: Any, after: str) -> None:
    edit, path = getattr(spans, name), tuple(keys.split("."))
    assert edit(before, path, *(() if value is None else (value,))) == after


def test_a_key_on_the_hyphen_s_line_goes() -> None:
    text = "a:\n  - id: x # c\n    what: y\n    # d\n    on: 1\n"
    assert take_out(text, ("a", "x", "id")) == "a:\n  - what: y\n    # d\n    on: 1\n"
    with_remark = "a:\n  - id: x # c\n    # d\n    what: y\n"
    assert take_out(with_remark, ("a", "x", "id")) == "a:\n  -\n    # d\n    what: y\n"


# What is written for a text; each is read back as it was.
WRITTEN = {
    "2026-05-06": "2026-05-06",
    "00123": "00123",
    "No": "No",
    "a # b": "'a # b'",
    "a #1": "'a #1'",
    "a: b": "'a: b'",
    "it's": "it's",
    '"so"': "'\"so\"'",
    "null": "'null'",
    "~": "'~'",
    "": "''",
    " x": "' x'",
    "- x": "'- x'",
    "*x": "'*x'",
    "[x]": "'[x]'",
    "{{ x }}": "'{{ x }}'",
    "x, y": "x, y",
    "Ärger 😀": "Ärger 😀",
    "a\tb": '"a\\tb"',
    "a\u2028b\x85": '"a\\Lb\\N"',
    "a\n\nb\n": "|\n  a\n\n  b",
    "a\nb": "|-\n  a\n  b",
    " a\nb": '" a\\nb"',
    "a\n\n\n": '"a\\n\\n\\n"',
    "# a\n- b\n": "|\n  # a\n  - b",
    "a\r\nb\r\n": "|\n  a\n  b",
}


@pytest.mark.parametrize(("value", "written"), WRITTEN.items(), ids=[repr(value) for value in WRITTEN])
def test_quotes_where_they_are_needed(value: str, written: str) -> None:
    assert put("z: 1\n", ("a",), value) == f"z: 1\na: {written}\n"


@pytest.mark.parametrize("sign", ["\x07", "\x00", "\x1b", "\ud800", "\x7f", "\ufffe"])
def test_control_characters_are_refused(sign: str) -> None:
    with pytest.raises(CannotEdit) as refusal:
        put("a: 1\n", ("b",), f"x{sign}")
    assert str(refusal.value) == (
        f"The text holds an invisible control character (U+{ord(sign):04X}). Type the words around it again."
    )
    with pytest.raises(CannotEdit):
        put("a: 1\n", ("b",), {f"k{sign}": ["x"]})


TWICE = "a: x\na: y\nd: 1\n"
BROKEN = "a: x\n b: y\nc: 'foo\nd: 1\n"
TAB = "a:\n\tb: 1\nc: 1\n"
BY_HAND = "kamgen cannot change this place without doing harm. Change it by hand."
REMARK = "A remark stands in the middle of what would change. Change it by hand."
REFUSALS: list[tuple[str, str, str, Any, str]] = [
    (TWICE, "put", "a", "2", 'Line 2: "a" is given twice: here and on line 1. Only line 1 was read.'),
    (BROKEN, "put", "a", "2", "Line 2: This line stands too far to the right: the line above it has a value already."),
    (BROKEN, "put", "c", "2", "Line 2: This line stands too far to the right: the line above it has a value already."),
    (BROKEN, "take_out", "c", None, "Line 2: This line stands too far to the right"),
    (TAB, "put", "a.b", "2", "Line 2: This line begins with a tab. Use spaces instead: two for each step inwards."),
    ("a: 1\nb: *x\n", "put", "b", "2", "Line 2: A text may not begin with *: it is taken for a reference"),
    ("a: 1\nb: x\x07\n", "put", "b", "2", "Line 2: An invisible control character stands here"),
    ("  a: 1\nb: 2\n", "put", "b", "3", "Line 1: This line begins with 2 spaces, and lines below it do not."),
    ("a:\n  - x\n  - x\n", "put", "a.x.id", "x", 'Line 3: Two entries of this list are called "x".'),
    ("a:\n  - x\n", "put", "a.y.id", "x", 'Line 2: There is no "y" here. Look up what it is called.'),
    ("a: x\n", "put", "a.b.c", "x", 'Line 1: There is no "b" here.'),
    ("? a\n: b\n", "put", "a", "x", "Line 1: This key is written in a rare way, which kamgen does not change."),
    ("a:\n  # c\n  x\n", "put", "a", ["y", {"z": "z"}], f"Line 1: {REMARK}"),
    ("a:\n  x # c\n", "put", "a", ["y", {"z": "z\nz"}], f"Line 1: {BY_HAND}"),
    ("a:\n  b: 1 # c\n  d: 2\n", "put", "a", "y", f"Line 1: {REMARK}"),
    ("a: [b, # c\n  d]\n", "take_out", "a.b", None, f"Line 1: {REMARK}"),
    ("a:\n  - what: b\n", "take_out", "a.b.what", None, "Line 2: Nothing would be left behind the hyphen."),
    ("a: {b: 1}\n", "add", "a", "x", "Line 1: Keys stand here, where a list belongs. Make a list of them first."),
    ("a: 1\nb: 2\n", "rename", "a", "b", 'Line 1: "b" is there already. Choose another name.'),
    ("a:\n  - x\n", "rename", "a.x", "b", 'Line 2: "x" is no key but a text in a list.'),
    ("a: 1\n", "take_out", "b", None, 'There is no "b" here. Look up what it is called.'),
    ("- a\n", "put", "b", "1", 'There is no "b" here.'),
    ("a: 1\n", "put", "", "1", "A file of an account holds keys and nothing else."),
]


@pytest.mark.parametrize(("text", "name", "keys", "value", "why"), REFUSALS)
def test_refused_with_a_sentence(text: str, name: str, keys: str, value: Any, why: str) -> None:
    with pytest.raises(CannotEdit) as refusal:
        getattr(spans, name)(text, tuple(keys.split(".")) if keys else (), *(() if value is None else (value,)))
    assert why in str(refusal.value)


def test_beside_a_mistake_edits_go_on() -> None:
    assert put(TWICE, ("d",), "2") == "a: x\na: y\nd: 2\n"
    assert put(TWICE, ("e",), "2") == "a: x\na: y\nd: 1\ne: 2\n"
    assert put(BROKEN, ("d",), "2") == "a: x\n b: y\nc: 'foo\nd: 2\n"
    assert put(TAB, ("c",), "2") == "a:\n\tb: 1\nc: 2\n"
    cut = "a:\n  - what: A house #1 here\n    on: x\nb: 1\n"
    assert (
        put(cut, ("a", "a-house", "id"), "a-house")
        == "a:\n  - what: A house #1 here\n    on: x\n    id: a-house\nb: 1\n"
    )
    with pytest.raises(CannotEdit, match=r"^Line 2: What follows this # is a remark"):
        put(cut, ("a", "a-house", "what"), "Another house")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> main\n", 2),
        ("a: 1\nb: 1\n<<<<<<< HEAD\n", 3),
        ("a: 1\nb: 1\n>>>>>>>\n", 3),
    ],
)
def test_where_git_left_its_marks_nothing_is_edited(text: str, line: int, end: str) -> None:
    said = rf"^Line {line}: Two people changed the same lines, .* Put them right first: "
    for keys in ("a", "b", "c"):
        with pytest.raises(CannotEdit, match=said):
            put(text.replace("\n", end), (keys,), "9")


@pytest.mark.parametrize("stray", ["Call them\n", "-----\n", "Call them\n- c\n"])
def test_lines_left_out_beside_a_block_refuse_its_edits(stray: str) -> None:
    """They may belong to the block above them, or below: nobody knows where a list ends that they cut in two."""
    text = f"a:\n- b\n{stray}d:\n- e\nf: 1\n"
    for keys in (("a",), ("d",)):
        with pytest.raises(CannotEdit):
            add(text, keys, "x")
    assert put(text, ("f",), "2") == text.replace("f: 1", "f: 2")


def test_excerpts() -> None:
    assert excerpt(PLAN, ("implementation", "put-the-sheet-up")) == (
        "# the depot first\n- what: Put the sheet up\n  who: laura\n  # waits for Karl\n"
    )
    assert excerpt(PLAN, ("implementation", "share-data")) == "- {what: Share data, who: [anna, carl]}\n"
    assert excerpt(PLAN, ("implementation", "count", "what")) == "what: Count\n"
    assert excerpt(PLAN, ("intentions", "no-gaps", "readings", "2026-01-01")) == "2026-01-01: 5\n"
    assert excerpt(PLAN, ("intelligence", "strengths", "deep-trust")) == "- Deep\n  trust\n"
    assert excerpt("a: 1\r\nb:\r\n    c: 1\r\n", ("b", "c")) == "c: 1\n"
    assert excerpt("a: x\n", ("a", "x")) == "- x\n"
    assert excerpt("a: {b: -, c: 1}\n", ("a", "b")) == "b: '-'\n"


NOTE = "---\r\nkind: issue # bad\r\nwith: [a]\r\n---\r\n# Late again\r\n\r\nresolved: no\r\n"


def test_the_head_of_a_note() -> None:
    result = put_head(NOTE, ("resolved",), "2026-05-01")
    assert result == NOTE.replace("[a]\r\n", "[a]\r\nresolved: 2026-05-01\r\n")
    assert put_head("---\n---\nx", ("kind",), "call") == "---\nkind: call\n---\nx"
    assert put_head("\ufeff---\r\n---\r\nx", ("kind",), "call") == "\ufeff---\r\nkind: call\r\n---\r\nx"
    assert in_head(NOTE, lambda head: add(head, ("with",), "b")) == NOTE.replace("[a]", "[a, b]")
    assert in_head(NOTE, lambda head: rename(head, ("with",), "who")) == NOTE.replace("with", "who")


def test_a_note_without_a_head_is_refused() -> None:
    for text in ("# Only a title\n", "---\nkind: call\n# No end\n"):
        with pytest.raises(CannotEdit, match=r"^Line 1: This note has no head between two lines with ---"):
            put_head(text, ("kind",), "call")
    with pytest.raises(CannotEdit, match=r'^Line 3: "kind" is given twice'):
        put_head("---\nkind: call\nkind: visit\n---\n", ("kind",), "x")


def test_a_result_that_reads_otherwise_is_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamgen.edit.writing.scalar", lambda text, in_brackets=True: text)
    with pytest.raises(CannotEdit, match=BY_HAND):
        put("a: 1\n", ("b",), "x: y: z")
