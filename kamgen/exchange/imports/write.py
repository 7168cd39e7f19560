"""How a workspace's files are written: plain YAML and CSV, the same bytes each time, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kamgen.errors import KamgenError


def yaml_text(document: Mapping[str, Any]) -> str:
    """A document as block YAML, one key a line; text is quoted only where YAML needs it."""
    return yaml.dump(
        dict(document),
        Dumper=yaml.SafeDumper,
        default_flow_style=False,
        sort_keys=False,
        allow_unicode=True,
        width=2**20,
        line_break="\n",
    )


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their heading, comma-separated, with Unix line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def write_whole(path: Path, text: str) -> bool:
    """Write a file by swapping in a finished copy; False when it already held just this text."""
    data = text.encode("utf-8")
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _swap_in(path, data)
    except OSError as error:
        raise KamgenError(f"Cannot write {path}: {error.strerror}.") from error
    return True


def _swap_in(path: Path, data: bytes) -> None:
    # Hidden, so that nothing takes the half-written copy for a file of the workspace.
    copy = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with copy.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
