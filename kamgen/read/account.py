"""One account: its file or its folder, read as one document; its notes and audits are read in `folder`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kamgen.finding import Place
from kamgen.model.account import AccountFile, Plan, PlanOfYear
from kamgen.model.files import record_of
from kamgen.model.identity import subject
from kamgen.model.settings import Limits
from kamgen.model.values import Stage
from kamgen.read.files import Files
from kamgen.read.folder import read_folder
from kamgen.read.reading import Found, Reading
from kamgen.read.records import take
from kamgen.read.source import PARTS, Source, is_plan_of_year, listed
from kamgen.read.yaml import Document

__all__ = ["Found", "Reading", "read_account"]

_MOVED_LISTS = ("past_periods", "implementation", "decisions")
_FIRST_LINES = "Add the two lines `name: …` and `stage: customer` (or suspect, prospect, key)."


def read_account(found: Found, root: Path, limits: Limits, origin: Files) -> Reading:
    """Read an account's files. Wrong content becomes problems in the reading's source."""
    base = found.folder or found.file
    assert base is not None
    source = Source(root, limits, origin, found.slug, base.relative_to(root).as_posix().removesuffix(".yml"))
    inside = listed(source, found.folder) if found.folder else []
    parts = _parts(source, found, {path.name: path for path in inside})
    reading = Reading(source, found.slug, *_record(source, found, parts))
    reading.files = {part: document.path for part, document in parts.items()}
    read_folder(reading, inside)
    return reading


def _parts(source: Source, found: Found, inside: Mapping[str, Path]) -> dict[str, Document]:
    """The documents of an account by the part they hold."""
    parts: dict[str, Document] = {}
    own = inside.get("account.yml")
    if own and found.file:
        source.tell_file(
            "KAM009",
            found.file,
            f'The account "{found.slug}" stands twice: here and in {source.relative(own)}. Only the second was read.',
            "Bring the two together in one of them and delete the other.",
        )
    base = own or found.file
    if base and (document := source.document(base, "account", "")):
        parts["account"] = document
    for part in PARTS:
        path = inside.get(f"{part}.yml")
        if path and (document := source.document(path, part, part)):
            parts[part] = document
    for name in sorted(filter(is_plan_of_year, inside)):
        if document := source.document(inside[name], "plan", "plan"):
            document.earlier = True
            parts[name.removesuffix(".yml")] = document
    return parts


def _record(source: Source, found: Found, parts: dict[str, Document]) -> tuple[AccountFile, Stage | None]:
    whole: dict[str, Any] = {}
    for part in PARTS:
        if part in parts:
            _refuse_second(source, parts, part)
            taken = take(record_of(part), parts[part], found.slug)
            source.take(taken.problems, taken.distrusted)
            whole[part] = taken.record
            if taken.record is None:
                source.miss(part)
    record = _base_record(source, found, parts)
    present = {part: value for part, value in whole.items() if value is not None}
    stage = None if (found.slug, "stage") in source.distrusted or "account" in source.unread else record.stage
    record = record.model_copy(update=present) if present else record
    earlier = _earlier(source, found, parts)
    return record.model_copy(update={"plan": _with_earlier(source, record.plan, earlier)}) if earlier else record, stage


def _earlier(source: Source, found: Found, parts: dict[str, Document]) -> list[tuple[Document, PlanOfYear]]:
    """What ended in earlier years, the oldest first."""
    taken = [(one, take(PlanOfYear, one, found.slug)) for one in parts.values() if one.earlier]
    for _, one in taken:
        source.take(one.problems, one.distrusted)
        if one.record is None:
            source.miss("plan")
    return [(document, one.record) for document, one in taken if one.record]


def _with_earlier(source: Source, plan: Plan | None, earlier: list[tuple[Document, PlanOfYear]]) -> Plan:
    """The plan with what ended in earlier years before what stands in it: where an entry stands makes no difference."""
    goals = dict(plan.intentions) if plan else {}
    for document, record in reversed(earlier):
        for name in record.intentions.keys() & goals.keys():
            _tell_goal_twice(source, document, name)
        goals = {**record.intentions, **goals}
    parts = [*(record for _, record in earlier), *([plan] if plan else [])]
    lists = {name: tuple(item for part in parts for item in getattr(part, name)) for name in _MOVED_LISTS}
    update = {"intentions": goals, **lists}
    return (plan or Plan()).model_copy(update={name: value for name, value in update.items() if value})


def _tell_goal_twice(source: Source, earlier: Document, name: str) -> None:
    source.tell(
        "KAM009",
        subject("plan", "intentions", name),
        f'The goal "{name}" stands twice: here and in a later file of the plan. Only the later one was read.',
        "Delete it in one of them, or give the later one an id of its own.",
        earlier.place(("intentions", name), at_key=True),
    )


def _refuse_second(source: Source, parts: dict[str, Document], part: str) -> None:
    base = parts.get("account")
    if base and isinstance(base.tree, dict) and base.tree.pop(part, None) is not None:
        source.tell(
            "KAM009",
            part,
            f'"{part}" stands twice: here and in {parts[part].path}. Only {part}.yml was read.',
            "Move what is missing there and delete it here.",
            base.place((part,)),
        )


def _base_record(source: Source, found: Found, parts: dict[str, Document]) -> AccountFile:
    fallback = {"name": found.slug, "stage": "suspect"}
    document = parts.get("account")
    taken = take(AccountFile, document, found.slug, fallback) if document and not _blank(document) else None
    if taken:
        source.take(taken.problems, taken.distrusted)
        if taken.record is None:
            source.miss("account")
    elif "account" not in source.unread:
        source.distrusted.add((found.slug, "stage"))
        _tell_nameless(source, found, document)
    if taken is None or taken.record is None:
        return AccountFile.model_validate(fallback)
    record: AccountFile = taken.record
    return record


def _blank(document: Document) -> bool:
    return not document.tree and not document.mistakes


def _tell_nameless(source: Source, found: Found, document: Document | None) -> None:
    if document:
        message = "This file is empty, and an account has at least two lines."
        source.tell("KAM005", "account", message, _FIRST_LINES, Place(document.path))
    elif found.folder and not any(told.code == "KAM010" for told in source.problems):
        source.tell(
            "KAM005",
            "account",
            f'The folder "{found.folder.name}" has no account.yml, so nobody knows the account\'s name and stage.',
            f"Make a file account.yml in it. {_FIRST_LINES}",
            Place(source.relative(found.folder)),
        )
