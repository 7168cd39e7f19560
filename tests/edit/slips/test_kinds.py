"""Each kind of slip, written into accounts of odd forms: only the expected lines change, once, and all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.model.slips import SLIPS
from tests.conftest import Write, assert_golden
from tests.edit.conftest import tree
from tests.edit.slips.applying import CASES, applied, slips_of, told
from tests.edit.slips.samples import FORMS

GOLDEN = Path(__file__).parent / "golden"


def test_every_kind_has_a_case() -> None:
    assert {slip.slip for case in CASES.values() for slip in slips_of(case)} == set(SLIPS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_only_the_expected_lines_change_and_only_once(workspace: Write, name: str, form: str) -> None:
    root = workspace(FORMS[form])
    before = tree(root)
    said = applied(root, *slips_of(CASES[name])).text()
    assert_golden(GOLDEN / f"{name}.{form}.diff", f"{told(before, root)}\n{said}")
    once = tree(root)
    again = applied(root, *slips_of(CASES[name]))
    assert tree(root) == once
    assert (again.files, again.changes) == ((), ())
    assert len(again.answers) > 1 or "Already so: " in again.text()


def _is_stopped(root: Path, name: str) -> bool:
    try:
        applied(root, *slips_of(CASES[name]))
    except KamgenError as error:
        return str(error).startswith("Nothing was written")
    return False


# A case of each kind in a folder; those that write several files in both forms.
ONE_OF_EACH = {kind: next(name for name, case in CASES.items() if slips_of(case)[0].slip == kind) for kind in SLIPS}  # type: ignore[attr-defined]
STOPPED = [(name, "folder") for name in ONE_OF_EACH.values()]
STOPPED += [(name, form) for name in ("many-in-order", ONE_OF_EACH["leaves"]) for form in FORMS]


@pytest.mark.parametrize(("name", "form"), dict.fromkeys(STOPPED))
def test_a_stop_at_any_write_leaves_all_as_it_was(
    workspace: Write, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    root = workspace(FORMS[form])
    before = tree(root)
    real = os.fsync, Path.replace
    left = 0

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")

    def fsync(descriptor: int) -> None:
        step()
        real[0](descriptor)

    def replace(self: Path, target: Path) -> Path:
        if self.name.endswith(".new.tmp"):
            step()
        return real[1](self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    for steps in range(100):
        left = steps
        if not _is_stopped(root, name):
            break
        assert tree(root) == before
    written = [path for path, raw in tree(root).items() if before.get(path) != raw]
    assert written
    assert steps == 2 * len(written)


def test_a_dry_run_tells_the_same_and_writes_nothing(workspace: Write) -> None:
    root = workspace(FORMS["folder"])
    before = tree(root)
    dry = applied(root, *slips_of(CASES["leaves"]), dry_run=True)
    assert tree(root) == before
    real = applied(root, *slips_of(CASES["leaves"]))
    assert dry.text().replace("Would be written", "Written") == real.text()
