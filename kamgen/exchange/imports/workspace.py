"""What the workspace already says of the things that an import knows.

Only for comparison: every scalar is read as the text that stands in the file, and what cannot be read is "not
compared" here and a finding of `kamgen check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path
from typing import Any

from kamgen.model.identity import slug
from kamgen.read.files import Unreadable, read_text
from kamgen.read.yaml import Document, parse

LARGEST_KB = 2_000

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that is there: `path` is relative to the root; `facts` is None when it cannot be read."""

    path: str
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account that is there: its `path` below the root, and `unread`, the file of it that cannot be read.

    `facts` is None where that is its main file. `crm_id` is the id under which another system knows it; "" for none.
    """

    slug: str
    path: str
    facts: Facts | None
    crm_id: str = ""
    unread: str = ""


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


def known_workspace(root: Path) -> Workspace:
    """The accounts, the team and the offer of the workspace at `root`, as far as they are there."""
    root = root.resolve()
    accounts = {known.slug: known for known in _accounts(root)}
    return Workspace(
        accounts=dict(sorted(accounts.items())),
        team=_playbook(root, "team.yml"),
        offer=_playbook(root, "offer.yml"),
    )


def _accounts(root: Path) -> list[KnownAccount]:
    folder = root / "accounts"
    light = sorted((path.stem, path) for path in folder.glob("*.yml"))
    full = sorted((path.parent.name, path) for path in folder.glob("*/account.yml"))
    # Of two of one name the folder counts, as for the reader.
    return [_account(slug(name), path, root) for name, path in [*light, *full] if not name.startswith(".")]


def _account(name: str, path: Path, root: Path) -> KnownAccount:
    """An account's one document, with the contacts of its folder."""
    own, where = _document(path, root), path.relative_to(root).as_posix()
    facts = own.tree if own and isinstance(own.tree, dict) else {}
    number = facts.get("crm_id")
    crm_id = number.strip() if isinstance(number, str) else ""
    if own is None or not _whole(own):
        return KnownAccount(name, where, None, crm_id, where)
    beside = (path.parent if path.name == "account.yml" else path.with_suffix("")) / "contacts.yml"
    if not lexists(beside):
        return KnownAccount(name, where, facts, crm_id)
    contacts = _document(beside, root)
    if contacts is None or not _whole(contacts):
        return KnownAccount(name, where, facts, crm_id, beside.relative_to(root).as_posix())
    return KnownAccount(name, where, {**facts, "contacts": contacts.tree}, crm_id)


def _playbook(root: Path, name: str) -> KnownFile | None:
    path = root / "playbook" / name
    if not lexists(path):
        return None
    document = _document(path, root)
    return KnownFile(f"playbook/{name}", document.tree if document and _whole(document) else None)


def _document(path: Path, root: Path) -> Document | None:
    try:
        # The reader leaves every scalar as written: 00123, NO and 2026-05-06 are text.
        return parse(read_text(path, root, LARGEST_KB), path.name)
    except Unreadable:
        return None


def _whole(document: Document) -> bool:
    return isinstance(document.tree, dict) and not document.lost
