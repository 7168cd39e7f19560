"""An account on its way from files to a record: where it was found, and what has been read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kamgen.model.account import AccountFile
from kamgen.model.portfolio import HeldAudit, Note
from kamgen.model.values import Stage
from kamgen.read.source import Source


@dataclass(slots=True)
class Found:
    """Where an account's files are, before anything is read."""

    slug: str
    file: Path | None = None
    folder: Path | None = None


@dataclass(slots=True)
class Reading:
    """An account half read: its record is there, its references are not yet checked."""

    source: Source
    slug: str
    record: AccountFile
    stage: Stage | None
    files: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    audits: list[HeldAudit] = field(default_factory=list)
    attachments: set[str] = field(default_factory=set)
    strays: list[Path] = field(default_factory=list)
