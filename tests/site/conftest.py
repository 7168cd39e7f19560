"""Built sites to look at: the demo (once a session), and a browser to read it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.conftest import write_files
from tests.site.validity import parse

REPOSITORY = Path(__file__).parent.parent.parent
# The shell without windows comes first: it takes a third of the processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MKDOCS_YML = """\
site_name: Test
docs_dir: playbook
repo_url: https://git.example/plans
edit_uri: edit/main/playbook/
theme: {name: material}
plugins: [search, kamgen, {macros: {modules: [kamgen.macros], on_undefined: strict, on_error_fail: true}}]
"""


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`kamgen build` in a workspace, in a process of its own."""
    command = [sys.executable, "-m", "kamgen", "build", *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1778068800", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, encoding="utf-8"
    )


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Plain MkDocs in a workspace."""
    command = [sys.executable, "-m", "mkdocs", "build", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, encoding="utf-8")


Build = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """Writes a workspace (with a mkdocs.yml unless given), builds it, and gives the site's folder."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = write_files(tmp_path / "workspace", {"mkdocs.yml": MKDOCS_YML, "playbook/playbook.md": "# P\n", **files})
        done = build(root)
        assert done.returncode == 0, done.stdout + done.stderr
        return root / "site"

    return make


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's site, built from a copy of the repository's workspace."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    for name in ("accounts", "playbook"):
        shutil.copytree(REPOSITORY / name, root / name)
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page as html5lib reads it: its tree, and what its parser found wrong."""

    address: str
    text: str
    tree: Any
    faults: Sequence[str]


@pytest.fixture(scope="session")
def parsed(demo: Path) -> Sequence[Parsed]:
    """Every page of the demo."""
    pages = sorted(demo.rglob("*.html"))
    texts = ((page, page.read_text(encoding="utf-8")) for page in pages)
    return [Parsed(page.relative_to(demo).as_posix(), text, *parse(text)) for page, text in texts]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a built site on this machine, and gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(demo: Path) -> Iterator[str]:
    """Where the demo's site is served on this machine."""
    with served(demo) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's chromium; without one, tests fail in CI and are skipped with a reason elsewhere."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no chromium on this machine; .ci/run installs one")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


class Watched:
    """A page, and what went wrong while it was read."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: request.url.startswith(address) or self._ask(request.url))
        page.on("response", self._answered)

    def _ask(self, url: str) -> None:
        if not url.startswith(("data:", "blob:")):
            self.foreign.append(url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status} {response.url}")

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until our script has run."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def site(browser: Browser, address: str) -> Iterator[Watched]:
    """The demo's site; a console error or a request to another host fails the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watched = Watched(page, address)
    yield watched
    page.close()
    assert watched.errors == []
    assert watched.foreign == []
