"""Random accounts, written as YAML in every style that people use, and random edits of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import yaml

from kamgen.model.identity import item_id
from kamgen.read.yaml import parse

Keys = tuple[str, ...]
Draw = Callable[[Random], Any]

WORDS = ["Graz", "depot", "dairy", "Ärger", "Σ", "10 %", "#1", "a: b", "x:", "-", "- y", "it's", '"so"', "{k}", "[l]"]
WORDS += ["& co", "*", "!", "?", "@home", "null", "~", "true", "no", "2026-01-01", "12:30", "007", "€", "a,b", "|"]
_REMARKS = ["x", "a: b", "- c", "due: 2026-01-01", "it's", '"']


def _text(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 4)))


def _prose(random: Random) -> str:
    """A text of some lines."""
    lines = [random.choice(["", "  ", "* "]) * (at > 0) + _text(random) for at in range(random.randint(1, 3))]
    return "\n".join(lines) + random.choice(["", "\n", "\n\n"])


def _one_of(*values: str) -> Draw:
    return lambda random: random.choice(values)


def _names(random: Random) -> Any:
    found = random.sample(["anna-berg", "carl-ek", "ida-lund", "olaf-7"], random.randint(1, 3))
    return found[0] if len(found) == 1 and random.random() < 0.5 else found


def _id(random: Random) -> str:
    return f"{random.choice(['graz', 'linz', 'no-gaps', 'k'])}-{random.randint(1, 99)}"


_day = _one_of("2026-01-20", "2026-04-30", "2025-12-31", "2026-05-05")
_number = _one_of("3", "14", "0.5", "-2", "1e3")


@dataclass(frozen=True)
class Map:
    """A record: what each key holds; the first key is needed."""

    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A mapping of records or values by a key of the user's own."""

    key: Draw
    value: Any


@dataclass(frozen=True)
class Items:
    """A list of entries, each a text or a record."""

    item: Map


_CLAIM = Map({"what": _text, "source": _text, "on": _day, "goal": _id, "because": _text, "private": _one_of("true")})
_STAGE = Map({"what": _text, "due": _day, "done": _day})
_ACTION = Map({"what": _text, "who": _names, "due": _day, "goal": _id, "done": _day, "dropped": _day, "because": _text})
_GOAL = Map(
    {
        "goal": _text,
        "for": _one_of("customer", "us"),
        "owner": _one_of("anna-berg"),
        "agreed_with": _names,
        "aim": _number,
        "readings": Table(_day, _number),
        "stages": Items(_STAGE),
        "due": _day,
    }
)
_PLAN = Map(
    {
        "reviewed": _day,
        "reviewed_by": _names,
        "period": Map({"ends": _day, "reach": _text}),
        "intelligence": Map({"business": _prose, "culture": _prose, "strengths": Items(_CLAIM)}),
        "intentions": Table(_id, _GOAL),
        "implementation": Items(_ACTION),
    }
)
_CONTACT = Map({"name": _text, "title": _text, "covered_by": _names, "leaves": _day, "level": _one_of("influencer")})
ACCOUNT = Map(
    {
        "name": _text,
        "stage": _one_of("key", "customer"),
        "country": _text,
        "team": _names,
        "wallet": Table(_one_of("2025", "2026", "2027"), _number),
        "contacts": Table(_id, _CONTACT),
        "plan": _PLAN,
    }
)


def made(kind: Any, random: Random) -> Any:
    """A random value of a kind."""
    if isinstance(kind, Map):
        needed, *rest = kind.fields
        keys = [needed, *(key for key in rest if (kind is ACCOUNT and key == "stage") or random.random() < 0.5)]
        return {key: made(kind.fields[key], random) for key in keys}
    if isinstance(kind, Table):
        return {kind.key(random): made(kind.value, random) for _ in range(random.randint(0, 3))}
    if isinstance(kind, Items):
        found = {}
        for _ in range(random.randint(0, 3)):
            item = made(kind.item, random)
            item = item["what"] if random.random() < 0.3 else item
            found[item_id(item, "strengths")] = item
        return list(found.values())
    return kind(random)


# --- Writing -------------------------------------------------------------------------------------------------------


