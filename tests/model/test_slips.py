"""The records of slips: schemas that forms and editors can use, labels, and what is no slip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from kamgen.edit.slips import WRITERS, kind_of
from kamgen.model.slips import SLIPS, Outcome, as_slip, slip_schema
from tests.docs.markdown import fences
from tests.edit.slips.applying import CASES, slips_of

DOCS = Path(__file__).resolve().parents[2] / "docs/slips.md"


def _examples() -> Iterator[Any]:
    for case in CASES.values():
        yield from case if isinstance(case, list) else [case]


@pytest.mark.parametrize("kind", SLIPS)
def test_every_kind_has_a_schema_that_takes_its_slips_and_no_others(kind: str) -> None:
    schema = slip_schema(kind)
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    examples = [one for one in _examples() if one["slip"] == kind]
    assert examples
    for one in examples:
        typed = yaml.safe_load(json.dumps(one).replace('"true"', "true"))
        assert [error.message for error in judge.iter_errors(typed)] == []
        assert not judge.is_valid({**typed, "unknown": "x"})
        assert not judge.is_valid({key: value for key, value in typed.items() if key != "slip"})
        assert not judge.is_valid({**typed, "slip": "something-else"})


@pytest.mark.parametrize("kind", SLIPS)
def test_every_field_has_a_label_and_help(kind: str) -> None:
    schema = slip_schema(kind)
    assert schema["title"] == f"kamgen: slip {kind}"
    parts = [schema, *schema.get("$defs", {}).values()]
    fields = {name: field for part in parts for name, field in part["properties"].items() if name != "slip"}
    assert {name for name, field in fields.items() if not (field.get("title") and field.get("description"))} == set()
    assert "default" not in json.dumps(schema)


@pytest.mark.parametrize("kind", SLIPS)
def test_few_fields_are_needed(kind: str) -> None:
    needed = [name for name, field in SLIPS[kind].model_fields.items() if field.is_required() and name != "account"]
    assert len(needed) <= 4


def test_every_kind_is_written_by_something() -> None:
    assert set(WRITERS) == set(SLIPS)
    assert {kind_of(slip) for case in CASES.values() for slip in slips_of(case)} == set(SLIPS)


def test_what_needs_somebody_else_to_agree() -> None:
    assert {kind for kind, record in SLIPS.items() if record.agreement} == {"stage", "selection", "aim", "waiver"}


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ({"slip": "done", "account": "a", "item": " "}, "say it in a few words"),
        ({"slip": "review", "account": "a", "held_by": []}, "name at least one person"),
        ({"slip": "reading", "account": "a", "goal": "g", "value": ""}, "write a number or a few words"),
        ({"slip": "move", "account": "a", "item": "i", "to": "31.05.2026", "why": "w"}, "for example 2026-05-31"),
        ({"slip": "dance", "account": "a"}, "'dance'"),
        ({"account": "a"}, "discriminator"),
    ],
)
def test_what_is_no_slip_is_refused(tree: Any, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        as_slip(tree)


def test_an_outcome_is_known_by_its_thing() -> None:
    assert Outcome(item="call-linz").id == "call-linz"


def test_the_examples_of_the_manual_are_slips() -> None:
    shown = [fence for fence in fences(DOCS.read_text(encoding="utf-8")) if fence.language == "yaml"]
    assert shown
    for fence in shown:
        as_slip(yaml.load(fence.text, yaml.BaseLoader))
