"""Another name for an account, for one of our people, or for something in an account: every reference follows.

A name stands in many places: as the key or the id of the thing, in references to it, in the subjects of waivers and of
the baseline, in columns of exports, in macros of playbook pages. Each is replaced where it stands, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kamgen.edit import spans
from kamgen.edit.cells import renamed_cells
from kamgen.edit.draft import Draft
from kamgen.edit.sheet import Change, Keys, sheet_of, start_mark
from kamgen.edit.workspace import account_slug
from kamgen.edit.writing import scalar
from kamgen.errors import KamgenError, near
from kamgen.model.account import AccountFile, Audit, NoteHead
from kamgen.model.files import record_of
from kamgen.model.identity import IS_ID, slug
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.settings import Settings
from kamgen.read import references
from kamgen.read.baseline import BASELINE, read_baseline
from kamgen.read.crosscheck import item_lists
from kamgen.read.files import Unreadable
from kamgen.read.markdown import split_front_matter
from kamgen.read.origins import SETTINGS_FILE
from kamgen.read.tables import TABLES
from kamgen.read.workspace import EXPORT_CAP_KB
from kamgen.read.yaml import NULLS, scalars

# What a reference to such a thing is called, by the key path of the collection that it stands in.
_REFERRED = {
    ("contacts",): "contact",
    ("sites",): "site",
    ("dates",): "date",
    ("plan", "intentions"): "goal",
    ("plan", "implementation"): "action",
}
_TOPICS = ("deliveries", "sales", "not-known-yet")
_TEAM = "playbook/team.yml"
_ROOMS = {"account": "accounts", "person": "people"}  # where the pages of each are
# Where a subject names one of our people beside the places in an account.
_PERSON_SUBJECTS = ("people", "playbook/team")


@dataclass(frozen=True, slots=True)
class Renaming:
    """From one name to another: what stands at these key paths in the one document of an account.

    `values` gives the new text of a scalar by its key path, `named` the key paths that end with the old name.
    """

    old: str
    new: str
    values: dict[Keys, str] = field(default_factory=dict)
    named: set[Keys] = field(default_factory=set)

    def refer(self, found: Iterator[tuple[Keys, str]]) -> None:
        """Take in references, of which those to the old name follow."""
        for keys, name in found:
            if name == self.old:
                self.values[keys] = self.new
                self.named.add(keys if keys[-1] == name else (*keys, name))

    def subject(self, name: str) -> str:
        """A subject with the new name wherever one of its segments is the thing."""
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            if parts[end - 1] == self.old and tuple(parts[:end]) in self.named:
                return ".".join([*parts[: end - 1], self.new, *parts[end:]])
        return name

    def follow(self, text: str, at: Keys) -> str:
        """The text of a YAML file, whose top stands at a key path, with the new texts in place of the old ones."""
        sheet = sheet_of(text)
        changes = []
        for keys, node in scalars(sheet.root, at, with_keys=False):
            new = self.values.get(keys) or (self.values.get((*keys, node.value)) if node.value == self.old else None)
            if new and node.value != new:
                quote = node.style if node.style in ("'", '"') else ""
                changes.append(
                    Change(start_mark(node), sheet.end(node), f"{quote}{new}{quote}" if quote else scalar(new))
                )
        return sheet.changed(changes) if changes else text


Follow = Callable[[str], str]  # the identity of a finding before and after


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a new name brings besides the changes in the draft: findings that follow it, and files that move."""

    follow: Follow
    moves: Mapping[Path, Path] = field(default_factory=dict)


# --- An account ----------------------------------------------------------------------------------------------------


def rename_account(draft: Draft, portfolio: Portfolio, old: str, new: str) -> Renamed:
    """Give an account another slug. What stands in its files is changed where they stand now; then they move.

    Raises KamgenError where there is no such account, and where the new name cannot be.
    """
    account = _account(portfolio, old)
    old = account.slug
    _refuse_form(new)
    former = {name: one.slug for one in portfolio.accounts.values() for name in one.record.formerly}
    if new in portfolio.accounts:
        raise KamgenError(f'There is an account "{new}" already. Choose another name.')
    if former.get(new, old) != old:
        raise KamgenError(
            f'"{new}" was the name of {former[new]} before, and links to it lead there. Choose another name.'
        )
    home = draft.home(old, ("formerly",)).path
    moves = _moves(draft, old, new)
    if not (draft.root / home).is_file():
        raise KamgenError(f"There is no {home}, in which the old name would be kept. Write that file first.")
    names = [name for name in account.record.formerly if name != new] + [old]
    draft.set(old, ("formerly",), names)
    renaming = Renaming(old, new)
    _rename_cells(draft, renaming, {"account": None})
    _rename_on_pages(draft, "account", old, new)
    return Renamed(_rename_identities(draft, lambda owner, name: (new if owner == old else owner, name)), moves)


