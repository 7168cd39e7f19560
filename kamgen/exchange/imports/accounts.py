"""Light accounts: a new file for each customer that is not in the workspace, a comparison for the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from kamgen.errors import KamgenError
from kamgen.exchange.imports.compare import FACTS, account_differences, contact_differences
from kamgen.exchange.imports.contacts import Pairs, Person, called, listed_contacts, paired
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.values import Ids, Record, free_id, refuse, text_of, usable
from kamgen.exchange.imports.workspace import KnownAccount, Workspace
from kamgen.exchange.imports.write import yaml_text
from kamgen.model.identity import slug

STAGES = ("customer", "prospect", "suspect")
LEVELS = ("instigator", "influencer", "implementer")


@dataclass(slots=True)
class Placed:
    """Where the customers of an import go.

    `slugs` of all accounts by crm_id; the `files` of new ones by path; for the others, by slug, who is who among the
    contacts.
    """

    slugs: Ids
    files: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, Pairs] = field(default_factory=dict)


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
        facts = {key: text_of(row.get(key)) for key in FACTS}
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
        facts = {"name": name, "title": text_of(row.get("title")), "level": level, "crm_id": text_of(row.get("key"))}
        if facts["crm_id"] and facts["crm_id"] in (text_of(one.get("crm_id")) for one in contacts.values()):
            raise KamgenError(f"contacts.sql returns the key {facts['crm_id']} twice for {crm_id}: one row a contact.")
        id_ = free_id(slug(name), suffix, ours | contacts.keys())
        contacts[id_] = {key: value for key, value in facts.items() if value}


def place_accounts(records: dict[str, Record], workspace: Workspace, ours: set[str], report: ImportReport) -> Placed:
    """Where each customer of an import goes; those who are there already are compared, and differences told."""
    placed = Placed({crm_id: known.slug for crm_id, known in workspace.by_crm_id().items()})
    claimed = set(placed.slugs.values())
    for crm_id, record in records.items():
        known = _known(crm_id, record, placed.slugs, claimed, workspace)
        if known:
            placed.slugs[crm_id] = known.slug
            placed.pairs[known.slug] = _compared(known, record, ours, report)
        else:
            placed.slugs[crm_id] = _new_slug(crm_id, record["name"], {*workspace.accounts, *claimed}, report)
            placed.files[f"accounts/{placed.slugs[crm_id]}.yml"] = yaml_text(record)
        claimed.add(placed.slugs[crm_id])
    return placed


def contact_names(placed: Placed, records: dict[str, Record], workspace: Workspace, with_new: bool) -> dict[str, Ids]:
    """By account: what rows may call its contacts, those of the file and those of the import.

    Who is not in the file counts only `with_new`, that is where the import adds them.
    """
    people: dict[str, list[Person]] = {
        slug: list(listed_contacts(known.facts).items()) for slug, known in workspace.accounts.items()
    }
    for crm_id, record in records.items():
        slug_ = placed.slugs[crm_id]
        pairs = placed.pairs.get(slug_)
        wanted = record.get("contacts", {})
        ids = pairs.ids(with_new) if pairs else {id_: id_ for id_ in wanted}
        people.setdefault(slug_, []).extend((ids[id_], facts) for id_, facts in wanted.items() if id_ in ids)
    return {slug_: called(ones) for slug_, ones in people.items()}


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


def _compared(known: KnownAccount, record: Record, ours: set[str], report: ImportReport) -> Pairs:
    """Who is who among the contacts; differences and what could not be compared go to the report."""
    if known.unread:
        report.notes.append(f"{known.unread} cannot be read, so it was not compared")
    if known.facts is None:
        return Pairs()
    pairs = paired(record.get("contacts", {}), listed_contacts(known.facts), ours)
    differences = list(account_differences(known, record))
    if not known.unread:
        differences += contact_differences(known, record, pairs)
    report.differences += differences
    if not differences and not known.unread:
        report.unchanged.append(known.path)
    return pairs if not known.unread else Pairs(pairs.known)