@dataclass
class Writer:
    """Writes a tree in random styles; `homes` has the lines (from 0) of each entry, without comments above it."""

    random: Random
    lines: list[str] = field(default_factory=list)
    homes: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    comments: int = 0

    def file(self, tree: Mapping[str, Any]) -> str:
        """The text of a whole file."""
        if self.often(0.3):
            self.lines += ["# the account of ...", *(["---"] if self.often(0.5) else [])]
        self.block(tree, 0, ())
        text = "\n".join(self.lines)
        if self.often(0.8) or parse(text, "").tree != tree:  # a text of lines may need the last line end
            text += "\n"
        return "\ufeff" * self.often(0.2) + text.replace("\n", self.random.choice(["\n", "\n", "\r\n"]))

    def often(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random.random() < share

    def comment(self) -> str:
        """A comment like no other."""
        self.comments += 1
        return f"# remark {self.comments}: {self.random.choice(_REMARKS)}"

    def behind(self) -> str:
        """What may stand at the end of a line."""
        spaces = " " * self.random.randint(1, 3)
        return f"{spaces}{self.comment()}" if self.often(0.15) else spaces * self.often(0.05)

    def above(self, column: int) -> None:
        """Lines that may stand before an entry."""
        if self.often(0.1):
            self.lines.append("")
        if self.often(0.15):
            self.lines.append(" " * column + self.comment())

    def block(self, tree: Mapping[str, Any], column: int, path: Keys, hyphen: str = "") -> None:
        """A mapping with one key a line; the first may stand behind a hyphen."""
        for at, (key, value) in enumerate(tree.items()):
            if not (hyphen and at == 0):
                self.above(column)
            start = hyphen if hyphen and at == 0 else " " * column
            first = len(self.lines)
            self.value(start + self.scalar(key, True) + ":", value, column, (*path, key))
            self.homes[(*path, key)] = (first, len(self.lines) - 1)

    def value(self, start: str, value: Any, column: int, path: Keys) -> None:
        """A value behind its key (or hyphen), which `start` ends with."""
        if isinstance(value, str):
            self.text(start, value, column)
        elif not value or self.often(0.3):
            self.flow(start, value, column, path)
        elif isinstance(value, dict):
            self.lines.append(start + self.behind())
            self.block(value, column + self.random.choice([1, 2, 2, 2, 4]), path)
        else:
            self.lines.append(start + self.behind())
            self.items(value, column + self.random.choice([0, 2, 2, 3]), path)

    def items(self, items: list[Any], column: int, path: Keys) -> None:
        """A list with one entry a line."""
        for item in items:
            name = item_id(item, path[-1])
            self.above(column)
            first, gap = len(self.lines), self.random.choice([2, 2, 2, 4])
            hyphen = " " * column + "-".ljust(gap)
            if isinstance(item, dict) and not self.often(0.3):
                if self.often(0.1):
                    self.lines.append(hyphen.rstrip())
                    hyphen = " " * (column + gap)
                self.block(item, column + gap, (*path, name), hyphen)
            elif isinstance(item, str):
                self.text(hyphen.rstrip(), item, column + gap - 2)
            else:
                self.flow(hyphen.rstrip(), item, column, (*path, name))
            self.homes[(*path, name)] = (first, len(self.lines) - 1)

    def text(self, start: str, text: str, column: int) -> None:
        """A text behind its key or hyphen."""
        form = self.random.random()
        inner = " " * (column + 2)
        if "\n" in text and form < 0.7 and parse(f"k: {_literal(text)}\nz: 1", "").tree == {"k": text, "z": "1"}:
            head, *lines = _literal(text).split("\n")
            self.lines.append(f"{start} {head}{self.behind().rstrip()}")
            self.lines += [inner + line[1:] if line else "" for line in lines]
        elif form < 0.1 and "\n" not in text:
            self.lines += [start + self.behind(), inner + self.scalar(text) + self.behind()]
        elif form < 0.2 and " " in text.strip() and "  " not in text and "\n" not in text:
            halves = _quoted(text, '"').split(" ", 1)
            self.lines += [f"{start} {halves[0]}", f"{inner}{halves[1]}{self.behind()}"]
        else:
            self.lines.append(f"{start} {self.scalar(text)}{self.behind()}")

    def scalar(self, text: str, in_brackets: bool = False) -> str:
        """A text on one line, plain or quoted."""
        form = self.random.random()
        if form < 0.7 and _is_plain(text, in_brackets):
            return text
        return _quoted(text, "'" if form < 0.85 and "\n" not in text else '"')

    def flow(self, start: str, value: Any, column: int, path: Keys) -> None:
        """A value between brackets, on one line or on many."""
        first = len(self.lines)
        if not self.often(0.3) or not value:
            self.lines.append(f"{start} {self.inline(value)}{self.behind()}")
        else:
            signs = "{}" if isinstance(value, dict) else "[]"
            self.lines.append(f"{start} {signs[0]}{self.behind()}")
            entries = value.items() if isinstance(value, dict) else ((None, item) for item in value)
            pieces = [("" if key is None else self.scalar(key, True) + ": ") + self.inline(one) for key, one in entries]
            for at, piece in enumerate(pieces):
                comma = "," * (at + 1 < len(pieces) or self.often(0.3))
                self.lines.append(" " * (column + 2) + piece + comma + self.behind())
            self.lines.append(" " * (column + 1) + signs[1] + self.behind())
        for below in paths(value, path):
            self.homes[below] = (first, len(self.lines) - 1)

    def inline(self, value: Any) -> str:
        """A value on one line."""
        space = " " * self.often(0.2)
        if isinstance(value, str):
            return self.scalar(value, True)
        if isinstance(value, dict):
            inside = ", ".join(f"{self.scalar(key, True)}: {self.inline(one)}" for key, one in value.items())
            return f"{{{space}{inside}{',' * (bool(inside) and self.often(0.1))}{space}}}"
        return f"[{space}{', '.join(map(self.inline, value))}{space}]"


def _literal(text: str) -> str:
    sign = "|" if text.endswith("\n") else "|-"
    return "\n".join([sign, *(f" {line}" if line else "" for line in text.removesuffix("\n").split("\n"))])


def _quoted(text: str, style: str) -> str:
    written: str = yaml.safe_dump(text, default_style=style, width=10**6, allow_unicode=True)
    return written.rstrip("\n")


def _is_plain(text: str, in_brackets: bool) -> bool:
    probe = f"{{k: {text}, z: 1, y: {text} }}" if in_brackets else f"k: {text}\nz: 1"
    found = parse(probe, "")
    expected = {"k": text, "z": "1"} | ({"y": text} if in_brackets else {})
    return found.tree == expected and not found.mistakes and (not in_brackets or _is_key(text))


def _is_key(text: str) -> bool:
    found = parse(f"{{{text}: 1}}", "")
    return found.tree == {text: "1"} and not found.mistakes


def paths(value: Any, path: Keys) -> Iterator[Keys]:
    """The key paths below a value."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key)
            yield from paths(one, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield (*path, item_id(item, path[-1]))
            yield from paths(item, (*path, item_id(item, path[-1])))


# --- Edits ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edit:
    """An edit by the name of its function, and the tree it makes of another; `home` is what may change."""

    name: str
    keys: Keys
    value: Any
    home: Keys
    tree: Any


def edits(kind: Any, tree: Any, random: Random) -> list[Edit]:
    """Edits of a tree, each with the tree as it shall be."""
    return list(_edits(kind, tree, (), random, lambda value: value))


def _edits(kind: Any, tree: Any, path: Keys, random: Random, into: Callable[[Any], Any]) -> Iterator[Edit]:
    """`into` puts another value into the whole tree in the place of this one."""
    if isinstance(kind, Map | Table):
        yield from _edits_of_keys(kind, tree, path, random, into)
    elif isinstance(kind, Items):
        yield from _edits_of_items(kind, tree, path, random, into)
    elif kind is _names:
        old = [tree] if isinstance(tree, str) else tree
        yield Edit("add", path, "olaf-9", path, into([*old, "olaf-9"]))


def _edits_of_keys(
    kind: Map | Table, tree: Any, path: Keys, random: Random, into: Callable[[Any], Any]
) -> Iterator[Edit]:
    fields = kind.fields if isinstance(kind, Map) else dict.fromkeys([*tree, kind.key(random)], kind.value)
    needed = next(iter(kind.fields)) if isinstance(kind, Map) else ""
    for key, inner in fields.items():
        here = (*path, key)
        value = made(inner, random)
        if key not in tree:
            yield Edit("put", here, value, path, into({**tree, key: value}))
            continue
        yield Edit("put", here, value, here, into({**tree, key: value}))
        if key != needed and here != ("stage",):
            yield Edit("take_out", here, None, here, into({name: one for name, one in tree.items() if name != key}))
        if isinstance(kind, Table) and isinstance(kind.value, Map):
            new = {"new-key" if name == key else name: one for name, one in tree.items()}
            yield Edit("rename", here, "new-key", here, into(new))
        yield from _edits(inner, tree[key], here, random, lambda one, key=key: into({**tree, key: one}))


def _edits_of_items(kind: Items, tree: Any, path: Keys, random: Random, into: Callable[[Any], Any]) -> Iterator[Edit]:
    item = {**made(kind.item, random), "what": "Something new"}
    yield Edit("add", path, item, path, into([*tree, item]))
    for at, old in enumerate(tree):
        here = (*path, item_id(old, path[-1]))

        def changed(one: Any, at: int = at) -> Any:
            return into([*tree[:at], one, *tree[at + 1 :]])

        yield Edit("take_out", here, None, here, into([*tree[:at], *tree[at + 1 :]]))
        if isinstance(old, str):
            day = "due" if "due" in kind.item.fields else "on"
            yield Edit("put", (*here, day), "2026-02-02", here, changed({"what": old, day: "2026-02-02"}))
            yield Edit("put", here, "Put anew", here, changed("Put anew"))
        else:
            yield from _edits(kind.item, old, here, random, changed)
