"""What each kind of slip writes: into which files, and with what answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kamgen.edit.slips import agreements, notes, people, review, situation, steps
from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.meant import meant
from kamgen.model.slips import Slip

Writer = Callable[[Desk, Any], tuple[str, ...]]

WRITERS: Mapping[str, Writer] = {
    "done": steps.done,
    "move": steps.move,
    "drop": steps.drop,
    "checked": people.checked,
    "leaves": people.leaves,
    "joined": people.joined,
    "note": notes.note,
    "heard": situation.heard,
    "reading": situation.reading,
    "complaint": notes.complaint,
    "resolved": notes.resolved,
    "decided": situation.decided,
    "review": review.review,
    "stage": agreements.stage,
    "selection": agreements.selection,
    "aim": agreements.aim,
    "waiver": agreements.waiver,
}


def write(desk: Desk, slip: Slip) -> tuple[str, ...]:
    """Write a slip into the draft of an account; the lines of its answer, besides what changed.

    A slip that was written before changes nothing. Raises KamgenError, with what to do, where it cannot be written;
    the draft may then hold a part of it and is to be thrown away.
    """
    return WRITERS[kind_of(slip)](desk, meant(desk, slip))


def kind_of(slip: Slip) -> str:
    """The kind of a slip, as its file says it."""
    kind: str = type(slip).model_fields["slip"].default
    return kind
