"""Tables of the partnership: promises and whether they are kept, indicators, audits, and what notes signal."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.exchange.export.table import Row, Source, rounded, table
from kamgen.facts.complaints import open_complaints
from kamgen.facts.partnership import assess, audits_held, last_audit, loose_answers, views_differ
from kamgen.facts.promises import Record, record
from kamgen.facts.signals import signals
from kamgen.model.account import Target
from kamgen.model.portfolio import Account, HeldAudit
from kamgen.rules.kam804_views_differ import RULE


def _records(source: Source) -> Iterator[tuple[Account, Record]]:
    for shown, _ in source.accounts():
        for promise in shown.record.promises:
            yield shown, record(promise, source.as_of)


def _promises(source: Source) -> Iterator[Row]:
    for account, kept in _records(source):
        promise, target = kept.promise, kept.promise.target or Target()
        yield (
            *(account.slug, promise.id, promise.what, promise.owner, promise.measure),
            *(target.at_least, target.at_most, rounded(kept.kept_share), kept.broken, kept.broken_for),
            *(kept.unmeasured, kept.gaps),
        )


def _promises_by_month(source: Source) -> Iterator[Row]:
    for account, kept in _records(source):
        for month in kept.months:
            yield account.slug, kept.promise.id, month.month, month.value, month.kept


def _indicators(source: Source) -> Iterator[Row]:
    names = source.public.playbook.indicators
    for shown, _ in source.accounts():
        for claim in assess(source.public, shown).claims:
            name = names[claim.indicator].name if claim.indicator in names else None
            yield (
                *(shown.slug, claim.indicator, name, claim.evidence.evidence, claim.evidence.on),
                *(claim.evidenced, claim.old(source.as_of)),
            )


def _partnership(source: Source) -> Iterator[Row]:
    """Accounts for which somebody claims an indicator, or that were asked; private evidence is counted."""
    share, marks = (RULE.number(source.whole, None, name) for name in ("share", "marks"))
    for shown, whole in source.accounts():
        ours, theirs = assess(source.whole, whole), last_audit(source.public, shown)
        if not ours.claims and theirs is None:
            continue
        differ = views_differ(ours, theirs.audit, share=share, marks=marks) if theirs else None
        yield (
            *(shown.slug, ours.indicators, len(ours.claims), len(ours.evidenced)),
            *(len(ours.fresh(source.as_of)), len(ours.old(source.as_of)), rounded(ours.share)),
            *((theirs.on, theirs.audit.marks, theirs.audit.seen_as) if theirs else (None, None, None)),
            differ,
        )


def _held(source: Source) -> Iterator[tuple[Account, HeldAudit]]:
    for shown, _ in source.accounts():
        for held in audits_held(source.public, shown):
            yield shown, held


def _audits(source: Source) -> Iterator[Row]:
    for account, held in _held(source):
        audit = held.audit
        yield account.slug, held.id, held.on, audit.who, audit.with_, audit.marks, audit.seen_as, len(audit.answers)


def _answers(source: Source) -> Iterator[Row]:
    menu = source.public.playbook.menu
    for account, held in _held(source):
        whole = {one.id: one for one in source.whole.accounts[account.slug].audits}[held.id]
        loose = {question for question, _ in loose_answers(source.whole, whole)}
        for question, told in held.audit.answers.items():
            asked = menu[question].ask if question in menu else None
            yield (
                *(account.slug, held.id, question, asked, told.answer, told.action, told.goal, told.reason),
                question in loose,
            )


def _signals(source: Source) -> Iterator[Row]:
    for one in signals(source.whole, source.public):
        seen_in = [account.slug for account in one.seen_in]
        yield one.id, one.words, one.accounts, one.notes, one.first.on, one.last.on, seen_in, one.shared


def _sightings(source: Source) -> Iterator[Row]:
    for one in signals(source.whole, source.public):
        for seen in one.sightings:
            yield one.id, seen.account.slug, seen.on, seen.note.id, seen.who


def _complaints(source: Source) -> Iterator[Row]:
    for shown, _ in source.accounts():
        for complaint in open_complaints(source.public, shown):
            note = complaint.note
            yield shown.slug, note.id, note.on, note.title, complaint.age.days


TABLES = (
    table(
        "promises",
        "account promise what owner measure at_least at_most kept_share broken broken_for unmeasured gaps",
        _promises,
    ),
    table("promises_by_month", "account promise month value kept", _promises_by_month),
    table("indicators", "account indicator name evidence on evidenced old", _indicators),
    table(
        "partnership",
        "account indicators claimed evidenced fresh old share audited_on marks seen_as views_differ",
        _partnership,
    ),
    table("audits", "account audit on who with marks seen_as answers", _audits),
    table("audit_answers", "account audit question ask answer action goal reason loose", _answers),
    table("signals", "signal words accounts notes first_on last_on seen_in shared", _signals),
    table("sightings", "signal account on note who", _sightings),
    table("complaints", "account note on title age_days", _complaints),
)
