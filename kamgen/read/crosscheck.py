"""What can be checked only once everything is read: ids, references, dates ahead of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import unquote

from kamgen.finding import Place, Problem
from kamgen.model.account import AccountFile, Audit, NoteHead, Plan
from kamgen.model.identity import IS_ID, slug, subject
from kamgen.model.portfolio import Account, Playbook
from kamgen.model.values import plain_number, thousands_meant
from kamgen.read import references
from kamgen.read.reading import Reading
from kamgen.read.records import MANY
from kamgen.read.source import Source

_LISTS = ("dates", "planned", "promises", "waivers")
_PLAN_LISTS = ("implementation", "decisions", "past_periods")
_SWOT_LISTS = ("strengths", "weaknesses", "opportunities", "threats")


def finished(reading: Reading, shared: references.Known, as_of: date) -> Account:
    """The account with its ids, references and dates checked; `shared` are the ids that the playbook defines."""
    source, record = reading.source, reading.record
    source.problems += _few(_check_ids(reading))
    checked = references.Checked(reading.slug, {**shared, **_known(reading)}, as_of)
    source.problems += _few(references.check(AccountFile, record, (), checked))
    source.problems += _few(_check_sales_goals(reading))
    for note in reading.notes:
        source.problems += references.check(NoteHead, note.head, ("notes", note.id), checked)
        _refuse_future(source, note.on, as_of, ("notes", note.id), note.path)
    for held in reading.audits:
        source.problems += references.check(Audit, held.audit, ("audits", held.id), checked)
        _refuse_future(source, held.on, as_of, ("audits", held.id), held.path)
    for name in sorted(record.contacts.keys() & set(shared["ours"] or ())):
        message = f'The contact "{name}" has the id of one of our people, so nobody could tell them apart.'
        hint = "Give the contact another id."
        source.problems.append(_problem(reading, "KAM009", ("contacts", name), message, hint))
    return account_of(reading)


def _few(problems: Iterator[Problem]) -> list[Problem]:
    """The first of many problems, and that there are more."""
    few = list(islice(problems, MANY + 1))
    if len(few) > MANY:
        message = "This account has more mistakes of this kind, which are not shown."
        few[MANY] = replace(few[MANY], message=message, hint="Put the others right first.")
    return few


def account_of(reading: Reading) -> Account:
    """The account as it was read, with nothing checked."""
    record = reading.record
    return Account(
        slug=reading.slug,
        stage=reading.stage,
        record=record if record.plan or not reading.sections else record.model_copy(update={"plan": Plan()}),
        files=reading.files,
        sections=reading.sections,
        notes=tuple(sorted(reading.notes, key=lambda note: (note.on, note.id))),
        audits=tuple(sorted(reading.audits, key=lambda held: (held.on, held.id))),
        attachments=tuple(sorted(reading.attachments)),
        unread=frozenset(reading.source.unread),
    )


def playbook_ids(playbook: Playbook, source: Source) -> references.Known:
    """The ids that the playbook defines, by kind; None where they are not known, so that nothing is checked."""
    criteria = playbook.criteria
    known: dict[str, tuple[str, str, Mapping[str, Any] | None]] = {
        "ours": ("team", "", playbook.team),
        "indicator": ("indicators", "", playbook.indicators),
        "question": ("audit-menu", "", playbook.menu),
        "criterion": ("criteria", "criteria", criteria.criteria),
        "definition": ("criteria", "definitions", criteria.definitions),
        "family": ("offer", "", playbook.offer),
    }
    return {
        kind: _ids(source, (f"playbook/{file}", *([key] if key else [])), ids) if file not in source.unread else None
        for kind, (file, key, ids) in known.items()
    }


def _known(reading: Reading) -> references.Known:
    source, record = reading.source, reading.record
    plan = record.plan or Plan()
    actions = {action.id: action for action in plan.implementation}
    dates = {item.id: item for item in record.dates}
    return {
        "contact": _ids(source, ("contacts",), record.contacts),
        "goal": _ids(source, ("plan", "intentions"), plan.intentions),
        "action": _ids(source, ("plan", "implementation"), actions),
        "site": _ids(source, ("sites",), record.sites),
        "topic": ("deliveries", "sales"),
        "date": _ids(source, ("dates",), dates),
        "not-known-yet": ("not-known-yet",),
    }


def _ids(source: Source, at: tuple[str, ...], given: Mapping[str, Any] | None) -> Collection[str] | None:
    """The ids defined at a key path, those of refused entries included; None where not all of them are known."""
    if given is None or "account" in source.unread or at[0] in source.unread:
        return None
    name = subject(*at)
    if not source.distrusted:
        return given
    doubts = {doubt for _, doubt in source.distrusted}
    if name in doubts or at[0] in doubts:
        return None
    inner = (doubt[len(name) + 1 :] for doubt in doubts if doubt.startswith(f"{name}."))
    return [*given, *sorted({unquote(rest.partition(".")[0]) for rest in inner} - set(given))]


def _check_ids(reading: Reading) -> Iterator[Problem]:
    """Ids in their form (KAM004), and none twice in one list (KAM009)."""
    record = reading.record
    plan = record.plan or Plan()
    mappings: dict[tuple[str, ...], Mapping[str, Any]] = {
        ("contacts",): record.contacts,
        ("sites",): record.sites,
        ("plan", "intentions"): plan.intentions,
    }
    for keys, mapping in mappings.items():
        for name in mapping:
            if not IS_ID(name):
                yield _bad_id(reading, (*keys, name), name)
    yield from (_bad_id(reading, ("formerly", name), name) for name in record.formerly if not IS_ID(name))
    for keys, items in item_lists(record):
        yield from _check_list(reading, keys, items)


def _check_list(reading: Reading, keys: tuple[str, ...], items: Iterable[Any]) -> Iterator[Problem]:
    for name, times in Counter(item.id for item in items).items():
        if times > 1:
            message = f'{"Two" if times == 2 else times} entries of this list have the id "{name}".'
            hint = "Word one of them differently, or give it a line `id: …` with a name of its own."
            yield _problem(reading, "KAM009", (*keys, name), message, hint)
        if not IS_ID(name):
            yield _bad_id(reading, (*keys, name), name)


def _check_sales_goals(reading: Reading) -> Iterator[Problem]:
    """Goals measured in sales have amounts of money for their figures (KAM004)."""
    goals = reading.record.plan.intentions if reading.record.plan else {}
    for goal_id, goal in goals.items():
        if (goal.measure or "").partition(":")[0] == "sales":
            at = ("plan", "intentions", goal_id)
            figures: dict[tuple[str, ...], Decimal | str | None] = {("start",): goal.start, ("aim",): goal.aim}
            figures |= {("readings", str(day)): figure for day, figure in goal.readings.items()}
            for keys, figure in figures.items():
                if figure is not None and (wrong := _no_amount(figure)):
                    reading.source.distrusted.add((reading.slug, subject(*at, *keys)))
                    message = f'"{keys[-1]}" of a goal that is measured in sales is "{figure}": {wrong}.'
                    yield _problem(reading, "KAM004", (*at, *keys), message, "")


def _no_amount(figure: Decimal | str) -> str | None:
    return plain_number(figure) if isinstance(figure, str) else thousands_meant(figure)


def item_lists(record: AccountFile) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """Every list of entries with ids in an account's document, with its key path."""
    plan = record.plan or Plan()
    for name in _LISTS:
        yield (name,), getattr(record, name)
    for name in _PLAN_LISTS:
        yield ("plan", name), getattr(plan, name)
    for name in _SWOT_LISTS if plan.intelligence else ():
        yield ("plan", "intelligence", name), getattr(plan.intelligence, name)
    for goal_id, goal in plan.intentions.items():
        yield ("plan", "intentions", goal_id, "stages"), goal.stages


def _bad_id(reading: Reading, keys: tuple[str, ...], name: str) -> Problem:
    message = f'"{name}" cannot be an id: ids are small letters, digits and hyphens.'
    return _problem(reading, "KAM004", keys, message, f'Write "{slug(name)}", here and wherever it is used.')


def _problem(reading: Reading, code: str, keys: tuple[str, ...], message: str, hint: str) -> Problem:
    return Problem(reading.slug, subject(*keys), message, hint, code)


def _refuse_future(source: Source, on: date, as_of: date, keys: tuple[str, ...], path: str) -> None:
    if (on - as_of).days > 1:
        source.tell(
            "KAM015",
            subject(*keys),
            f"This {keys[0].removesuffix('s')} is dated {on}, and today is {as_of}.",
            "Correct the date at the beginning of the file's name.",
            Place(path),
        )
