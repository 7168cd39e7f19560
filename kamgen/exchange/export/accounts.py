"""Tables about accounts as such: who they are and how they stand, their people, and the days that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from kamgen.exchange.export.table import Row, Source, rounded, table
from kamgen.facts import reviews
from kamgen.facts.agenda import events
from kamgen.facts.budget import YearToDate, against_budget
from kamgen.facts.complaints import open_complaints
from kamgen.facts.meetings import meet_every, relations
from kamgen.facts.partnership import assess, last_audit
from kamgen.facts.plans import open_actions, open_goals
from kamgen.facts.programme import Score, margins, ranked, scores_of_the_year, step_down, step_up
from kamgen.facts.relationships import account_shape, only_ties, ties
from kamgen.facts.sales import Deliveries, year_of_deliveries
from kamgen.facts.standing import Standing, standings
from kamgen.facts.threads import unanswered
from kamgen.facts.trends import Trend, trends
from kamgen.facts.whitespace import WhiteSpace, white_space
from kamgen.model.portfolio import Account
from kamgen.model.values import NEVER


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts of all accounts, each computed once, by slug."""

    trends: Mapping[str, Trend]
    margins: Mapping[str, Decimal]
    deliveries: Mapping[str, Deliveries]
    scores: Mapping[str, Score]
    places: Mapping[str, int]
    candidates: Mapping[str, str]
    standings: Mapping[str, Standing]
    spaces: Mapping[str, WhiteSpace]
    budgets: Mapping[str, YearToDate]


def _known(source: Source) -> _Known:
    whole = source.whole
    scores = scores_of_the_year(whole)
    return _Known(
        trends(whole),
        margins(whole),
        year_of_deliveries(whole),
        scores,
        {one.account: one.place for one in ranked(scores)},
        {one.account: "up" for one in step_up(whole, source.years, scores)}
        | {one.account: "down" for one in step_down(whole, scores)},
        standings(source.public, (finding for finding in source.shown if not finding.suppressed)),
        white_space(whole),
        against_budget(whole),
    )


def _accounts(source: Source) -> Iterator[Row]:
    known = _known(source)
    for shown, whole in source.accounts():
        yield (
            *_details(shown),
            *_business(source, known, shown.slug),
            *_programme(known, shown.slug),
            *_relationship(source, shown, whole),
            *_work(source, whole),
            *_rounds(source, shown),
            *_more(source, known, whole),
        )


def _details(shown: Account) -> Row:
    record = shown.record
    agreed = record.selection.agreed_on if record.selection else None
    return (
        *(shown.slug, shown.name, shown.stage, record.country, record.region, record.segment, record.crm_id),
        *(record.manager, record.sponsor, record.buddy, record.team, agreed),
    )


def _business(source: Source, known: _Known, slug: str) -> Row:
    year, trend, made = source.years.get(slug), known.trends.get(slug), known.deliveries.get(slug)
    return (
        year.total if year else None,
        rounded(year.growth) if year else None,
        rounded(year.share) if year else None,
        rounded(known.margins.get(slug)),
        rounded(trend.half_year.ratio) if trend and trend.half_year else None,
        rounded(trend.quarter.ratio) if trend and trend.quarter else None,
        trend.usual_gap if trend else None,
        trend.quiet_months if trend else None,
        made.deliveries if made else None,
        made.late if made else None,
        rounded(made.late_share) if made else None,
    )


def _programme(known: _Known, slug: str) -> Row:
    tally = known.standings[slug].tally
    place, candidate = known.places.get(slug), known.candidates.get(slug)
    return rounded(known.scores[slug].value), place, candidate, tally.error, tally.warning, tally.info


def _relationship(source: Source, shown: Account, whole: Account) -> Row:
    shape = account_shape(source.whole, whole)
    ours, theirs = assess(source.whole, whole), last_audit(source.public, shown)
    return (
        *(rounded(shape.index), shape.word, len(ours.evidenced), rounded(ours.share)),
        *((theirs.audit.marks, theirs.audit.seen_as) if theirs else (None, None)),
    )


