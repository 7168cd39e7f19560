"""A slip as the text of an issue or a mail, ready to be filled in: a label for each field, and what is known of it.

GitHub writes such a text from an issue form. For GitLab and for mail kamgen writes it, and whoever sends it fills in
what is still empty: `headings` puts each label above its value, as GitHub does, `lines` puts both into one line, as
people do in a mail. How a value is written stands where it is not taken for one: in a remark, or below the line that
begins a mail's signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kamgen.model.slip_fields import KIND_LABEL, FormField, form_fields

Style = Literal["headings", "lines"]

SIGNATURE = "-- "
# Not asked for in a text: a slip is of today.
_UNDERSTOOD = "on"


def body(kind: str, values: Mapping[str, str], style: Style) -> str:
    """The text of a slip of a kind; `values` are what is known, by the names that the fields have in a slip's file.

    A list of entries, as the outcomes of a review are, is more than such a text asks for.
    """
    asked = [one for one in form_fields(kind) if not one.rows]
    known = [(KIND_LABEL, kind), *((one.label, _in_one_line(values[one.key])) for one in asked if one.key in values)]
    empty = [(one.label, _help(one)) for one in asked if one.key not in values and one.key != _UNDERSTOOD]
    if style == "headings":
        sections = [*known, *((name, f"<!-- {told} -->\n" if told else "") for name, told in empty)]
        return "\n".join(f"### {name}\n\n{below}\n" for name, below in sections)
    lines = [f"{name}: {value}" for name, value in (*known, *((name, "") for name, _ in empty))]
    hints = [f"{name}: {told}" for name, told in empty if told]
    return "\n".join([*lines, *(["", SIGNATURE] if hints else []), *hints, ""])


def _help(asked: FormField) -> str:
    """What belongs into a field whose form cannot be guessed: the words to choose from, or a day; else nothing."""
    if asked.choices and not asked.required:
        return f"{', '.join(asked.choices)}, or nothing"
    return asked.told if asked.choices or asked.day else ""


def _in_one_line(value: str) -> str:
    return " ".join(value.split())
