"""How does it stand with this customer, what is wrong, and what comes next? For whoever serves the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kamgen.facts import agenda, reviews
from kamgen.facts.audits import audits_newest_first
from kamgen.facts.complaints import open_complaints
from kamgen.facts.drawing import Bars, bars
from kamgen.facts.meetings import Relation, relations
from kamgen.facts.portfolio import Month, chart_months, month_rows
from kamgen.facts.promises import record
from kamgen.facts.sales import Deliveries, YearOfSales, year_of_deliveries, year_of_sales
from kamgen.facts.standing import SECTIONS, by_section
from kamgen.finding import Place
from kamgen.model.account import Contact, Goal, SwotItem
from kamgen.model.identity import subject
from kamgen.model.portfolio import SECTIONS as PLAN_SECTIONS
from kamgen.model.portfolio import Account, Note
from kamgen.model.values import POLICY_LEVELS
from kamgen.pages import Page, Site
from kamgen.pages.links import (
    NOTES_ON_PAGE,
    Here,
    account_address,
    note_anchor,
    notes_newest_first,
)
from kamgen.pages.prose import prose, without_title
from kamgen.pages.templates import page

_PROSE = {
    "business": "Their business",
    "culture": "Their culture",
    "aims": "Their aims",
    "pressures": "Pressures on them",
}
_QUADRANTS = {
    "strengths": "Strengths",
    "weaknesses": "Weaknesses",
    "opportunities": "Opportunities",
    "threats": "Threats",
}


def addresses(site: Site) -> Iterator[str]:
    """One page an account, and one for older notes where there are more than ten."""
    for account in site.public.accounts.values():
        yield account_address(account.slug)
        if len(account.notes) > NOTES_ON_PAGE:
            yield notes_address(account)


def notes_address(account: Account) -> str:
    """The page of an account's older notes."""
    return f"{account_address(account.slug)}notes/"


def render(site: Site) -> Iterator[Page]:
    """The pages of every account."""
    numbers = _Numbers(chart_months(site.portfolio), year_of_sales(site.portfolio), year_of_deliveries(site.portfolio))
    for account in site.public.accounts.values():
        yield _account_page(site, account, numbers)
        if len(account.notes) > NOTES_ON_PAGE:
            yield _notes_page(site, account)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is counted once for all accounts."""

    months: tuple[str, ...]
    sales: Mapping[str, YearOfSales]
    deliveries: Mapping[str, Deliveries]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A note, its anchor, and its text as HTML."""

    note: Note
    anchor: str
    html: Markup


def _account_page(site: Site, account: Account, numbers: _Numbers) -> Page:
    address = account_address(account.slug)
    here = Here(site, address)
    return page(
        site,
        address,
        "account.html",
        account.name,
        edit=home(account),
        boost=2,
        description=f"{account.name}: plan, people, figures and notes",
        account=account,
        record=account.record,
        plan=account.plan,
        standing=site.standings[account.slug],
        found={section: [] for section in SECTIONS} | by_section(site.findings_by_account.get(account.slug, ())),
        place=_placer(site, account),
        events=agenda.events(site.public, account),
        last_review=reviews.plan_review(site.public, account),
        open_issues=len(open_complaints(site.public, account)),
        definitions=_definitions(site, account),
        has_audit_menu=f"{address}audit/" in site.addresses,
        **_work(site, account),
        **_people(site, account),
        **_intelligence(here, account),
        **_figures(site, account, numbers),
        **_partnership(site, account),
        **_notes(here, account),
    )


def home(account: Account) -> str:
    """The path of the file in which an account's own facts stand."""
    return account.files.get("account") or next(iter(account.files.values()), "")


def _placer(site: Site, account: Account) -> Any:
    """Gives the place of something in the account's files, by the segments of its key path."""

    def place(*names: str) -> Place:
        return site.portfolio.place(account.slug, subject(*names), False)

    return place


def _definitions(site: Site, account: Account) -> list[str]:
    known = site.public.playbook.criteria.definitions
    chosen = account.record.selection.definition if account.record.selection else ()
    return [known[name].name if name in known else name for name in chosen]