def _work(source: Source, whole: Account) -> Row:
    plan = whole.plan
    if plan is None:
        return 0, 0, 0, 0
    actions = open_actions(plan)
    overdue = sum(action.due is not None and action.due < source.as_of for action in actions)
    return len(open_goals(plan)), len(actions), overdue, sum(1 for _ in unanswered(plan))


def _rounds(source: Source, shown: Account) -> Row:
    review = reviews.plan_review(source.public, shown)
    audit, senior = reviews.audit(source.public, shown), reviews.senior_review(source.public, shown)
    period = shown.plan.period if shown.plan else None
    booked = (one.booked.on if one.booked else None for one in (audit, senior))
    first, second = booked
    return (
        *(review.last, review.due, period.ends if period else None),
        *(audit.last, audit.due, first, senior.last, senior.due, second),
    )


def _more(source: Source, known: _Known, whole: Account) -> Row:
    """What came to the table later, and so stands at its end."""
    space, year = known.spaces.get(whole.slug), known.budgets.get(whole.slug)
    return (
        rounded(space.total) if space else None,
        rounded(year.whole.ratio) if year else None,
        len(open_complaints(source.whole, whole)),
    )


def _contacts(source: Source) -> Iterator[Row]:
    cold = {
        (whole.slug, name)
        for _, whole in source.accounts()
        for name, relation in relations(source.whole, whole).items()
        if relation.cold(source.as_of)
    }
    for shown, _ in source.accounts():
        told = relations(source.public, shown)
        for name, contact in shown.contacts.items():
            relation = told.get(name)
            yield (
                *(shown.slug, name, contact.name, contact.title, contact.level, contact.stance, contact.site),
                *(contact.covered_by, contact.crm_id, contact.checked, contact.leaves, contact.successor),
                contact.active(source.as_of),
                _days(meet_every(source.public.settings, contact)),
                relation is not None and relation.wanted,
                relation.last.on if relation and relation.last else None,
                relation.due if relation else None,
                relation.booked.on if relation and relation.booked else None,
                (shown.slug, name) in cold,
            )


def _days(every: timedelta | None) -> int | None:
    return None if every is None or every == NEVER else every.days


def _ties(source: Source) -> Iterator[Row]:
    alone = {
        (whole.slug, ours, theirs)
        for _, whole in source.accounts()
        for ours, names in only_ties(ties(source.whole, whole)).items()
        for theirs in names
    }
    for shown, _ in source.accounts():
        for tie in ties(source.public, shown):
            yield shown.slug, tie.ours, tie.theirs, tie.covered, (shown.slug, tie.ours, tie.theirs) in alone


def _events(source: Source) -> Iterator[Row]:
    for shown, _ in source.accounts():
        for event in events(source.public, shown, source.whole):
            yield shown.slug, event.on, event.kind, event.what


def _notes(source: Source) -> Iterator[Row]:
    for shown, _ in source.accounts():
        for note in shown.notes:
            head = note.head
            yield (
                *(shown.slug, note.id, note.on, head.kind, note.title, head.who, head.with_, head.site),
                *(head.signals, head.about, head.resolved),
            )


TABLES = (
    table(
        "accounts",
        "account name stage country region segment crm_id manager sponsor buddy team agreed_on"
        " sales growth share margin half_year_ratio quarter_ratio usual_gap quiet_months"
        " deliveries late late_share score rank candidate errors warnings infos"
        " shape_index shape indicators indicators_share marks seen_as"
        " open_goals open_actions overdue_actions unanswered"
        " last_review next_review period_ends last_audit next_audit audit_booked"
        " last_senior_review next_senior_review senior_review_booked"
        " white_space budget_ratio open_complaints",
        _accounts,
    ),
    table(
        "contacts",
        "account contact name title level stance site covered_by crm_id checked leaves successor active"
        " meet_every wanted last_met due booked cold",
        _contacts,
    ),
    table("ties", "account ours theirs covered only", _ties),
    table("events", "account on kind what", _events),
    table("notes", "account note on kind title who with site signals about resolved", _notes),
)
