"""The portfolio, the index of accounts and the people's pages: what they say, edge cases too, and what they weigh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from kamgen.pages import Page, Site
from tests.bench.workload import write_workload
from tests.conftest import write_files
from tests.pages.reader import read
from tests.pages.test_pages import ROOT, SECRETS, SMALL, assert_sound, pages_of, site_of, words

TEAM = SMALL["playbook/team.yml"]
SETTINGS = "as_of: 2026-05-06\ncurrency: USD\n"


def pages(tmp_path: Path, files: Mapping[str, str | bytes]) -> dict[str, Page]:
    """The pages of a workspace, once their HTML and links have been looked at."""
    site = site_of(write_files(tmp_path, {"playbook/kamgen.yml": SETTINGS, **files}))
    made = pages_of(site)
    assert_sound(site, made)
    return made


@pytest.fixture(scope="module")
def demo() -> dict[str, Page]:
    """The demo's pages."""
    return pages_of(site_of(ROOT))


def items(html: str, name: str) -> list[str]:
    """The entries of a list of a class, as text with single spaces."""
    found = re.search(rf'<[ou]l class="{name}".*?</[ou]l>', html, re.DOTALL)
    entries = re.findall(r"<li.*?</li>", found[0], re.DOTALL) if found else []
    return [" ".join(read(Page("", "", f"<h1>x</h1>{entry}")).text.split())[2:] for entry in entries]


# --- The portfolio ----------------------------------------------------------------------------------


def test_home_opens_with_the_verdict_and_what_needs_whom(demo: dict[str, Page]) -> None:
    text = words(demo[""])
    assert re.search(r"\d of 91 accounts have errors, \d more have warnings\. Overdue: \d+ actions, ", text)
    assert re.search(r"\d decisions wait\.", text)
    assert text.index("What needs you") < text.index("Decisions asked for") < text.index("Plans at a glance")


NEEDS = {
    "playbook/team.yml": "anna: {name: Anna}\nbert: {name: Bert, senior: true}\n",
    "accounts/late.yml": "name: Late\nstage: customer\nmanager: anna\nplan: {reviewed: 2026-05-01, implementation: "
    "[{what: Call them back, who: bert, due: 2026-03-01}]}\n",
    "accounts/asks.yml": "name: Asks\nstage: customer\nplan: {reviewed: 2026-05-01, decisions: "
    "[{ask: Free samples, of: bert, asked_on: 2026-04-20}]}\n",
    "accounts/fine.yml": "name: Fine\nstage: suspect\n",
}


def test_each_need_has_one_reason_and_one_ask(tmp_path: Path) -> None:
    home = pages(tmp_path, NEEDS)[""]
    late, asks = items(home.html, "kg-needs")
    assert late.startswith("Late error Customer, Anna Overdue since 2026-03-01")
    assert "Finish it, move it and say why, or drop it and say why. Implementation" in late
    assert asks.startswith("Asks ")
    assert 'data-kg-who="anna bert"' in home.html
    assert "accounts/late/#implementation" in home.html
    assert "Bert: Free samples (Asks, asked 20 Apr 2026 16 days ago)" in words(home)


def test_more_than_ten_are_counted(tmp_path: Path) -> None:
    plan = "plan: {implementation: [{what: Call them, who: ann, due: 2026-03-01}]}"
    files = {f"accounts/a{number}.yml": f"name: A{number}\nstage: key\n{plan}\n" for number in range(12)}
    html = pages(tmp_path, files)[""].html
    assert len(items(html, "kg-needs")) == 10
    assert "2 more accounts wait" in html


def test_heat_table_has_facets_and_leads_to_the_sections(demo: dict[str, Page]) -> None:
    html = demo[""].html
    table = html[html.index('data-kg-by="Manager Region Stage Segment"') :]
    assert 'data-by-manager="Janet Leverling"' in table
    assert 'data-by-stage="Key account"' in table
    assert 'href="accounts/hungry-owl-all-night-grocers/#people">1 warning' in table
    assert "in order" in table
    assert html.count("data-by-segment=") == 5


def test_who_rises_and_who_falls_with_figures(demo: dict[str, Page]) -> None:
    text = words(demo[""])
    assert "Folk och fä HB USD 18,850 USD 600" in text
    assert "Mère Paillarde gone quiet USD 0 USD 10,819" in text
    assert "33 largest accounts carry 80 %" in text


def test_load_is_shown_and_nobody_s_performance(demo: dict[str, Page]) -> None:
    text = words(demo[""])
    assert "21 of about 60" in text
    load = text[text.index("One person keeps about 60") :]
    assert not re.search("overdue|late|slipped|kept", load)


BUDGET = {
    "accounts/a.yml": "name: Alpha\nstage: customer\n",
    "accounts/b.yml": "name: Beta\nstage: customer\n",
    "accounts/sales.csv": "account,month,product,amount\na,2026-03,x,80\na,2026-04,x,10\nb,2026-04,x,300\n",
    "accounts/budget.csv": "account,month,amount\na,2026-03,100\na,2026-04,100\nb,2026-04,200\n",
}


def test_sales_against_budget(tmp_path: Path) -> None:
    text = words(pages(tmp_path, BUDGET)[""])
    assert "98 % of the budget: USD 390 sold of USD 400 budgeted, Mar 2026 to Apr 2026." in text
    assert "Alpha USD 90 USD 200" in text
    assert "Beta USD 300" not in text


