"""VS Code's part in it: JSON Schemas of a workspace's files and the settings that make the editor use them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kamgen.edit.atomic import write_files
from kamgen.model.files import KINDS, json_schema

SETTINGS = ".vscode/settings.json"
EXTENSIONS = ".vscode/extensions.json"


def editor_files() -> dict[str, str]:
    """The editor's files by their path below the root: a schema for each kind of YAML file, settings, extensions."""
    kinds = {kind: globs for kind, (_, globs) in KINDS.items() if globs}
    settings = {
        "yaml.schemas": {f"./{_schema_path(kind)}": list(globs) for kind, globs in kinds.items()},
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},  # YAML refuses tabs
    }
    return {
        SETTINGS: _json(settings),
        EXTENSIONS: _json({"recommendations": ["redhat.vscode-yaml"]}),
        **{_schema_path(kind): _json(json_schema(kind)) for kind in kinds},
    }


def write_editor_files(root: Path) -> str:
    """Renew the schemas of a workspace, add settings where there are none yet; the text that says what was done.

    Settings that are there already may hold somebody's own choices: they are left alone, and what is missing in them
    is told.
    """
    wanted = editor_files()
    kept = [name for name in (SETTINGS, EXTENSIONS) if (root / name).exists()]
    changed = {name: text for name, text in wanted.items() if name not in kept and _differs(root / name, text)}
    write_files({root / name: text for name, text in changed.items()})
    lines = [f"Written: {name}" for name in changed] or ["The schemas are up to date."]
    if SETTINGS in kept and _differs(root / SETTINGS, wanted[SETTINGS]):
        lines += [f"{SETTINGS} was left as it is. The editor finds the schemas when these lines stand in it:"]
        lines += [json.dumps({"yaml.schemas": json.loads(wanted[SETTINGS])["yaml.schemas"]}, indent=2)]
    return "\n".join(lines) + "\n"


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_bytes() != text.encode()


def _schema_path(kind: str) -> str:
    return f".vscode/schemas/{kind}.json"


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
