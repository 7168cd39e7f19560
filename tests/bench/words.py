"""Words for made-up accounts, from words.yml: enough of them that no passage of two plans is the same."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Words = tuple[str, ...]

_DATA: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))


def _words(text: str) -> Words:
    return tuple(text.split(" | "))


def _by_key(name: str) -> Mapping[str, Words]:
    return {key: _words(text) for key, text in _DATA[name].items()}


HOUSES, TRADES, SEGMENTS = (_words(_DATA[name]) for name in ("houses", "trades", "segments"))
FIRST, LAST = _words(_DATA["first_names"]), _words(_DATA["last_names"])
TITLES, TOWNS, SLOTS = (_by_key(name) for name in ("titles", "towns", "slots"))
REGIONS: Mapping[str, str] = _DATA["regions"]
FAMILIES: Mapping[str, str] = _DATA["families"]
SENTENCES: Mapping[str, list[str]] = _DATA["sentences"]

_SLOT = re.compile(r"\{(\w+)\}")


def sentence(chance: random.Random, kind: str) -> str:
    """One sentence of a kind (a key of `sentences`), its slots filled by chance."""
    text = _SLOT.sub(lambda slot: chance.choice(SLOTS[slot[1]]), chance.choice(SENTENCES[kind]))
    return text[0].upper() + text[1:]


def paragraph(chance: random.Random, kind: str, sentences: int) -> str:
    """Several sentences of one kind."""
    return " ".join(sentence(chance, kind) for _ in range(sentences))
