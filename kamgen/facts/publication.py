"""What may be shown: the portfolio without what is marked `private`, and findings that do not give it away.

Counting and judging use the whole portfolio; pages and exports are written from `published`. Where something
public points at something private, the pointer goes too: a person becomes `SOMEBODY`, any other is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args
from urllib.parse import unquote

from pydantic import BaseModel

from kamgen.finding import Finding, Place
from kamgen.model.portfolio import Account, Note, Portfolio
from kamgen.model.references import references_of
from kamgen.read.markdown import relative_links

SOMEBODY = "somebody"
PUBLISHED_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf")
_NOTE_ID = re.compile(r"\d{4}-\d{2}-\d{2}[a-z0-9-]*")
_REDACTED = "About something private: open the account's files to see what."


@dataclass(frozen=True, slots=True)
class Hidden:
    """The private things of one account.

    `references` are (kind, id) pairs that something public may point at, `ids` all their ids, and `words` the
    texts that would give them away in a sentence.
    """

    references: frozenset[tuple[str, str]] = frozenset()
    ids: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def secrets(portfolio: Portfolio) -> dict[str, Hidden]:
    """The private things of every account, by slug."""
    return {slug: hidden_in(account) for slug, account in portfolio.accounts.items()}


def published(portfolio: Portfolio, hidden: Mapping[str, Hidden]) -> Portfolio:
    """The portfolio without the private things that `secrets` found; accounts without any are the same objects."""
    accounts = {slug: _published(account, hidden[slug]) for slug, account in portfolio.accounts.items()}
    return replace(portfolio, accounts=accounts)


def _published(account: Account, hidden: Hidden) -> Account:
    """One account without private contacts, notes, goals, evidence, answers and list items."""
    linked = _linked(account)
    if not hidden.ids:
        return account if linked == account.attachments else replace(account, attachments=linked)
    return replace(
        account,
        record=_without(account.record, hidden),
        notes=tuple(replace(note, head=_without(note.head, hidden)) for note in account.notes if not note.head.private),
        audits=tuple(replace(held, audit=_without(held.audit, hidden)) for held in account.audits),
        attachments=linked,
    )


def _linked(account: Account) -> tuple[str, ...]:
    """Attachments of a kind that is safe to serve, linked from at least one note that is not private."""
    if not account.attachments:
        return ()
    wanted = {path for note in account.notes if not note.head.private for path in linked_paths(note)}
    return tuple(p for p in account.attachments if p in wanted and p.lower().endswith(PUBLISHED_ENDINGS))


def linked_paths(note: Note) -> Iterator[str]:
    """The paths below the workspace's root that a note's relative links lead to."""
    for _, target in relative_links(note.body):
        yield resolved(note.path, target)


def resolved(path: str, target: str) -> str:
    """A relative link in the file at `path`, as a path below the workspace's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def hidden_in(account: Account) -> Hidden:
    """The private things of an account."""
    found = [*_private_things(account.record)]
    found += [thing for held in account.audits for thing in _private_things(held.audit)]
    notes = [note for note in account.notes if note.head.private]
    if not found and not notes:
        return Hidden()
    references = frozenset(_private_references(account))
    words = {text for _, thing in found for text in _texts(thing)}
    words |= {word for note in notes for word in (note.id, note.title)}
    words |= {name for kind, name in references if kind == "contact"}
    ids = {name for name, _ in found} | {note.id for note in notes}
    return Hidden(references, frozenset(ids), frozenset(word for word in words if len(word) > 1))


def _private_references(account: Account) -> Iterator[tuple[str, str]]:
    yield from (("contact", name) for name, contact in account.contacts.items() if contact.private)
    yield from (("date", day.id) for day in account.record.dates if day.private)
    if account.plan:
        yield from (("goal", name) for name, goal in account.plan.intentions.items() if goal.private)
        yield from (("action", action.id) for action in account.plan.implementation if action.private)


