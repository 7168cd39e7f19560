"""The pages: complete, linked, well-formed; what accounts hold comes out as text, and nothing private comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kamgen.pages import Page, Site, all_pages, assets, attachments
from kamgen.pages.links import BrokenLink, Here, calendar_addresses, relative
from kamgen.rules.examples import TEAM
from tests.conftest import checked, write_files
from tests.pages.reader import Read, read, targets

ROOT = Path(__file__).parents[2]
EDIT = "https://git.example/plans/edit/main/"

SETTINGS = "as_of: 2026-05-06\ncurrency: USD\ncompany: [Northwind]\n"
SMALL = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": SETTINGS,
    "accounts/light.yml": "name: Light & Co\nstage: prospect\n",
    "accounts/ernst-handel/account.yml": """\
name: Ernst Handel
stage: key
manager: margaret-peacock
sponsor: andrew-fuller
team: [laura-callahan]
selection: {definition: [must-not-lose], reason: They open the trade, agreed_by: andrew-fuller, agreed_on: 2026-01-20}
dates:
  - {what: Frame contract ends, on: 2026-12-31, act_before: 2026-06-30}
planned:
  - {what: review, on: 2026-05-28, who: andrew-fuller, with: roland-mendel}
promises:
  - {what: Answer within the day, owner: laura-callahan, measure: share, target: {at_least: 0.95}, kept: {2026-04: 0.9}}
""",
    "accounts/ernst-handel/contacts.yml": """\
roland-mendel:
  name: Roland Mendel
  title: Sales Manager
  level: influencer
  stance: supporter
  covered_by: [margaret-peacock]
old-hand: {name: Old Hand, level: implementer, leaves: 2026-01-01, successor: roland-mendel}
""",
    "accounts/ernst-handel/plan.yml": """\
reviewed: 2026-03-01
period: {ends: 2026-07-15, reach: They ask us in first}
past_periods:
  - {ends: 2026-04-15, reach: Two depots share data, reached: partly, because: Linz only}
intelligence:
  business: They sell **cases** to hotels.
  opportunities:
    - {what: Two new depots, source: Roland Mendel, on: 2026-03-12, goal: no-empty-shelves}
intentions:
  no-empty-shelves:
    goal: Shelves are full
    for: customer
    owner: laura-callahan
    agreed_with: [roland-mendel]
    measure: lines out of stock
    start: 14
    aim: 3
    readings: {2026-04-14: 9}
    due: 2026-12-31
    stages:
      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}
implementation:
  - {what: Agree the stock count, who: margaret-peacock, due: 2026-04-30, goal: no-empty-shelves}
  - {what: Share stock data, who: roland-mendel, due: 2026-05-29, goal: no-empty-shelves}
  - {what: Plan the year after, who: margaret-peacock, due: 2027-01-29}
  - {what: Share a stand, who: laura-callahan, due: 2026-04-17, dropped: 2026-03-12, because: No fair this year}
decisions:
  - {ask: Free samples, of: andrew-fuller, asked_on: 2026-04-20}
""",
    "accounts/ernst-handel/plan.md": "## Intelligence\n\n### The kitchens\n\nWednesday evening counts.\n",
    "accounts/ernst-handel/partnership.yml": "asks-our-advice: {evidence: Asked about the depot, on: 2026-03-12}\n",
    "accounts/ernst-handel/audits/2026-03-18.yml": """\
who: [andrew-fuller]
with: [roland-mendel]
marks: 7
seen_as: supplier
answers:
  unresolved: {answer: Two invoices are open, action: agree-the-stock-count}
""",
    "accounts/ernst-handel/notes/2026-03-12-graz-visit.md": """\
---
kind: visit
with: [roland-mendel]
who: [margaret-peacock]
---
# Walked the Graz depot

## What we saw

