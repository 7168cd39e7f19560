"""Light accounts: a new file for each customer that is not in the workspace, a comparison for the others."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.errors import KamgenError
from kamgen.exchange.imports.report import Difference, ImportReport
from kamgen.exchange.imports.values import Ids, Record, free_id, refuse, text_of, usable
from kamgen.exchange.imports.workspace import KnownAccount, Workspace
from kamgen.exchange.imports.write import yaml_text
from kamgen.model.identity import slug

STAGES = ("customer", "prospect", "suspect")
LEVELS = ("instigator", "influencer", "implementer")
_FACTS = ("name", "stage", "country", "region", "segment", "crm_id")
_BUYING = {"key": True, "customer": True, "prospect": False, "suspect": False}


def account_records(rows: list[Record], people: Ids | None, report: ImportReport) -> dict[str, Record]:
    """Light accounts as they would be written, by crm_id and in its order."""
    records: dict[str, Record] = {}
    for row in sorted(rows, key=lambda row: text_of(row["crm_id"])):
        if not usable(row, "accounts", ("crm_id", "name"), report):
            continue
        crm_id, stage = text_of(row["crm_id"]), text_of(row["stage"])
        if crm_id in records:
            raise KamgenError(f"accounts.sql returns the crm_id {crm_id} twice: return one row a customer.")
        _one_of("accounts", "stage", stage, STAGES, crm_id)
        facts = {key: text_of(row.get(key)) for key in _FACTS}
        facts["manager"] = _manager(text_of(row.get("manager")), people, crm_id, report)
        records[crm_id] = {key: value for key, value in facts.items() if value}
    return records


def add_contacts(records: dict[str, Record], rows: list[Record], ours: set[str], report: ImportReport) -> None:
    """Put each contact into its account's record; `ours` are our people's ids, which no contact may bear."""
    for row in rows:
        if not usable(row, "contacts", ("crm_id", "name"), report):
            continue
        crm_id, name, level = (text_of(row.get(key)) for key in ("crm_id", "name", "level"))
        if crm_id not in records:
            refuse("contacts", f"{name}: no account has the crm_id {crm_id}", report)
            continue
        if level:
            _one_of("contacts", "level", level, LEVELS, name)
        contacts = records[crm_id].setdefault("contacts", {})
        suffix = "contact" if slug(name) in ours else "2"
        facts = {"name": name, "title": text_of(row.get("title")), "level": level}
        id_ = free_id(slug(name), suffix, ours | contacts.keys())
        contacts[id_] = {key: value for key, value in facts.items() if value}


def place_accounts(
    records: dict[str, Record], workspace: Workspace, report: ImportReport
) -> tuple[Ids, dict[str, str]]:
    """The slugs of all accounts by crm_id, and the files of the new ones by path; known ones are compared."""
    slugs = {crm_id: known.slug for crm_id, known in workspace.by_crm_id().items()}
    claimed = set(slugs.values())
    files: dict[str, str] = {}
    for crm_id, record in records.items():
        known = _known(crm_id, record, slugs, claimed, workspace)
        if known:
            slugs[crm_id] = known.slug
            _compare(known, record, report)
        else:
            slugs[crm_id] = _new_slug(crm_id, record["name"], {*workspace.accounts, *claimed}, report)
            files[f"accounts/{slugs[crm_id]}.yml"] = yaml_text(record)
        claimed.add(slugs[crm_id])
    return slugs, files


def _one_of(target: str, column: str, value: str, values: tuple[str, ...], of: str) -> None:
    if value not in values:
        raise KamgenError(f'{target}.sql says {column} "{value}" for {of}: it can be {", ".join(values)}.')


def _manager(key: str, people: Ids | None, crm_id: str, report: ImportReport) -> str:
    """The manager's id; without a team.sql the key is taken for an id of team.yml."""
    if people is None:
        return key
    if key and key not in people:
        refuse("accounts", f"{crm_id}: the manager {key} is not in team.sql", report)
    return people.get(key, "")


def _known(crm_id: str, record: Record, slugs: Ids, claimed: set[str], workspace: Workspace) -> KnownAccount | None:
    """The account that is this customer: by its crm_id, else by its name where it names no crm_id."""
    if crm_id in slugs:
        return workspace.accounts[slugs[crm_id]]
    wanted = slug(record["name"])
    for name in (wanted, f"{wanted}-{slug(crm_id)}"):
        known = workspace.accounts.get(name)
        if known and name not in claimed and not known.crm_id:
            return known
    return None


def _new_slug(crm_id: str, name: str, taken: set[str], report: ImportReport) -> str:
    wanted = slug(name)
    found = free_id(wanted, crm_id, taken)
    if found != wanted:
        report.notes.append(f'{crm_id} "{name}" becomes {found}, since another account is called {wanted}')
    return found


def _compare(known: KnownAccount, record: Record, report: ImportReport) -> None:
    if known.facts is None:
        report.notes.append(f"{known.path} cannot be read, so it was not compared")
        return
    differences = [*_fact_differences(known, record), *_contact_differences(known, record)]
    report.differences += differences
    if not differences:
        report.unchanged.append(known.path)


def _fact_differences(known: KnownAccount, record: Record) -> Iterator[Difference]:
    for key in (*_FACTS, "manager"):
        in_file, in_import = text_of((known.facts or {}).get(key)), text_of(record.get(key))
        # An export cannot tell a key account from a customer, nor a suspect from a prospect.
        agree = in_file == in_import or (key == "stage" and _BUYING.get(in_file) == _BUYING.get(in_import))
        if in_import and not agree:
            yield Difference(known.slug, key, in_file, in_import)


def _contact_differences(known: KnownAccount, record: Record) -> Iterator[Difference]:
    contacts = (known.facts or {}).get("contacts")
    pairs = contacts.items() if isinstance(contacts, dict) else ()
    listed = {id_: facts for id_, facts in pairs if isinstance(facts, dict)}
    named = {text_of(facts.get("name")): facts for facts in listed.values()}
    for id_, facts in record.get("contacts", {}).items():
        ours = named.get(facts["name"]) or listed.get(id_)
        if ours is None:
            yield Difference(known.slug, f"contacts.{id_}", "", facts["name"])
            continue
        for key in ("name", "title"):  # the level is a guess from the title: a hand knows better
            if facts.get(key) and text_of(ours.get(key)) != facts[key]:
                yield Difference(known.slug, f"contacts.{id_}.{key}", text_of(ours.get(key)), facts[key])
