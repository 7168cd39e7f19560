"""What happened: the newest notes on the account's page, the older ones on a page of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kamgen.model.portfolio import Account, Note
from kamgen.pages import Page
from kamgen.pages.account.view import View
from kamgen.pages.links import NOTES_ON_PAGE, account_address, note_anchor, notes_newest_first
from kamgen.pages.prose import prose, without_title
from kamgen.pages.templates import page

SIGNALS = "signals/"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A note, its anchor, its text as HTML, and its signals with where each is told of ("": nowhere)."""

    note: Note
    anchor: str
    html: Markup
    signals: list[tuple[str, str]]


def older_address(account: Account) -> str:
    """The page of an account's older notes."""
    return f"{account_address(account.slug)}notes/"


def show(view: View) -> Markup:
    """The newest notes."""
    newest = notes_newest_first(view.account)
    if not newest:
        return Markup()
    return view.fragment(
        "notes.html",
        notes=_shown(view, newest[:NOTES_ON_PAGE]),
        older=len(newest[NOTES_ON_PAGE:]),
    )


def older_page(view: View) -> Page:
    """The notes that no longer stand on the account's own page."""
    return page(
        view.site,
        view.address,
        "account/older_notes.html",
        f"{view.account.name}: older notes",
        edit=view.home,
        account=view.account,
        place=view.place,
        notes=_shown(view, notes_newest_first(view.account)[NOTES_ON_PAGE:]),
    )


def _shown(view: View, notes: Iterable[Note]) -> list[_Shown]:
    files = view.here.files(view.account)
    return [
        _Shown(
            note,
            note_anchor(note),
            prose(without_title(note.body, note.title), note_anchor(note), 4, note.path, files),
            [(words, _signal(view, words)) for words in note.head.signals],
        )
        for note in notes
    ]


def _signal(view: View, words: str) -> str:
    return view.here.link(SIGNALS) if SIGNALS in view.site.addresses else ""
