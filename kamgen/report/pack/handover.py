"""The handover of an account to another manager: who knows whom, how we got here, what is promised, where it hurts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamgen.facts.handover import Handover, Known
from kamgen.facts.handover import handover as facts_of
from kamgen.facts.promises import Record
from kamgen.facts.swot import ONE
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.telling import Document, Group, Line, Section, cut, ended, group
from kamgen.pages.telling.teller import Teller, unknown_past
from kamgen.pages.words import POLICY, STAGES, several

MANY, FEW = 20, 8
_TORN = {
    "situation": "nothing in the situation asks for it",
    "measure": "no measure shows it",
    "stages": "it has no stages",
    "actions": "no open action serves it",
}


def handover(site: Site, account: Account) -> Document:
    """The handover of a published account."""
    tell = Teller(site, account)
    found = facts_of(tell.sources, account)
    record = account.record
    facts = (
        Line(STAGES[account.stage], "Stage"),
        Line(tell.names([record.manager]), "Manager until now"),
        Line(tell.names([record.sponsor]), "Sponsor"),
        Line(tell.names([record.buddy]), "Buddy"),
        Line(tell.names(record.team), "Team"),
    )
    sections = (_people(tell, found), _path(tell, found), _decided(tell, found), _open(tell, found), _sore(tell, found))
    return Document(f"{account.name}: handover", tell.verdict(found.verdict), facts, sections)


def _people(tell: Teller, found: Handover) -> Section:
    gone = ", ".join(f"{one.name} ({tell.day(one.leaves)})" for one in found.left)
    groups = [group((_known(tell, one) for one in found.known), MANY)]
    if gone:
        groups.append(Group((Line(gone),), "Left"))
    return Section("people", "Who knows whom", tuple(groups), empty="No contact is on record.")


def _known(tell: Teller, one: Known) -> Line:
    contact = one.contact
    facts = [fact for fact in (contact.title, POLICY[contact.level], contact.stance) if fact]
    if contact.leaves:
        facts.append(f"leaves {tell.day(contact.leaves)}")
    ties = [f"{tell.name(tie.ours)} ({f'met {tell.day(tie.last)}' if tie.last else 'not met'})" for tie in one.ties]
    last = f"last met by anybody {tell.day(one.last)}" if one.last else "never met on record"
    return Line(f"{', '.join(facts)}. Known to {several(ties) if ties else 'nobody of ours'}; {last}.", contact.name)


def _path(tell: Teller, found: Handover) -> Section:
    choice = tell.account.record.selection
    since = tell.site.portfolio.history.since
    note = ""
    if found.turns is None:
        note = f"Unknown: how stage, choice and roles changed ({_unknown(tell)})."
    elif since:
        note = f"Unknown: what was before {tell.day(since)} (shallow clone)."
    turns = [Line(turn.text, tell.day(turn.on)) for turn in found.turns or ()]
    if choice and choice.reason:
        agreed = f" Agreed by {tell.names(choice.agreed_by)}." if choice.agreed_by else ""
        turns.append(Line(f"{ended(choice.reason)}{agreed}", tell.day(choice.agreed_on, "The choice")))
    groups = (group(turns, FEW), group(map(tell.period, found.periods[-FEW:]), FEW, "Periods that are over"))
    shown = tuple(one for one in groups if one.lines)
    return Section("path", "How we got here", shown, note, "" if note else "Nothing is on record.")


def _unknown(tell: Teller) -> str:
    return unknown_past(tell.site, "git holds no earlier state")


def _decided(tell: Teller, found: Handover) -> Section:
    lines = (
        Line(f"{cut(one.what)}: {ended(one.why or 'no reason on record')}", tell.day(one.on)) for one in found.decided
    )
    groups = [group(lines, MANY)]
    if found.asked:
        groups.append(group(map(tell.decision, found.asked), FEW, "Asked for and not decided"))
    return Section("decided", "Decisions, and why", tuple(groups), empty="No decision is on record.")


def _open(tell: Teller, found: Handover) -> Section:
    parts: tuple[tuple[str, Iterable[Line]], ...] = (
        ("Ours", map(tell.task, found.ours)),
        ("Theirs", map(tell.task, found.theirs)),
        ("What being a key account means to them", (_promise(tell, one) for one in found.promises)),
        ("Dates and meetings coming", map(tell.event, found.dates)),
    )
    groups = tuple(one for title, lines in parts if (one := group(lines, MANY, title)).lines)
    return Section("open", "Open promises", groups, empty="Nothing is promised.")


def _promise(tell: Teller, record: Record) -> Line:
    newest = record.newest
    kept = (
        f"{'not kept' if newest.kept is False else 'kept'} in {tell.site.wording.month(newest.month)}" if newest else ""
    )
    return Line(f"{cut(record.promise.what)} ({tell.names([record.promise.owner])}, {kept or 'never measured'})")


def _sore(tell: Teller, found: Handover) -> Section:
    why = _unknown(tell) if found.turns is None else ""
    note = f"Unknown: which promises were moved or went without a word ({why})." if why else ""
    torn = (
        Line(f"{several(_TORN[end] for end in ends)}.", ended(cut(thread.goal.goal))) for thread, ends in found.torn
    )
    parts: tuple[tuple[str, Iterable[Line]], ...] = (
        ("Complaints that are open", map(tell.complaint, found.complaints)),
        ("Against us", (Line(one.title, f"{one.name}, {one.stance}") for one in found.against)),
        ("Promises to them that were not kept", _broken(tell, found)),
        ("Promises of the plan that were not kept", map(tell.outcome, found.unkept)),
        ("Goals that hang in the air", torn),
        ("What no goal answers", (Line(cut(item.what), ONE[kind].capitalize()) for kind, item in found.unanswered)),
    )
    groups = tuple(one for title, lines in parts if (one := group(lines, FEW, title)).lines)
    return Section("sore", "Sore spots", groups, note, "" if note else "None is on record.")


def _broken(tell: Teller, found: Handover) -> Iterator[Line]:
    return (_promise(tell, record) for record in found.promises if record.broken)
