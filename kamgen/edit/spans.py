"""Smallest edits of the text of one YAML file: what is not touched stays, character by character.

Every edit is made at the marks of the parsed nodes. The result is read again and compared with the tree as it should
be, and its comments with those that were there; where anything differs, CannotEdit is raised and nothing returned.
Key paths begin at the top of the file; entries of lists are named by their ids.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

import yaml

from kamgen.edit import patches
from kamgen.edit.sheet import (
    CannotEdit,
    Change,
    Entry,
    Keys,
    Sheet,
    end_mark,
    in_brackets,
    is_block,
    is_empty,
    sheet_of,
    start_mark,
)
from kamgen.edit.writing import Style, Value, entry, one_line, plain, scalar
from kamgen.model.identity import item_id, text_keys
from kamgen.read.markdown import split_front_matter

__all__ = ["CannotEdit", "Keys", "Value", "add", "excerpt", "in_head", "put", "put_head", "rename", "take_out"]


def put(text: str, keys: Keys, value: Value) -> str:
    """Replace the value at a key path, or add the key; mappings that are missing on the way are made.

    A mapping that replaces a mapping, or a list a list, is put in entry by entry, so that what is the same in both
    stays as it is written. A text in a list becomes a mapping when a key is put below it. An empty path means the
    whole file.
    """
    wanted = plain(value)
    sheet = sheet_of(text)
    found = sheet.find(keys)
    if len(found) < len(keys):
        return _put_new(sheet, keys, found, wanted)
    old = value_at(sheet.tree, found)
    if old == wanted:
        return text
    if isinstance(old, dict) and isinstance(wanted, dict) and (not keys or (old and wanted)):
        return _put_each_key(text, keys, old, wanted, in_list=bool(found) and found[-1].in_list)
    if not found:
        raise CannotEdit("A file of an account holds keys and nothing else.", 1)
    sheet.refuse_mistakes(keys)
    if isinstance(old, list) and isinstance(wanted, list) and (merged := _put_each_item(text, keys, old, wanted)):
        return merged
    return _checked(sheet, patches.replaced(sheet, found[-1], wanted), [_with(sheet.tree, found, wanted)])


def _put_each_key(text: str, keys: Keys, old: Mapping[str, Any], wanted: Mapping[str, Any], in_list: bool) -> str:
    now = dict(old)
    for key, value in wanted.items():
        text = put(text, (*keys, key), value)
        now[key] = value
        keys = (*keys[:-1], item_id(now, keys[-2])) if in_list else keys  # an entry is called by its text
    for key in [key for key in old if key not in wanted]:
        text = take_out(text, (*keys, key))
        del now[key]
        keys = (*keys[:-1], item_id(now, keys[-2])) if in_list else keys
    return text


def _put_each_item(text: str, keys: Keys, old: list[Any], wanted: list[Any]) -> str | None:
    """Take out what is no longer in a list and append what is new; None where that does not give the new list."""
    staying = [item for item in old if item in wanted]
    if not staying or wanted[: len(staying)] != staying:
        return None
    try:
        for item in old:
            if item not in wanted:
                text = take_out(text, (*keys, item_id(item, keys[-1])))
        for item in wanted[len(staying) :]:
            text = add(text, keys, item)
    except CannotEdit:
        return None
    return text


def _put_new(sheet: Sheet, keys: Keys, found: list[Entry], wanted: Any) -> str:
    """Put a value where there is none: below the last entry that is there."""
    sheet.refuse_mistakes(keys)
    key, *rest = keys[len(found) :]
    for name in reversed(rest):
        wanted = {name: wanted}
    above = found[-1] if found else None
    parent = above.value if above else sheet.root
    name = text_keys(keys[len(found) - 2] if len(found) > 1 else "")[0]
    if parent is None:
        changes = [patches.first_entry(sheet, entry(key, wanted, 0, Style()))]
    elif above and is_empty(parent):
        changes = patches.replaced(sheet, above, {key: wanted})
    elif isinstance(parent, yaml.MappingNode):
        changes = patches.key_added(sheet, parent, key, wanted)
    elif above and above.in_list and isinstance(parent, yaml.ScalarNode):
        changes = patches.text_made_mapping(sheet, above, name, key, wanted)
    else:
        raise _not_there(keys, found)
    below = value_at(sheet.tree, found)
    below = {name: below} if isinstance(below, str) else below or {}
    return _checked(sheet, changes, [_with(sheet.tree, found, {**below, key: wanted})])


def add(text: str, keys: Keys, item: Value) -> str:
    """Append an entry to the list at a key path, which is made where absent; a single value becomes a list of both."""
    sheet = sheet_of(text)
    found = sheet.find(keys)
    if len(found) < len(keys) or is_empty(found[-1].value):
        return put(text, keys, [item])
    sheet.refuse_mistakes(keys)
    wanted, here = plain(item), found[-1]
    parent, old = here.value, value_at(sheet.tree, found)
    if isinstance(parent, yaml.SequenceNode):
        if not old and is_block(here.parent):
            return put(text, keys, [item])  # "[]" is written anew
        changes = patches.item_added(sheet, parent, wanted)
    elif isinstance(parent, yaml.ScalarNode):
        old = [parent.value]
        changes = patches.one_made_list(sheet, here, wanted)
    else:
        raise CannotEdit("Keys stand here, where a list belongs. Make a list of them first.", _line(here))
    return _checked(sheet, changes, [_with(sheet.tree, found, [*old, wanted])])


def take_out(text: str, keys: Keys) -> str:
    """Remove a key or an entry of a list, with the comments that belong to it."""
    sheet = sheet_of(text)
    found = _found(sheet, keys)
    here = found[-1]
    if isinstance(here.parent, yaml.ScalarNode):  # a list of one, without its dash
        return take_out(text, keys[:-1])
    sheet.refuse_mistakes(keys)
    change = patches.taken_from_brackets(sheet, here) if in_brackets(here.parent) else patches.lines_taken(sheet, here)
    expected = [_without(sheet.tree, found)]
    if len(found) > 1 and not value_at(expected[0], found[:-1]) and found[-2].key is not None:
        expected.append(_without(sheet.tree, found[:-1]))  # a key without a value is as good as none
    whole = range(change.start.line, change.end.line if change.end.column == 0 else change.end.line + 1)
    gone = whole if is_block(here.parent) or change.start.column == change.end.column == 0 else ()
    return _checked(sheet, [change], expected, gone)


def rename(text: str, keys: Keys, new: str) -> str:
    """Give a key of a mapping another name; its value, place and comments stay."""
    sheet = sheet_of(text)
    found = _found(sheet, keys)
    key = found[-1].key
    if key is None:
        raise CannotEdit(f'"{keys[-1]}" is no key but a text in a list.', _line(found[-1]))
    if keys[-1] == new:
        return text
    sheet.refuse_mistakes(keys)
    expected = copy.deepcopy(sheet.tree)
    parent = value_at(expected, found[:-1])
    if new in parent:
        raise CannotEdit(f'"{new}" is there already. Choose another name.', key.start_mark.line + 1)
    renamed = {new if name == keys[-1] else name: value for name, value in parent.items()}
    parent.clear()
    parent.update(renamed)
    return _checked(sheet, [Change(start_mark(key), end_mark(key), scalar(new))], [expected])


def excerpt(text: str, keys: Keys) -> str:
    """The lines of an entry as they stand, with its comments, moved to the left edge; they end with "\\n".

    An entry of a list begins with its hyphen.
    """
    sheet = sheet_of(text)
    found = _found(sheet, keys)
    here, value = found[-1], value_at(sheet.tree, found)
    if not is_block(here.parent):
        line = sheet.between(start_mark(here.key or here.value), sheet.end(here.value))
        start, read_as = ("- ", [value]) if here.key is None else ("", {keys[-1]: value})
        if sheet_of(start + line).tree != read_as:  # brackets need other quotes than lines do
            line = one_line(value) if here.key is None else f"{scalar(keys[-1])}: {one_line(value)}"
        return f"{start}{line}\n"
    first, last = patches.extent(sheet, here)
    spot = patches.first_spot(sheet, here)
    lines = sheet.lines[first : last + 1]
    at = spot.line - first
    lines[at] = " " * spot.column + lines[at][spot.column :]  # it may stand behind a hyphen
    return "".join(line[min(spot.column, len(line) - len(line.lstrip(" "))) :] + "\n" for line in lines)


def in_head(text: str, edit: Callable[[str], str]) -> str:
    """Edit the YAML between the two `---` lines of a note; the rest of the note stays."""
    sheet = Sheet(text)
    front = split_front_matter("\n".join(sheet.lines))
    if front.state != "closed":
        raise CannotEdit("This note has no head between two lines with ---. Give it one first.", 1)
    lines = [line + end for line, end in zip(sheet.lines, [*sheet.ends, ""], strict=True)]
    last = front.body_line - 2
    head = "".join(lines[1:last])
    try:
        new = edit(head) if head else edit(head).replace("\n", sheet.ends[0])
    except CannotEdit as error:
        raise CannotEdit(error.why, error.line and error.line + 1) from error
    return "".join([sheet.head, lines[0], new, *lines[last:]])


def put_head(text: str, keys: Keys, value: Value) -> str:
    """The same as `put`, in the head of a note."""
    return in_head(text, lambda head: put(head, keys, value))


def value_at(tree: Any, found: list[Entry]) -> Any:
    """What stands in a tree at the last of the entries on the way to it."""
    for one in found:
        if one.key is not None:
            tree = tree.get(one.key.value)
        elif one.in_list:
            tree = tree[one.index]
    return tree


def _with(tree: Any, found: list[Entry], value: Any) -> Any:
    """The tree with another value at the last of the entries."""
    if not found:
        return value
    tree, last = copy.deepcopy(tree), found[-1]
    if isinstance(last.parent, yaml.ScalarNode):
        return _with(tree, found[:-1], value)
    value_at(tree, found[:-1])[last.index if last.key is None else last.key.value] = value
    return tree


def _without(tree: Any, found: list[Entry]) -> Any:
    tree, last = copy.deepcopy(tree), found[-1]
    parent = value_at(tree, found[:-1])
    if last.key is None:
        del parent[last.index]
    else:
        parent.pop(last.key.value, None)
    return tree


def _found(sheet: Sheet, keys: Keys) -> list[Entry]:
    found = sheet.find(keys)
    if not keys or len(found) < len(keys):
        sheet.refuse_mistakes(keys)  # it may stand where nothing could be read
        raise _not_there(keys, found)
    return found


def _not_there(keys: Keys, found: list[Entry]) -> CannotEdit:
    name = keys[len(found)] if len(found) < len(keys) else ".".join(keys)
    return CannotEdit(f'There is no "{name}" here. Look up what it is called.', _line(found[-1]) if found else 0)


def _line(here: Entry) -> int:
    line: int = here.value.start_mark.line
    return line + 1


def _checked(sheet: Sheet, changes: list[Change], expected: list[Any], gone: Collection[int] = ()) -> str:
    """The changed text. CannotEdit where reading it does not give one of the expected trees with no mistake more.

    Comments are all to be there still, but for those of the lines that go (from 0).
    """
    text = sheet.changed(changes)
    after = sheet_of(text)
    old, new = sheet.document, after.document
    same = [one.code for one in old.mistakes] == [one.code for one in new.mistakes] and old.lost == new.lost
    line = min(change.start.line for change in changes) + 1
    if after.tree not in expected or not same:
        raise CannotEdit(f"kamgen cannot change this place without doing harm. {patches.BY_HAND}", line)
    kept = Counter(comment for at, comment in sheet.comments if at not in gone)
    if kept - Counter(comment for _, comment in after.comments):
        raise CannotEdit(f"A remark stands in the middle of what would change. {patches.BY_HAND}", line)
    return text
