"""From a link on the demo's site to a change of the account: in a browser, and as whoever gets the form applies it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page

from kamgen.edit.forms import github_forms
from kamgen.inbox import Handled, apply_issue
from kamgen.model.account import Action
from kamgen.model.portfolio import Account
from kamgen.pages.account import render
from kamgen.pages.slips import Target
from kamgen.project import Clock
from tests.conftest import checked, write_files
from tests.pages.test_pages import site_of
from tests.pages.test_slips import LINK
from tests.site.conftest import MKDOCS_YML, REPOSITORY, Watched, build

browser_test = pytest.mark.browser

CLOCK = Clock(datetime(2026, 5, 6, tzinfo=UTC))
TODAY = date(2026, 5, 6)
SLUG = "ernst-handel"
HOME = f"accounts/{SLUG}/"
REPO = "https://github.com/example/northwind-key-accounts"
# Who of ours is who on the servers: the demo's team has no such names, since nobody of them is real.
NAMES = {"github": "janet-l", "gitlab": "janet.l", "email": "janet@northwind.example"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the demo in which somebody may send slips."""
    for name in ("accounts", "playbook"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    path = tmp_path / "playbook/team.yml"
    team = yaml.safe_load(path.read_text(encoding="utf-8"))
    team["janet-leverling"] |= NAMES
    path.write_text(yaml.safe_dump(team, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return tmp_path


def account_in(root: Path) -> Account:
    return checked(root, "KAM001").portfolio.accounts[SLUG]


def actions_in(root: Path) -> tuple[Action, ...]:
    plan = account_in(root).plan
    assert plan
    return plan.implementation


# --- As the servers do it ---------------------------------------------------------------------------


def filled_form(url: str, typed: Mapping[str, str]) -> tuple[str, list[str]]:
    """What GitHub makes of an address: the issue's body, and the fields that have to be filled in by hand.

    `typed` is what somebody fills in, by field.
    """
    query = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
    form = yaml.safe_load(github_forms()[f"ISSUE_TEMPLATE/{query['template']}"])
    assert query.get("title") or form["title"]
    sections, missing = [], []
    for element in form["body"]:
        name, attributes = element["id"], element["attributes"]
        # An address fills in lines of text, and no choice.
        known = query.get(name, attributes.get("value", "")) if element["type"] != "dropdown" else ""
        if element["validations"]["required"] and not known:
            missing.append(name)
        sections.append(f"### {attributes['label']}\n\n{known or typed.get(name) or '_No response_'}")
    assert set(missing) <= set(typed)
    return "\n\n".join(sections), missing


def applied(root: Path, file: str, text: str) -> Handled:
    path = root / file
    path.write_text(text, encoding="utf-8")
    return apply_issue(root, CLOCK, path, trust_mail=file.endswith(".eml"))


def on_github(root: Path, body: str) -> Handled:
    user = {"login": NAMES["github"]}
    event = {"action": "opened", "sender": user, "issue": {"number": 7, "user": user, "body": body}}
    return applied(root, "event.json", json.dumps(event))


def link(page: Page, word: str, text: str) -> str:
    """The address of the link beside something, found as somebody finds it who has the page read aloud."""
    return page.get_by_role("link", name=f"{word} {text}", exact=True).get_attribute("href") or ""


# --- In a browser -----------------------------------------------------------------------------------


@browser_test
def test_done_is_two_clicks_and_no_typing(site: Watched, workspace: Path) -> None:
    action = next(one for one in actions_in(workspace) if one.open)
    url = link(site.go(HOME), "Done", action.what)
    assert url.startswith(f"{REPO}/issues/new?")
    query = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
    assert (query["slip"], query["account"], query["item"]) == ("done", SLUG, action.id)

    body, by_hand = filled_form(url, {})
    assert by_hand == []
    handled = on_github(workspace, body)

    assert handled.outcome == "applied", handled.answer
    assert handled.files == (f"accounts/{SLUG}/plan.yml",)
    assert [one.id for one in actions_in(workspace) if one.done == TODAY] == [action.id]
    assert on_github(workspace, body).outcome == "already"


@browser_test
def test_leaves_needs_at_most_four_fields(site: Watched, workspace: Path) -> None:
    row = site.go(HOME).locator("#contact-roland-mendel")
    row.locator("summary").click()
    url = row.get_by_role("link", name="Leaves").get_attribute("href") or ""
    typed = {"last_day": "2026-06-30", "source": "told", "successor": "Karin Auer", "meets": "janet-leverling"}
    body, by_hand = filled_form(url, typed)
    assert len(by_hand) <= 4
    handled = on_github(workspace, body)
    assert handled.outcome == "applied", handled.answer
    assert account_in(workspace).contacts["roland-mendel"].leaves == date(2026, 6, 30)


@browser_test
@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("Note", {"what": "call", "title": "Rang about the depots"}),
        ("Complaint", {"title": "Two pallets came thawed"}),
        ("Somebody new", {"name": "Karin Auer"}),
        ("Opportunity or threat", {"sort": "threat", "what": "A new rival", "source": "Roland Mendel"}),
    ],
)
def test_something_changed_fills_in_the_account(
    site: Watched, workspace: Path, word: str, typed: Mapping[str, str]
) -> None:
    page = site.go(HOME)
    page.get_by_text("Something changed").click()
    url = page.get_by_role("link", name=word, exact=True).get_attribute("href") or ""
    body, _ = filled_form(url, typed)
    handled = on_github(workspace, body)
    assert handled.outcome == "applied", handled.answer
    assert all(path.startswith(f"accounts/{SLUG}/") for path in handled.files)


@browser_test
def test_dots_open_with_the_keyboard(site: Watched) -> None:
    page = site.go(HOME)
    menu = page.locator("#implementation ~ section details.kg-say").first
    later = menu.get_by_role("link", name="Later")
    assert not later.is_visible()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert later.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Later"


PAGES = [HOME, "accounts/alfreds-futterkiste/", "people/janet-leverling/", "actions/"]
OPEN = "document.querySelectorAll('details.kg-say, details.kg-details').forEach((one) => { one.open = true; })"
SMALL_ONES = """
[...document.querySelectorAll("a.kg-say, .kg-say > a, .kg-say > summary")].map((one) => one.getBoundingClientRect())
  .filter((box) => box.width > 0 && (box.width < 24 || box.height < 24)).length
"""


@browser_test
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("script", [True, False])
def test_a_telephone_has_room_for_them_and_a_finger_hits_them(
    browser: Browser, address: str, path: str, script: bool
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    page = context.new_page()
    page.goto(address + path)
    page.evaluate(OPEN)
    assert page.locator(".kg-say").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL_ONES) == 0
    context.close()


@browser_test
def test_paper_has_none(site: Watched) -> None:
    for path in PAGES:
        page = site.go(path)
        page.emulate_media(media="print")
        assert page.locator(".kg-say:visible").count() == 0
        page.emulate_media(media="screen")


@browser_test
def test_a_table_that_is_taken_away_does_not_hold_their_words(site: Watched) -> None:
    page = site.go("actions/")
    cell = page.locator("td:has(.kg-say)").first
    text = cell.evaluate("(cell) => window.kamgen.text(cell)")
    assert text.startswith(cell.locator("a").first.inner_text())
    assert not {"Done", "…", "Later", "Drop"} & set(text.split())


# --- By other ways than GitHub ----------------------------------------------------------------------


def addresses(root: Path, target: Target, word: str) -> list[str]:
    """The addresses behind a word on the page of the account."""
    site = replace(site_of(root), slips=target)
    page = next(page for page in render(site) if page.address == HOME)
    return [unescape(url) for _, _, url, said in LINK.findall(page.html) if said == word]


def test_a_mail_closes_an_action(workspace: Path) -> None:
    url = addresses(workspace, Target("email", "plans@northwind.example"), "Done")[0]
    parts = urlsplit(url)
    assert (parts.scheme, parts.path) == ("mailto", "plans@northwind.example")
    heads = {key: unquote(value) for key, value in (part.split("=", 1) for part in parts.query.split("&"))}
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = NAMES["email"], parts.path, heads["subject"]
    mail.set_content(heads["body"].replace("\r\n", "\n"))
    handled = applied(workspace, "mail.eml", mail.as_string())
    assert handled.outcome == "applied", handled.answer
    assert [one.done for one in actions_in(workspace)].count(TODAY) == 1


def test_an_issue_of_gitlab_moves_an_action(workspace: Path) -> None:
    url = addresses(workspace, Target("gitlab", "https://gitlab.example/sales/accounts"), "Later")[0]
    query = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
    assert query["issue[title]"].startswith("Later: ")
    text = query["issue[description]"].replace("### New date\n", "### New date\n\n2026-06-15\n")
    text = text.replace("### Why\n", "### Why\n\nThe depot is closed for stocktaking\n")
    event = {
        "user": {"id": 5, "username": NAMES["gitlab"]},
        "object_attributes": {"iid": 3, "action": "open", "author_id": 5, "description": text},
    }
    handled = applied(workspace, "event.json", json.dumps(event))
    assert handled.outcome == "applied", handled.answer
    assert date(2026, 6, 15) in [one.due for one in actions_in(workspace)]


# --- The option -------------------------------------------------------------------------------------

PLAIN: Mapping[str, str] = {"playbook/playbook.md": "# P\n", "accounts/a.yml": "name: A\nstage: customer\n"}


def with_slips(root: Path, option: str) -> Path:
    settings = MKDOCS_YML.replace("search, kamgen,", f"search, {{kamgen: {{slips: {option}}}}},")
    return write_files(root, {**PLAIN, "mkdocs.yml": settings})


def test_a_wrong_option_ends_the_build_in_plain_words(tmp_path: Path) -> None:
    done = build(with_slips(tmp_path, "{github: 'http://github.com/acme/accounts'}"))
    assert done.returncode == 1
    said = '"http://github.com/acme/accounts" is no web address. It begins with https://, such as https://github.com/'
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


def test_the_option_puts_links_beside_an_account(tmp_path: Path) -> None:
    done = build(with_slips(tmp_path, "{email: plans@example.com}"))
    assert done.returncode == 0, done.stderr
    assert 'href="mailto:plans@example.com?subject=Note:%20A&amp;body=' in (
        tmp_path / "site/accounts/a/index.html"
    ).read_text(encoding="utf-8")
    assert "mailto:" not in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    index = (tmp_path / "site/search/search_index.json").read_text(encoding="utf-8")
    assert "Something changed" not in index
    assert "Opportunity or threat" not in index