A [plan](../pictures/plan.pdf), a ![shelf](../pictures/shelf.png), a [page](../pictures/page.html), the
[year before](2025-03-02-visit-3.md) and ![theirs](https://elsewhere.example/pixel.gif).
""",
    "accounts/ernst-handel/pictures/plan.pdf": b"%PDF",
    "accounts/ernst-handel/pictures/shelf.png": b"PNG",
    "accounts/ernst-handel/pictures/page.html": "<script>alert(1)</script>",
    "accounts/sales.csv": """\
account,month,product,amount
ernst-handel,2026-03,dairy,1200.50
ernst-handel,2026-04,dairy,-10
""",
    "accounts/deliveries.csv": "account,month,deliveries,late\nernst-handel,2026-03,4,1\n",
} | {
    f"accounts/ernst-handel/notes/2025-03-{day:02}-visit-{day}.md": (
        f"---\nkind: call\n---\n# Visit number {day}\n\nText {day}.\n"
    )
    for day in range(1, 12)
}


def site_of(root: Path, edit: str = EDIT) -> Site:
    """The site of a workspace, judged by all rules."""
    result = checked(root)
    return Site(result.portfolio, tuple(result.findings), edit)


def pages_of(site: Site) -> dict[str, Page]:
    """The pages by address."""
    pages = list(all_pages(site))
    assert len({page.address for page in pages}) == len(pages)
    return {page.address: page for page in pages}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small workspace with one of everything."""
    return site_of(write_files(tmp_path_factory.mktemp("small"), SMALL))


@pytest.fixture(scope="module")
def small_pages(small: Site) -> dict[str, Page]:
    """Its pages."""
    return pages_of(small)


@pytest.fixture(scope="module")
def demo() -> Site:
    """The demo of this repository."""
    return site_of(ROOT)


def words(page: Page) -> str:
    """A page's text with single spaces."""
    return " ".join(read(page).text.split())


def assert_sound(site: Site, pages: Mapping[str, Page]) -> None:
    """Every page is well-formed, and every link within the site leads to a page or a file, and to its anchor."""
    found: dict[str, Read] = {address: read(page) for address, page in pages.items()}
    assert {a: f.faults for a, f in found.items() if f.faults} == {}
    files = {address for address, _ in attachments(site)} | set(calendar_addresses(site))
    broken = [
        (address, target, anchor)
        for address, page in pages.items()
        for target, anchor in targets(page, found[address])
        if target not in files and (target not in found or (anchor and anchor not in found[target].ids))
    ]
    assert broken == []
    assert {link.url for f in found.values() for link in f.links if link.tag == "img" and "://" in link.url} == set()


def test_every_address_has_a_page(small: Site, small_pages: dict[str, Page]) -> None:
    assert set(small_pages) == small.addresses
    assert {
        "",
        "accounts/",
        "accounts/ernst-handel/",
        "accounts/ernst-handel/notes/",
        "accounts/ernst-handel/audit/",
        "accounts/light/",
        "people/margaret-peacock/",
        "audit/",
        "actions/",
        "findings/",
        "rules/",
        "rules/KAM404/",
    } <= set(small_pages)
    assert "accounts/light/notes/" not in small_pages


def test_small_pages_are_sound(small: Site, small_pages: dict[str, Page]) -> None:
    assert_sound(small, small_pages)


def test_demo_pages_are_sound(demo: Site) -> None:
    assert_sound(demo, pages_of(demo))


def test_demo_fits_the_bar(demo: Site) -> None:
    assert max(len(page.html) for page in all_pages(demo)) < 150_000


def test_home(small_pages: dict[str, Page]) -> None:
    text = words(small_pages[""])
    assert "Key accounts 1" in text
    assert "Key accounts’ share of sales 100 %" in text
    assert "What needs you" in text
    assert "Ernst Handel" in text
    assert "Andrew Fuller: Free samples (Ernst Handel, asked 20 Apr 2026 16 days ago)" in text
    assert "Last day to act: Frame contract ends" in text
    assert "Dates are judged as of 6 May 2026" in text


def test_account(small_pages: dict[str, Page]) -> None:
    page = small_pages["accounts/ernst-handel/"]
    text = words(page)
    for expected in (
        "Manager Margaret Peacock",
        "They open the trade",
        "Agree the stock count 30 Apr 2026 overdue by 6 days, Margaret Peacock, for Shelves are full",
        "Share stock data 29 May 2026 due in 23 days, Roland Mendel",
        "Plan the year after 29 Jan 2027",
        "dropped 12 Mar 2026, because: No fair this year",
        "Point to reach by 15 Jul 2026 in 70 days: They ask us in first",
        "From 14 → 9 (14 Apr 2026) → aim 3",
        "shapes policy",
        "Old Hand (left 1 Jan 2026, followed by Roland Mendel)",
        "Two new depots Roland Mendel. 12 Mar 2026. Goal: Shelves are full",
        "Wednesday evening counts.",
        "USD 1,190 in the last twelve full months",
        "1 late delivery of 4",
        "Apr 2026: 0.9, not kept",
        "7 out of ten. Seen as a supplier.",
        "Asked about the depot",
        "2 older notes",
        "Overdue since 2026-04-30",
    ):
        assert expected in text, expected
    assert f'href="{EDIT}accounts/ernst-handel/plan.yml#L23"' in page.html
    assert page.edit == "accounts/ernst-handel/account.yml"


def test_findings_stand_beside_their_section(small_pages: dict[str, Page]) -> None:
    html = small_pages["accounts/ernst-handel/"].html
    assert html.index('id="implementation"') < html.index("../../rules/KAM404/") < html.index('id="intentions"')


def test_notes_links(small: Site, small_pages: dict[str, Page]) -> None:
    html = small_pages["accounts/ernst-handel/"].html
    assert 'href="pictures/plan.pdf"' in html
    assert 'src="pictures/shelf.png"' in html
    assert "page.html" not in html
    assert 'href="notes/#note-2025-03-02-visit-3"' not in html  # no such note: the text stays, the link goes
    assert '<a href="https://elsewhere.example/pixel.gif"' in html
    assert '<h4 id="note-2026-03-12-graz-visit--what-we-saw">What we saw</h4>' in html
    assert sorted(attachments(small)) == [
        ("accounts/ernst-handel/pictures/plan.pdf", "accounts/ernst-handel/pictures/plan.pdf"),
        ("accounts/ernst-handel/pictures/shelf.png", "accounts/ernst-handel/pictures/shelf.png"),
    ]


def test_light_account_shows_no_empty_boxes(small_pages: dict[str, Page]) -> None:
    html = small_pages["accounts/light/"].html
    assert "<h2" not in html
    assert "Light &amp; Co" in html


def test_audit_menus(small_pages: dict[str, Page]) -> None:
    tailored = words(small_pages["accounts/ernst-handel/audit/"])
    assert "18 Mar 2026: Two invoices are open" in tailored
    general = words(small_pages["audit/"])
    assert "Past and present" in general
    assert "Two invoices" not in general


def test_audit_menu_begins_with_the_findings(tmp_path: Path) -> None:
    menu = {
        "playbook/audit-menu.yml": """\
calm: {part: past, ask: All well?}
late: {part: future, ask: Late again?, for: KAM404}
"""
    }
    text = words(pages_of(site_of(write_files(tmp_path, SMALL | menu)))["accounts/ernst-handel/audit/"])
    assert text.index("Ask these first") < text.index("Late again?") < text.index("All well?")
    assert "KAM404 Overdue since 2026-04-30" in text


def test_person(small_pages: dict[str, Page]) -> None:
    text = words(small_pages["people/margaret-peacock/"])
    assert "Overdue" in text
    assert "Agree the stock count, Ernst Handel: 30 Apr 2026 overdue by 6 days" in text
    assert "Share stock data, Ernst Handel: Roland Mendel" in text
    assert "Relationships in key accounts 1 of about 60" in text


def test_actions_begin_with_what_is_overdue(small_pages: dict[str, Page]) -> None:
    text = words(small_pages["actions/"])
    assert text.index("Overdue") < text.index("Week of 25 May 2026") < text.index("Week of 25 Jan 2027")
    assert "Share a stand" not in text


def test_rule_page(small_pages: dict[str, Page]) -> None:
    text = words(small_pages["rules/KAM404/"])
    assert "Small promises that slip" in text
    assert "Agree the stock count with Linz" in text
    assert "error_after" in text
    assert "30 days" in text
    assert "Ernst Handel: Overdue since 2026-04-30" in text


def test_findings(small_pages: dict[str, Page]) -> None:
    text = words(small_pages["findings/"])
    assert "KAM404 action-overdue" in text
    assert "Ernst Handel" in text


def test_without_an_edit_address_the_place_stands_as_text(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL), edit="")
    html = pages_of(site)["accounts/ernst-handel/"].html
    assert "kg-edit" not in html
    assert 'title="accounts/ernst-handel/plan.yml, line 23">plan.yml:23<' in html


