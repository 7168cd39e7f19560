"""Building and serving with MkDocs in a process of its own, and swapping the finished site in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from kamgen.errors import KamgenError

AS_OF = "KAMGEN_AS_OF"
HISTORY = "KAMGEN_HISTORY"


def build_site(root: Path, site_dir: Path, strict: bool, as_of: date | None, history: bool = False) -> bool:
    """Build into a fresh folder beside `site_dir` and swap it in; whether that went well.

    With `history` each account's course over the last twelve months is told. When the build fails, the fresh folder
    goes and the last good site stands as it was.
    """
    site_dir = site_dir.resolve()
    _refuse_sources(root, site_dir)
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site_dir.name}.", dir=site_dir.parent))
    try:
        arguments = ["build", "--site-dir", str(fresh / "new"), *(["--strict"] if strict else [])]
        done = _mkdocs(root, arguments, as_of, history) == 0
        if done:
            _swap(fresh, site_dir)
        return done
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def serve_site(root: Path, address: str, as_of: date | None) -> int:
    """Serve the site until it is stopped; the exit code of MkDocs."""
    _refuse_address(address)
    # click 8.3 switched live reload off by default; ask for it in words.
    return _mkdocs(root, ["serve", "--livereload", "--dev-addr", address], as_of)


def _refuse_address(address: str) -> None:
    """Tell in one line what MkDocs would tell with a traceback."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise KamgenError(f'"{address}" is no address to serve at. Write it like 127.0.0.1:8000.')
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except OSError as error:
        other = f"{host}:{int(port) % 65535 + 1}"
        why = (error.strerror or str(error)).partition(" (")[0]
        raise KamgenError(
            f"The site cannot be served at {address}: {why}. Try another: kamgen serve --address {other}"
        ) from error


def _mkdocs(root: Path, arguments: list[str], as_of: date | None, history: bool = False) -> int:
    config = root / "mkdocs.yml"
    if not config.is_file():
        raise KamgenError(f"There is no mkdocs.yml in {root}. `kamgen init` makes one in a new workspace.")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if as_of:
        environment[AS_OF] = as_of.isoformat()
    if history:
        environment[HISTORY] = "1"
    command = [sys.executable, "-m", "mkdocs", arguments[0], "--config-file", str(config), *arguments[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def _refuse_sources(root: Path, site_dir: Path) -> None:
    """A site is swapped in whole, so it must not take the place of anything hand-made."""
    root = root.resolve()
    if root.is_relative_to(site_dir) or any(site_dir.is_relative_to(root / name) for name in ("accounts", "playbook")):
        raise KamgenError(f"The site cannot be built into {site_dir}: the workspace's own files stand there.")
    if site_dir.exists() and any(site_dir.iterdir()) and not (site_dir / "sitemap.xml").exists():
        raise KamgenError(f"{site_dir} holds other files than a site. Choose another folder with --site-dir.")


def _swap(fresh: Path, site_dir: Path) -> None:
    old = fresh / "old"
    if site_dir.exists():
        site_dir.rename(old)
    try:
        (fresh / "new").rename(site_dir)
    except OSError:
        if old.exists():
            old.rename(site_dir)
        raise
