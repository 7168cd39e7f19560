"""What do several customers tell us at once? Trends that notes name, and who of ours should hear of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from kamgen.facts.hearers import Hearing, hearings
from kamgen.facts.signals import Sighting, signals
from kamgen.model.identity import IS_ID
from kamgen.pages import Page, Site
from kamgen.pages.links import Here, note_anchor, note_home
from kamgen.pages.templates import page
from kamgen.pages.words import KINDS, sentence

ADDRESS = "signals/"
MOST_SIGHTINGS = 10
MOST_NAMED = 12


Entry = tuple[date, str, Markup]  # the day, the kind of note, and the account with a link to the note


@dataclass(frozen=True, slots=True)
class Shown:
    """A signal as it is shown: its title, its newest sightings first, and whom of ours it concerns."""

    title: str
    hearing: Hearing
    entries: Sequence[Entry]
    more: int
    who: Sequence[str]


def addresses(site: Site) -> Iterator[str]:
    """One page."""
    yield ADDRESS


def render(site: Site) -> Iterator[Page]:
    """The signals: those of several accounts first."""
    found = [_shown(site, hearing) for hearing in hearings(signals(site.portfolio, site.public), site.public)]
    yield page(
        site,
        ADDRESS,
        "signals.html",
        "Signals",
        description="Trends that customers speak of: where they were seen, and who should hear of them",
        several=[one for one in found if one.hearing.signal.shared],
        single=[one for one in found if not one.hearing.signal.shared],
        notes=any(account.notes for account in site.public.accounts.values()),
        segments=any(account.record.segment for account in site.public.accounts.values()),
        most_named=MOST_NAMED,
    )


def _shown(site: Site, hearing: Hearing) -> Shown:
    signal = hearing.signal
    newest = signal.sightings[::-1]
    managers = (account.record.manager for account in signal.seen_in)
    there = (person for sighting in newest for person in sighting.who)
    who = dict.fromkeys(person for person in (*hearing.managers, *managers, *there) if person)
    entries = tuple(_entry(site, sighting) for sighting in newest[:MOST_SIGHTINGS])
    return Shown(_title(signal.words), hearing, entries, len(newest[MOST_SIGHTINGS:]), tuple(who))


def _entry(site: Site, sighting: Sighting) -> Entry:
    here, account, note = Here(site, ADDRESS), sighting.account, sighting.note
    link = here.link(note_home(site, account, note), note_anchor(note))
    what = Markup('{}: <a href="{}">{}</a>').format(account.name, link, note.title or note.id)
    return note.on, KINDS.get(note.head.kind or "", "Note"), what


def _title(words: str) -> str:
    """A signal's words to be read: one that is written as an id is a phrase with hyphens."""
    return sentence(words.replace("-", " ") if IS_ID(words) else words)
