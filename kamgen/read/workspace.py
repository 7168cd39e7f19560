"""A workspace folder into a Portfolio and the problems found on the way."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from kamgen.errors import KamgenError
from kamgen.finding import Place, Problem
from kamgen.model.account import AccountFile
from kamgen.model.files import record_of
from kamgen.model.identity import IS_ID, slug, subject
from kamgen.model.portfolio import Exports, Playbook, Portfolio
from kamgen.model.settings import Settings
from kamgen.read import references
from kamgen.read.account import read_account
from kamgen.read.crosscheck import finished, playbook_ids
from kamgen.read.files import Disk, Files
from kamgen.read.playbook import default_settings, read_playbook, read_settings
from kamgen.read.reading import Found, Reading
from kamgen.read.source import Source, listed
from kamgen.read.tables import TABLES, Directory, read_table
from kamgen.read.yaml import Document

EXPORT_CAP_KB = 256 * 1024


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a workspace gives."""

    portfolio: Portfolio
    problems: list[Problem]


def find_root(start: Path) -> Path:
    """The nearest folder upward that holds `accounts/`; raises KamgenError when there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "accounts").is_dir():
            return folder
    raise KamgenError(
        f'There is no folder "accounts" in {start} or above it. '
        "Go to your workspace first, or start one with: kamgen init FOLDER"
    )


def read_workspace(root: Path, clock: Callable[[Settings], tuple[date, bool]], origin: Files | None = None) -> Read:
    """Read the whole workspace; `clock` says which day it is judged on, and whether that day stands still.

    `origin` gives the files of an older state; without it the disk does.
    """
    with _no_collecting():
        return _read(root.resolve(), clock, origin or Disk(root.resolve()))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Hold garbage collection back: reading makes many objects that last and none in a circle.

    Looking through them again and again took a third of the time of reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # the two together count everything as old, so that it is not looked through at once
            gc.enable()


def _read(root: Path, clock: Callable[[Settings], tuple[date, bool]], origin: Files) -> Read:
    top = Source(root, default_settings().limits, origin, "", "playbook")
    settings = read_settings(top, root / "playbook")
    top.limits = settings.limits
    as_of, fixed = clock(settings)
    playbook = read_playbook(top, root / "playbook")
    _check_playbook(top, playbook, as_of)
    found = find_accounts(top, root / "accounts")
    readings = [read_account(one, root, settings.limits, origin) for one in found]
    shared = playbook_ids(playbook, top)
    accounts = {reading.slug: finished(reading, shared, as_of) for reading in readings}
    _tell_former_names(top, readings, playbook)
    if playbook.team is None and "team" not in top.unread:
        _tell_no_team(top, readings)
    exports = _read_exports(top, root / "accounts", readings, shared)
    sources = [top, *(reading.source for reading in readings)]
    places = _Places({source.account: source.documents for source in sources}, _homes(readings))
    portfolio = Portfolio(
        as_of=as_of,
        settings=settings,
        accounts=accounts,
        playbook=playbook,
        exports=exports,
        distrusted=frozenset().union(*(source.distrusted for source in sources)),
        unread=frozenset(top.unread),
        files=sum(source.files for source in sources),
        clock_fixed=fixed,
        place=places,
    )
    problems = [problem for source in sources for problem in source.problems]
    placed = [p if p.place else replace(p, place=places(p.account, p.subject, p.code == "KAM003")) for p in problems]
    return Read(portfolio, placed)


def _homes(readings: Iterable[Reading]) -> dict[str, str]:
    """Where a finding stands that has no document: the account's main file or folder."""
    homes = {}
    for reading in readings:
        files = reading.files
        homes[reading.slug] = files.get("account") or next(iter(files.values()), reading.source.base)
    return homes


@dataclass(frozen=True, slots=True)
class _Places:
    """Finds the place of a subject: a callable, so that the model need not know how reading works."""

    documents: dict[str, list[Document]]
    homes: dict[str, str]

    def __call__(self, account: str, name: str, at_key: bool = False) -> Place:
        for document in sorted(self.documents.get(account, ()), key=lambda d: (-len(d.at), not d.earlier)):
            if not document.at or name == document.at or name.startswith(document.at + "."):
                keys = _keys(name, document.at)
                if document.earlier and not (len(keys) > 1 and document.holds(keys[:2])):
                    continue
                return document.place(keys, at_key) if document.root is not None else document.spot(1, 1)
        return Place(self.homes.get(account) or ("playbook" if name.startswith("playbook") else "accounts"))


def _keys(name: str, at: str) -> tuple[str, ...]:
    tail = name[len(at) :].strip(".") if at else name
    return tuple(unquote(part) for part in tail.split(".")) if tail else ()


def find_accounts(source: Source, folder: Path) -> list[Found]:
    """The accounts of a folder by slug; what does not belong there is a problem."""
    found: dict[str, Found] = {}
    # Well-named ones first: of two that clash, they are read.
    for path in sorted(listed(source, folder), key=lambda path: not IS_ID(path.stem)):
        if path.suffix == ".csv" and path.stem in TABLES:
            continue
        is_folder = source.origin.is_folder(path)
        if is_folder or path.suffix == ".yml":
            _add_account(source, found, path, is_folder)
        else:
            _tell_stray(source, path)
    return [found[name] for name in sorted(found)]


