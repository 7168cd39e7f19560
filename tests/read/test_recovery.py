"""One mistake never hides the next, and none is blamed for what another has caused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.read import yaml
from tests.conftest import Write, checked, write_files
from tests.read.samples import FILES

FOLDER = "accounts/ernst-handel/"


def codes(root: Path) -> list[str]:
    """Path, line and code of each finding of family 0."""
    return [
        f"{f.place.path.removeprefix(FOLDER)}:{f.place.line} {f.code}"
        for f in checked(root).findings
        if f.code.startswith("KAM0")
    ]


def test_only_the_broken_block_is_left_out() -> None:
    """What stands above and below is read, with its own lines."""
    document = yaml.parse("a: 1\nb: x: y\n  more: z\nc: [\nd:\n  e: 2\n", "x.yml")
    assert document.tree == {"a": "1", "d": {"e": "2"}}
    assert document.lost == {"b", "c"}
    assert [mistake.line for mistake in document.mistakes] == [2, 4]
    assert document.place(("d", "e")).line == 6


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(workspace: Write, line_end: str) -> None:
    """Nor does a mark of the byte order."""
    files = {path: "\ufeff" + text.replace("\n", line_end) for path, text in FILES.items()}
    assert codes(workspace(files)) == []


def test_every_mistake_of_every_file(workspace: Write) -> None:
    """Broken text, wrong values and bad references in one run."""
    files = {
        **FILES,
        f"{FOLDER}account.yml": FILES[f"{FOLDER}account.yml"].replace("stage: key", "stage: Key!") + "x: [\n",
        f"{FOLDER}contacts.yml": FILES[f"{FOLDER}contacts.yml"].replace("level: influencer", "level: boss"),
        f"{FOLDER}plan.yml": FILES[f"{FOLDER}plan.yml"]
        .replace("ends: 2026-07-15", "ends:2026-07-15")
        .replace("who: laura-callahan", "who: nobody")
        .replace("due: 2026-05-29", "due: 29.5.2026"),
        f"{FOLDER}audits/2026-03-18.yml": "who: [andrew-fuller]\nmarks: 12\n",
    }
    assert codes(workspace(files)) == [
        "account.yml:2 KAM004",
        "account.yml:39 KAM001",
        "audits/2026-03-18.yml:2 KAM004",
        "contacts.yml:4 KAM004",
        "plan.yml:4 KAM001",
        "plan.yml:40 KAM007",
        "plan.yml:43 KAM006",
    ]


def test_positions_of_list_entries_after_a_refused_one(workspace: Write) -> None:
    """Taking an entry out does not move the places of those behind it."""
    entries = ("[a]", "{what: [b]}", "{what: Call, due: soon}", "{waht: x}", "{what: Go, who: nobody}")
    text = "implementation:\n" + "".join(f"  - {entry}\n" for entry in entries)
    assert codes(workspace({**FILES, f"{FOLDER}plan.yml": text, f"{FOLDER}audits/2026-03-18.yml": "marks: 7\n"})) == [
        "plan.yml:2 KAM004",
        "plan.yml:3 KAM004",
        "plan.yml:4 KAM006",
        "plan.yml:5 KAM003",
        "plan.yml:6 KAM007",
    ]


LINES = [
    (path, number)
    for path in sorted(FILES)
    if path.startswith(FOLDER) and path.endswith(".yml")
    for number, line in enumerate(FILES[path].splitlines())
    if ":" in line
]


def test_a_refused_value_is_one_cause(tmp_path: Path) -> None:
    """For every line with a value: something impossible in its place gives no finding that it is missing."""
    for index, (path, number) in enumerate(LINES):
        lines = FILES[path].splitlines()
        key, _, _ = lines[number].partition(":")
        if lines[number + 1 : number + 2] and lines[number + 1].startswith(" " * (len(key) - len(key.lstrip()) + 1)):
            continue  # it has lines below it
        lines[number] = f"{key}: [[impossible]]"
        root = write_files(tmp_path / str(index), {**FILES, path: "\n".join(lines) + "\n"})
        found = [f for f in checked(root).findings if f.code in ("KAM005", "KAM007", "KAM008")]
        assert [f.text for f in found] == [], lines[number]


def test_a_file_with_more_mistakes_than_are_told() -> None:
    """Reading gives up at some point, and says so."""
    document = yaml.parse("".join(f"k{i}: [\n" for i in range(50)), "x.yml")
    assert len(document.mistakes) == yaml.MAX_MISTAKES
    assert document.mistakes[-1].hint.endswith("The rest of the file was not read because of it.")
    assert "" in document.lost


def test_a_bomb_is_one_mistake() -> None:
    """And it does not go off."""
    text = "a: &a [x]\n" + "".join(f"b{i}: &b{i} [{'*a, ' * 9}]\n" for i in range(9)) + "name: x\n"
    document = yaml.parse(text, "x.yml")
    assert [mistake.code for mistake in document.mistakes] == ["KAM011"]
    assert document.tree == {"name": "x"}