def _private_things(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Everything below a value that is marked private, with its id."""
    if isinstance(value, BaseModel):
        if getattr(value, "private", False):
            yield (getattr(value, "id", "") or name, value)
            return
        for field in _holders(type(value)) & value.model_fields_set:
            yield from _private_things(getattr(value, field))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _private_things(inner, str(key))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _private_things(inner)


@cache
def _holders(record: type[BaseModel]) -> frozenset[str]:
    """The fields of a record that can hold records: only there can something private stand."""
    return frozenset(name for name, field in record.model_fields.items() if _holds_records(field.annotation))


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_records(part) for part in get_args(annotation))


def _texts(thing: BaseModel) -> Iterator[str]:
    for name in ("name", "title", "what", "goal", "ask", "answer", "evidence", "reach", "reason"):
        if isinstance(text := getattr(thing, name, None), str):
            yield text


def _without(value: Any, hidden: Hidden) -> Any:
    """A value without the private things in it, and without references to them."""
    if isinstance(value, BaseModel):
        kinds = references_of(type(value))
        update = {
            name: _dereferenced(getattr(value, name), kinds[name], hidden)
            if name in kinds
            else _without(getattr(value, name), hidden)
            for name in value.model_fields_set
        }
        return value.model_copy(update=update)
    if isinstance(value, Mapping):
        return {key: _without(inner, hidden) for key, inner in value.items() if not _private(inner)}
    if isinstance(value, tuple):
        return tuple(_without(inner, hidden) for inner in value if not _private(inner))
    return value


def _private(value: object) -> bool:
    return bool(getattr(value, "private", False))


def _dereferenced(value: Any, kinds: frozenset[str], hidden: Hidden) -> Any:
    somebody = "contact" in kinds and "topic" not in kinds
    if isinstance(value, str):
        return value if not _is_hidden(value, kinds, hidden) else SOMEBODY if somebody else None
    if isinstance(value, tuple):
        shown = [SOMEBODY if _is_hidden(name, kinds, hidden) else name for name in value]
        return tuple(dict.fromkeys(name for name in shown if somebody or name != SOMEBODY))
    return value


def _is_hidden(name: str, kinds: frozenset[str], hidden: Hidden) -> bool:
    return any((kind, name) in hidden.references for kind in kinds)


def published_findings(
    portfolio: Portfolio, findings: Iterable[Finding], hidden: Mapping[str, Hidden]
) -> tuple[Finding, ...]:
    """The findings as they may be shown: one that speaks of something private keeps code and level alone.

    A finding of the workspace must not name anything private of any account.
    """
    notes = frozenset(note.id for account in portfolio.accounts.values() for note in account.notes if note.head.private)
    anything = Hidden(words=frozenset().union(*(found.words for found in hidden.values())))
    return tuple(
        _redacted(portfolio, finding) if _gives_away(finding, hidden.get(finding.account, anything), notes) else finding
        for finding in findings
    )


def _gives_away(finding: Finding, hidden: Hidden, notes: frozenset[str]) -> bool:
    """Whether a finding names something private of its account, or a private note of any account."""
    if not hidden.ids and not hidden.words and not notes:
        return False
    told = "\n".join((finding.subject, finding.message, finding.hint, finding.place.path))
    return names_hidden(finding.subject, told, hidden) or not notes.isdisjoint(_NOTE_ID.findall(told))


def names_hidden(subject: str, told: str, *hidden: Hidden) -> bool:
    """Whether a sentence about a subject names something private."""
    segments = {unquote(part).partition("~")[0] for part in subject.split(".")}
    return any(segments & one.ids or any(word in told for word in one.words) for one in hidden)


def _redacted(portfolio: Portfolio, finding: Finding) -> Finding:
    account = portfolio.accounts.get(finding.account)
    home = account.files.get("account", "") if account else ""
    return replace(finding, message=_REDACTED, hint="", subject="private", place=Place(home))


def theirs(account: Account, who: Iterable[str]) -> bool:
    """Whether only people of the customer are named, in a published account (a private contact counts)."""
    names = tuple(who)
    return bool(names) and all(name in account.contacts or name == SOMEBODY for name in names)
