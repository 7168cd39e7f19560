"""How a workspace's files are worded: plain YAML and CSV, the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml


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