def test_what_has_no_budget_is_told_apart(tmp_path: Path) -> None:
    budget = {"accounts/budget.csv": "account,month,amount\nb,2026-04,200\n"}
    text = words(pages(tmp_path, BUDGET | budget)[""])
    assert "150 % of the budget: USD 300 sold of USD 200" in text
    assert "USD 390 were sold in all; for the rest there is no budget." in text


# --- Edges ------------------------------------------------------------------------------------------


def test_one_suspect_and_nothing_else(tmp_path: Path) -> None:
    made = pages(tmp_path, {"accounts/one.yml": "name: One\nstage: suspect\n"})
    text = words(made[""])
    assert "1 account, and none has an error or a warning. Nothing is overdue." in text
    assert "no decision waits" in text
    for absent in ("Plans at a glance", "Load", "Who rises", "Sales", "data-kg-me"):
        assert absent not in made[""].html
    assert "Trend" not in words(made["accounts/"])


def test_without_a_team_and_without_managers(tmp_path: Path) -> None:
    plan = "plan: {decisions: [{ask: Pay, of: nobody-known}, {ask: Move}]}"
    made = pages(tmp_path, {"accounts/one.yml": f"name: One\nstage: key\n{plan}\n"})
    text = words(made[""])
    assert "Somebody senior: Move (One)" in text
    assert "no audit on record. Somebody senior: agree a day." in text


def test_private_things_stay_private_on_home_and_on_people(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**SMALL, **SECRETS}  # type: ignore[dict-item]
    made = pages(tmp_path, files)
    for address in ("", "accounts/", "people/margaret-peacock/", "people/andrew-fuller/"):
        assert "xsecret" not in made[address].html.lower()
        assert "silent-partner" not in made[address].html


def test_nobody_who_left_is_asked_who_they_are(tmp_path: Path) -> None:
    team = "anna: {name: Anna}\ngone: {name: Gone, leaves: 2026-05-05}\n"
    made = pages(tmp_path, {"accounts/a.yml": "name: A\nstage: suspect\n", "playbook/team.yml": team})
    assert re.findall(r'data-kg-person="([^"]*)"', made[""].html) == ["anna"]
    assert "Left on 5 May 2026" in words(made["people/gone/"])


# --- Accounts ---------------------------------------------------------------------------------------


def test_accounts_say_whose_they_are_and_where_they_go(demo: dict[str, Page]) -> None:
    html = demo["accounts/"].html
    assert html.count("data-kg-who=") == 91
    assert 'data-kg-who="robert-king steven-buchanan' in html
    # "falls 57 %" would be read as 57 % less: the figure is the change, as on the account's own page.
    assert 'data-f="gone quiet">gone quiet <small>-100 %' in html
    assert 'data-f="rises">rises <small>+60 %' in html
    assert 'data-f="error"' in html


# --- People -----------------------------------------------------------------------------------------


def test_a_person_sees_today_then_news_then_whom_they_wait_for(demo: dict[str, Page]) -> None:
    html, text = demo["people/janet-leverling/"].html, words(demo["people/janet-leverling/"])
    order = ("today", "news", "waiting", "due", "dates", "cold", "accounts", "load")
    places = [html.index(f'<h2 id="{name}"') for name in order]
    assert places == sorted(places)
    assert "Goal: Night shoppers find the chilled shelf full at two in the morning" in text
    assert "Twenty-five products, mostly one or two of each, Rattlesnake Canyon Grocery Call by Nancy Davolio" in text
    assert "influencer: shapes policy" in text


def test_whoever_is_asked_to_decide_sees_it_on_top(demo: dict[str, Page]) -> None:
    text = words(demo["people/steven-buchanan/"])
    assert text.index("Decisions asked of Steven Buchanan") < text.index("Reserve 60 cases")


def test_to_check_again_says_how(tmp_path: Path) -> None:
    contact = "contacts: {bo: {name: Bo, covered_by: anna, checked: 2025-01-01, level: instigator}}"
    made = pages(
        tmp_path,
        {"accounts/a.yml": f"name: A\nstage: key\n{contact}\n", "playbook/team.yml": "anna: {name: Anna}\n"},
    )
    text = words(made["people/anna/"])
    assert "set checked to the day" in text
    assert "Bo, A: last known 1 Jan 2025 490 days ago instigator: decides policy" in text


def test_nothing_to_do(tmp_path: Path) -> None:
    files = {"accounts/a.yml": "name: A\nstage: suspect\n", "playbook/team.yml": "anna: {name: Anna}\n"}
    text = words(pages(tmp_path, files)["people/anna/"])
    assert "Nothing is overdue, and nothing is due this week." in text
    assert "Relationships in key accounts 0 of about 60" in text


# --- Weight -----------------------------------------------------------------------------------------


def heavy(tmp_path: Path, accounts: int) -> Site:
    """A made-up workspace of so many accounts."""
    write_workload(tmp_path / "w", accounts)
    return site_of(tmp_path / "w")


def test_home_stays_light_at_a_hundred_accounts(tmp_path: Path) -> None:
    from kamgen.pages import accounts, portfolio

    site = heavy(tmp_path, 100)
    for module, most in ((portfolio, 300_000), (accounts, 100_000)):
        assert max(len(page.html.encode()) for page in module.render(site)) < most


def test_a_row_of_the_heat_table_stays_lean(demo: dict[str, Page]) -> None:
    html = demo[""].html
    rows = re.findall(r"<tr data-kg-who=[^>]*data-by-manager=.*?</tr>", html, re.DOTALL)
    assert len(rows) == 5
    assert max(len(row.encode()) for row in rows) < 1_200  # 500 of them are the most, and home stays under 1 MB