def test_empty_workspace(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, {"accounts/one.yml": "name: One\nstage: suspect\n"}))
    pages = pages_of(site)
    assert_sound(site, pages)
    assert "Dates were judged on 6 May 2026" in words(pages[""])
    assert not any(address.startswith("people/") for address in pages)


# --- Attacks ----------------------------------------------------------------------------------------

ATTACK = (
    "'\"><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>&lt;b&gt;"
    "{{ 7*191 }}{% raw %}{: onclick=alert(1) } --8<-- 'x' [l](javascript:alert(1)) </h1></div>"
)


def attacked(value: object) -> object:
    """The same data with the attack in front of every text that a reader sees."""
    if isinstance(value, dict):
        return {key: attacked(inner) if key not in KEPT else inner for key, inner in value.items()}
    return [attacked(inner) for inner in value] if isinstance(value, list) else f"{ATTACK} {value}"


KEPT = {
    *("stage", "manager", "sponsor", "team", "definition", "agreed_by", "agreed_on", "on", "act_before", "who", "with"),
    *("owner", "target", "kept", "level", "stance", "covered_by", "leaves", "successor", "reviewed", "ends", "reached"),
    *("goal_id", "for", "agreed_with", "start", "aim", "readings", "due", "done", "dropped", "of", "asked_on"),
    *("marks", "seen_as", "action", "answers_of"),
}


