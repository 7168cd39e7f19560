"""The documentation cannot fall behind: generated parts, examples, commands and links are checked against the code."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml

from kamgen.cli import kamgen
from kamgen.commands.fields import REVIEW
from kamgen.model.files import KINDS
from kamgen.model.slips import SLIPS
from kamgen.read.playbook import default_settings
from kamgen.read.slip_files import read_slips
from kamgen.read.tables import TABLES
from kamgen.rules.examples import TEAM
from tests.conftest import assert_golden, checked, write_files
from tests.docs import excerpt, generate
from tests.docs.markdown import Fence, anchors, commands, fences, links

ROOT = generate.ROOT
PAGES = [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in generate.PAGES]
WRITING = ROOT / "playbook/writing-a-change.md"
WITH_COMMANDS = [*PAGES, pytest.param(WRITING, id="playbook/writing-a-change.md")]

# Where the README shows a plan alone, the rest of the account is taken for granted.
_README_NEEDS = {
    "playbook/team.yml": TEAM,
    "accounts/alpine-foods/account.yml": "name: Alpine Foods\nstage: key\n",
}


@pytest.mark.parametrize("path", PAGES)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    """`make golden` writes them anew."""
    assert_golden(path, generate.refreshed(path.read_text(encoding="utf-8")))


def test_generated_parts_are_complete() -> None:
    """Every kind of file, every export, every command and every rule stands on its page."""
    regions = {name for path in generate.PAGES for name in re.findall(r"<!-- generated: (.+?) -->", _text(path))}
    wanted = {f"keys of {kind}" for kind in KINDS} | {f"columns of {export}" for export in TABLES}
    in_a_table = set(SLIPS) - {REVIEW}
    wanted |= {f"command {name}" for name, _ in generate.commands() if name not in in_a_table}
    wanted |= {"slip commands", "rules", "rule index", "defaults kamgen"}
    assert wanted <= regions


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: str) -> None:
    """The table of a kind of file has words for each key; they show in editors too."""
    rows = [line for line in generate.made(f"keys of {kind}").split("\n") if line.startswith("| `")]
    assert rows
    assert not [row for row in rows if row.endswith(("| None |", "| |"))]


def test_the_excerpt_in_the_readme_is_real() -> None:
    """Its lines stand one below the other in what `kamgen check` prints on the demo."""
    fence = next(fence for fence in fences(_text(ROOT / "README.md")) if "$ kamgen check" in fence.text)
    printed = "\n" + excerpt.output_on_the_demo(ROOT)
    for block in fence.text.removeprefix("$ kamgen check\n").strip("\n").split("\n\n"):
        assert f"\n{block}\n" in printed


def test_the_json_report_is_as_shown() -> None:
    """The example has the keys that a report has."""
    shown = next(json.loads(f.text) for f in fences(_text(ROOT / "docs/commands.md")) if f.language == "json")
    real = json.loads(_text(ROOT / "tests/report/golden/json.txt"))
    assert list(shown) == list(real)
    assert list(shown["summary"]) == list(real["summary"])
    assert list(shown["findings"][0]) == list(real["findings"][0])


# --- Examples -----------------------------------------------------------------------------------------


def test_the_examples_of_the_formats_are_read(tmp_path: Path) -> None:
    """All of them are one workspace."""
    assert _data_findings(tmp_path, _files(fences(_text(ROOT / "docs/formats.md")))) == []


def test_the_examples_of_the_readme_are_read(tmp_path: Path) -> None:
    """A plan, in an account that is there already."""
    assert _data_findings(tmp_path, {**_README_NEEDS, **_files(fences(_text(ROOT / "README.md")))}) == []


def test_the_examples_of_the_configuration_are_read(tmp_path: Path) -> None:
    """Each is a file of its own."""
    shown = [fence for fence in fences(_text(ROOT / "docs/configuration.md")) if fence.title]
    assert shown
    for number, fence in enumerate(shown):
        files = {"playbook/team.yml": TEAM, "accounts/a.yml": "name: A\nstage: key\n", fence.title: fence.text}
        assert _data_findings(tmp_path / str(number), files) == [], fence.line


def test_the_examples_of_the_playbook_are_read(tmp_path: Path) -> None:
    """Those of "Writing a change" are one account, and one light account, with the demo's own playbook."""
    given = {
        f"playbook/{path.name}": path.read_text(encoding="utf-8") for path in sorted((ROOT / "playbook").glob("*.yml"))
    }
    shown = (fence for fence in fences(_text(WRITING)) if fence.language in ("yaml", "markdown"))
    assert _data_findings(tmp_path, {**given, **_joined((_in_account(fence), fence.text) for fence in shown)}) == []


