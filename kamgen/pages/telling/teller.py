"""Says things about one account in the words of the site: names, days, what became of promises, how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kamgen.facts.agenda import Asked, Event, Task
from kamgen.facts.complaints import Complaint
from kamgen.facts.pack import Became, Outcome, Sources
from kamgen.facts.verdicts import Reason, ReasonKind, Verdict
from kamgen.model.account import PastPeriod
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.telling import Line, cut, ended
from kamgen.pages.words import tally_words

BECAME: Mapping[Became, str] = {
    "overdue": "Not done",
    "moved": "Moved",
    "vanished": "Gone without a word",
    "dropped": "Dropped",
    "late": "Done late",
    "kept": "Kept",
}
REACHED: Mapping[str, str] = {"yes": "Reached", "partly": "Partly reached", "no": "Not reached"}
_LEADS: Mapping[str, str] = {"error": "Needs attention", "warning": "Worth a look"}


@dataclass(frozen=True)
class Teller:
    """One account, and the site whose words are used; nothing private is named."""

    site: Site
    account: Account

    def day(self, day: date | None, unknown: str = "no date") -> str:
        """30 Apr 2026."""
        return self.site.wording.day(day) if day else unknown

    @property
    def sources(self) -> Sources:
        """What the facts of the account are made from."""
        site, slug = self.site, self.account.slug
        findings = site.findings_by_account.get(slug, ())
        return Sources(site.public, site.portfolio, site.standings[slug], findings, site.events[slug])

    def verdict(self, said: Verdict, most: int = 4) -> str:
        """How the account stands, in a sentence."""
        lead = _LEADS.get(said.state) or (_LEADS["warning"] if said.reasons else "In order")
        reasons = [self.reason(one) for one in said.reasons[:most]]
        tally = tally_words(said.tally, self.site.wording) if said.tally.total else "nothing is reported"
        return f"{lead}: {'; '.join([tally, *reasons])}." if said.tally.total or reasons else f"{lead}."

    def reason(self, one: Reason) -> str:
        """One thing to know."""
        count, since = self.site.wording.count, self.day(one.since)
        said: Mapping[ReasonKind, str] = {
            "unread": "not all of its files could be read",
            "complaints": f"{count(one.count, 'complaint is', 'complaints are')} open, the oldest since {since}",
            "promises": f"{count(one.count, 'promise was', 'promises were')} not kept in the newest month",
            "deliveries": f"{count(one.count, 'delivery was', 'deliveries were')} late within twelve months",
            "sales": self._sales(one),
            "one-person": f"the relationship hangs on {self.name(one.person) if one.person else 'one person'}",
            "actions": f"{count(one.count, 'action is', 'actions are')} overdue, the oldest since {since}",
            "never-reviewed": "the plan was never reviewed",
            "review": f"the review was due on {since}",
            "period": f"the 90 days ran out on {since}",
        }
        return said[one.kind]

    def _sales(self, one: Reason) -> str:
        if not one.share or one.share <= 0:
            return "they have stopped buying"
        return f"sales are down to {self.site.wording.percent(one.share)} of the year before"

    def name(self, person: str) -> str:
        """The name of one of ours or theirs, as it may be shown."""
        return self.site.public.person_name(self.account, person)

    def names(self, people: Iterable[str | None], nobody: str = "nobody") -> str:
        """Names with commas."""
        return ", ".join(self.name(person) for person in people if person) or nobody

    def task(self, task: Task) -> Line:
        """An action: what, who, when."""
        action = task.action
        late = "overdue since " if action.due and action.due < self.site.public.as_of else ""
        return Line(f"{cut(action.what)} ({self.names(action.who)}, {late}{self.day(action.due)})")

    def decision(self, asked: Asked) -> Line:
        """A decision that somebody is asked for."""
        on = f", asked on {self.day(asked.asked_on)}" if asked.asked_on else ""
        return Line(f"{cut(asked.ask)} ({self.names(asked.of, 'somebody senior')}{on})")

    def outcome(self, one: Outcome) -> Line:
        """What became of a promise."""
        who = f" ({self.names(one.who)})" if one.who else ""
        stage = "Stage: " if one.stage else ""
        return Line(f"{stage}{cut(one.what)}{who}{self._became(one)}", BECAME[one.became])

    def _became(self, one: Outcome) -> str:
        moved = f", moved to {self.day(one.now)}" if one.now != one.due else ""
        said = {
            "overdue": f": was due {self.day(one.due)}{moved}",
            "moved": f": from {self.day(one.due)} to {self.day(one.now)}",
            "vanished": f": was due {self.day(one.due)}, gone on {self.day(one.on)}",
            "dropped": f": {cut(one.because) if one.because else 'no reason given'}",
            "late": f": done {self.day(one.on)}, promised for {self.day(one.due)}",
            "kept": f": done {self.day(one.on)}",
        }
        return said[one.became]

    def period(self, period: PastPeriod) -> Line:
        """A period that is over, with its verdict."""
        because = f" {ended(cut(period.because))}" if period.because else ""
        lead = REACHED[period.reached] if period.reached else "No verdict"
        return Line(f"By {self.day(period.ends)}: {ended(cut(period.reach, 160))}{because}", lead)

    def complaint(self, complaint: Complaint) -> Line:
        """An open complaint."""
        with_ = complaint.note.head.with_
        who = f" ({self.names(with_)})" if with_ else ""
        return Line(f"{cut(complaint.note.title)}{who}", f"Since {self.day(complaint.note.on)}")

    def event(self, event: Event) -> Line:
        """A day that comes, or one that has gone by and asks for something."""
        who = [*event.who, *event.with_]
        late = event.due and event.on < self.site.public.as_of
        what = event.what.removesuffix(" due") if late else event.what
        lead = f"Overdue since {self.day(event.on)}" if late else self.day(event.on)
        return Line(f"{cut(what)}{f' ({self.names(who)})' if who else ''}", lead)


def unknown_past(site: Site, otherwise: str = "no state of that day is in git") -> str:
    """Why nobody knows what was: there is no git, it begins too late, or what is said `otherwise`."""
    history = site.portfolio.history
    if history.unknown:
        return history.unknown
    if history.since:
        return f"shallow clone, which begins on {site.wording.day(history.since)}"
    return otherwise
