"""Where things stand on the site, and links to them: made from records, relative, and never to a missing page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from posixpath import relpath
from urllib.parse import quote

from kamgen.errors import KamgenError
from kamgen.finding import Place
from kamgen.model.identity import IS_ID, segment, slug
from kamgen.model.portfolio import Account, Note
from kamgen.pages import Site


class BrokenLink(KamgenError):
    """A page links to a page that does not exist: the build fails."""


def account_address(name: str) -> str:
    """The page of the account with that slug."""
    return f"accounts/{name}/"


def person_address(person: str) -> str:
    """The page of one of our people."""
    return f"people/{person}/"


def rule_address(code: str) -> str:
    """The page of a rule."""
    return f"rules/{code}/"


def calendar_address(person: str = "") -> str:
    """The calendar with the dates of all accounts, or of one of our people; it is a file and no page."""
    return f"{person_address(person)}reviews.ics" if person else "reviews/reviews.ics"


def calendar_addresses(site: Site) -> dict[str, str]:
    """The calendars of the site: whose dates are in it ("": everybody's) by address, former ones included.

    Who has subscribed to a calendar is not led on by any page.
    """
    former = site.public.playbook.former.items()
    moved = {calendar_address(old): new for old, new in former if IS_ID(old) and new in site.people}
    return moved | {calendar_address(person): person for person in ("", *sorted(site.people))}


def attachment_address(account: Account, path: str) -> str:
    """Where an attachment is published: below its account's page, as it lies below the account's folder."""
    return account_address(account.slug) + "/".join(path.split("/")[2:])


def note_anchor(note: Note) -> str:
    """The anchor of a note on its account's page; a file name that cannot be an anchor is made into one of its own."""
    if IS_ID(note.id):
        return f"note-{note.id}"
    return f"note-{slug(note.id)}-{sha256(note.id.encode(errors='surrogateescape')).hexdigest()[:8]}"


def anchor(*names: str) -> str:
    """The anchor of an item, from the list it stands in and its id."""
    return "-".join(segment(name).replace("%", "_") for name in names)


@cache
def relative(base: str, target: str) -> str:
    """The relative URL from the page at the address `base` to an address below the site."""
    path = relpath("/" + target, "/" + base) if target else relpath("/", "/" + base)
    return f"{quote(path)}/" if not target or target.endswith("/") else quote(path)


@dataclass(frozen=True, slots=True)
class Here:
    """The page that is being written: every link on it is made by one of these."""

    site: Site
    address: str

    def link(self, target: str, fragment: str = "") -> str:
        """The relative URL of a page; raises BrokenLink when there is none at that address."""
        if target not in self.site.addresses:
            raise BrokenLink(f'The page "{self.address}" links to "{target}", and there is no such page.')
        tail = f"#{quote(fragment)}" if fragment else ""
        return tail if tail and target == self.address else relative(self.address, target) + tail

    def account(self, name: str, fragment: str = "") -> str:
        """The URL of an account's page."""
        return self.link(account_address(name), fragment)

    def person(self, name: str) -> str:
        """The URL of a person's page, or "" for somebody without one (a contact, an id not in the team)."""
        return self.link(person_address(name)) if name in self.site.people else ""

    def rule(self, code: str) -> str:
        """The URL of a rule's page."""
        return self.link(rule_address(code))

    def calendar(self, person: str = "") -> str:
        """The URL of the calendar of all accounts, or of one of our people who has a page."""
        return relative(self.address, calendar_address(person))

    def edit(self, place: Place) -> str:
        """The URL that opens a place in its file for editing, or "" where nothing can be edited."""
        if not self.site.edit_base or not place.path:
            return ""
        return f"{self.site.edit_base}{quote(place.path)}#L{place.line}"

    def files(self, account: Account) -> Callable[[str], str]:
        """Finds the URL at which a file of the account, given by its path below the root, can be read here."""
        from_here = {path: relative(self.address, attachment_address(account, path)) for path in account.attachments}
        noted = {note.path: note for note in account.notes}

        def find(path: str) -> str:
            if path in noted:
                return self.link(note_home(self.site, account, noted[path]), note_anchor(noted[path]))
            return from_here.get(path, "")

        return find


NOTES_ON_PAGE = 10


def notes_newest_first(account: Account) -> list[Note]:
    """An account's notes, the newest first."""
    return sorted(account.notes, key=lambda note: (note.on, note.id), reverse=True)


def note_home(site: Site, account: Account, note: Note) -> str:
    """The address of the page on which a note stands: its account's, or the page of older notes."""
    home = account_address(account.slug)
    newest = notes_newest_first(account)[:NOTES_ON_PAGE]
    return home if any(note.id == one.id for one in newest) else f"{home}notes/"