def attack_files() -> Iterator[tuple[str, str | bytes]]:
    import yaml

    for path, text in SMALL.items():
        if isinstance(text, bytes) or path in ("playbook/kamgen.yml", "accounts/deliveries.csv"):
            yield path, text
        elif path.endswith(".yml"):
            data = yaml.load(text, yaml.BaseLoader)
            for planned in data.get("planned", ()) if isinstance(data, dict) else ():
                planned["id"] = "booked"
            for action in data.get("implementation", ()):
                action["goal_id"] = action.pop("goal", "no-empty-shelves")
            hit = attacked(data)
            assert isinstance(hit, dict)
            for planned in hit.get("planned", ()):
                planned |= {"what": "review", "id": "booked"}
            for action in hit.get("implementation", ()):
                action["goal"] = action.pop("goal_id")
            for person in hit.values() if path.endswith("team.yml") else ():
                person.pop("reports_to", None)
                person.pop("senior", None)
            yield path, json.dumps(hit)
        elif path.endswith(".md"):
            head, mark, body = text.rpartition("---\n")
            yield path, f"{head}{mark}# {ATTACK} {body.lstrip('# ')}\n\n{ATTACK}\n\n| {ATTACK} |\n|---|\n"
        else:
            yield path, text.replace("dairy", '"' + ATTACK.replace('"', '""').replace(",", "") + '"')


@pytest.fixture(scope="module")
def attack_pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, dict[str, Page]]:
    site = site_of(write_files(tmp_path_factory.mktemp("attack"), dict(attack_files())))
    return site, pages_of(site)


def test_attacks_come_out_as_text(attack_pages: tuple[Site, dict[str, Page]]) -> None:
    site, pages = attack_pages
    assert site.public.accounts["ernst-handel"].plan is not None
    assert_sound(site, pages)
    for page in pages.values():
        found = read(page)
        assert not {"script", "iframe", "object", "style", "form", "input"} & found.tags, page.address
        assert "1337" not in page.html
    account = read(pages["accounts/ernst-handel/"])
    assert account.text.count("<script>alert(1)</script>") > 25
    assert account.text.count("{{ 7*191 }}") > 25


def test_titles_stay_plain_text(attack_pages: tuple[Site, dict[str, Page]]) -> None:
    assert attack_pages[1]["accounts/ernst-handel/"].title == f"{ATTACK} Ernst Handel"


def test_file_names_are_text(tmp_path: Path) -> None:
    name = "2026-04-01-\"><script>alert(1)<img src='x'>"
    note = "---\nkind: call\n---\n# Called\n\n[file](<../x\"'>y.pdf>)\n"
    files = SMALL | {f"accounts/ernst-handel/notes/{name}.md": note, "accounts/ernst-handel/x\"'>y.pdf": b"%PDF"}
    site = site_of(write_files(tmp_path, {k: v for k, v in files.items() if "<" not in k or "/" not in name}))
    assert_sound(site, pages_of(site))


# --- Private things ---------------------------------------------------------------------------------

