"""What happened: notes and complaints, reviews, periods, audits, decisions, evidence of partnership."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.changes.change import Change, Kind, Two, quoted, written
from kamgen.facts.changes.details import pairs_of
from kamgen.facts.rewording import Pair, same
from kamgen.model.account import Decision
from kamgen.model.portfolio import HeldAudit, Note


def changes(two: Two) -> Iterator[Change]:
    """What was noted, reviewed, audited, decided and evidenced."""
    if two.comparable("notes"):
        yield from _notes(two)
    if two.comparable("audits"):
        yield from _audits(two)
    if two.comparable("account", "plan"):
        yield from _reviews(two)
        for pair in pairs_of(two.plans[0].decisions, two.plans[1].decisions, "decisions"):
            yield from _decision(two, pair)
    if two.comparable("account", "partnership"):
        yield from _evidence(two)


def _notes(two: Two) -> Iterator[Change]:
    before = {note.id: note for note in two.before.notes}
    after = {note.id: note for note in two.after.notes}
    for name, note in after.items():
        old = before.get(name)
        if old is None:
            yield _noted(two, note)
        elif note.head.kind == "issue" and note.head.resolved and not old.head.resolved:
            text = f"Complaint resolved on {note.head.resolved}: {quoted(note.title)}."
            yield two.told("complaint-resolved", ["notes", name], text, "", note.head.resolved)
    for name, note in before.items():
        if name not in after:
            yield two.told("note-gone", ["notes", name], f"A note is gone: {note.on}, {quoted(note.title)}.")


def _noted(two: Two, note: Note) -> Change:
    at = ["notes", note.id]
    title = quoted(note.title) if note.title else note.head.kind
    if note.head.kind == "issue" and not note.head.resolved:
        return two.told("complaint-opened", at, f"Complaint of {note.on}: {title}.")
    if note.head.kind == "issue":
        text = f"Complaint of {note.on}, resolved on {note.head.resolved}: {title}."
        return two.told("complaint-resolved", at, text, "", note.head.resolved)
    kind = "Internal note" if note.head.kind == "internal" else note.head.kind.capitalize()
    people = f" with {two.names(note.head.with_)}" if note.head.with_ else ""
    return two.told("note-added", at, f"{kind} on {note.on}{people}: {title}.")


def _audits(two: Two) -> Iterator[Change]:
    before = {held.id: held for held in two.before.audits}
    for held in two.after.audits:
        old = before.get(held.id)
        if old is None or (old.audit.marks, old.audit.seen_as) != (held.audit.marks, held.audit.seen_as):
            yield _audit(two, held, old)


def _audit(two: Two, held: HeldAudit, old: HeldAudit | None) -> Change:
    said = [f"{written(held.audit.marks)} out of ten"] * (held.audit.marks is not None)
    said += [f"seen as a {held.audit.seen_as}"] * bool(held.audit.seen_as)
    verdict = f": {', '.join(said)}" if said else ""
    text = f"Audit of {held.on}{verdict}."
    return two.told("audit-held", ["audits", held.id], text, old.audit.marks if old else "", held.audit.marks)


def _reviews(two: Two) -> Iterator[Change]:
    before, after = two.plans
    if after.reviewed and after.reviewed != before.reviewed:
        who = f" by {two.names(after.reviewed_by)}" if after.reviewed_by else ""
        text = f"Reviewed on {after.reviewed}{who}."
        yield two.told("review-held", ["plan", "reviewed"], text, before.reviewed, after.reviewed)
    old, new = before.period, after.period
    if new and (old is None or new.ends != old.ends):
        text = f"Next point to reach, by {new.ends}: {quoted(new.reach or 'not stated')}."
        yield two.told("period-set", ["plan", "period"], text, old.ends if old else "", new.ends)
    elif new and old and not same(old.reach, new.reach):
        text = f"Point to reach by {new.ends} reworded: {quoted(new.reach)}, before {quoted(old.reach)}."
        yield two.told("period-changed", ["plan", "period", "reach"], text, old.reach, new.reach)
    for pair in pairs_of(before.past_periods, after.past_periods, "past_periods"):
        was, period = pair.before, pair.after
        if period and period.reached and (was is None or was.reached != period.reached):
            verdict = {"yes": "reached", "partly": "partly reached", "no": "not reached"}[period.reached]
            because = f" ({period.because})" if period.because else ""
            text = f"Period to {period.ends}: {verdict}{because}: {quoted(period.reach)}."
            yield two.told("period-closed", ["plan", "past_periods", period.id], text, "", period.reached)


def _decision(two: Two, pair: Pair[Decision]) -> Iterator[Change]:
    old, new = pair.before, pair.after
    if new is None:
        assert old
        if not old.decided_on:
            text = f"A decision that was asked for is gone: {quoted(old.ask)}."
            yield two.told("decision-gone", ["plan", "decisions", old.id], text)
        return
    at = ["plan", "decisions", new.id]
    if new.decided_on and not (old and old.decided_on):
        outcome = f": {new.outcome}" if new.outcome else ""
        text = f"Decided on {new.decided_on}: {quoted(new.ask)}{outcome}."
        yield two.told("decision-made", at, text, "", new.decided_on)
    elif old is None:
        yield two.told("decision-asked", at, f"Asked of {two.names(new.of)}: {quoted(new.ask)}.")


def _evidence(two: Two) -> Iterator[Change]:
    before, after = two.before.record.partnership or {}, two.after.record.partnership or {}
    for name, seen in after.items():
        old = before.get(name)
        kind: Kind = "evidence-added" if old is None else "evidence-renewed"
        if old is None or old.on != seen.on or not same(old.evidence, seen.evidence):
            said = "New sign of partnership" if old is None else "Sign of partnership renewed"
            text = f"{said}, {name}: {quoted(seen.evidence or 'no evidence given')}."
            yield two.told(kind, ["partnership", name], text, old.on if old else "", seen.on)
    for name in before:
        if name not in after:
            yield two.told(
                "evidence-gone", ["partnership", name], f"No longer claimed as a sign of partnership: {name}."
            )