def _work(site: Site, account: Account) -> dict[str, Any]:
    """Actions within the horizon by whose they are, later ones, closed ones, and goals as threads."""
    near, later = agenda.horizon(account, agenda.tasks([account]), site.public.as_of)
    serving = agenda.serving(account)
    goals = account.plan.intentions if account.plan else {}
    actions = account.plan.implementation if account.plan else ()
    return {
        "ours": [task for task in near if not task.theirs],
        "theirs": [task for task in near if task.theirs],
        "later": later,
        "closed": agenda.closed_actions(account),
        "goal_names": {name: goal.goal for name, goal in goals.items()},
        "action_names": {action.id: action.what for action in actions},
        "goals": [
            (name, goal, _measure(site, goal), serving.get(name, []))
            for name, goal in sorted(goals.items(), key=_open_first)
        ],
    }


def _measure(site: Site, goal: Goal) -> str:
    """What a goal is measured by, in words: `sales:FAMILY` stands for the sales of a product family."""
    kind, _, family = (goal.measure or "").partition(":")
    offer = site.public.playbook.offer or {}
    if kind != "sales" or (family and family not in offer):
        return goal.measure or ""
    return f"sales of {offer[family].name}" if family else "sales"


def _open_first(pair: tuple[str, Goal]) -> bool:
    return not pair[1].open


def _people(site: Site, account: Account) -> dict[str, Any]:
    """Their active people, those who decide first, and those who left."""
    active = relations(site.public, account)
    return {
        "people": sorted(active.items(), key=_policy),
        "gone": [(name, contact) for name, contact in account.contacts.items() if name not in active],
    }


def _policy(pair: tuple[str, Relation]) -> int:
    contact: Contact = pair[1].contact
    return POLICY_LEVELS.index(contact.level) if contact.level else len(POLICY_LEVELS)


def _intelligence(here: Here, account: Account) -> dict[str, Any]:
    """Prose from plan.yml and plan.md as HTML, and the four quadrants."""
    told = account.plan.intelligence if account.plan else None
    texts = {name: getattr(told, name) for name in _PROSE if told and getattr(told, name)}
    path, files = account.files.get("prose", ""), here.files(account)
    return {
        "texts": [(name, _PROSE[name], prose(text, f"plan-{name}", 4)) for name, text in texts.items()],
        "sections": {
            name: prose(account.sections.get(name, ""), f"prose-{name}", 3, path, files) for name in PLAN_SECTIONS
        },
        "quadrants": [(name, title, _items(told, name)) for name, title in _QUADRANTS.items()] if told else [],
    }


def _items(told: object, name: str) -> tuple[SwotItem, ...]:
    items: tuple[SwotItem, ...] = getattr(told, name)
    return items


def _figures(site: Site, account: Account, numbers: _Numbers) -> dict[str, Any]:
    """Sales and deliveries by month, and the year's totals."""
    months: list[Month] = month_rows(site.portfolio, account.slug, numbers.months)
    chart: Bars = bars([month.amount for month in months])
    return {
        "months": months,
        "chart": chart,
        "year": numbers.sales.get(account.slug),
        "delivered": numbers.deliveries.get(account.slug),
        "families": site.public.playbook.offer or {},
    }


def _partnership(site: Site, account: Account) -> dict[str, Any]:
    """Promises with their newest figure, audits, and the indicators with evidence."""
    claimed = account.record.partnership or {}
    known = site.public.playbook.indicators
    return {
        "promises": [(promise, record(promise, site.public.as_of).newest) for promise in account.record.promises],
        "audits": audits_newest_first(account),
        "menu": site.public.playbook.menu,
        "claimed": [(name, known[name].name if name in known else name, seen) for name, seen in claimed.items()],
        "unclaimed": [one.name for name, one in known.items() if name not in claimed] if claimed else [],
    }


def _notes(here: Here, account: Account) -> dict[str, Any]:
    newest = notes_newest_first(account)
    shown = [_shown(here, account, note) for note in newest[:NOTES_ON_PAGE]]
    return {"notes": shown, "older": len(newest[NOTES_ON_PAGE:])}


def _notes_page(site: Site, account: Account) -> Page:
    """The notes that no longer stand on the account's own page."""
    address = notes_address(account)
    here = Here(site, address)
    older = notes_newest_first(account)[NOTES_ON_PAGE:]
    return page(
        site,
        address,
        "notes.html",
        f"{account.name}: older notes",
        edit=home(account),
        account=account,
        place=_placer(site, account),
        notes=[_shown(here, account, note) for note in older],
    )


def _shown(here: Here, account: Account, note: Note) -> _Shown:
    name = note_anchor(note)
    body = without_title(note.body, note.title)
    return _Shown(note, name, prose(body, name, 4, note.path, here.files(account)))
