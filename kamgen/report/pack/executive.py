"""The executive review: two pages of what needs somebody, then a third of a page for each account with a plan."""

from __future__ import annotations

from collections.abc import Iterator

from kamgen.facts.agenda import open_decisions, tasks
from kamgen.facts.attention import Need, costliest_first, meetings_to_hold, needs
from kamgen.facts.past import since_last_review
from kamgen.facts.plans import has_plan
from kamgen.facts.sales import year_of_sales
from kamgen.facts.standing import Standing
from kamgen.facts.verdicts import verdict
from kamgen.pages import Site
from kamgen.pages.telling import Document, Line, Section, cut, ended, group
from kamgen.pages.telling.teller import Teller, unknown_past
from kamgen.pages.words import STAGES

MOST = 20  # two pages


def executive(site: Site) -> Document:
    """All accounts: the costliest needs first, then those with a plan in the order of what is at stake."""
    meetings = meetings_to_hold(site.public, site.portfolio, site.events)
    years = year_of_sales(site.portfolio)
    found = needs(site.public, site.shown, meetings, years)
    planned = costliest_first([one for one in site.standings.values() if has_plan(one.account)], years)
    exceptions = Section(
        "exceptions",
        "What needs somebody, the costliest first",
        (group((_need(site, need) for need in found), MOST),),
        empty="Nothing needs anybody: every account is in order.",
    )
    count = site.wording.count
    summary = f"As of {site.wording.day(site.public.as_of)}: {count(len(site.public.accounts), 'account')}, "
    summary += f"{len(planned)} with a plan; {count(len(found), 'account needs', 'accounts need')} somebody."
    return Document("Executive review", summary, sections=(exceptions, *(_account(site, one) for one in planned)))


def _need(site: Site, need: Need) -> Line:
    tell = Teller(site, need.account)
    lead = f"{need.account.name} ({STAGES[need.account.stage].lower()}, {tell.names([need.account.record.manager])}):"
    more = f" And {need.others} more." if need.others else ""
    return Line(f"{_reason(tell, need)}{more}", lead)


def _reason(tell: Teller, need: Need) -> str:
    if need.finding:
        told = f"{ended(cut(need.finding.message, 200))} {need.finding.hint or 'See the files of the account.'}"
        return told.replace("`", '"')
    if need.decision:
        who = tell.names(need.decision.of, "Somebody senior")
        return f"{who}, asked on {tell.day(need.decision.asked_on)}: {ended(cut(need.decision.ask))} Decide it."
    meeting = need.meeting
    assert meeting
    kind = "audit" if meeting.kind == "audit" else "senior review"
    return f"The yearly {kind} is due by {tell.day(meeting.on)}. Book a day with them."


def _account(site: Site, standing: Standing) -> Section:
    """A third of a page."""
    account = standing.account
    tell = Teller(site, account)
    whole = site.portfolio
    said = verdict(whole, whole.accounts[account.slug], standing)
    lines = [Line(tell.verdict(said), "How it stands"), *_five(tell)]
    return Section(account.slug, account.name, (group(lines, len(lines)),))


def _five(tell: Teller) -> Iterator[Line]:
    """The point to reach, the top change, the top action, the next date, the decision wanted."""
    site, account, as_of = tell.site, tell.account, tell.site.public.as_of
    period = account.plan.period if account.plan else None
    over = " (over, and no verdict yet)" if period and period.ends < as_of else ""
    reach = (
        f"{ended(cut(period.reach, 160) or 'not said')} By {tell.day(period.ends)}{over}." if period else "not said."
    )
    yield Line(reach, "To reach")
    changes = since_last_review(site.portfolio, site.portfolio.accounts[account.slug])
    unknown = f"unknown ({unknown_past(site)})." if account.plan and account.plan.reviewed else "never reviewed."
    yield Line(changes[0].text if changes else "nothing." if changes is not None else unknown, "Since the last review")
    task = next(iter(tasks([account])), None)
    yield Line(tell.task(task).text if task else "none is open.", "First action")
    event = next((event for event in site.events[account.slug] if event.on >= as_of), None)
    date = f"{tell.event(event).lead}: {tell.event(event).text}" if event else "none."
    yield Line(date, "Next date")
    asked = next(iter(open_decisions([account])), None)
    yield Line(tell.decision(asked).text if asked else "none.", "Decision wanted")