def _add_account(source: Source, found: dict[str, Found], path: Path, is_folder: bool) -> None:
    stem = path.name if is_folder else path.stem
    name = stem if IS_ID(stem) else slug(stem)
    one = found.setdefault(name, Found(name))
    taken = one.folder if is_folder else one.file
    if taken is not None:
        source.tell_file(
            "KAM009",
            path,
            f'"{source.shown(path)}" and "{taken.name}" would be the same account, {name}. Only {taken.name} was read.',
            "Bring the two together in one of them and delete the other.",
        )
        return
    if name != stem:
        source.tell_file(
            "KAM013",
            path,
            f'An account\'s name may hold only small letters, digits and hyphens: "{source.shown(path)}" does not.',
            f"Rename it to {name}{'' if is_folder else '.yml'}. What it is called in full stands under `name`.",
        )
    if is_folder:
        one.folder = path
    else:
        one.file = path


def _tell_stray(source: Source, path: Path) -> None:
    hint = "Move it elsewhere or delete it. Notes and pictures belong in the folder of their account."
    if path.suffix.lower() in (".yaml", ".yml"):
        hint = f"Rename it to {slug(path.stem)}.yml."
    elif near := difflib.get_close_matches(path.name.lower(), [f"{name}.csv" for name in TABLES], 1, 0.6):
        hint = f'Did you mean "{near[0]}"?'
    source.tell_file("KAM012", path, f'kamgen does not read "{source.shown(path)}" in accounts/.', hint)


def _check_playbook(source: Source, playbook: Playbook, as_of: date) -> None:
    checked = references.Checked("", {"ours": playbook.team}, as_of)
    for kind, record in (("team", playbook.team), ("criteria", playbook.criteria)):
        for problem in references.check(record_of(kind), record, (f"playbook/{kind}",), checked):
            source.problems.append(problem)


def _tell_former_names(top: Source, readings: list[Reading], playbook: Playbook) -> None:
    """A former name that somebody bears now, or that two bore, leads nowhere for certain (KAM009)."""
    accounts = {reading.slug: reading.record.formerly for reading in readings}
    sources = {reading.slug: reading.source for reading in readings}
    for owner, old, other in _claimed_twice(accounts):
        message = f'"formerly" names "{old}", which is a name of the account {other} too.'
        sources[owner].problems.append(Problem(owner, subject("formerly", old), message, _NOT_BOTH, "KAM009"))
    for owner, old, other in _claimed_twice({one: person.formerly for one, person in (playbook.team or {}).items()}):
        message = f'"formerly" names "{old}", which is an id of {other} too.'
        at = subject("playbook/team", owner, "formerly", old)
        top.problems.append(Problem("", at, message, _NOT_BOTH, "KAM009"))


_NOT_BOTH = "Take it out here: one name can lead to one place only."


def _claimed_twice(former: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Who claims a former name, the name, and whose it is already."""
    owners = {name: name for name in former}
    for owner, names in former.items():
        for old in dict.fromkeys(names):
            if owners.setdefault(old, owner) != owner or old == owner:
                yield owner, old, owners[old]


def _tell_no_team(source: Source, readings: Iterable[Reading]) -> None:
    if any(references.uses(AccountFile, reading.record, "ours") for reading in readings):
        source.problems.append(
            Problem(
                "",
                subject("playbook/team"),
                "There is no playbook/team.yml, so the names of our own people are not checked.",
                "Add it with one entry a person: id, name, title.",
                "KAM007",
                Place("playbook/team.yml"),
                level="info",
            )
        )


def _read_exports(source: Source, folder: Path, readings: list[Reading], shared: references.Known) -> Exports:
    families = shared["family"]
    directory = Directory(
        frozenset(reading.slug for reading in readings),
        _by_crm_id(readings),
        {reading.slug: reading.record.sites for reading in readings if reading.record.sites},
        None if families is None else frozenset(families),
    )
    tables = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        if not source.origin.exists(path) or source.origin.leaves(folder):
            continue
        text = source.text(path, name, EXPORT_CAP_KB)
        if text is not None:
            tables[name], problems = read_table(table, text, source.relative(path), directory)
            source.problems += problems
            if tables[name] is None:
                source.unread.add(name)
    return Exports(**tables)


def _by_crm_id(readings: list[Reading]) -> dict[str, str]:
    """Account slugs by their number in the CRM; one number for two accounts is a problem (KAM009)."""
    slugs: dict[str, str] = {}
    for reading in readings:
        number = reading.record.crm_id
        if number and slugs.setdefault(number, reading.slug) != reading.slug:
            message = f'"crm_id" is "{number}", which is the number of {slugs[number]} too.'
            hint = "Correct one of the two: rows of the exports can belong to one account only."
            reading.source.problems.append(Problem(reading.slug, "crm_id", message, hint, "KAM009"))
    return slugs
