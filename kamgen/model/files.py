"""The kinds of file that kamgen reads, and the JSON Schema of each, made from the same records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from kamgen.model.account import AccountFile, Audit, Contact, Evidence, NoteHead, Plan, PlanOfYear
from kamgen.model.playbook import Criteria, Family, Indicator, Person, Question
from kamgen.model.settings import Limits, Rhythm, Settings, Words
from kamgen.model.values import Id, IndicatorId

# By kind: what the file holds, and where such files lie (glob patterns below the workspace, for editors).
KINDS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "account": (AccountFile, ("accounts/*.yml", "accounts/*/account.yml")),
    "contacts": (dict[Id, Contact], ("accounts/*/contacts.yml",)),
    "plan": (Plan, ("accounts/*/plan.yml",)),
    "plan-of-a-year": (PlanOfYear, ("accounts/*/plan-*.yml",)),
    "partnership": (dict[IndicatorId, Evidence], ("accounts/*/partnership.yml",)),
    "audit": (Audit, ("accounts/*/audits/*.yml",)),
    "note": (NoteHead, ()),
    "team": (dict[Id, Person], ("playbook/team.yml",)),
    "criteria": (Criteria, ("playbook/criteria.yml",)),
    "indicators": (dict[Id, Indicator], ("playbook/indicators.yml",)),
    "audit-menu": (dict[Id, Question], ("playbook/audit-menu.yml",)),
    "offer": (dict[Id, Family], ("playbook/offer.yml",)),
    "kamgen": (Settings, ("playbook/kamgen.yml",)),
}


def record_of(kind: str) -> Any:
    """The type of what a kind of file holds: a record, or a mapping of records by id."""
    return KINDS[kind][0]


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of file, as editors use it to complete and check."""
    schema = TypeAdapter(record_of(kind)).json_schema(by_alias=True, mode="validation")
    if kind == "kamgen":
        _make_optional(schema)
    tidy = tidied(schema)
    if "required" not in tidy:
        tidy = _or_empty(tidy)  # a file of nothing but comments
    return headed(f"kamgen: {kind}", tidy)


def headed(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with the lines at its top that say which dialect it is in, and what it describes."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def _make_optional(schema: dict[str, Any]) -> None:
    """kamgen.yml is merged with the packaged one, so no key is required."""
    for part in (schema, *schema.get("$defs", {}).values()):
        if part is schema or set(part.get("properties", ())) in (_keys(Limits), _keys(Rhythm), _keys(Words)):
            part.pop("required", None)


def _keys(record: Any) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


def tidied(node: Any) -> Any:
    """Without pydantic's generated titles and defaults, which an editor would type in when it completes a key.

    Mappings whose keys have a form allow no others; a key that may be left out may also be left empty.
    """
    if isinstance(node, list):
        return [tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {key: tidied(value) for key, value in node.items() if not _generated(key, value)}
    if "properties" in node:
        required = node.get("required", ())
        tidy["properties"] = {
            key: tidied(value) if key in required else _or_empty(tidied(value))
            for key, value in node["properties"].items()
        }
    if "patternProperties" in tidy:
        tidy.setdefault("additionalProperties", False)
    return tidy


def _generated(key: str, value: Any) -> bool:
    return key == "default" or (key == "title" and isinstance(value, str))


def _or_empty(node: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be empty: the reader takes an empty value as an absent one."""
    choices = [choice for choice in node.get("anyOf", ()) if choice != _EMPTY]
    if len(choices) == 1:
        node = _merged(choices[0], {key: value for key, value in node.items() if key != "anyOf"})
    elif choices:
        return {**node, "anyOf": [*choices, _EMPTY]}
    if "type" not in node or "enum" in node:
        bare = {key: value for key, value in node.items() if key != "description"}
        told = {"description": node["description"]} if "description" in node else {}
        return {**told, "anyOf": [bare, _EMPTY]}
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return {**node, "type": [*types, "null"]}


def _merged(inner: dict[str, Any], outer: dict[str, Any]) -> dict[str, Any]:
    node = {**inner, **outer}
    if "description" in inner and "description" in outer:
        node["description"] = f"{outer['description']} ({inner['description']})"
    return node


_EMPTY = {"type": "null"}
