"""Reviews and dates as calendars (iCalendar, RFC 5545) that Outlook, Google and others subscribe to.

Every day is a whole day that blocks nobody's time. An event keeps its UID when its day moves, so that a subscriber sees
it moved and not a second one. Same portfolio, same bytes: nothing in a calendar comes from the clock but `as_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from kamgen.facts.agenda import Event
from kamgen.facts.texts import printable
from kamgen.pages import Site, words
from kamgen.pages.links import account_address, calendar_addresses
from kamgen.pages.reviews import in_order

_EVERY = timedelta(days=1)  # how often a subscriber should look again: a site is built about once a day
_END = b"END:VCALENDAR\r\n"


def calendars(site: Site, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Each calendar of the site: its address below the site, and the file.

    `site_url` is where the site stands ("" where nobody said so); then every event leads to its account's page.
    """
    entries = [(event.ours, entry) for event, entry in _entries(site, in_order(site), site_url)]
    for address, person in calendar_addresses(site).items():
        name = site.public.person_name(None, person) if person else ""
        yield address, _calendar(name, [entry for ours, entry in entries if not person or person in ours])


def _calendar(name: str, entries: Iterable[bytes]) -> bytes:
    calendar = Calendar()
    title = f"Key accounts: {name}" if name else "Key accounts"
    calendar.add("prodid", "-//kamgen//reviews and dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", vDuration(_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_EVERY))
    # An event stands in several calendars: each is written once and put between head and end.
    frame: bytes = calendar.to_ical()
    return frame.removesuffix(_END) + b"".join(entries) + _END


def _entries(site: Site, events: Iterable[Event], site_url: str) -> Iterator[tuple[Event, bytes]]:
    seen: dict[str, int] = {}
    for event in events:
        identity = event.identity
        seen[identity] = number = seen.get(identity, 0) + 1  # equal ids in one list are a finding, and two events
        yield event, _entry(site, event, f"{identity}|{number}" if number > 1 else identity, site_url)


def _entry(site: Site, event: Event, identity: str, site_url: str) -> bytes:
    entry = Entry()
    entry.add("uid", str(uuid5(NAMESPACE_URL, f"{site_url}|{identity}")))
    entry.add("dtstamp", datetime.combine(site.public.as_of, time(), UTC))
    entry.add("dtstart", event.on)
    entry.add("dtend", event.on + timedelta(days=1))
    entry.add("summary", _plain(f"{event.account.name}: {event.what}"))
    entry.add("description", "\n".join(_plain(line) for line in _told(site, event)))
    entry.add("categories", [words.EVENTS[event.kind]])
    entry.add("transp", "TRANSPARENT")
    if site_url:
        entry.add("url", f"{site_url.rstrip('/')}/{account_address(event.account.slug)}")
    return bytes(entry.to_ical())


def _told(site: Site, event: Event) -> Iterator[str]:
    account = event.account
    yield f"{words.STAGES[account.stage]}: {account.name}"
    if account.record.manager:
        yield f"Manager: {site.public.person_name(account, account.record.manager)}"
    for label, names in (("With", event.with_), ("From us", event.who)):
        if names:
            yield f"{label}: {', '.join(site.public.person_name(account, name) for name in names)}"
    if event.due and not event.answered:
        yield words.ASKS[event.kind].replace("`", "")


def _plain(text: str) -> str:
    """One line of text: line breaks and other control characters, which no calendar may hold, become spaces."""
    return " ".join(printable(text).split())
