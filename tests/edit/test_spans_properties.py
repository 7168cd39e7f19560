"""Whatever an account looks like: an edit changes what it shall change, and every other line stays as it is."""

from __future__ import annotations

import difflib
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamgen.edit import spans
from kamgen.edit.spans import CannotEdit
from kamgen.model.account import AccountFile
from kamgen.read.records import take
from kamgen.read.yaml import Document, parse
from tests.edit.styles import ACCOUNT, Edit, Writer, edits, made

quick = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str) -> Document:
    """A file as the reader takes it in."""
    return parse(text.removeprefix("\ufeff").replace("\r\n", "\n"), "accounts/x.yml")


def edited(text: str, edit: Edit) -> str | None:
    """The text after an edit; None where it is refused."""
    value = () if edit.name == "take_out" else (edit.value,)
    try:
        result: str = getattr(spans, edit.name)(text, edit.keys, *value)
    except CannotEdit:
        return None
    return result


def without_empty(tree: Any, keys: tuple[str, ...]) -> Any:
    """The tree without the mapping or list at a path, where it is empty: an empty value is as good as none."""
    if not isinstance(tree, dict) or not keys or keys[0] not in tree:
        return tree
    inner = without_empty(tree[keys[0]], keys[1:])
    rest = {key: value for key, value in tree.items() if key != keys[0]}
    return rest if len(keys) == 1 and not inner else {**rest, keys[0]: inner}


@quick
@given(st.integers(0, 2**64), st.integers(0, 2**64))
def test_an_edit_changes_its_place_alone(seed: int, which: int) -> None:
    """The reader gives the account with just that change; lines, remarks and line ends elsewhere are what they were."""
    random = Random(seed)
    tree = made(ACCOUNT, random)
    writer = Writer(random)
    text = writer.file(tree)
    assert read(text).tree == tree
    possible = edits(ACCOUNT, tree, random)
    for edit in Random(which).sample(possible, min(6, len(possible))):
        low, high = writer.homes.get(edit.home, (0, len(writer.lines) - 1))
        remarks = [line for line in writer.lines[low : high + 1] if "# remark" in line]
        result = edited(text, edit)
        if result is None:
            assert remarks, f"{edit}\n{text}"
            continue
        told = "".join(difflib.unified_diff(text.splitlines(True), result.splitlines(True), f"{edit}", n=100))
        assert_read(result, edit, told)
        assert_kept(text, result, edit, (low, high), told)


def assert_read(result: str, edit: Edit, told: str) -> None:
    """The reader makes of the result what the edit shall give."""
    document, way = read(result), edit.keys[:-1]
    assert document.mistakes == [], told
    if edit.name == "take_out":
        assert without_empty(document.tree, way) == without_empty(edit.tree, way), told
    else:
        assert document.tree == edit.tree, told
    assert take(AccountFile, document, "x").record == AccountFile.model_validate(document.tree), told


def assert_kept(text: str, result: str, edit: Edit, home: tuple[int, int], told: str) -> None:
    """Outside of the lines of what is edited nothing has changed, and its remarks are there but for what goes."""
    before, after = text.splitlines(keepends=True), result.splitlines(keepends=True)
    low, high = home
    if edit.name == "take_out":
        while low and before[low - 1].lstrip().startswith("#"):
            low -= 1
    elif isinstance(edit.value, str) or edit.name == "add":
        assert all(line[line.index("# remark") :].strip() in result for line in before if "# remark" in line), told
    assert after[:low] == before[:low], told
    assert after[len(after) - len(before) + high + 1 :] == before[high + 1 :], told
    assert text.startswith("\ufeff") == result.startswith("\ufeff"), told
    if all(line.endswith("\r\n") for line in before):
        assert all(line.endswith("\r\n") for line in after), told


@quick
@given(st.integers(0, 2**64))
def test_the_same_once_more_changes_nothing(seed: int) -> None:
    """Putting what is there already gives the very same text."""
    random = Random(seed)
    tree = made(ACCOUNT, random)
    text = Writer(random).file(tree)
    for edit in edits(ACCOUNT, tree, random):
        if edit.name == "put" and (once := edited(text, edit)):
            assert edited(once, edit) == once
            return


@quick
@given(st.integers(0, 2**64))
def test_an_excerpt_reads_as_the_entry(seed: int) -> None:
    """The lines of an entry, alone in a file, are that entry."""
    random = Random(seed)
    tree = made(ACCOUNT, random)
    writer = Writer(random)
    text = writer.file(tree)
    for keys in random.sample(found := list(writer.homes), min(8, len(found))):
        alone = read(spans.excerpt(text, keys))
        value = spans.value_at(tree, spans.Sheet(text).find(keys))
        assert alone.tree in ([value], {keys[-1]: value}), f"{keys}\n{text}"


@quick
@given(st.text(max_size=40), st.integers(0, 2**64))
def test_any_text_is_read_as_it_was_put(value: str, seed: int) -> None:
    """Whatever is put in is read back as it was."""
    random = Random(seed)
    text = Writer(random).file(made(ACCOUNT, random))
    for keys in (("country",), ("plan", "intelligence", "business")):
        written = "".join(char for char in value if char.isprintable() or char in "\n\t")
        tree = read(spans.put(text, keys, written)).tree
        for key in keys:
            tree = tree[key]
        assert tree == written
