"""The page of one account: verdict, gates, threads, people, numbers; what is private, missing, unreadable or large."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from kamgen.pages import Page, Site, account
from kamgen.rules.examples import TEAM
from tests.conftest import write_files
from tests.pages.reader import read, targets
from tests.pages.test_pages import SECRETS, SETTINGS, SMALL, site_of, words

Files = Mapping[str, str | bytes]
HOME = "accounts/example/"
BASE: Files = {"playbook/team.yml": TEAM, "playbook/kamgen.yml": SETTINGS}
SMALL_FILES: Files = {path: text for path, text in SMALL.items() if isinstance(text, str | bytes)}
SECRET_FILES: Files = {**SMALL_FILES, **{path: text for path, text in SECRETS.items() if isinstance(text, str | bytes)}}
ANCHORS = ("implementation", "intentions", "people", "intelligence", "figures", "partnership", "dates", "notes")


def built(root: Path, files: Files) -> tuple[Site, Page]:
    """The page of the account `example` in a workspace; it is well-formed, and its links to itself lead somewhere."""
    site = site_of(write_files(root, {**BASE, **files}))
    page = next(page for page in account.render(site) if page.address == HOME)
    found = read(page)
    assert found.faults == []
    assert {anchor for address, anchor in targets(page, found) if address == HOME and anchor} <= set(found.ids)
    return site, page


def text_of(root: Path, document: Mapping[str, object], **files: str) -> str:
    """The words on the page of an account with that document."""
    given = {"name": "Example & Sons", "stage": "key", **document}
    return words(built(root, {"accounts/example.yml": json.dumps(given), **files})[1])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Page:
    site = site_of(write_files(tmp_path_factory.mktemp("small"), SMALL_FILES))
    return next(page for page in account.render(site) if page.address == "accounts/ernst-handel/")


def test_it_keeps_the_anchors_that_other_pages_link_to(small: Page) -> None:
    ids = read(small).ids
    assert set(ANCHORS) <= set(ids)
    assert {
        "goal-no-empty-shelves",
        "action-agree-the-stock-count",
        "action-share-a-stand",
        "contact-roland-mendel",
        "contact-old-hand",
        "note-2026-03-12-graz-visit",
        "audit-2026-03-18",
    } <= set(ids)


def test_sections_stand_in_the_order_of_what_matters(small: Page) -> None:
    order = ["kg-verdict", "implementation", "intentions", "people", "figures", "intelligence", "partnership", "notes"]
    places = [small.html.index(name if name.startswith("kg") else f'id="{name}"') for name in order]
    assert places == sorted(places)


# --- The verdict ------------------------------------------------------------------------------------


def test_the_verdict_comes_first_in_words(small: Page) -> None:
    text = words(small)
    assert "Needs attention 1 error" in text or "Worth a look" in text
    assert "1 promise was not kept in the newest month; the relationship hangs on" in text
    assert "1 action is overdue, the oldest since 30 Apr 2026; the review is overdue by 36 days." in text
    assert text.index("overdue by 36 days") < text.index("Why key") < text.index("Manager Margaret Peacock")


def test_who_serves_them_and_what_comes_next(small: Page) -> None:
    text = words(small)
    for fact in ("Sponsor Andrew Fuller", "Open complaints ?", "Next contract date Last day to act: Frame contract"):
        assert fact in text, fact
    assert "Bow-tie: everything hangs on one person" in text


def test_an_account_in_order_says_so(tmp_path: Path) -> None:
    text = text_of(tmp_path, {"stage": "prospect"})
    assert "In order Prospect" in text
    assert "Manager" not in text


def test_a_light_account_has_no_headings(tmp_path: Path) -> None:
    _, page = built(tmp_path, {"accounts/example.yml": "name: Example\nstage: suspect\n"})
    assert read(page).headings == [1]
    assert len(page.html) < 2_500


def test_what_no_rule_complains_of_may_be_worth_a_look(tmp_path: Path) -> None:
    quiet = SETTINGS + "rules: {KAM810: off}\n"
    issue = "---\nkind: issue\n---\n# Late\n"
    files = {"accounts/example/notes/2026-05-01-late.md": issue, "playbook/kamgen.yml": quiet}
    text = text_of(tmp_path, {"stage": "customer", "manager": "laura-callahan"}, **files)
    assert "Worth a look nothing is reported; 1 complaint is open, the oldest from 1 May 2026 5 days ago." in text


def test_only_four_reasons_are_told(tmp_path: Path) -> None:
    contact = {"name": "Roland", "covered_by": ["margaret-peacock"]}
    plan = {"period": {"ends": "2026-05-01"}, "implementation": [{"what": "Call them", "due": "2026-05-01"}]}
    promise = {"what": "Answer", "target": {"at_least": 1}, "kept": {"2026-04": 0}}
    issue = {"accounts/example/notes/2026-05-01-late.md": "---\nkind: issue\n---\n# Late\n"}
    text = text_of(tmp_path, {"contacts": {"roland": contact}, "plan": plan, "promises": [promise]}, **issue)
    assert (
        "1 complaint is open, the oldest from 1 May 2026 5 days ago; 1 promise was not kept in the newest month; "
        "the relationship hangs on Margaret Peacock; 1 action is overdue, the oldest since 1 May 2026." in text
    )
    assert "the 90 days ran out" not in text


def test_files_that_could_not_be_read_are_told_first(tmp_path: Path) -> None:
    account = "name: Example\nstage: key\nmanager: margaret-peacock\n"
    broken = {"accounts/example/account.yml": account, "accounts/example/plan.yml": "reviewed: [2026\n"}
    text = words(built(tmp_path, broken)[1])
    assert "; not all of its files could be read, so parts of this page are missing." in text
    assert "never reviewed" not in text


# --- The next 90 days -------------------------------------------------------------------------------


def test_gates_late_work_first_ours_and_theirs_apart(small: Page) -> None:
    text = words(small)
    overdue = text.index("Overdue Ours to do Agree the stock count 30 Apr 2026")
    first = text.index("First gate: until 5 Jun 2026 Ours to do nothing Theirs to do Share stock data 29 May 2026")
    assert text.index("Point to reach by 15 Jul 2026") < text.index("Decisions waiting") < overdue < first
    assert "Gates stand 30 days apart, counted from 6 May 2026" in text
    assert "Third gate: until 4 Aug 2026 Nothing is planned for this time." in text


def test_gates_are_the_reviews_where_one_is_on_its_way(tmp_path: Path) -> None:
    text = text_of(tmp_path, {"plan": {"reviewed": "2026-04-20"}})
    assert "A gate is a review of the plan: 30 days from one to the next." in text
    assert "First gate: until 20 May 2026 Review of the plan due: 20 May 2026" in text
    assert "Point to reach" not in text


def test_decisions_taken_are_folded(tmp_path: Path) -> None:
    asked = {"ask": "Free samples", "of": "andrew-fuller", "asked_on": "2026-04-20"}
    text = text_of(tmp_path, {"plan": {"decisions": [asked | {"decided_on": "2026-05-02", "outcome": "Yes"}]}})
    assert "Decisions waiting" not in text
    assert "1 decision taken Free samples. Asked of Andrew Fuller on 20 Apr 2026. Decided on 2 May 2026: Yes" in text


def test_a_row_says_whose_it_is(small: Page) -> None:
    assert '<li id="action-agree-the-stock-count" data-kg-who="margaret-peacock">' in small.html
    assert '<tr id="contact-roland-mendel" data-kg-entry="Roland Mendel" data-kg-who="margaret-peacock">' in small.html


# --- Threads ----------------------------------------------------------------------------------------

GOALS = {
    "plan": {
        "reviewed": "2026-04-20",
        "intelligence": {
            "strengths": ["Fast"],
            "opportunities": [
                {"what": "Two new depots", "source": "Roland", "on": "2026-03-12", "goal": "shelves"},
                {"what": "A merger", "on": "2026-03-12"},
                {"what": "A stand", "parked": "2026-04-01", "because": "No fair this year"},
            ],
        },
        "intentions": {
            "shelves": {
                "goal": "Full shelves",
                "measure": "gaps",
                "start": 20,
                "aim": 10,
                "readings": {"2026-02-01": 18, "2026-04-01": 14},
                "since": "2026-01-06",
                "due": "2026-09-03",
                "stages": [{"what": "Baseline", "due": "2026-06-01"}],
            },
            "torn": {"goal": "They ask us first"},
            "gone": {"goal": "Old hopes", "dropped": "2026-03-01", "because": "They moved"},
        },
        "implementation": [
            {"what": "Count the gaps", "who": "margaret-peacock", "due": "2026-05-20", "goal": "shelves"},
            {"what": "Counted once", "due": "2026-03-01", "done": "2026-03-01", "goal": "shelves"},
            {"what": "Call them", "who": "margaret-peacock", "due": "2026-05-20"},
        ],
    }
}


def test_a_thread_leads_from_the_situation_to_the_actions(tmp_path: Path) -> None:
    text = text_of(tmp_path, GOALS)
    assert "Asked for by Opportunity: Two new depots Measure Gaps. From 20 → 14 (1 Apr 2026) → aim 10" in text
    assert "60 % of the way, 50 % of the time" in text
    assert "Stages Baseline: 1 Jun 2026 Actions Count the gaps, 20 May 2026" in text
    assert "1 action done for it so far." in text


def test_a_torn_thread_says_where(tmp_path: Path) -> None:
    text = text_of(tmp_path, GOALS)
    assert (
        "Asked for by torn here Nothing in the situation asks for this goal. "
        "Measure torn here No measure shows whether it is reached. "
        "Stages torn here No stages on the way. "
        "Actions torn here No open action serves this goal."
    ) in text


def test_loose_ends_and_closed_goals(tmp_path: Path) -> None:
    text = text_of(tmp_path, GOALS)
    assert "Loose ends no goal answers it Opportunity: A merger serves no goal Action: Call them" in text
    assert "1 goal reached or dropped Old hopes: Dropped on 1 Mar 2026: They moved" in text


def test_goals_measured_in_sales_read_themselves(tmp_path: Path) -> None:
    goal = {"goal": "Twice as much", "measure": "sales:tea", "aim": 2400, "since": "2026-01-01", "due": "2026-12-31"}
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][: 12 + 12 + 4]
    rows = "account,month,product,amount\n" + "".join(f"example,{month},tea,100\n" for month in months)
    offer = "tea: {name: Fine teas}\n"
    files = {"accounts/sales.csv": rows, "playbook/offer.yml": offer}
    text = text_of(tmp_path, {"plan": {"intentions": {"twice": goal}}}, **files)
    assert "Sales of Fine teas. From USD 1,200 → USD 1,200 (30 Apr 2026) → aim USD 2,400" in text
    assert "0 % of the way, 34 % of the time" in text


def test_the_situation_carries_the_marks_of_the_threads(tmp_path: Path) -> None:
    text = text_of(tmp_path, GOALS)
    assert "Two new depots Roland. 12 Mar 2026. Goal: Full shelves A merger 12 Mar 2026. no goal answers it" in text
    assert "A stand parked 1 Apr 2026: No fair this year" in text
    assert "Threats nothing noted" in text


# --- People -----------------------------------------------------------------------------------------

PEOPLE = {
    "sites": {"graz": {"name": "Graz depot"}, "linz": {"name": "Linz depot"}},
    "manager": "margaret-peacock",
    "contacts": {
        "roland": {"name": "Roland Mendel", "level": "influencer", "covered_by": "margaret-peacock", "site": "graz"},
        "georg": {"name": "Georg Pipps", "level": "implementer", "covered_by": "margaret-peacock", "site": "graz"},
        "mia": {
            "name": "Mia",
            "level": "implementer",
            "covered_by": ["margaret-peacock", "laura-callahan"],
            "site": "linz",
        },
        "otto": {"name": "Otto Alt", "level": "influencer", "leaves": "2026-01-01", "covered_by": "laura-callahan"},
        "new": {"name": "New Hand"},
    },
}


def test_if_this_person_leaves(tmp_path: Path) -> None:
    text = text_of(tmp_path, PEOPLE)
    assert (
        "If this person leaves Margaret Peacock is our only tie to Roland Mendel and Georg Pipps. "
        "Nobody else of ours reaches those who shape policy." in text
    )
    assert "Roland Mendel: nobody else of theirs connects us with those who shape policy." in text


def test_gaps_and_sites(tmp_path: Path) -> None:
    text = text_of(tmp_path, PEOPLE)
    assert "Gaps We know nobody who decides policy. Nobody of ours is tied to New Hand." in text
    assert "Graz depot: 3 people. Bow-tie: everything hangs on one person (Margaret Peacock)." in text
    assert "No longer there: Otto Alt (left 1 Jan 2026)." in text


def test_levels_are_told_in_plain_words_beside_the_term(tmp_path: Path) -> None:
    text = text_of(tmp_path, PEOPLE)
    assert "shapes policy (influencer)" in text
    assert "carries policy out (implementer)" in text


def test_who_could_leave_without_harm(tmp_path: Path) -> None:
    both = ["margaret-peacock", "laura-callahan"]
    contacts = {name: {"name": name.title(), "level": "influencer", "covered_by": both} for name in ("ada", "bob")}
    text = text_of(tmp_path, {"contacts": contacts})
    assert "No one person’s leaving would cut us off from anybody here, or from a policy level." in text


def test_contacts_that_could_not_be_read_are_not_judged(tmp_path: Path) -> None:
    files = {
        "accounts/example/account.yml": "name: Example\nstage: key\n",
        "accounts/example/contacts.yml": "ada: {name: Ada, covered_by: laura-callahan}\nbob: {nam: [}\n",
    }
    text = words(built(tmp_path, files)[1])
    assert "only tie" not in text
    assert "hangs on" not in text


# --- Numbers ----------------------------------------------------------------------------------------


def sold(accounts: Iterable[str], families: Mapping[str, int], months: int = 28) -> str:
    """An export in which each account buys so much of each family in each of the months up to April 2026."""
    newest = 2026 * 12 + 3
    dated = [f"{n // 12}-{n % 12 + 1:02}" for n in range(newest - months + 1, newest + 1)]
    return "account,month,product,amount\n" + "".join(
        f"{slug},{month},{family},{amount}\n"
        for slug in accounts
        for month in dated
        for family, amount in families.items()
    )


def test_numbers_without_sales_are_left_out(tmp_path: Path) -> None:
    text = text_of(tmp_path, {"plan": {"reviewed": "2026-05-01"}})
    assert "Numbers Sales" not in text


def test_budget_white_space_and_wallet(tmp_path: Path) -> None:
    others = ("north", "south", "west")
    sales = sold(others, {"tea": 50, "milk": 50}) + sold(("example",), {"tea": 100}).split("\n", 1)[1]
    files = {f"accounts/{name}.yml": f"name: {name}\nstage: customer\n" for name in others}
    files |= {
        "accounts/sales.csv": sales,
        "accounts/budget.csv": "account,month,amount\n"
        + "".join(f"example,2026-{month:02},125\n" for month in range(1, 5)),
        "playbook/offer.yml": "tea: {name: Fine teas}\nmilk: {name: Milk}\n",
    }
    text = text_of(tmp_path, {"wallet": {"2025": 2400, "2026": 2000}}, **files)
    assert "Sales by month against budget" in text
    assert "80 % of USD 500" in text
    assert "Milk nothing USD 600" in text
    assert "2025: USD 2,400, of which with us" in text
    assert "20 % in 4 months; even over the year 60 %" in text


def test_promises_over_time(tmp_path: Path) -> None:
    kept = {"2026-01": 0.99, "2026-03": 0.9, "2026-04": 0.8}
    promise = {"what": "Same day", "measure": "share", "target": {"at_least": 0.95}, "kept": kept}
    text = text_of(tmp_path, {"promises": [promise]})
    assert "Share, at least 0.95. Apr 2026: 0.8, not kept" in text
    assert "Kept in 33 % of 3 months, not in the last 2, not measured in 1 month between." in text


def test_findings_on_sales_and_promises_stand_beside_the_numbers(small: Page) -> None:
    html = small.html
    assert html.index('id="figures"') < html.index("../../rules/KAM808/") < html.index('id="intelligence"')
    assert "1 finding on sales, deliveries and promises" in words(small)


def test_where_findings_moved_to_the_numbers_their_section_can_still_be_linked_to(tmp_path: Path) -> None:
    rows = sold(("example",), {"tea": 100}).replace(",100\n", ",100\n", 1)
    fallen = "\n".join(line for line in rows.splitlines() if "2026-" not in line and "2025-1" not in line)
    others = sold(("other",), {"tea": 1}).split("\n", 1)[1]
    files = {"accounts/sales.csv": f"{fallen}\n{others}", "accounts/other.yml": "name: Other\nstage: customer\n"}
    site, page = built(tmp_path, {"accounts/example.yml": "name: Example\nstage: key\n", **files})
    assert "KAM207" in {finding.code for finding in site.findings_by_account["example"]}
    assert "intelligence" in read(page).ids
    assert "The situation" not in words(page)
    assert "; they have stopped buying." in words(page)


# --- The customer's view ----------------------------------------------------------------------------


def test_ours_against_theirs_and_what_came_of_the_answers(tmp_path: Path) -> None:
    signs = {f"sign-{n}": {"name": f"Sign {n}", "look_for": "It"} for n in range(3)}
    claims = {
        "sign-0": {"evidence": "They rang us first", "on": "2026-03-01"},
        "sign-1": {"evidence": "They paid lunch", "on": "2025-03-01"},
    }
    audit = {"marks": 5, "seen_as": "supplier", "answers": {"unresolved": {"answer": "Two invoices"}}}
    older = {"marks": 4, "answers": {"unresolved": {"answer": "Nothing", "reason": "None needed"}}}
    files = {
        "playbook/indicators.yml": json.dumps(signs),
        "accounts/example/audits/2026-03-18.yml": json.dumps(audit),
        "accounts/example/audits/2025-03-18.yml": json.dumps(older),
    }
    text = text_of(tmp_path, {"partnership": claims}, **files)
    assert "5 out of ten, supplier 18 Mar 2026" in text
    assert "2 of 3 signs of partnership 1 seen over a year ago" in text
    assert "The views differ" in text
    assert "Two invoices nothing came of it" in text
    assert "They paid lunch 1 Mar 2025 old" in text
    assert text.index("Audit of 18 Mar 2026") < text.index("1 older audit Audit of 18 Mar 2025")
    assert "Not seen so far: Sign 2." in text


# --- Notes ------------------------------------------------------------------------------------------


def test_notes_lead_to_the_page_of_signals(tmp_path: Path) -> None:
    note = "---\nkind: signal\nsignals: [Mixed small orders]\n---\n# Heard\n"
    site, page = built(
        tmp_path,
        {"accounts/example.yml": "name: E\nstage: customer\n", "accounts/example/notes/2026-05-01-heard.md": note},
    )
    assert "Signals: Mixed small orders." in words(page)
    assert ('href="../../signals/' in page.html) == ("signals/" in site.addresses)


# --- Findings ---------------------------------------------------------------------------------------


def test_many_infos_are_folded(tmp_path: Path) -> None:
    plan = {
        "reviewed": "2026-05-01",
        "implementation": [{"what": "Send them a price list", "who": "margaret-peacock"} for _ in range(4)],
    }
    profile = {"playbook/kamgen.yml": SETTINGS + "rules: {KAM402: info, KAM403: info}\n"}
    _, page = built(
        tmp_path, {"accounts/example.yml": json.dumps({"name": "E", "stage": "key", "plan": plan}), **profile}
    )
    assert "infos</summary>" in page.html


def test_every_finding_is_told_once(small: Page, tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL_FILES))
    html = small.html
    for finding in site.findings_by_account["ernst-handel"]:
        assert f"../../rules/{finding.code}/" in html, finding
    told = html.count("../../rules/KAM")
    assert told == len(site.findings_by_account["ernst-handel"])


# --- Private things ---------------------------------------------------------------------------------


def test_private_things_do_not_come_out_through_threads_map_or_verdict(tmp_path: Path) -> None:
    contacts = {
        "secret": {"name": "XSECRET", "level": "instigator", "covered_by": "margaret-peacock", "private": True},
        "open": {"name": "Open Hand", "level": "influencer", "covered_by": "margaret-peacock"},
    }
    plan = {
        "reviewed": "2026-05-01",
        "intelligence": {
            "opportunities": [
                {"what": "New depot", "on": "2026-03-01", "goal": "hidden"},
                {"what": "XSECRET merger", "on": "2026-03-01", "goal": "shown", "private": True},
            ]
        },
        "intentions": {
            "hidden": {"goal": "XSECRET goal", "private": True},
            "shown": {"goal": "Full shelves", "measure": "gaps"},
        },
        "implementation": [
            {"what": "Prepare the depot", "who": "margaret-peacock", "due": "2026-05-30", "goal": "hidden"},
            {"what": "XSECRET lunch", "who": "secret", "due": "2026-05-30", "goal": "shown", "private": True},
        ],
    }
    document = {"name": "E", "stage": "key", "manager": "margaret-peacock", "contacts": contacts, "plan": plan}
    site, page = built(tmp_path, {"accounts/example.yml": json.dumps(document)})
    text = words(page)
    assert "xsecret" not in page.html.lower()
    assert "hidden" not in text
    assert "Margaret Peacock is our only tie to Open Hand and somebody." in text
    # What a private goal answers is answered, and what serves one is not loose: the page says neither.
    assert "Loose ends" not in text
    assert "no goal answers it" not in text
    assert text.count("Something that is not shown here.") == 2
    assert site.public.accounts["example"].plan is not None


def test_the_secrets_of_the_small_workspace_stay(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SECRET_FILES))
    html = "".join(page.html for page in account.render(site)).lower()
    assert "xsecret" not in html
    assert "silent" not in html


# --- A large account --------------------------------------------------------------------------------

LONG = "They walked us through the depot, shelf by shelf, and said what sells and what does not. "


def large_files() -> dict[str, str | bytes]:
    """An account as large as they get."""
    ours = ["margaret-peacock", "laura-callahan", "janet-leverling"]
    levels, stances = ("instigator", "influencer", "implementer"), ("advocate", "supporter", "neutral", "critic")
    contacts = {
        f"contact-{n}": {
            "name": f"Contact Number {n}",
            "title": "Head of something important",
            "level": levels[n % 3],
            "stance": stances[n % 4],
            "covered_by": [ours[n % 3], ours[(n + 1) % 3]],
            "checked": "2026-04-01",
        }
        for n in range(25)
    }
    goals = {
        f"goal-{n}": {
            "goal": f"Their depots see us as the supplier that ended problem number {n} for good",
            "for": "customer",
            "owner": ours[n % 3],
            "agreed_with": [f"contact-{n}"],
            "measure": "lines out of stock per week",
            "start": 14,
            "aim": 3,
            "readings": {"2026-02-24": 11, "2026-03-24": 10, "2026-04-14": 9},
            "since": "2026-01-20",
            "due": "2026-12-31",
            "stages": [{"what": f"Step {s} of goal {n} is agreed", "due": f"2026-{s + 5:02}-28"} for s in range(4)],
        }
        for n in range(12)
    }
    actions = [
        {
            "what": f"Agree number {n} of the many things with everybody whom it concerns",
            "who": ours[n % 3] if n % 4 else f"contact-{n % 25}",
            "due": (date(2026, 4, 25) + timedelta(days=3 * n)).isoformat(),
            "goal": f"goal-{n % 12}",
        }
        for n in range(60)
    ]
    items = {
        quadrant: [
            {
                "what": f"Something that somebody said about {quadrant}, the {n}th time",
                "source": f"Contact Number {n}, visit of 12 March",
                "on": "2026-03-12",
                "goal": f"goal-{n}",
            }
            for n in range(10)
        ]
        for quadrant in ("strengths", "weaknesses", "opportunities", "threats")
    }
    plan = {
        "reviewed": "2026-04-20",
        "period": {"ends": "2026-07-15", "reach": "They ask us in before they tender, not after"},
        "intelligence": {**items, "business": LONG * 10, "culture": LONG * 5, "aims": LONG * 5, "pressures": LONG * 5},
        "intentions": goals,
        "implementation": actions,
    }
    account = {"name": "Example", "stage": "key", "manager": ours[0], "sponsor": "andrew-fuller", "team": ours[1:]}
    files: dict[str, str | bytes] = {
        "accounts/example.yml": json.dumps(account | {"contacts": contacts, "plan": plan}),
        "accounts/sales.csv": sold(("example",), {f"family-{n}": 100 + n for n in range(8)}, 36),
        "accounts/deliveries.csv": "account,month,deliveries,late\n"
        + "".join(f"example,2025-{month:02},20,1\n" for month in range(5, 13)),
    }
    for n in range(10):
        text = (
            f"---\nkind: visit\nwith: [contact-{n}, contact-{n + 10}]\nwho: [{ours[0]}]\n---\n# Visit number {n}\n\n"
            + (LONG * 4 + "\n\n") * 4
        )
        files[f"accounts/example/notes/2026-04-{n + 10}-visit.md"] = text
    return files


def test_a_large_account_stays_within_its_weight(tmp_path: Path) -> None:
    _, page = built(tmp_path, large_files())
    assert len(page.html.encode()) < 150_000