SECRETS = {
    "accounts/ernst-handel/contacts.yml": SMALL["accounts/ernst-handel/contacts.yml"]
    + "silent-partner: {name: Silent Partner-XSECRET, title: Owner-XSECRET, level: instigator, private: true,\n"
    "  covered_by: [margaret-peacock], leaves: 2026-05-20}\n"
    "heir: {name: The Heir, level: influencer, covered_by: [margaret-peacock], successor: silent-partner}\n",
    "accounts/ernst-handel/plan.yml": SMALL["accounts/ernst-handel/plan.yml"]
    .replace(
        "implementation:\n",
        "implementation:\n"
        "  - {what: Buy XSECRET lunch, who: margaret-peacock, due: 2026-01-02, goal: hidden-goal, private: true}\n"
        "  - {what: Ask about succession, who: silent-partner, due: 2026-01-03, goal: hidden-goal,"
        " about: silent-partner}\n"
        "  - {what: Ask them both, who: [silent-partner, margaret-peacock], due: 2026-01-04}\n",
    )
    .replace("intentions:\n", "intentions:\n  hidden-goal: {goal: Own the XSECRET depot, private: true}\n")
    .replace("opportunities:\n", "opportunities:\n    - {what: XSECRET merger, private: true}\n")
    .replace("decisions:\n", "decisions:\n  - {ask: Pay XSECRET, of: andrew-fuller, private: true}\n")
    .replace("agreed_with: [roland-mendel]", "agreed_with: [silent-partner, roland-mendel]")
    .replace("stages:\n", "stages:\n      - {what: XSECRET stage, due: 2026-01-01, private: true}\n"),
    "accounts/ernst-handel/account.yml": str(SMALL["accounts/ernst-handel/account.yml"])
    .replace("dates:\n", "dates:\n  - {what: XSECRET vote, on: 2026-06-01, private: true}\n")
    .replace("promises:\n", "promises:\n  - {what: XSECRET rebate, private: true}\n")
    .replace("with: roland-mendel}", "with: [silent-partner]}")
    .replace("planned:\n", "planned:\n  - {what: visit, on: 2026-05-30, with: silent-partner, private: true}\n"),
    "accounts/ernst-handel/partnership.yml": "value-shown: {evidence: XSECRET figure, private: true}\n",
    "accounts/ernst-handel/audits/2026-03-18.yml": "who: [andrew-fuller]\nwith: [silent-partner]\nanswers:\n"
    "  pressures: {answer: XSECRET debts, private: true}\n  unresolved: {answer: Nothing, goal: hidden-goal}\n",
    "accounts/ernst-handel/notes/2026-05-01-xsecret-talk.md": "---\nkind: visit\nwith: [roland-mendel]\n"
    "private: true\n---\n# XSECRET talk\n\n{{ XSECRET }} [scan](../pictures/xsecret.png) [gone](nowhere.png)\n",
    "accounts/ernst-handel/notes/2026-05-02-call.md": "---\nkind: call\nwith: [silent-partner]\n"
    "about: [silent-partner]\n---\n# A call\n\n[see](2026-05-01-xsecret-talk.md)\n",
    "accounts/ernst-handel/pictures/xsecret.png": b"PNG",
}


def test_private_things_are_never_published(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL | SECRETS))
    assert not any(finding.subject == "" for finding in site.findings)
    pages = pages_of(site)
    assert_sound(site, pages)
    for page in pages.values():
        told = "\n".join((page.html, page.title, page.description, page.edit)).lower()
        for word in ("xsecret", "silent-partner", "silent partner", "hidden-goal"):
            assert word not in told, (page.address, word)
    assert not any("xsecret" in address + path for address, path in attachments(site))
    text = words(pages["accounts/ernst-handel/"])
    assert "Ask about succession 3 Jan 2026 overdue by 123 days, somebody" in text
    assert "Ask them both 4 Jan 2026 overdue by 122 days, somebody, Margaret Peacock" in text
    assert "Agreed with somebody, Roland Mendel" in text
    assert "Relationships in key accounts 3" in words(pages["people/margaret-peacock/"])


def test_a_finding_about_something_private_is_counted_but_not_told(tmp_path: Path) -> None:
    site = site_of(write_files(tmp_path, SMALL | SECRETS))
    told = [finding for finding in site.shown if finding.subject == "private"]
    assert told
    assert {finding.message for finding in told} == {"About something private: open the account's files to see what."}
    assert len(site.shown) == len([finding for finding in site.findings if not finding.suppressed])


# --- Links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("", "accounts/x/", "accounts/x/"),
        ("accounts/x/", "people/y/", "../../people/y/"),
        ("accounts/x/", "", "../../"),
        ("", "", "./"),
        ("accounts/x/", "accounts/x/notes/", "notes/"),
        ("accounts/x/notes/", "accounts/x/", "../"),
        ("accounts/x/", "accounts/x/a b/\"c'.pdf", "a%20b/%22c%27.pdf"),
    ],
)
def test_relative(base: str, target: str, expected: str) -> None:
    assert relative(base, target) == expected


def test_a_link_to_no_page_fails_the_build(small: Site) -> None:
    with pytest.raises(BrokenLink, match='links to "accounts/nobody/"'):
        Here(small, "").account("nobody")


def test_style_and_script_ask_nobody() -> None:
    for text in assets().values():
        assert "://" not in text
        assert "@import" not in text
        assert "innerHTML" not in text
