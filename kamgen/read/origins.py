"""Where a workspace's own settings stand: the line of each value in kamgen.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kamgen.model.identity import subject
from kamgen.read.files import Unreadable, read_text
from kamgen.read.yaml import parse

SETTINGS_FILE = "playbook/kamgen.yml"


def own_settings(root: Path, cap_kb: int) -> Mapping[str, int]:
    """The line of each value by its key path ("limits.key_accounts"); empty where the file is not there or unreadable.

    A list is one value.
    """
    path = root / SETTINGS_FILE
    try:
        text = read_text(path, root.resolve(), cap_kb) if path.is_file() else ""
    except Unreadable:
        return {}
    document = parse(text, SETTINGS_FILE)
    tree = document.tree if isinstance(document.tree, dict) else {}
    return {subject(*keys): document.place(keys, at_key=True).line for keys in _values(tree, ())}


def _values(tree: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in tree.items():
        keys = (*above, str(key))
        if isinstance(value, dict):
            yield from _values(value, keys)
        else:
            yield keys
