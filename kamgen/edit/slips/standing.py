"""What stands there already where a slip changes nothing: what it is about, by its full name, and since when."""

from __future__ import annotations

from collections.abc import Mapping

from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.steps import STEPS
from kamgen.facts.texts import shown
from kamgen.model.slips import Slip, Thing

# By kind of slip: the field that names a thing, the sorts of things, and the keys of which one holds since when.
_ABOUT: Mapping[str, tuple[str, tuple[Thing, ...], tuple[str, ...]]] = {
    "done": ("item", STEPS, ("done", "reached")),
    "move": ("item", STEPS, ()),
    "drop": ("item", (*STEPS, "claim"), ("dropped", "parked")),
    "checked": ("item", ("contact", "claim"), ("checked", "on")),
    "leaves": ("contact", ("contact",), ("leaves",)),
    "resolved": ("complaint", ("complaint",), ("resolved",)),
    "decided": ("decision", ("decision",), ("decided_on",)),
    "reading": ("goal", ("goal",), ()),
    "aim": ("goal", ("goal",), ()),
}
_SAID = {"checked": "on", "leaves": "last day", "decided": "on"}


def standing(desk: Desk, kind: str, slip: Slip) -> tuple[str, str]:
    """The full name of what a slip of a kind is about, and since when it is so; "" where it is about no such thing."""
    if kind not in _ABOUT:
        return "", ""
    field, sorts, keys = _ABOUT[kind]
    thing = desk.find(getattr(slip, field), sorts)
    name = shown(thing.text) if thing.sort == "contact" else f'"{shown(thing.text)}"'
    day = next((day for key in keys if (day := getattr(thing.record, key, None))), None)
    return name, f"{_SAID.get(kind, 'since')} {day}" if day else ""
