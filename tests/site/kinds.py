"""The kinds of pages of the demo: what holds for all pages is tried on one or more of each kind."""

from __future__ import annotations

import re
from pathlib import Path

KINDS = [
    "",
    "accounts/",
    "accounts/quick-stop/",
    "accounts/ernst-handel/",
    "accounts/alfreds-futterkiste/",
    "accounts/ernst-handel/notes/",
    "accounts/quick-stop/audit/",
    "accounts/quick-stop/review/",
    "audit/",
    "people/janet-leverling/",
    "actions/",
    "reviews/",
    "programme/",
    "pipeline/",
    "signals/",
    "findings/",
    "rules/",
    "rules/KAM404/",
    "reading/",
    "playbook/",
    "writing-a-change/",
]


def kind(address: str) -> str:
    """What an address has in common with others: accounts/*/audit/."""
    return re.sub(r"^(accounts|people|rules)/[^/]+/", r"\1/*/", address)


def addresses(site: Path) -> list[str]:
    """The addresses of all pages of a built site."""
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html"))


def handwritten(root: Path) -> set[str]:
    """The addresses of the playbook's own pages."""
    return {f"{path.stem}/" for path in (root / "playbook").glob("*.md")}