def _moves(draft: Draft, old: str, new: str) -> dict[Path, Path]:
    accounts = draft.root / "accounts"
    moves = {path: accounts / f"{new}{ending}" for _, path, ending in _own(draft, [old])}
    for target in moves.values():
        if os.path.lexists(target):
            raise KamgenError(f"accounts/{target.name} is there already. Choose another name, or move it away first.")
    return moves


def _own(draft: Draft, wanted: Collection[str]) -> Iterator[tuple[str, Path, str]]:
    """The folders and the files of some accounts, each with its account before it and its ending behind it."""
    accounts, files = draft.root / "accounts", draft.files
    for entry in files.names(accounts):
        path = accounts / entry
        stem, ending = (entry, "") if files.is_folder(path) else (path.stem, path.suffix)
        name = stem if IS_ID(stem) else slug(stem)
        if ending in ("", ".yml") and name in wanted:
            yield name, path, ending


# --- One of our people ---------------------------------------------------------------------------------------------


def rename_person(draft: Draft, portfolio: Portfolio, old: str, new: str) -> Renamed:
    """Give one of our people another id, here and in every account."""
    team = portfolio.playbook.team or {}
    if old not in team:
        raise KamgenError(f'There is nobody with the id "{old}" in {_TEAM}.{near(old, team)}')
    _refuse_form(new)
    if new in team:
        raise KamgenError(f'"{new}" is the id of {team[new].name} already. Choose another id.')
    if portfolio.playbook.former.get(new, old) != old:
        raise KamgenError(f'"{new}" was the id of somebody else before, and links to it lead there. Choose another id.')
    for account in portfolio.accounts.values():
        if new in account.contacts:
            raise KamgenError(f'"{new}" is the id of a contact of {account.name}. Choose another id.')
    _refuse_broken(draft, [(_TEAM, ""), (SETTINGS_FILE, ""), *_yaml_files(draft, portfolio.accounts)], old)
    everywhere = Renaming(old, new, named={(top, old) for top in _PERSON_SUBJECTS})
    for account in portfolio.accounts.values():
        renaming = Renaming(old, new)
        renaming.refer(_references(account, "ours"))
        _rename_in_account(draft, account, renaming)
        everywhere.named.update(renaming.named)
    _rename_in_playbook(draft, portfolio, everywhere)
    former = [name for name in team[old].formerly if name != new] + [old]
    text = spans.rename(draft.text(_TEAM), (old,), new)
    draft.replace(_TEAM, spans.put(text, (new, "formerly"), former))
    _rename_cells(draft, everywhere, {"who": None})
    _rename_on_pages(draft, "person", old, new)
    return Renamed(_rename_identities(draft, lambda owner, name: (owner, everywhere.subject(name))))


def _rename_in_playbook(draft: Draft, portfolio: Portfolio, renaming: Renaming) -> None:
    team = Renaming(renaming.old, renaming.new)
    team.refer(references.naming(record_of("team"), portfolio.playbook.team, (), "ours"))
    draft.replace(_TEAM, team.follow(draft.text(_TEAM), ()))
    if not (draft.root / SETTINGS_FILE).is_file():
        return
    settings = Renaming(renaming.old, renaming.new)
    settings.refer(references.naming(Settings, portfolio.settings, (), "ours"))
    for waiver in portfolio.settings.waivers:
        settings.values[("waivers", waiver.id, "subject")] = renaming.subject(waiver.subject)
    draft.replace(SETTINGS_FILE, settings.follow(draft.text(SETTINGS_FILE), ()))


# --- Something in an account ---------------------------------------------------------------------------------------


