"""The schemas that an editor checks by: they take what kamgen takes, and refuse what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from kamgen.edit.editor import EXTENSIONS, SETTINGS, editor_files, write_editor_files
from kamgen.model.files import KINDS, json_schema
from tests.conftest import assert_golden
from tests.edit.conftest import Run, tree
from tests.edit.yaml12 import load

TOP = Path(__file__).resolve().parents[2]
PACKAGED = TOP / "kamgen" / "defaults"


@cache
def validator(kind: str) -> Draft202012Validator:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def mistakes(kind: str, text: str) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(load(text))]


def files(root: Path) -> Iterator[tuple[str, Path]]:
    for kind, (_, globs) in KINDS.items():
        yield from ((kind, path) for glob in globs for path in sorted(root.glob(glob)))


@pytest.mark.parametrize("name", editor_files())
def test_the_repositorys_own_editor_files_are_up_to_date(name: str) -> None:
    assert_golden(TOP / name, editor_files()[name])


def test_the_demo_passes_its_schemas() -> None:
    told = {path.relative_to(TOP).as_posix(): mistakes(kind, path.read_text()) for kind, path in files(TOP)}
    assert len(told) > 100
    assert {path: found for path, found in told.items() if found} == {}


def test_the_packaged_defaults_pass() -> None:
    told = {path.name: mistakes(path.stem, path.read_text()) for path in sorted(PACKAGED.glob("*.yml"))}
    assert told == {name: [] for name in ("audit-menu.yml", "criteria.yml", "indicators.yml", "kamgen.yml")}


def test_scaffolds_pass(started: Path, kamgen: Run) -> None:
    for stage in ("key", "customer", "prospect", "suspect"):
        kamgen("new", "account", f"A {stage}", "--stage", stage)
    kamgen("new", "audit", "a-key")
    told = {path.relative_to(started).as_posix(): mistakes(kind, path.read_text()) for kind, path in files(started)}
    assert len(told) == 12
    assert {path: found for path, found in told.items() if found} == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("account", "name: Foo"),
        ("account", "name: Foo\nstage: cutomer"),
        ("account", "name: Foo\nstage: key\nmanger: x"),
        ("account", "name: [Foo]\nstage: key"),
        ("account", "name: Foo\nstage: key\nmanager: Margaret Peacock"),
        ("account", "name: Foo\nstage: key\ndates: [{what: x, on: 2026-02-30}]"),
        ("account", "name: Foo\nstage: key\ndates: [Contract ends]"),
        ("account", "name: Foo\nstage: key\nsites: {Graz: {name: Graz}}"),
        ("account", "name: Foo\nstage: key\npromises: [{what: x, kept: {2026-13: 1}}]"),
        ("contacts", "foo: {name: Foo, level: boss}"),
        ("contacts", "foo: {name: Foo, meet_every: monthly}"),
        ("plan", "implementation: [{who: foo}]"),
        ("plan", "intentions: {g: {goal: x, readings: {yesterday: 3}}}"),
        ("plan", "intentions: {g: {goal: x, for: them}}"),
        ("plan", "reviewed: 20 April 2026"),
        ("partnership", "foo: {evidence: x, when: 2026-01-01}"),
        ("audit", "marks: 11"),
        ("note", "with: [foo]"),
        ("team", "foo: {title: Boss}"),
        ("criteria", "criteria: {revenue: {name: Revenue, computed: profit}}"),
        ("audit-menu", "foo: {part: present, ask: How so}"),
        ("kamgen", "fail_on: errors"),
        ("kamgen", "limits: {acounts_per_manager: 4}"),
        ("kamgen", "grace: 60"),
    ],
)
def test_what_is_wrong_is_refused(kind: str, text: str) -> None:
    assert mistakes(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("account", "name: 3M\nstage: key\ncrm_id: 00123\nwallet: {2026: 900000}\nteam: foo\ncountry: NO"),
        ("account", "name: 123\nstage: suspect\nmanager:\ncontacts:\nselection:"),
        ("account", "name: Foo\nstage: key\nselection: {definition: focus, scores: {access: 4.5}}"),
        ("plan", "intelligence: {strengths: [fast, {what: 24/7}], culture: 5}\nimplementation: [Count the shelves]"),
        ("plan", "intentions: {g: {goal: x, start: 14, aim: few, readings: {2026-02-24: 11}}}"),
        ("plan", "period: {ends: 2026-07-15}\ndecisions: [More samples]"),
        ("contacts", "# nobody yet\n"),
        ("note", "kind: visit\nwith: foo\nresolved:"),
        ("kamgen", "limits: {key_accounts: 8}\nrules: {KAM205: off, KAM502: {customer: {warn_after: 90d}}}"),
        ("kamgen", "rhythm: {contact: {instigator: never}, review: 4w}"),
    ],
)
def test_what_is_right_is_taken(kind: str, text: str) -> None:
    assert mistakes(kind, text) == []


def test_schemas_are_renewed_and_settings_left_alone(tmp_path: Path) -> None:
    assert write_editor_files(tmp_path).startswith("Written: .vscode/settings.json\n")
    assert write_editor_files(tmp_path) == "The schemas are up to date.\n"
    (tmp_path / SETTINGS).write_text('{"editor.fontSize": 14} // mine\n')
    (tmp_path / ".vscode/schemas/team.json").write_text("{}")
    said = write_editor_files(tmp_path)
    assert said.startswith("Written: .vscode/schemas/team.json\n.vscode/settings.json was left as it is. ")
    assert '"./.vscode/schemas/team.json"' in said
    assert (tmp_path / SETTINGS).read_text() == '{"editor.fontSize": 14} // mine\n'
    renewed = tree(tmp_path)
    assert renewed[".vscode/schemas/team.json"].decode() == editor_files()[".vscode/schemas/team.json"]


def test_the_settings_point_at_the_schemas() -> None:
    files = editor_files()
    mapped = json.loads(files[SETTINGS])["yaml.schemas"]
    assert {name.removeprefix("./") for name in mapped} == set(files) - {SETTINGS, EXTENSIONS}
    assert [glob for globs in mapped.values() for glob in globs] == [g for _, globs in KINDS.values() for g in globs]
    assert json.loads(files[EXTENSIONS]) == {"recommendations": ["redhat.vscode-yaml"]}
