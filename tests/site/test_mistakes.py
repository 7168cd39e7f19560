"""Mistakes on playbook pages: one line that says where, and a site that stands."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import write_files
from tests.site.conftest import MKDOCS_YML, build

CLEAN = {
    "mkdocs.yml": MKDOCS_YML,
    "playbook/playbook.md": "# Playbook\n",
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "accounts/a.yml": "name: Alfreds Futterkiste\nstage: customer\n",
}


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ('# P\n\n{{ account("nobody") }}\n', 'line 3 of its text: account("nobody"): there is no such account'),
        ("# P\n\n{% if %}\n", "line 3 of its text: Expected an expression, got 'end of statement block'"),
        ("---\ntitle: T\n---\n# P\n{{ nothing }}\n", "line 2 of its text: 'nothing' is undefined"),
    ],
)
def test_a_mistake_in_a_macro_is_one_line(tmp_path: Path, page: str, line: str) -> None:
    done = build(write_files(tmp_path, {**CLEAN, "playbook/house.md": page}))
    assert done.returncode == 1
    assert f"kamgen: the playbook page house.md, {line}\n" in done.stderr
    assert "Traceback" not in done.stderr


class Served:
    """`kamgen serve` in a workspace, and what it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.log = root / "serve.log"
        command = [sys.executable, "-m", "kamgen", "serve", "--address", f"127.0.0.1:{self.port}"]
        with self.log.open("wb") as log:
            environment = {**os.environ, "PYTHONUTF8": "1"}
            self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)

    def wait_for(self, words: str, times: int = 1) -> str:
        """Wait until it has said something so often; its whole log."""
        for _ in range(300):
            said = self.log.read_text(encoding="utf-8")
            if said.count(words) >= times:
                return said
            time.sleep(0.2)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def read(self, path: str) -> str:
        """A page as it is served."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=20) as answer:
            text: str = answer.read().decode()
        return text


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Served]:
    """A small workspace that is served."""
    served = Served(write_files(tmp_path, CLEAN))
    yield served
    served.process.terminate()
    served.process.wait(20)


def test_serving_goes_on_with_the_last_good_site(serving: Served) -> None:
    serving.wait_for("Serving on")
    taken = serving.root / "playbook/rules.md"
    taken.write_text("# Mine\n", encoding="utf-8")
    said = serving.wait_for("what stood there before is still shown")
    assert "the playbook page rules.md would stand at an address of kamgen's own" in said
    assert "Traceback" not in said
    assert "Alfreds Futterkiste" in serving.read("accounts/a/")
    taken.unlink()
    (serving.root / "accounts/a.yml").write_text("name: Alfred the Second\nstage: customer\n", encoding="utf-8")
    serving.wait_for("Documentation built in", 2)
    serving.wait_for("Reloading browsers", 2)
    assert "Alfred the Second" in serving.read("accounts/a/")
    assert not list(Path(serving.log.parent).glob("*.last"))


def test_serving_a_workspace_that_cannot_be_built_ends_at_once(tmp_path: Path) -> None:
    root = write_files(tmp_path, {**CLEAN, "playbook/rules.md": "# Mine\n"})
    served = Served(root)
    assert served.process.wait(60) != 0
    assert "address of kamgen's own" in served.log.read_text(encoding="utf-8")