def rename_item(draft: Draft, portfolio: Portfolio, name: str, word: str, new: str) -> Renamed:
    """Give a contact, a site, a goal or an entry of a list in an account another id.

    `word` is the id, or as much of the key path as tells it apart from others (`contacts.roland-mendel`).
    """
    account = _account(portfolio, name)
    path = _meant(account, word)
    old = path[-1]
    _refuse_form(new)
    _refuse_taken(portfolio, account, path, new)
    _refuse_broken(draft, _yaml_files(draft, [account.slug]), old)
    renaming = Renaming(old, new, named={path})
    kind = _REFERRED.get(path[:-1], "")
    if kind:
        renaming.refer(_references(account, kind))
    _rename_in_account(draft, account, renaming)
    _rename_thing(draft, account, path, new)
    if kind in ("contact", "site"):
        _rename_cells(draft, renaming, {kind: account})
    return Renamed(
        _rename_identities(draft, lambda owner, at: (owner, renaming.subject(at) if owner == account.slug else at))
    )


def _things(account: Account) -> Iterator[Keys]:
    """The key path of everything in an account that has an id of its own."""
    record = account.record
    goals = record.plan.intentions if record.plan else {}
    yield from (("contacts", name) for name in record.contacts)
    yield from (("sites", name) for name in record.sites)
    yield from (("plan", "intentions", name) for name in goals)
    for keys, items in item_lists(record):
        yield from ((*keys, item.id) for item in items)


def _meant(account: Account, word: str) -> Keys:
    end = tuple(word.replace("/", ".").split("."))
    every = list(_things(account))
    found = [keys for keys in every if keys[-len(end) :] == end]
    if len(found) == 1:
        return found[0]
    if found:
        raise KamgenError(f'"{word}" names several things: {", ".join(map(".".join, found))}. Write the path of one.')
    raise KamgenError(f'There is no "{word}" in {account.name}.{near(word, [keys[-1] for keys in every])}')


def _refuse_taken(portfolio: Portfolio, account: Account, path: Keys, new: str) -> None:
    beside = {(*path[:-1], new)}
    if path[0] in ("contacts", "dates"):  # `about` names either
        beside |= {("contacts", new), ("dates", new)}
    if beside & set(_things(account)):
        raise KamgenError(f'There is a "{new}" in {account.name} already. Choose another id.')
    ours = portfolio.playbook.team or {}
    if path[0] in ("contacts", "dates") and (new in _TOPICS or (path[0] == "contacts" and new in ours)):
        whose = f"of {ours[new].name}, one of our people" if new in ours else "a word with a meaning of its own here"
        raise KamgenError(f'"{new}" is {"the id " if new in ours else ""}{whose}. Choose another id.')


def _rename_thing(draft: Draft, account: Account, path: Keys, new: str) -> None:
    """Give the thing itself its new id, in the file that holds it."""
    for file, at, _ in _files(account):
        keys = path[len(at) :]
        if path[: len(at)] != at:
            continue
        text = draft.text(file)
        found = sheet_of(text).find(keys)
        if len(found) < len(keys):
            continue
        listed = found[-1].key is None
        draft.replace(file, spans.put(text, (*keys, "id"), new) if listed else spans.rename(text, keys, new))
        return
    raise KamgenError(
        f'"{path[-1]}" cannot be found in the files of {account.name}. Look with: kamgen check {account.slug}'
    )


# --- What all of them share ----------------------------------------------------------------------------------------


def _account(portfolio: Portfolio, name: str) -> Account:
    return portfolio.accounts[account_slug(name, portfolio.accounts)]


def _refuse_form(new: str) -> None:
    if not IS_ID(new) or new in NULLS:
        meant = (
            f" Write for example {slug(new)}." if any(char.isalnum() for char in new) and slug(new) not in NULLS else ""
        )
        raise KamgenError(f'"{new}" cannot be a name: it may hold only small letters, digits and hyphens.{meant}')


def _references(account: Account, kind: str) -> Iterator[tuple[Keys, str]]:
    """Every reference of an account's files to things of a kind."""
    yield from references.naming(AccountFile, account.record, (), kind)
    for note in account.notes:
        yield from references.naming(NoteHead, note.head, ("notes", note.id), kind)
    for held in account.audits:
        yield from references.naming(Audit, held.audit, ("audits", held.id), kind)


def _files(account: Account) -> Iterator[tuple[str, Keys, bool]]:
    """The account's files: the path, the key path at which the file's top stands, and whether it is a note's head."""
    for part, path in account.files.items():
        if part != "prose":
            yield path, () if part == "account" else (part.partition("-")[0],), False
    yield from ((note.path, ("notes", note.id), True) for note in account.notes)
    yield from ((held.path, ("audits", held.id), False) for held in account.audits)


