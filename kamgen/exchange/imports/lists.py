"""team.yml and offer.yml: one file, a mapping from id to facts, made once and compared ever after."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.errors import KamgenError
from kamgen.exchange.imports.report import Difference, ImportReport
from kamgen.exchange.imports.values import Ids, Record, free_id, text_of, usable
from kamgen.exchange.imports.workspace import KnownFile
from kamgen.exchange.imports.write import yaml_text
from kamgen.model.identity import slug

_YES = {"true", "yes", "1", "y", "t"}


def list_ids(target: str, rows: list[Record], known: KnownFile | None, report: ImportReport) -> Ids:
    """The id of each key: that of the file's entry of the same name, else the name's slug."""
    entries = (known.facts if known else None) or {}
    named = {text_of(facts.get("name")): id_ for id_, facts in entries.items() if isinstance(facts, dict)}
    ids: Ids = {}
    for row in rows:
        if not usable(row, target, ("key", "name"), report):
            continue
        key, name = text_of(row["key"]), text_of(row["name"])
        if key in ids:
            raise KamgenError(f"{target}.sql returns the key {key} twice: give each row a key of its own.")
        wanted = named.get(name) or slug(name)
        ids[key] = free_id(wanted, key, ids.values())
        if ids[key] != wanted:
            report.notes.append(f'{target}.sql: "{name}" ({key}) becomes {ids[key]}, since {wanted} is taken')
    return ids


def list_file(rows: list[Record], ids: Ids, known: KnownFile | None, report: ImportReport) -> str | None:
    """The text of a new file; None where there is one already, which is then compared."""
    entries = {ids[key]: _entry(row, ids) for row in rows if (key := text_of(row["key"])) in ids}
    if known is None:
        return yaml_text(entries)
    if known.facts is None:
        report.notes.append(f"{known.path} cannot be read, so it was not compared")
        return None
    differences = list(_differences(known.path, entries, known.facts))
    report.differences += differences
    if not differences:
        report.unchanged.append(known.path)
    return None


def _entry(row: Record, ids: Ids) -> Record:
    facts: Record = {"name": text_of(row["name"])}
    if title := text_of(row.get("title")):
        facts["title"] = title
    if text_of(row.get("senior")).lower() in _YES:
        facts["senior"] = True
    if boss := ids.get(text_of(row.get("reports_to"))):
        facts["reports_to"] = boss
    return facts


def _differences(path: str, entries: Record, existing: Record) -> Iterator[Difference]:
    for id_, facts in entries.items():
        ours = existing.get(id_)
        if not isinstance(ours, dict):
            entry = {key: text_of(value) for key, value in facts.items()}
            yield Difference(path, (id_,), "", facts["name"], entry)
            continue
        for key, value in facts.items():
            if text_of(ours.get(key)) != text_of(value):
                yield Difference(path, (id_, key), text_of(ours.get(key)), text_of(value))
