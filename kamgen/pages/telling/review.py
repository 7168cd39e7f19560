"""The review pack of an account, told in at most two pages: what was promised, what moved, what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.gates import Gate
from kamgen.facts.pack import Pack, People, Stand, fairest, review_pack
from kamgen.facts.progress import Figure
from kamgen.facts.relationships import listed
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.account.goals import measure_words
from kamgen.pages.telling import Document, Group, Line, Section, cut, ended, group
from kamgen.pages.telling.teller import Teller, unknown_past
from kamgen.pages.words import POLICY_WHO, STAGES

# So many lines a section, and the whole is two pages of A4.
OUTCOMES, CHANGES, GOALS, PEOPLE, FEW, GATE = 8, 7, 5, 8, 4, 4


def review(site: Site, account: Account) -> Document:
    """The review pack of a published account with a plan."""
    tell = Teller(site, account)
    pack = review_pack(tell.sources, account)
    return Document(
        f"{account.name}: review pack",
        tell.verdict(pack.verdict),
        tuple(_facts(tell, pack)),
        (
            _promised(tell, pack),
            _reach(tell, pack),
            _changed(tell, pack),
            _goals(tell, pack),
            _people(tell, pack),
            _complaints(tell, pack),
            _dates(tell, pack),
            _decisions(tell, pack),
            _next(tell, pack),
            _questions(pack),
        ),
    )


def _facts(tell: Teller, pack: Pack) -> Iterator[Line]:
    record, review = pack.account.record, pack.review
    yield Line(tell.day(tell.site.public.as_of), "As of")
    yield Line(STAGES[pack.account.stage], "Stage")
    yield Line(tell.names([record.manager]), "Manager")
    yield Line(tell.names([record.sponsor]), "Sponsor")
    yield Line(tell.day(review.last, "never"), "Last review")
    yield Line(tell.day(review.due, "as soon as can be"), "Next review due")


def _promised(tell: Teller, pack: Pack) -> Section:
    note = ""
    if pack.changes is None:
        why = unknown_past(tell.site) if pack.review.last else "the plan was never reviewed"
        note = f"Unknown: what was moved, and what went without a word ({why}). Told from the plan as it stands now."
    told = fairest(pack.outcomes, OUTCOMES)
    lines = tuple(tell.outcome(one) for one in told)
    empty = "Nothing of what was promised has ended, was moved or is late."
    return Section(
        "promised", "What we promised last time", (Group(lines, more=len(pack.outcomes[len(told) :])),), note, empty
    )


def _reach(tell: Teller, pack: Pack) -> Section:
    lines = [tell.period(pack.last)] if pack.last else []
    period = pack.plan.period
    if period:
        over = period.ends < tell.site.public.as_of
        lead = "Over, and no verdict yet" if over else "Now"
        lines.append(Line(f"By {tell.day(period.ends)}: {ended(cut(period.reach, 160) or 'not said')}", lead))
    return Section("reach", "The point to reach", (group(lines, FEW),), empty="Nobody has said what is to be reached.")


def _changed(tell: Teller, pack: Pack) -> Section:
    title = "What changed since the last review"
    if pack.changes is None:
        if pack.review.last is None:
            return Section("changed", title, note="Unknown: the plan was never reviewed.", empty="")
        note = f"Since {tell.day(pack.review.last)}: unknown ({unknown_past(tell.site)})."
        return Section("changed", title, note=note, empty="")
    lines = (Line(change.text) for change in pack.changes)
    empty = "Nothing but what stands above and below."
    return Section("changed", title, (group(lines, CHANGES),), "", empty)


def _goals(tell: Teller, pack: Pack) -> Section:
    lines = (_goal(tell, stand) for stand in pack.goals)
    return Section("goals", "Goals", (group(lines, GOALS),), empty="There is no open goal.")


def _goal(tell: Teller, stand: Stand) -> Line:
    goal, at, wording = stand.goal, stand.progress, tell.site.wording
    measure = measure_words(tell.site, goal)
    said = [f"{measure}: {_figures(tell, stand)}" if measure else "no measure"]
    if at.way is not None:
        said.append(f"{wording.percent(at.way)} of the way")
    if at.time is not None:
        said.append(f"{wording.percent(at.time)} of the time")
    said.append(f"by {tell.day(goal.due)}" if goal.due else "no date")
    return Line(ended(", ".join(said)), ended(cut(goal.goal)))


def _figures(tell: Teller, stand: Stand) -> str:
    at = stand.progress

    def figure(value: Figure | None) -> str:
        if value is None:
            return "?"
        is_money = stand.in_sales and not isinstance(value, str)
        currency = tell.site.portfolio.settings.currency
        return tell.site.wording.money(value, currency) if is_money else tell.site.wording.number(value)  # type: ignore[arg-type]

    now = f"{figure(at.newest[1])} ({tell.day(at.newest[0])})" if at.newest else "no reading yet"
    return f"start {figure(at.start)}, now {now}, aim {figure(stand.goal.aim)}"


def _people(tell: Teller, pack: Pack) -> Section:
    lines = _people_lines(tell, pack.people)
    empty = "Nobody moved, and nobody is missing."
    return Section("people", "People: moves and gaps", (group(lines, PEOPLE),), empty=empty)


def _people_lines(tell: Teller, people: People) -> Iterator[Line]:
    for name, contact in people.leaving:
        gone = contact.leaves and contact.leaves < tell.site.public.as_of
        after = {None: "no successor named", "not-known-yet": "successor not known yet"}.get(contact.successor)
        after = after or f"then {tell.name(contact.successor or '')}"
        yield Line(f"{tell.name(name)}: {tell.day(contact.leaves)}, {after}.", "Left" if gone else "Leaves")
    told = {subject("contacts", name) for name, _ in people.leaving}
    for change in people.moves:
        if change.kind != "contact-leaves" or not any(change.subject.startswith(one) for one in told):
            yield Line(change.text, "Joined" if change.kind == "contact-joined" else "Changed")
    for level in people.levels:
        known = "nobody of ours is tied to" if level.theirs else "we know nobody among"
        yield Line(f"{known} {POLICY_WHO[level.level]}.", "Gap")
    for one in people.only:
        alone = [tell.name(name) for name in one.alone] + ["somebody"] * bool(one.unnamed)
        yield Line(f"{tell.name(one.person)} is the only one who knows {listed(alone)}.", "One tie")
    if people.uncovered:
        yield Line(f"{listed([tell.name(name) for name in people.uncovered])}.", "Nobody of ours knows")
    for name, relation in people.cold:
        met = f"last met {tell.day(relation.last.on)}" if relation.last else "never met on record"
        due = f", was to be met by {tell.day(relation.due)}" if relation.due else ""
        yield Line(f"{tell.name(name)}: {met}{due}.", "Cold")


def _complaints(tell: Teller, pack: Pack) -> Section:
    lines = (tell.complaint(one) for one in pack.complaints)
    hidden = tell.site.wording.count(pack.more_complaints, "more is", "more are")
    note = f"{hidden} open and not shown here." if pack.more_complaints else ""
    return Section("complaints", "Open complaints", (group(lines, FEW),), note, "" if note else "None.")


def _dates(tell: Teller, pack: Pack) -> Section:
    lines = (tell.event(event) for event in pack.dates)
    return Section("dates", "Dates coming", (group(lines, FEW + 1),), empty="None within 90 days.")


def _decisions(tell: Teller, pack: Pack) -> Section:
    lines = (tell.decision(asked) for asked in pack.decisions)
    return Section("decisions", "Decisions wanted", (group(lines, FEW),), empty="None is asked for in the plan.")


def _next(tell: Teller, pack: Pack) -> Section:
    groups = tuple(found for gate in pack.gates if gate.kind != "later" and (found := _gate(tell, pack, gate)).lines)
    later = next((len(gate.ours) + len(gate.theirs) for gate in pack.gates if gate.kind == "later"), 0)
    note = f"{tell.site.wording.count(later, 'action lies', 'actions lie')} beyond that." if later else ""
    return Section("next", "Proposed: the next 90 days", groups, note, "Nothing is planned yet.")


def _gate(tell: Teller, pack: Pack, gate: Gate) -> Group:
    goals = {goal.goal for goal in pack.plan.intentions.values()}
    late = {one.what for one in fairest(pack.outcomes, OUTCOMES) if one.became == "overdue"}
    above = late if gate.kind == "overdue" else set()
    lines = [Line("What stands above as not done: do it, move it or drop it, and say why.")] if above else []
    lines += [tell.task(task) for task in (*gate.ours, *gate.theirs) if task.action.what not in above]
    for mark in gate.marks:
        if not mark.event and mark.what not in above:
            lines.append(Line(f"{cut(mark.what)} ({tell.day(mark.on)})", "Goal" if mark.what in goals else "Stage"))
    titles = {"overdue": "Overdue", "undated": "Without a date"}
    return group(lines, GATE, titles.get(gate.kind) or f"By {tell.day(gate.on)}")


def _questions(pack: Pack) -> Section:
    lines = (Line(cut(one.question.ask, 200)) for one in pack.questions)
    return Section("ask", "Questions to put to them", (Group(tuple(lines)),), empty="The audit menu is empty.")
