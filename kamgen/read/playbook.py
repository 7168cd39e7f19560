"""The playbook's YAML files, over the packaged defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kamgen.finding import Place
from kamgen.model.files import record_of
from kamgen.model.identity import IS_ID, slug, subject
from kamgen.model.locale import ENGLISH, is_locale
from kamgen.model.playbook import Criteria
from kamgen.model.portfolio import Playbook
from kamgen.model.settings import Settings
from kamgen.read.records import adapter, take
from kamgen.read.source import Source, listed
from kamgen.read.yaml import Document, parse

DEFAULTS = Path(__file__).resolve().parent.parent / "defaults"

PLAYBOOK_KINDS = ("team", "criteria", "indicators", "audit-menu", "offer")
FILE_NAMES = tuple(f"{kind}.yml" for kind in (*PLAYBOOK_KINDS, "kamgen"))
_MERGED = ("rhythm", "limits", "words")
_MANY = 10**9  # a limit beyond this is a slip of the pen


@cache
def default_tree(kind: str) -> Any:
    """The packaged file of a kind as plain values."""
    text = (DEFAULTS / f"{kind}.yml").read_text(encoding="utf-8")
    return parse(text, f"{kind}.yml").tree


@cache
def default_settings() -> Settings:
    """The settings of a workspace that has no kamgen.yml."""
    settings: Settings = adapter(Settings).validate_python(default_tree("kamgen"))
    return settings


def read_settings(source: Source, folder: Path) -> Settings:
    """kamgen.yml merged with the packaged one key by key; what is wrong in it is a problem with its line."""
    path = folder / "kamgen.yml"
    document = source.document(path, "kamgen", subject("playbook/kamgen")) if _there(source, path) else None
    if document is None:
        return default_settings()
    default = default_tree("kamgen")
    if document.tree is None or isinstance(document.tree, dict):
        document.tree = _merged(default, document.tree or {})
    taken = take(Settings, document, "", default)
    source.take(taken.problems, taken.distrusted)
    return _checked(source, document, taken.record or default_settings())


def _there(source: Source, path: Path) -> bool:
    """Whether there is a file of the playbook; a link that leads nowhere counts, its reader says what is wrong."""
    return source.origin.exists(path) and not source.origin.leaves(path.parent)


def _checked(source: Source, document: Document, settings: Settings) -> Settings:
    """The settings without what is well-formed and makes no sense."""
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f'"timezone" is "{settings.timezone}", and there is no such time zone.'
        hint = "Write a continent and a city, for example Europe/Vienna, or UTC."
        _tell_setting(source, document, ("timezone",), message, hint)
        settings = settings.model_copy(update={"timezone": "UTC"})
    if not is_locale(settings.locale):
        message = f'"locale" is "{settings.locale}", and there is no such locale.'
        hint = "Write a language and a country, for example de-AT or en-GB, or leave it out."
        _tell_setting(source, document, ("locale",), message, hint)
        settings = settings.model_copy(update={"locale": ENGLISH})
    wrong = {name: value for name, value in settings.limits if not 0 < value < _MANY}
    for name, value in wrong.items():
        message = f'"{name}" is {value}, and no limit can be like that.'
        _tell_setting(source, document, ("limits", name), message, "Write a number above 0, or take the line out.")
    if not wrong:
        return settings
    usual = {name: getattr(default_settings().limits, name) for name in wrong}
    return settings.model_copy(update={"limits": settings.limits.model_copy(update=usual)})


def _tell_setting(source: Source, document: Document, keys: tuple[str, ...], message: str, hint: str) -> None:
    source.tell("KAM004", f"{document.at}.{subject(*keys)}", message, hint, document.place(keys))


def _merged(default: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    tree = {**default, **own}
    for key in _MERGED:
        if isinstance(own.get(key), dict):
            tree[key] = _deep(default.get(key, {}), own[key])
    return tree


def _deep(default: Any, own: Any) -> Any:
    if not (isinstance(default, dict) and isinstance(own, dict)):
        return own
    return {**default, **{key: _deep(default.get(key), value) for key, value in own.items()}}


def read_playbook(source: Source, folder: Path) -> Playbook:
    """Team, criteria, indicators, menu and offer: the workspace's own, else the packaged (team, offer: none)."""
    _tell_strays(source, folder)
    return Playbook(
        team=_read(source, folder, "team"),
        criteria=_read(source, folder, "criteria") or adapter(Criteria).validate_python(default_tree("criteria")),
        indicators=_read_or_default(source, folder, "indicators"),
        menu=_read_or_default(source, folder, "audit-menu"),
        offer=_read(source, folder, "offer"),
    )


def _read_or_default(source: Source, folder: Path, kind: str) -> Any:
    own = _read(source, folder, kind)
    return adapter(record_of(kind)).validate_python(default_tree(kind)) if own is None else own


def _read(source: Source, folder: Path, kind: str) -> Any:
    path = folder / f"{kind}.yml"
    if not _there(source, path):
        return None
    document = source.document(path, kind, subject(f"playbook/{kind}"))
    if document is None:
        return None
    if document.tree is None and not document.mistakes:
        document.tree = {}
    taken = take(record_of(kind), document, "")
    source.take(taken.problems, taken.distrusted)
    if taken.record is None:
        source.miss(kind)
    for keys, mapping in _id_mappings(taken.record):
        _tell_ids(source, document, keys, mapping)
    return taken.record


def _id_mappings(record: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The mappings of a record whose keys are ids, with the keys that lead to them."""
    if isinstance(record, dict):
        yield (), record
    elif isinstance(record, Criteria):
        yield ("criteria",), record.criteria
        yield ("definitions",), record.definitions


def _tell_ids(source: Source, document: Document, keys: tuple[str, ...], record: Mapping[str, Any]) -> None:
    for name in record:
        if not IS_ID(name):
            source.tell(
                "KAM004",
                f"{document.at}.{subject(*keys, name)}",
                f'"{name}" cannot be an id: ids are small letters, digits and hyphens.',
                f'Write "{slug(name)}", here and wherever it is used.',
                document.place((*keys, name), at_key=True),
            )


def _tell_strays(source: Source, folder: Path) -> None:
    if not source.origin.is_folder(folder):
        return
    for path in listed(source, folder):
        if path.suffix in (".yml", ".yaml") and path.name not in FILE_NAMES:
            hint = f"It reads: {', '.join(FILE_NAMES)}."
            if path.stem in (*PLAYBOOK_KINDS, "kamgen"):
                hint = f"Rename it to {path.stem}.yml."
            place = Place(source.relative(path))
            source.tell(
                "KAM012", f"playbook/{subject(path.name)}", f'kamgen does not read "{path.name}" here.', hint, place
            )