def _yaml_files(draft: Draft, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """The files of some accounts in which ids stand, those too that cannot be read; behind each its account."""
    for name, path, ending in _own(draft, wanted):
        for file in [path] if ending else draft.files.below(path):
            if file.suffix == ".yml" or (file.suffix == ".md" and file.parent.name == "notes"):
                yield file.relative_to(draft.root).as_posix(), name


def _refuse_broken(draft: Draft, files: Iterable[tuple[str, str]], old: str) -> None:
    """Refuse where a file may name the thing at a place that could not be read: it would keep the old name."""
    for name, account in files:
        if not (draft.root / name).is_file() or name.rpartition("/")[2].startswith((".", "~")):
            continue
        try:
            text = draft.files.text(draft.root / name, EXPORT_CAP_KB)
        except Unreadable as reason:
            raise KamgenError(f'{name} may name "{old}", and the file {reason} {reason.hint}') from reason
        front = split_front_matter(text) if name.endswith(".md") else None
        head = text if front is None or front.state == "open" else front.yaml
        if old in head and ((front and front.state == "open") or _is_broken(head)):
            raise KamgenError(
                f'There are mistakes in {name}, so nobody can tell where it names "{old}". '
                f"Put them right first: kamgen check {account}".rstrip()
            )


def _is_broken(text: str) -> bool:
    """Whether something of a YAML text was left out when it was read."""
    return any(not mistake.path or mistake.code == "KAM002" for mistake in sheet_of(text).document.mistakes)


def _rename_in_account(draft: Draft, account: Account, renaming: Renaming) -> None:
    """Let references and the subjects of waivers follow."""
    for waiver in account.record.waivers:
        if (after := renaming.subject(waiver.subject)) != waiver.subject:
            renaming.values[("waivers", waiver.id, "subject")] = after
    wanted = {keys[:1] if keys[0] not in ("notes", "audits") else keys[:2] for keys in renaming.values}
    for path, at, is_note in _files(account):
        if not any(keys[: len(at)] == at[: len(keys)] for keys in wanted):
            continue
        text = draft.text(path)
        if is_note:
            draft.replace(path, spans.in_head(text, lambda head, at=at: renaming.follow(head, at)))  # type: ignore[misc]
        else:
            draft.replace(path, renaming.follow(text, at))


def _rename_cells(draft: Draft, renaming: Renaming, columns: Mapping[str, Account | None]) -> None:
    """Rename cells of some columns in every export; for an account only in its own rows."""
    for name in TABLES:
        path = f"accounts/{name}.csv"
        if not (draft.root / path).is_file():
            continue
        for column, account in columns.items():
            rows = {"account": account.slug, "crm_id": account.record.crm_id} if account else {}
            draft.replace(path, renamed_cells(draft.text(path), column, renaming.old, renaming.new, rows))


def _rename_identities(draft: Draft, renamed: Callable[[str, str], tuple[str, str]]) -> Follow:
    """Let the findings of the baseline follow: `renamed` gives the later account and subject."""

    def follow(identity: str) -> str:
        code, _, rest = identity.partition("|")
        owner, _, told = rest.partition("|")
        name, sign, number = told.partition("~")
        after, subject = renamed(owner, name)
        return f"{code}|{after}|{subject}{sign}{number}"

    if known := read_baseline(draft.root):
        text = draft.text(BASELINE)
        for identity in sorted(known):
            text = text.replace(_quoted(identity), _quoted(follow(identity)))
        draft.replace(BASELINE, text)
    return follow


def _quoted(identity: str) -> str:
    return json.dumps(identity, ensure_ascii=False)


def _rename_on_pages(draft: Draft, macro: Literal["account", "person"], old: str, new: str) -> None:
    """Let macros and links of playbook pages follow: one that leads nowhere stops the build."""
    name = re.escape(old)
    call = rf"""\b{macro}\(\s*(["']){name}(?=\2\s*\))"""
    link = rf"""\]\([^)\s]*\b{_ROOMS[macro]}/{name}(?=/)"""
    found = re.compile(rf"({call}|{link})")
    for path in draft.files.below(draft.root / "playbook"):
        if path.suffix != ".md":
            continue
        try:
            if not found.search(draft.files.text(path, EXPORT_CAP_KB)):
                continue
        except Unreadable:
            continue
        page = path.relative_to(draft.root).as_posix()
        draft.replace(page, found.sub(lambda match: match[0].removesuffix(old) + new, draft.text(page)))
