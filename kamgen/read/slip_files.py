"""Files of slips into slips: YAML, one mapping or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from kamgen.errors import KamgenError, did_you_mean
from kamgen.finding import Place
from kamgen.model.slips import SLIPS, Slip
from kamgen.read.files import Unreadable, decoded, refuse_size
from kamgen.read.records import take
from kamgen.read.yaml import Document, parse

LARGEST = 1024 * 1024  # bytes: a year of slips is far below it


def read_slips(raw: bytes, name: str) -> list[tuple[Slip, str]]:
    """The slips in a file, in their order, each with where it stands ("may.yml:3"); `name` is what to call the file.

    Raises KamgenError with each mistake on a line of its own: file, line, and what would have been right.
    """
    try:
        refuse_size(len(raw), LARGEST)
        document = parse(decoded(raw), name)
    except Unreadable as reason:
        raise KamgenError(f"{name} {reason} {reason.hint}") from reason
    if document.mistakes:
        raise KamgenError("\n".join(_told(document, m.line, m.message, m.hint) for m in document.mistakes))
    entries = list(_entries(document))
    taken = [_taken(one) for one in entries]
    if wrong := [line for _, lines in taken for line in lines]:
        raise KamgenError("\n".join(wrong))
    places = [f"{name}:{entry.place(()).line}" for entry in entries]
    return [(slip, place) for (slip, _), place in zip(taken, places, strict=True) if slip]


def _told(document: Document, line: int, message: str, hint: str) -> str:
    return f"{document.path}:{line}: {message} {hint}".rstrip()


def _entries(document: Document) -> Iterator[Document]:
    """Each slip as a document of its own, with the lines of the file."""
    if not isinstance(document.tree, list):
        yield document
        return
    nodes = document.root.value if isinstance(document.root, yaml.SequenceNode) else []
    for tree, node in zip(document.tree, nodes, strict=False):
        yield replace(document, tree=tree, root=node)


def _taken(entry: Document) -> tuple[Slip | None, list[str]]:
    tree = entry.tree
    kind = tree.get("slip") if isinstance(tree, dict) else None
    if not isinstance(kind, str) or kind not in SLIPS:
        return None, [_without_kind(entry, kind)]
    taken = take(SLIPS[kind], entry, str(tree.get("account", "")))
    places = [(problem.place or Place(entry.path), problem) for problem in taken.problems]
    return taken.record, [_told(entry, place.line, one.message, one.hint) for place, one in places]


def _without_kind(entry: Document, kind: Any) -> str:
    place = entry.place(("slip",) if kind else ())
    if kind is None:
        return _told(entry, place.line, "A slip begins with its kind.", f"Add a line `slip: …`. {_kinds()}")
    hint = did_you_mean(str(kind), SLIPS) or _kinds()
    return _told(entry, place.line, f'There is no slip "{str(kind)[:80]}".', hint)


def _kinds() -> str:
    return f"There is: {', '.join(SLIPS)}."
