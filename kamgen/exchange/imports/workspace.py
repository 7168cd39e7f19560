"""What the workspace already says of the things that an import knows.

Only for comparison: every scalar is read as the text that stands in the file, and what cannot be read is "not
compared" here and a finding of `kamgen check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path
from typing import Any

from kamgen.read.files import Unreadable, read_text
from kamgen.read.yaml import parse

LARGEST_KB = 2_000

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that is there: `path` is relative to the root; `facts` is None when it cannot be read."""

    path: str
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account that is there: its `path` below the root; `facts` is None when its file cannot be read."""

    slug: str
    path: str
    facts: Facts | None

    @property
    def crm_id(self) -> str:
        """The id under which another system knows it; "" where it names none."""
        crm_id = (self.facts or {}).get("crm_id")
        return crm_id.strip() if isinstance(crm_id, str) else ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Accounts by slug, and the two playbook files that an import makes, where they are there."""

    accounts: dict[str, KnownAccount] = field(default_factory=dict)
    team: KnownFile | None = None
    offer: KnownFile | None = None

    def by_crm_id(self) -> dict[str, KnownAccount]:
        """The accounts that name a crm_id; the first in the order of slugs where two name the same."""
        found: dict[str, KnownAccount] = {}
        for known in self.accounts.values():
            if known.crm_id:
                found.setdefault(known.crm_id, known)
        return found


def read_workspace(root: Path) -> Workspace:
    """The accounts, the team and the offer of the workspace at `root`, as far as they are there."""
    root = root.resolve()
    return Workspace(
        accounts={known.slug: known for known in _accounts(root)},
        team=_playbook(root, "team.yml"),
        offer=_playbook(root, "offer.yml"),
    )


def _accounts(root: Path) -> list[KnownAccount]:
    folder = root / "accounts"
    files = [(path.stem, path) for path in folder.glob("*.yml")]
    files += [(path.parent.name, path) for path in folder.glob("*/account.yml")]
    return [
        # In lower case: on many disks Foo.yml and foo.yml are one file.
        KnownAccount(name.lower(), path.relative_to(root).as_posix(), _document(path, root))
        for name, path in sorted(files)
        if not name.startswith(".")
    ]


def _document(path: Path, root: Path) -> Facts | None:
    """An account's one document, with the contacts of its folder."""
    facts = _mapping(path, root)
    beside = path.parent if path.name == "account.yml" else path.with_suffix("")
    contacts = _mapping(beside / "contacts.yml", root)
    return facts if facts is None or contacts is None else {**facts, "contacts": contacts}


def _playbook(root: Path, name: str) -> KnownFile | None:
    path = root / "playbook" / name
    return KnownFile(f"playbook/{name}", _mapping(path, root)) if lexists(path) else None


def _mapping(path: Path, root: Path) -> Facts | None:
    try:
        # The reader leaves every scalar as written: 00123, NO and 2026-05-06 are text.
        document = parse(read_text(path, root, LARGEST_KB), path.name)
    except Unreadable:
        return None
    return document.tree if isinstance(document.tree, dict) and not document.lost else None
