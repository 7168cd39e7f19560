"""What an account's file says and what an import says of the same customer: the differences, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.exchange.imports.contacts import Pairs, listed_contacts
from kamgen.exchange.imports.report import Difference
from kamgen.exchange.imports.values import Record, text_of
from kamgen.exchange.imports.workspace import KnownAccount

FACTS = ("name", "stage", "country", "region", "segment", "crm_id")
_BUYING = {"key": True, "customer": True, "prospect": False, "suspect": False}


def account_differences(known: KnownAccount, record: Record) -> Iterator[Difference]:
    """Where the account's own fields differ; what the import leaves empty says nothing."""
    for key in (*FACTS, "manager"):
        in_file, in_import = text_of((known.facts or {}).get(key)), text_of(record.get(key))
        # An export cannot tell a key account from a customer, nor a suspect from a prospect.
        agree = in_file == in_import or (key == "stage" and _BUYING.get(in_file) == _BUYING.get(in_import))
        if in_import and not agree:
            yield Difference(known.slug, (key,), in_file, in_import)


def contact_differences(known: KnownAccount, record: Record, pairs: Pairs) -> Iterator[Difference]:
    """Where the people differ, and who is new."""
    listed = listed_contacts(known.facts)
    for wanted, facts in record.get("contacts", {}).items():
        if wanted in pairs.new:
            id_ = pairs.new[wanted]
            yield Difference(known.slug, ("contacts", id_), "", facts["name"], facts)
            continue
        id_ = pairs.known[wanted]
        for key in ("name", "title", "crm_id"):  # the level is a guess from the title: a hand knows better
            in_file = text_of(listed[id_].get(key))
            if facts.get(key) and in_file != facts[key]:
                yield Difference(known.slug, ("contacts", id_, key), in_file, facts[key])
