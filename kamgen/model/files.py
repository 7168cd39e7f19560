"""The kinds of file that kamgen reads, and the JSON Schema of each, made from the same records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from kamgen.model.account import AccountFile, Audit, Contact, Evidence, NoteHead, Plan
from kamgen.model.playbook import Criteria, Family, Indicator, Person, Question
from kamgen.model.settings import Limits, Rhythm, Settings, Words
from kamgen.model.values import Id, IndicatorId

# By kind: what the file holds, and where such files lie (glob patterns below the workspace, for editors).
KINDS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "account": (AccountFile, ("accounts/*.yml", "accounts/*/account.yml")),
    "contacts": (dict[Id, Contact], ("accounts/*/contacts.yml",)),
    "plan": (Plan, ("accounts/*/plan.yml",)),
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


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of file."""
    schema = TypeAdapter(KINDS[kind][0]).json_schema(by_alias=True, mode="validation")
    tidy: dict[str, Any] = _tidy(schema)
    if kind == "kamgen":
        _make_optional(tidy)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"kamgen: {kind}", **tidy}


def _tidy(node: Any) -> Any:
    """Without pydantic's generated titles; mappings whose keys have a form allow no others."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: _tidy(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))
    }
    if "properties" in node:
        tidy["properties"] = {key: _tidy(value) for key, value in node["properties"].items()}
    if "patternProperties" in tidy:
        tidy.setdefault("additionalProperties", False)
    return tidy


def _make_optional(schema: dict[str, Any]) -> None:
    """kamgen.yml is merged with the packaged one, so no key is required."""
    for part in (schema, *schema.get("$defs", {}).values()):
        if part is schema or set(part.get("properties", ())) in (_keys(Limits), _keys(Rhythm), _keys(Words)):
            part.pop("required", None)


def _keys(record: Any) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}
