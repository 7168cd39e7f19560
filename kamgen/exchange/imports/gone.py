"""What the workspace has from the other system, and the export no longer names. It is told, and never deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kamgen.exchange.imports.contacts import Pairs, listed_contacts
from kamgen.exchange.imports.values import Record, text_of
from kamgen.exchange.imports.workspace import Workspace


def gone_accounts(rows: list[Record], workspace: Workspace) -> Iterator[str]:
    """A sentence for each account whose crm_id no row names; rows that could not be used count as naming it."""
    named = {text_of(row["crm_id"]) for row in rows}
    for slug, known in workspace.accounts.items():
        if known.crm_id and known.crm_id not in named:
            yield f"{slug}: the import no longer names its crm_id {known.crm_id}. {known.path} stays as it is"


def gone_contacts(pairs: Mapping[str, Pairs], workspace: Workspace) -> Iterator[str]:
    """A sentence for each contact with a number of the other system whom it no longer names, and who has not left."""
    for slug, pair in pairs.items():
        for id_, facts in listed_contacts(workspace.accounts[slug].facts).items():
            number = text_of(facts.get("crm_id"))
            if number and id_ not in pair.known.values() and not text_of(facts.get("leaves")):
                yield f"{slug}: the import no longer names contacts.{id_} (crm_id {number}). Have they left?"