def _in_account(fence: Fence) -> str:
    """The path of an example: from its heading; account.yml where that names no file."""
    if "one file" in fence.heading:
        return "accounts/light.yml"
    if fence.text.startswith("intelligence:"):
        return "accounts/example/plan.yml"
    return fence.title or f"accounts/example/{fence.file or 'account.yml'}"


def test_every_example_says_where_it_belongs() -> None:
    """So that a reader can put it there, and the tests can try it."""
    for path in generate.PAGES:
        if path.name == "import.md":  # its examples are tested with the import
            continue
        for fence in fences(re.sub(r"<!-- generated.*?<!-- end -->", "", _text(path), flags=re.DOTALL)):
            assert fence.title or fence.language not in ("yaml", "markdown", "csv"), f"{path.name}: {fence.text[:60]}"


@pytest.mark.parametrize("path", PAGES)
def test_other_yaml_is_yaml(path: Path) -> None:
    """Files of other tools, such as workflows and mkdocs.yml."""
    for fence in fences(_text(path)):
        if fence.language == "yaml" and fence.title and not fence.title.startswith(("accounts/", "playbook/")):
            assert isinstance(yaml.safe_load(fence.text), dict)


def _files(shown: Iterable[Fence]) -> dict[str, str]:
    """The examples that are files of a workspace."""
    return _joined((f.title, f.text) for f in shown if f.title.startswith(("accounts/", "playbook/")))


def _joined(parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    files: dict[str, str] = {}
    for path, text in parts:
        files[path] = files.get(path, "") + text
    return files


def _data_findings(root: Path, files: Mapping[str, str]) -> list[str]:
    """The findings of family 0, but for waivers that silence nothing (KAM018): an example shows how one is written."""
    result = checked(write_files(root, files))
    assert result.portfolio.accounts
    found = (f for f in result.findings if f.code.startswith("KAM0") and f.code != "KAM018")
    return [f"{f.place.path}:{f.place.line}: {f.code} {f.text}" for f in found]


def test_the_examples_of_slips_are_slips() -> None:
    """Those of the commands' page, with the file's name as its title."""
    shown = [fence for fence in fences(_text(ROOT / "docs/commands.md")) if fence.text.startswith("slip: ")]
    assert {slip.account for fence in shown for slip, _ in read_slips(fence.text.encode(), fence.title)} == {
        "alpine-foods"
    }


# --- Commands and links -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WITH_COMMANDS)
def test_every_command_exists(path: Path) -> None:
    """With its options, and in the shells' blocks with all that it needs."""
    for command, complete in commands(_text(path)):
        _parse(shlex.split(command)[1:], complete)


def _parse(words: list[str], complete: bool) -> None:
    command: click.Command = kamgen
    context = click.Context(kamgen)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found, f"there is no command {words[0]}"
        command, words = found, words[1:]
    try:
        command.make_context("kamgen", list(words))
    except click.MissingParameter:
        assert not complete, words
    except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        pass


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(path: Path) -> None:
    """Files below the repository, and headings on their pages."""
    for target in links(_text(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        page = (path.parent / name).resolve() if name else path
        assert page.exists(), target
        assert page.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(_text(page)), target


def test_what_the_readme_promises() -> None:
    """The two commands of a fresh clone, by their names."""
    text, makefile = _text(ROOT / "README.md"), _text(ROOT / "Makefile")
    for target in ("site", "test"):
        assert f"make {target}" in text
        assert f"\n{target}:" in makefile


def test_the_documented_targets_exist() -> None:
    """Every `make …` in CONTRIBUTING.md."""
    makefile = _text(ROOT / "Makefile")
    for target in re.findall(r"`make (\w+)`", _text(ROOT / "CONTRIBUTING.md")):
        assert f"\n{target}:" in makefile


def test_numbers_in_the_text_are_those_in_force() -> None:
    """Where a page names a shipped number in passing."""
    assert f"For `grace` ({default_settings().grace.days} days)" in _text(ROOT / "docs/configuration.md")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
